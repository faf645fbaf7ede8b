"""Generate: its price, and every reason why it cannot be pressed, with what cures it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from dreamina_desktop.core.answers import Price
from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.ui.compose.compose_pane import ComposePane
from dreamina_desktop.ui.compose.price_text import price_text
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.ports import Obstacle
from tests.pictures.samples import picture
from tests.ui.compose.conftest import ShowPane
from tests.ui.conftest import Until
from tests.ui.drafts import SAMPLE, Counter, is_read

LEFT = Qt.MouseButton.LeftButton


def make_ready(draft: Draft) -> None:
    draft.take_address("https://example.org/a.png")
    draft.set_prompt("Steam rises.")


def actions(pane: ComposePane) -> list[QPushButton]:
    """The buttons of the reasons that are there now."""
    return [
        button
        for button in pane.generate_bar.reasons.findChildren(QPushButton)
        if button.isVisible()
    ]


@pytest.mark.parametrize(
    ("price", "frames", "text"),
    [
        (None, 121, "price unknown"),
        (Price(Decimal("0.08"), "second"), 121, "$0.40"),
        (Price(Decimal("0.08"), "second"), 241, "$0.80"),
        (Price(Decimal("0.5"), "output"), 241, "$0.50"),
        (Price(Decimal("0.0333"), "second"), 121, "$0.1665"),
        (Price(Decimal("10"), "output"), 121, "$10.00"),
        (Price(Decimal("1E+2"), "output"), 121, "$100.00"),
        (Price(Decimal(0), "output"), 121, "$0.00"),
        (Price(Decimal("0.02"), "megapixel"), 121, "$0.02 per megapixel"),
    ],
)
def test_prices(spec: ModelSpec, price: Price | None, frames: int, text: str) -> None:
    assert price_text(price, frames, spec) == text


def test_the_price_stands_on_the_button(pane: ComposePane, draft: Draft) -> None:
    button = pane.generate_bar.button
    assert button.text() == "Generate · price unknown"
    pane.set_price(Price(Decimal("0.08"), "second"))
    assert button.text() == "Generate · $0.40"
    draft.set_frames(241)
    assert button.text() == "Generate · $0.80"
    assert button.accessibleDescription() == "$0.80"
    pane.set_price(None)
    assert button.text() == "Generate · price unknown"


def test_a_click_generates_and_leaves_the_draft(pane: ComposePane, draft: Draft) -> None:
    make_ready(draft)
    before = draft.snapshot()
    sent = Counter(pane.generate_requested)
    button = pane.generate_bar.button
    assert button.isEnabled()
    assert not pane.generate_bar.reasons.isVisible()
    assert "Ctrl+Enter" in button.toolTip()
    QTest.mouseClick(button, LEFT)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert sent.count == 2
    assert draft.snapshot() == before


def test_a_double_click_pays_once(pane: ComposePane, draft: Draft) -> None:
    make_ready(draft)
    sent = Counter(pane.generate_requested)
    button = pane.generate_bar.button
    middle = QPointF(button.rect().center())
    kinds = (
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.MouseButtonRelease,
    )
    for kind in kinds:
        held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else LEFT
        place = button.mapToGlobal(middle)
        event = QMouseEvent(kind, middle, place, LEFT, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(button, event)
    assert sent.count == 1


def test_every_reason_is_said(pane: ComposePane, draft: Draft) -> None:
    bar = pane.generate_bar
    assert bar.reason_lines() == ("There is no picture yet.", "There is no prompt yet.")
    assert not bar.button.isEnabled()
    assert bar.button.toolTip() == "There is no picture yet.\nThere is no prompt yet."
    assert bar.reasons.accessibleDescription() == bar.button.toolTip()
    draft.set_prompt("x" * 801)
    draft.set_seed_text("-")
    draft.set_frames(7)
    draft.take_address("example.org")
    assert bar.reason_lines() == (
        "The address is refused.",
        "The prompt is too long.",
        "The seed is no whole number.",
        "The model makes no clips of this length.",
    )
    make_ready(draft)
    draft.set_seed_text("")
    draft.set_frames(121)
    assert bar.reason_lines() == ()


def test_a_picture_that_is_being_read_needs_nothing_but_time(
    pane: ComposePane, draft: Draft, until: Until
) -> None:
    draft.take_file(SAMPLE)
    draft.set_prompt("Steam.")
    assert pane.generate_bar.reason_lines() == ("The picture is still being read.",)
    assert actions(pane) == []
    pane.generate()
    until(lambda: is_read(draft))
    assert pane.generate_bar.is_ready


def test_what_cures_a_missing_picture(pane: ComposePane) -> None:
    choose, write = actions(pane)
    QTest.mouseClick(write, LEFT)
    assert pane.prompt_editor.hasFocus()
    QTest.mouseClick(choose, LEFT)
    dialog = pane.findChild(QFileDialog, "chooseImageDialog")
    assert dialog is not None
    dialog.reject()


def test_what_cures_a_refused_picture(
    pane: ComposePane, draft: Draft, until: Until, tmp_path: Path
) -> None:
    path = tmp_path / "cat.webp"
    picture("RGB", 400, 400).save(path)
    draft.set_prompt("Steam.")
    draft.take_file(path)
    (fix,) = actions(pane)
    assert fix.text() == "Fix it"
    fix.setFocus()
    QTest.keyClick(fix, Qt.Key.Key_Space)
    until(lambda: pane.generate_bar.is_ready)


def test_what_cures_the_rest(pane: ComposePane, draft: Draft) -> None:
    draft.set_prompt("x" * 810)
    draft.set_seed_text("-")
    draft.set_frames(7)
    draft.take_address("example.org")
    mend, shorten, clear, usual = actions(pane)
    QTest.mouseClick(usual, LEFT)
    assert draft.frames == 121
    QTest.mouseClick(actions(pane)[2], LEFT)
    assert draft.seed_text == ""
    QTest.mouseClick(actions(pane)[1], LEFT)
    QTest.keyClick(pane.prompt_editor, Qt.Key.Key_Delete)
    assert draft.prompt == "x" * 800
    QTest.mouseClick(actions(pane)[0], LEFT)
    assert pane.picture_panel.address_row.edit.hasFocus()
    del mend, shorten, clear


def test_what_is_outside_the_draft(pane: ComposePane, draft: Draft) -> None:
    make_ready(draft)
    obstacle = Obstacle("key_missing", "There is no key yet.", "Set a key")
    chosen = Counter(pane.obstacle_chosen)
    pane.set_obstacle(obstacle)
    assert pane.generate_bar.reason_lines() == ("There is no key yet.",)
    assert not pane.generate_bar.button.isEnabled()
    QTest.mouseClick(actions(pane)[0], LEFT)
    assert chosen.last == obstacle
    pane.set_obstacle(None)
    assert pane.generate_bar.button.isEnabled()


def test_the_key_leads_to_what_is_in_the_way(pane: ComposePane, draft: Draft) -> None:
    sent = Counter(pane.generate_requested)
    draft.set_prompt("Steam.")
    QTest.keyClick(pane.prompt_editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert sent.count == 0
    assert actions(pane)[0].hasFocus()


def test_a_click_that_comes_too_late_sends_nothing(pane: ComposePane, draft: Draft) -> None:
    make_ready(draft)
    sent = Counter(pane.generate_requested)
    draft.blockSignals(True)
    draft.set_prompt("")
    QTest.mouseClick(pane.generate_bar.button, LEFT)
    draft.blockSignals(False)
    assert sent.count == 0


def test_reasons_stay_readable_where_it_is_narrow(show_pane: ShowPane) -> None:
    pane = show_pane(280, 660)
    buttons = actions(pane)
    assert len(buttons) == 2
    for button in buttons:
        assert button.geometry().right() <= button.parentWidget().width()
