"""How many takes one click makes: by keys, wheel and mouse, and what it says of the price."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSpinBox, QStyle, QStyleOptionSpinBox

from dreamina_desktop.core.answers import Price
from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.ui.compose.compose_pane import ComposePane
from dreamina_desktop.ui.compose.price_text import price_text
from dreamina_desktop.ui.compose.takes_spin import TakesSpin
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import LIGHT
from tests.ui.conftest import Show
from tests.ui.drafts import Counter


@pytest.fixture
def spin(pane: ComposePane) -> TakesSpin:
    found = pane.findChild(QSpinBox, "takesSpin")
    assert isinstance(found, TakesSpin)
    return found


def turn_wheel(spin: TakesSpin, steps: int) -> QWheelEvent:
    event = QWheelEvent(
        QPointF(spin.rect().center()),
        QPointF(spin.mapToGlobal(spin.rect().center())),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(spin, event)
    return event


def arrow(spin: TakesSpin, control: QStyle.SubControl) -> QPoint:
    option = QStyleOptionSpinBox()
    spin.initStyleOption(option)
    return (
        spin.style()
        .subControlRect(QStyle.ComplexControl.CC_SpinBox, option, control, spin)
        .center()
    )


def test_from_one_to_nine_by_keys(spin: TakesSpin, draft: Draft) -> None:
    spin.setFocus()
    assert (draft.takes, spin.text()) == (1, "× 1")
    QTest.keyClick(spin, Qt.Key.Key_Down)
    assert draft.takes == 1
    for _ in range(12):
        QTest.keyClick(spin, Qt.Key.Key_Up)
    assert draft.takes == 9
    spin.selectAll()
    QTest.keyClicks(spin, "3")
    assert draft.takes == 3
    spin.selectAll()
    QTest.keyClicks(spin, "0sx")
    assert 1 <= draft.takes <= 9


def test_by_mouse(spin: TakesSpin, draft: Draft) -> None:
    for control, takes in (
        (QStyle.SubControl.SC_SpinBoxUp, 2),
        (QStyle.SubControl.SC_SpinBoxUp, 3),
        (QStyle.SubControl.SC_SpinBoxDown, 2),
    ):
        QTest.mouseClick(
            spin,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            arrow(spin, control),
        )
        assert draft.takes == takes


def test_a_wheel_in_passing_buys_nothing(spin: TakesSpin, draft: Draft, pane: ComposePane) -> None:
    pane.prompt_editor.setFocus()
    assert not turn_wheel(spin, 3).isAccepted()
    assert draft.takes == 1
    spin.setFocus()
    turn_wheel(spin, 3)
    assert draft.takes == 4


def test_it_follows_the_draft_and_has_its_names(
    spin: TakesSpin, draft: Draft, pane: ComposePane
) -> None:
    changed = Counter(draft.takes_changed)
    draft.set_takes(5)
    draft.set_takes(5)
    assert (spin.value(), changed.count) == (5, 1)
    draft.set_takes(12)
    assert spin.value() == 9
    draft.set_takes(0)
    assert spin.value() == 1
    assert spin.accessibleName() == "Takes"
    assert "seed of its own" in spin.toolTip()
    pane.set_theme(LIGHT, Icons(LIGHT))
    assert spin.grab().toImage() != TakesSpin(draft, LIGHT, Icons(LIGHT)).grab().toImage()


def test_the_label_comes_where_there_is_room(show_pane: Show, draft: Draft) -> None:
    pane = show_pane(420, 660)
    assert isinstance(pane, ComposePane)
    label = pane.length_and_seed.seed._takes_label
    assert label.isVisible()
    pane.resize(300, 660)
    QApplication.processEvents()
    assert not label.isVisible()


def test_the_total_stands_on_the_button(pane: ComposePane, draft: Draft) -> None:
    button = pane.generate_bar.button
    draft.set_takes(3)
    assert button.text() == "3 takes · price unknown"
    pane.set_price(Price(Decimal("0.08"), "second"))
    assert button.text() == button.accessibleDescription() == "3 takes · $1.20"
    draft.set_frames(241)
    assert button.text() == "3 takes · $2.40"
    pane.set_price(Price(Decimal("0.02"), "megapixel"))
    assert button.text() == "3 takes · $0.02 per megapixel"
    draft.take_address("https://example.org/a.png")
    draft.set_prompt("Steam.")
    assert "3 takes" in button.toolTip()
    draft.set_takes(1)
    assert button.text() == "Generate · $0.02 per megapixel"
    assert "3" not in button.toolTip()


def test_cents_are_not_rounded_away(spec: ModelSpec) -> None:
    price = Price(Decimal("0.0333"), "second")
    assert price_text(price, 121, spec, 9) == "$1.4985"
