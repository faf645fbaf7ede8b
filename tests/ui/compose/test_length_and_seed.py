"""Length and seed, by mouse and keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from dreamina_desktop.ui.compose.compose_pane import ComposePane
from dreamina_desktop.ui.compose.verdict_list import VerdictList
from dreamina_desktop.ui.draft import Draft

LEFT = Qt.MouseButton.LeftButton


def length_button(pane: ComposePane, frames: int) -> QPushButton:
    button = pane.findChild(QPushButton, f"frames{frames}Button")
    assert button is not None
    return button


def test_lengths_by_mouse_and_draft(pane: ComposePane, draft: Draft) -> None:
    short, long = length_button(pane, 121), length_button(pane, 241)
    assert (short.text(), long.text()) == ("5 s · 121 frames", "10 s · 241 frames")
    assert short.isChecked()
    QTest.mouseClick(long, LEFT)
    assert draft.frames == 241
    assert not short.isChecked()
    draft.set_frames(121)
    assert short.isChecked()
    assert not long.isChecked()
    # A length that is not offered leaves the buttons as they are.
    draft.set_frames(100)
    assert short.isChecked()


def test_lengths_by_keys(pane: ComposePane, draft: Draft) -> None:
    short, long = length_button(pane, 121), length_button(pane, 241)
    short.setFocus()
    QTest.keyClick(short, Qt.Key.Key_Right)
    assert long.hasFocus()
    QTest.keyClick(long, Qt.Key.Key_Space)
    assert draft.frames == 241
    QTest.keyClick(long, Qt.Key.Key_Left)
    QTest.keyClick(short, Qt.Key.Key_Space)
    assert draft.frames == 121


@pytest.mark.parametrize(
    ("typed", "text"),
    [("42", "42"), ("-1", "-1"), ("4x2", "42"), ("1.5", "15"), ("12345678901", "1234567890")],
)
def test_seeds_are_typed(pane: ComposePane, draft: Draft, typed: str, text: str) -> None:
    QTest.keyClicks(pane.length_and_seed.seed.edit, typed)
    assert draft.seed_text == text


def test_a_seed_is_pasted_with_what_is_around_it(pane: ComposePane, draft: Draft) -> None:
    QGuiApplication.clipboard().setText(" 123\t")
    edit = pane.length_and_seed.seed.edit
    QTest.keyClick(edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert draft.seed == 123
    assert not draft.picture.is_there


def test_an_odd_seed_is_said(pane: ComposePane, draft: Draft) -> None:
    verdicts = pane.findChild(VerdictList, "seedVerdicts")
    assert verdicts is not None
    assert not verdicts.isVisible()
    draft.set_seed_text("2147483648")
    assert verdicts.isVisible()
    text = "Seeds go from 0 to 2147483647; the model may refuse {}."
    assert verdicts.item(0).text() == text.format(2147483648)
    draft.set_seed_text("-5")
    assert verdicts.item(0).text() == text.format(-5)
    draft.set_seed_text("2147483648")
    assert pane.length_and_seed.seed.edit.text() == "2147483648"
    draft.set_seed_text("2147483647")
    assert not verdicts.isVisible()


def test_the_dice(pane: ComposePane, draft: Draft) -> None:
    button = pane.length_and_seed.seed.random_button
    QTest.mouseClick(button, LEFT)
    assert (draft.seed, pane.length_and_seed.seed.edit.text()) == (1, "1")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert draft.seed == 2


def test_the_last_seed(pane: ComposePane, draft: Draft) -> None:
    button = pane.length_and_seed.seed.last_button
    assert not button.isEnabled()
    assert "no take yet" in button.toolTip()
    pane.set_last_seed(77)
    assert "77" in button.toolTip()
    QTest.mouseClick(button, LEFT)
    assert draft.seed == 77
    pane.set_last_seed(0)
    QTest.mouseClick(button, LEFT)
    assert draft.seed == 0
    pane.set_last_seed(None)
    assert not button.isEnabled()
    pane.length_and_seed.seed._on_last_clicked()
    assert draft.seed == 0


def test_the_choice_is_one_control(pane: ComposePane) -> None:
    choice = pane.findChild(QWidget, "framesChoice")
    assert choice is not None
    assert choice.isAncestorOf(length_button(pane, 121))
