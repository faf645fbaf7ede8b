"""The facts of a clip: all that is known, to read, select and copy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextEdit, QToolButton

from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import LIGHT, Theme
from dreamina_desktop.ui.watch.clip_details import ClipDetails
from tests.ui.conftest import Show
from tests.ui.watch.stage import clip_of, job_of

CLIP = clip_of(Path("/clips/steam & cup.mp4"))


@pytest.fixture
def details(theme: Theme, icons: Icons, show: Show) -> ClipDetails:
    details = ClipDetails(theme, icons)
    show(details, 480, 220)
    return details


def text_of(details: ClipDetails) -> str:
    found = details.findChild(QTextEdit, "clipDetails")
    assert found is not None
    return found.toPlainText()


def test_everything_that_is_known(details: ClipDetails) -> None:
    details.show_job(job_of(CLIP), CLIP)
    text = text_of(details)
    for fact in (
        "Steam <rises> & drifts",
        "4711",
        "160 × 96 pixels",
        "48 frames",
        "$0.40",
        "7f1a9a62",
        CLIP.path or "",
    ):
        assert fact in text
        assert fact in details.plain_text()
    assert "Sent" in text
    assert "Finished" in text


def test_what_is_not_known_is_left_out(details: ClipDetails) -> None:
    job = replace(job_of(), spec=None, request_id=None, submitted=None)
    details.show_job(job, None)
    assert details.plain_text() == ""
    details.show_job(job_of(), None)
    assert "121 frames" in details.plain_text()
    assert "Cost" not in details.plain_text()
    assert "File" not in details.plain_text()


def test_a_picture_has_no_length(details: ClipDetails) -> None:
    other = replace(CLIP, path="/clips/other.png", width=None, frames=0)
    details.show_job(job_of(other), other)
    assert "frames" not in details.plain_text()
    assert "pixels" not in details.plain_text()


def test_copying(details: ClipDetails) -> None:
    details.show_job(job_of(CLIP), CLIP)
    button = details.findChild(QToolButton, "copyDetailsButton")
    assert button is not None
    assert button.toolTip()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert copied == details.plain_text()
    assert copied.splitlines()[0] == "Prompt: Steam <rises> & drifts"
    assert "Seed: 4711" in copied.splitlines()


def test_it_can_be_selected_by_keys_and_left_by_tab(details: ClipDetails) -> None:
    details.show_job(job_of(CLIP), CLIP)
    text = details.findChild(QTextEdit, "clipDetails")
    assert text is not None
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert "4711" in text.textCursor().selectedText()
    assert text.isReadOnly()
    assert text.tabChangesFocus()


def test_nothing(details: ClipDetails) -> None:
    details.show_job(job_of(CLIP), CLIP)
    details.show_nothing()
    assert not details.isVisible()
    assert details.plain_text() == ""


def test_a_narrow_pane_gets_one_column(details: ClipDetails) -> None:
    details.show_job(job_of(CLIP), CLIP)
    text = details.findChild(QTextEdit, "clipDetails")
    assert text is not None
    assert text.toHtml().count("<tr") == 5
    details.resize(260, 300)
    assert text.toHtml().count("<tr") == 8
    details.resize(480, 300)
    assert text.toHtml().count("<tr") == 5
    details.set_theme(LIGHT, Icons(LIGHT))
    assert LIGHT.muted in text.toHtml()
