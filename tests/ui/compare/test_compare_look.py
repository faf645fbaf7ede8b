"""How two clips are held against each other, as a value and as a choice."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from dreamina_desktop.ui.compare.compare_look import GAINS, CompareLook, CompareMode
from dreamina_desktop.ui.compare.look_choice import LookChoice
from tests.ui.conftest import Until


@pytest.mark.parametrize(
    ("mode", "value", "least", "most"),
    [
        (CompareMode.WIPE, "divider", 0.0, 1.0),
        (CompareMode.OVERLAY, "opacity", 0.0, 1.0),
        (CompareMode.DIFFERENCE, "gain", GAINS[0], GAINS[-1]),
    ],
)
def test_amounts_end_where_they_end_and_come_back(
    mode: CompareMode, value: str, least: float, most: float
) -> None:
    look = begun = CompareLook(mode)
    for _ in range(60):
        look = look.nudged(1)
    assert getattr(look, value) == most
    for _ in range(60):
        look = look.nudged(-1)
    assert getattr(look, value) == least
    assert begun.nudged(1).nudged(-1) == begun != begun.nudged(1)


@pytest.mark.parametrize("mode", [CompareMode.SIDE_BY_SIDE, CompareMode.BLINK])
def test_some_ways_have_no_amount(mode: CompareMode) -> None:
    assert CompareLook(mode).nudged(1) == CompareLook(mode)


def test_a_lying_divider_goes_where_the_key_points(application: QApplication) -> None:
    choice = LookChoice(blinks=False)
    choice.raise_amount()
    assert choice.look.divider > 0.5
    choice.lower_amount()
    choice.turn()
    choice.raise_amount()
    assert choice.look.divider < 0.5


def test_it_blinks_by_itself_only_while_somebody_looks(
    application: QApplication, until: Until
) -> None:
    choice = LookChoice(blinks=True)
    seen: list[bool] = []
    choice.look_changed.connect(lambda look: seen.append(look.shows_b))
    choice.blink()
    assert not choice.is_blinking, "nobody looks"
    choice.set_resting(False)
    assert choice.is_blinking
    until(lambda: len(seen) >= 3)
    assert seen[:3] == [False, True, False]
    choice.toggle_blinking()
    assert not choice.is_blinking
    choice.toggle_blinking()
    choice.wipe()
    assert not choice.is_blinking


def test_reduced_motion_leaves_blinking_to_the_hand(application: QApplication) -> None:
    choice = LookChoice(blinks=False)
    choice.set_resting(False)
    choice.show_other()
    assert choice.look.mode is CompareMode.BLINK
    assert choice.look.shows_b
    choice.show_other()
    assert not choice.look.shows_b
    assert not choice.is_blinking
