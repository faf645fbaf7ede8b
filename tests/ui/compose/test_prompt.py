"""Writing a prompt: keys, history, undo, the meter, and what is too long."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dreamina_desktop.ui.compose.compose_pane import ComposePane
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import DARK, LIGHT
from tests.ui.compose.drops import an_image, enter, mime
from tests.ui.drafts import SAMPLE, Counter, Prompts

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def marked(pane: ComposePane) -> str:
    """What is marked as too long."""
    selections = pane.prompt_editor.extraSelections()
    return "".join(selection.cursor.selectedText() for selection in selections)


def test_typing_reaches_the_draft(pane: ComposePane, draft: Draft) -> None:
    QTest.keyClicks(pane.prompt_editor, "Steam")
    QTest.keyClick(pane.prompt_editor, Qt.Key.Key_Return)
    QTest.keyClicks(pane.prompt_editor, "rises.")
    assert draft.prompt == "Steam\nrises."
    QTest.keyClick(pane.prompt_editor, Qt.Key.Key_Z, CONTROL)
    assert draft.prompt != "Steam\nrises."


def test_the_draft_reaches_the_editor_and_undo_brings_the_old_back(
    pane: ComposePane, draft: Draft
) -> None:
    QTest.keyClicks(pane.prompt_editor, "Mine")
    draft.set_prompt("Loaded 😀")
    assert pane.prompt_editor.toPlainText() == "Loaded 😀"
    pane.prompt_editor.undo()
    assert draft.prompt == "Mine"
    pane.prompt_editor.redo()
    assert draft.prompt == "Loaded 😀"


def test_enter_never_sends_and_control_enter_does(pane: ComposePane, draft: Draft) -> None:
    draft.take_address("https://example.org/a.png")
    draft.set_prompt("Steam.")
    sent = Counter(pane.generate_requested)
    editor = pane.prompt_editor
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClick(editor, Qt.Key.Key_Enter)
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert sent.count == 0
    before = editor.toPlainText()
    QTest.keyClick(editor, Qt.Key.Key_Return, CONTROL)
    QTest.keyClick(editor, Qt.Key.Key_Enter, CONTROL | Qt.KeyboardModifier.KeypadModifier)
    assert sent.count == 2
    assert editor.toPlainText() == before == draft.prompt


def test_control_enter_anywhere_in_the_pane(pane: ComposePane, draft: Draft) -> None:
    draft.take_address("https://example.org/a.png")
    draft.set_prompt("Steam.")
    sent = Counter(pane.generate_requested)
    QTest.keyClick(pane.length_and_seed.seed.edit, Qt.Key.Key_Return, CONTROL)
    assert sent.count == 1
    QTest.keyClick(pane.picture_panel.image_drop, Qt.Key.Key_Return, CONTROL)
    assert sent.count == 2


def test_tab_moves_on(pane: ComposePane, draft: Draft) -> None:
    pane.prompt_editor.setFocus()
    QTest.keyClick(pane.prompt_editor, Qt.Key.Key_Tab)
    assert not pane.prompt_editor.hasFocus()
    assert draft.prompt == ""


def test_earlier_prompts(pane: ComposePane, draft: Draft) -> None:
    editor = pane.prompt_editor
    QTest.keyClicks(editor, "Mine")
    seen = []
    for key in (Qt.Key.Key_Up,) * 3 + (Qt.Key.Key_Down,) * 3:
        QTest.keyClick(editor, key, ALT)
        seen.append(draft.prompt)
    assert seen == [
        "The latest.",
        "An earlier one.",
        "An earlier one.",
        "The latest.",
        "Mine",
        "Mine",
    ]


def test_an_earlier_prompt_that_is_changed_is_ones_own(pane: ComposePane, draft: Draft) -> None:
    editor = pane.prompt_editor
    QTest.keyClick(editor, Qt.Key.Key_Up, ALT)
    QTest.keyClicks(editor, "!")
    assert draft.prompt == "The latest.!"
    QTest.keyClick(editor, Qt.Key.Key_Up, ALT)
    assert draft.prompt == "The latest."
    QTest.keyClick(editor, Qt.Key.Key_Down, ALT)
    assert draft.prompt == "The latest.!"


def test_the_prompt_that_stands_there_is_no_earlier_one(
    pane: ComposePane, draft: Draft, prompts: Prompts
) -> None:
    draft.set_prompt("The latest.")
    QTest.keyClick(pane.prompt_editor, Qt.Key.Key_Up, ALT)
    assert draft.prompt == "An earlier one."
    QTest.keyClick(pane.prompt_editor, Qt.Key.Key_Down, ALT)
    assert draft.prompt == "The latest."
    prompts.known = ()
    QTest.keyClick(pane.prompt_editor, Qt.Key.Key_Up, ALT)
    assert draft.prompt == "The latest."


@pytest.mark.parametrize(
    ("prompt", "text", "tone", "over"),
    [
        ("", "0/800", None, ""),
        ("Steam rises.", "12/800", None, ""),
        ("x" * 400, "400/800", None, ""),
        ("x" * 401, "401/800 · 400 recommended", "warning", ""),
        ("x" * 800, "800/800 · 400 recommended", "warning", ""),
        ("x" * 800 + "end", "803/800 · 3 too many", "bad", "end"),
        ("😀" * 800, "800/800 · 400 recommended", "warning", ""),
        # A code point outside the basic plane is two units of Qt's, and one of the model's.
        ("😀" * 801, "801/800 · 1 too many", "bad", "😀"),
        ("👩‍🎨", "3/800", None, ""),
    ],
)
def test_the_meter(
    pane: ComposePane, draft: Draft, prompt: str, text: str, tone: str | None, over: str
) -> None:
    draft.set_prompt(prompt)
    assert pane.prompt_meter.text() == text
    assert "at most 400: a longer prompt is taken, but" in pane.prompt_meter.toolTip()
    assert pane.prompt_meter.property("tone") == tone
    assert marked(pane) == over
    assert pane.prompt_editor.toPlainText() == prompt


def test_too_long_is_marked_in_colour_and_form(pane: ComposePane, draft: Draft) -> None:
    draft.set_prompt("x" * 900)
    (selection,) = pane.prompt_editor.extraSelections()
    form = selection.format
    assert form.foreground().color() == QColor(DARK.bad)
    assert form.underlineStyle() is QTextCharFormat.UnderlineStyle.WaveUnderline
    pane.set_theme(LIGHT, Icons(LIGHT))
    (selection,) = pane.prompt_editor.extraSelections()
    assert selection.format.foreground().color() == QColor(LIGHT.bad)
    draft.set_prompt("x")
    pane.prompt_editor.select_overflow()
    assert not pane.prompt_editor.textCursor().hasSelection()


@pytest.mark.parametrize("length", [10, 500, 900])
def test_the_meter_has_an_icon_with_its_words(pane: ComposePane, draft: Draft, length: int) -> None:
    draft.set_prompt("x" * length)
    QApplication.processEvents()
    meter = pane.prompt_meter
    image = meter.grab().toImage()
    words = meter.fontMetrics().horizontalAdvance(meter.text())
    ground = image.pixelColor(0, 0)
    icon = range(meter.width() - words - 18, meter.width() - words - 4)
    painted = any(image.pixelColor(x, y) != ground for x in icon for y in range(meter.height()))
    assert painted is (length > 400)


def test_a_picture_that_is_pasted_into_the_prompt_goes_to_the_picture(
    pane: ComposePane, draft: Draft
) -> None:
    editor = pane.prompt_editor
    QGuiApplication.clipboard().setMimeData(mime(SAMPLE))
    QTest.keyClick(editor, Qt.Key.Key_V, CONTROL)
    assert (draft.picture.source, draft.prompt) == (str(SAMPLE), "")
    QGuiApplication.clipboard().setMimeData(mime(text="words", image=an_image()))
    QTest.keyClick(editor, Qt.Key.Key_V, CONTROL)
    assert draft.prompt == "words"
    QGuiApplication.clipboard().setMimeData(mime("mailto:cat@example.org"))
    QTest.keyClick(editor, Qt.Key.Key_V, CONTROL)
    assert draft.prompt == "words"


def test_pictures_dragged_over_the_prompt_are_left_to_the_window(pane: ComposePane) -> None:
    viewport = pane.prompt_editor.viewport()
    assert not enter(viewport, mime(SAMPLE))
    assert not enter(viewport, mime(image=an_image()))
    assert enter(viewport, mime(text="words"))


def test_the_example_is_a_hint_and_nothing_more(pane: ComposePane, draft: Draft) -> None:
    hint = pane.prompt_editor.placeholderText()
    assert "A slow, sweeping tracking shot" in hint
    assert hint.endswith("…")
    assert draft.prompt == ""
