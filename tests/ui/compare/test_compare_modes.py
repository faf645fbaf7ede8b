"""Each way to compare, by keys and by mouse, looked at pixel by pixel."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QSlider, QToolButton, QWidget

from dreamina_desktop.ui.background_thread import BackgroundThread
from dreamina_desktop.ui.compare import pair_painter
from dreamina_desktop.ui.compare.compare_look import CompareMode
from dreamina_desktop.ui.compare.compare_stage import CompareStage
from dreamina_desktop.ui.compare.difference_image import difference_image
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import Theme
from dreamina_desktop.ui.watch.frame_source import FrameSource
from dreamina_desktop.ui.watch.watch_pane import WatchPane
from dreamina_desktop.words import Phrasebook
from tests.ui.compare.clips_to_compare import (
    DARK_LUMA,
    LIGHT_LUMA,
    grey,
    grey_at,
    photograph,
    viewed,
)
from tests.ui.compare.conftest import NewStage
from tests.ui.conftest import Show, Until

DARK, LIGHT = grey(DARK_LUMA), grey(LIGHT_LUMA)
type Plain = tuple[Path, Path]


def near(seen: int, wanted: float) -> bool:
    return abs(seen - wanted) <= 2


@pytest.fixture
def stage(new_stage: NewStage, plain: Plain, until: Until) -> CompareStage:
    stage = new_stage()
    stage.compare(viewed(plain[0], 3), viewed(plain[1], 3))
    until(lambda: stage.canvas.is_complete)
    return stage


def seen(stage: CompareStage, x: float, y: float = 0.5) -> int:
    return grey_at(photograph(stage.canvas), x, y)


def find[T: QWidget](stage: CompareStage, kind: type[T], name: str) -> T:
    found = stage.findChild(kind, name)
    assert found is not None
    return found


def at(stage: CompareStage, x: float, y: float) -> QPoint:
    return QPoint(round(x * stage.canvas.width()), round(y * stage.canvas.height()))


def drag(stage: CompareStage, begin: QPoint, end: QPoint) -> None:
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(stage.canvas, left, pos=begin)
    QTest.mouseMove(stage.canvas, end)
    QTest.mouseRelease(stage.canvas, left, pos=end)


def test_wiping_shows_a_on_the_left_and_b_on_the_right(stage: CompareStage) -> None:
    assert near(seen(stage, 0.05), DARK)
    assert near(seen(stage, 0.45), DARK)
    assert near(seen(stage, 0.55), LIGHT)
    assert near(seen(stage, 0.95), LIGHT)


def test_the_divider_is_dragged(stage: CompareStage) -> None:
    drag(stage, at(stage, 0.5, 0.4), at(stage, 0.25, 0.7))
    assert stage.choice.look.divider == pytest.approx(0.25, abs=0.01)
    assert near(seen(stage, 0.2), DARK)
    assert near(seen(stage, 0.3), LIGHT)
    drag(stage, at(stage, 0.9, 0.5), at(stage, 2.0, 0.5))
    assert stage.choice.look.divider == 1
    assert near(seen(stage, 0.95), DARK)


def test_the_divider_lies_down_and_goes_by_keys(stage: CompareStage) -> None:
    QTest.keyClick(stage.canvas, Qt.Key.Key_V)
    assert near(seen(stage, 0.95, 0.4), DARK)
    assert near(seen(stage, 0.05, 0.6), LIGHT)
    for _ in range(10):
        QTest.keyClick(stage.canvas, Qt.Key.Key_Up)
    assert near(seen(stage, 0.95, 0.4), LIGHT)
    drag(stage, at(stage, 0.5, 0.5), at(stage, 0.5, 0.75))
    assert near(seen(stage, 0.5, 0.7), DARK)


def test_side_by_side_and_one_above_the_other(stage: CompareStage) -> None:
    QTest.keyClick(stage.canvas, Qt.Key.Key_2)
    assert near(seen(stage, 0.1), DARK)
    assert near(seen(stage, 0.47), DARK)
    assert near(seen(stage, 0.53), LIGHT)
    a, b = (half.target for half in stage.canvas.pair.halves)
    assert a.size() == b.size()
    assert a.top() == b.top()
    QTest.mouseClick(find(stage, QToolButton, "compareTurnButton"), Qt.MouseButton.LeftButton)
    assert near(seen(stage, 0.5, 0.3), DARK)
    assert near(seen(stage, 0.5, 0.7), LIGHT)


def test_overlay_mixes_as_the_slider_says(stage: CompareStage) -> None:
    QTest.mouseClick(find(stage, QPushButton, "compareOverlayButton"), Qt.MouseButton.LeftButton)
    assert near(seen(stage, 0.2), (DARK + LIGHT) / 2)
    slider = find(stage, QSlider, "compareAmount")
    assert slider.accessibleName() == "Opacity of B"
    slider.setValue(25)
    assert near(seen(stage, 0.2), DARK + (LIGHT - DARK) * 0.25)
    QTest.keyClick(stage.canvas, Qt.Key.Key_Up)
    assert near(seen(stage, 0.8), DARK + (LIGHT - DARK) * 0.3)
    assert slider.value() == 30


def test_difference_is_multiplied(stage: CompareStage, monkeypatch: pytest.MonkeyPatch) -> None:
    worked_out: list[QSize] = []

    def counted(size: QSize, images: list[tuple[QImage, QRect, QRect]], gain: int) -> QImage:
        worked_out.append(size)
        return difference_image(size, images, gain)

    monkeypatch.setattr(pair_painter, "difference_image", counted)
    QTest.keyClick(stage.canvas, Qt.Key.Key_4)
    for _ in range(3):
        QTest.keyClick(stage.canvas, Qt.Key.Key_Down)
    assert stage.choice.look.gain == 1
    assert near(seen(stage, 0.3), LIGHT - DARK)
    QTest.keyClick(stage.canvas, Qt.Key.Key_Up)
    assert near(seen(stage, 0.3), 2 * (LIGHT - DARK))
    find(stage, QSlider, "compareAmount").setValue(5)
    assert stage.choice.look.gain == 32
    assert seen(stage, 0.3) == 255
    # Pixels that are enlarged are worked out once.
    worked_out.clear()
    for _ in range(12):
        stage.canvas.zoom_in()
    assert seen(stage, 0.3) == 255
    assert 0 < worked_out[-1].width() <= stage.canvas.width() / 3


def test_blinking_by_hand(stage: CompareStage) -> None:
    QTest.keyClick(stage.canvas, Qt.Key.Key_5)
    assert near(seen(stage, 0.3), DARK)
    assert near(seen(stage, 0.8), DARK)
    QTest.keyClick(stage.canvas, Qt.Key.Key_A)
    assert near(seen(stage, 0.3), LIGHT)
    QTest.mouseClick(find(stage, QToolButton, "compareOtherButton"), Qt.MouseButton.LeftButton)
    assert near(seen(stage, 0.3), DARK)


def test_blinking_by_itself_unless_motion_is_unwanted(stage: CompareStage, until: Until) -> None:
    QTest.keyClick(stage.canvas, Qt.Key.Key_5)
    assert not stage.choice.is_blinking
    QTest.mouseClick(find(stage, QToolButton, "compareBlinksButton"), Qt.MouseButton.LeftButton)
    until(lambda: near(seen(stage, 0.3), LIGHT))
    until(lambda: near(seen(stage, 0.3), DARK))
    stage.hide()
    assert not stage.choice.is_blinking


def test_the_chosen_way_is_marked_and_every_control_is_named(stage: CompareStage) -> None:
    for number, mode in enumerate(CompareMode, start=1):
        QTest.keyClick(stage.canvas, str(number))
        assert stage.choice.look.mode is mode
        assert find(stage, QPushButton, f"compare{mode.value.title()}Button").isChecked()
    for kind in (QPushButton, QToolButton, QSlider):
        for control in stage.findChildren(kind):
            assert control.objectName(), control
            assert control.accessibleName(), control.objectName()
            assert control.toolTip(), control.objectName()


def test_none_of_its_keys_means_something_else_elsewhere(
    stage: CompareStage,
    frames: FrameSource,
    background: BackgroundThread,
    words: Phrasebook,
    theme: Theme,
    icons: Icons,
    show: Show,
) -> None:
    pane = WatchPane(frames, background, words, theme, icons)
    show(pane)
    players = {key for row in pane.keys for key in row.keys}
    own = [key for row in stage.keys for key in row.keys]
    assert len(own) == len(set(own))
    # Star and reject, load, use, capture, compare, help.
    taken = {"0", "S", "X", "R", "U", "C", "Shift+C", "B", "?", "F1", "Del", "Space"}
    assert set(own) & (players | taken) <= {"Z", "+", "=", "-"}


def test_swapping(stage: CompareStage) -> None:
    QTest.keyClick(stage.canvas, Qt.Key.Key_W)
    assert near(seen(stage, 0.05), LIGHT)
    assert near(seen(stage, 0.95), DARK)
    QTest.mouseClick(find(stage, QToolButton, "compareSwapButton"), Qt.MouseButton.LeftButton)
    assert near(seen(stage, 0.05), DARK)
