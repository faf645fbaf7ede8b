"""The facts of a clip: all that is known, to read, select and copy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit, QToolButton, QToolTip

from dreamina_desktop.core.job import ClipKind
from dreamina_desktop.core.origin import FrameOrigin
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import LIGHT, Theme
from dreamina_desktop.ui.watch.clip_details import ClipDetails
from tests.ui.conftest import Show
from tests.ui.watch.stage import NOW, clip_of, job_of

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
        "$0.40",
        "7f1a9a62",
        "steam & cup.mp4",
    ):
        assert fact in text
        assert fact in details.plain_text()
    assert "Sent" in text
    assert "Finished" in text


@pytest.mark.parametrize(
    ("frames", "seconds"), [(121, 5.04), (241, 10.04), (48, 2.0)], ids=["5 s", "10 s", "other"]
)
def test_length_frames_and_size(details: ClipDetails, frames: int, seconds: float) -> None:
    made = replace(CLIP, frames=frames, width=1664, height=1248)
    details.show_job(job_of(made), made)
    length = QLocale().toString(seconds, "f", 2)
    assert f"{length} s · {frames} frames · 1664 × 1248" in text_of(details)
    assert f"Clip: {length} s · {frames} frames · 1664 × 1248" in details.plain_text().splitlines()


def test_the_files_name_stands_for_its_path(details: ClipDetails) -> None:
    details.show_job(job_of(CLIP), CLIP)
    assert CLIP.path is not None
    assert CLIP.path not in text_of(details)
    assert f"File: {CLIP.path}" in details.plain_text().splitlines()
    text = details.findChild(QTextEdit, "clipDetails")
    assert text is not None
    found = text.document().find("steam & cup.mp4")
    spot = text.cursorRect(found).center() - QPoint(20, 0)
    help_wanted = QHelpEvent(QEvent.Type.ToolTip, spot, text.viewport().mapToGlobal(spot))
    QApplication.sendEvent(text.viewport(), help_wanted)
    assert QToolTip.text() == CLIP.path
    QToolTip.hideText()


def test_moments_read_as_everywhere(details: ClipDetails) -> None:
    job = job_of(CLIP)
    details.show_job(job, CLIP)
    sent = NOW.astimezone().strftime("%Y-%m-%d %H:%M")
    lines = details.plain_text().splitlines()
    assert f"Sent: {sent}" in lines
    assert f"Finished: {sent}" in lines
    assert sent in text_of(details)


def test_larger_letters_may_take_more_room(details: ClipDetails) -> None:
    before, font = details.maximumHeight(), details.font()
    font.setPixelSize(2 * details.fontInfo().pixelSize())
    details.setFont(font)
    assert details.maximumHeight() > before


def test_what_is_not_known_is_left_out(details: ClipDetails) -> None:
    job = replace(job_of(), spec=None, request_id=None, submitted=None)
    details.show_job(job, None)
    assert details.plain_text() == ""
    details.show_job(job_of(), None)
    assert details.plain_text().splitlines()[0].endswith(" s · 121 frames")
    assert "Cost" not in details.plain_text()
    assert "File" not in details.plain_text()


def test_the_frame_that_the_picture_was(details: ClipDetails) -> None:
    job = job_of(CLIP)
    assert job.spec is not None
    assert "from frame" not in details.plain_text()
    picture = replace(job.spec.picture, origin=FrameOrigin("0k3vb-abcde", 0, 117))
    details.show_job(replace(job, spec=replace(job.spec, picture=picture)), CLIP)
    assert "from frame 118 of 0k3vb-abcde" in text_of(details)
    assert "Picture: from frame 118 of 0k3vb-abcde" in details.plain_text()


def test_a_picture_has_no_length(details: ClipDetails) -> None:
    other = replace(CLIP, kind=ClipKind.IMAGE, path="/clips/other.png", frames=0)
    details.show_job(job_of(other), other)
    assert "Picture: 160 × 96" in details.plain_text().splitlines()
    assert "frames" not in details.plain_text()
    other = replace(other, width=None)
    details.show_job(job_of(other), other)
    assert "Picture" not in details.plain_text()
    assert "×" not in details.plain_text()


def test_copying(details: ClipDetails) -> None:
    details.show_job(job_of(CLIP), CLIP)
    button = details.findChild(QToolButton, "copyDetailsButton")
    assert button is not None
    assert button.toolTip()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert copied == details.plain_text()
    assert copied.splitlines()[-1] == "Prompt: Steam <rises> & drifts"
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
    job = replace(job_of(CLIP), request_id="f4a96727-7664-4463-9c91-a47be777d29c")
    details.show_job(job, CLIP)
    text = details.findChild(QTextEdit, "clipDetails")
    assert text is not None
    assert text.toHtml().count("<tr") == 6
    details.resize(220, 300)
    QApplication.processEvents()
    assert "<tr" not in text.toHtml()
    assert not text.horizontalScrollBar().isVisible()
    assert text.horizontalScrollBar().maximum() == 0, "nothing is cut off"
    details.resize(480, 300)
    assert text.toHtml().count("<tr") == 6
    details.set_theme(LIGHT, Icons(LIGHT))
    assert LIGHT.muted in text.toHtml()


def test_a_long_prompt_leaves_the_other_facts_in_sight(details: ClipDetails) -> None:
    job = job_of(CLIP)
    assert job.spec is not None
    job = replace(job, spec=replace(job.spec, prompt="One.\n" + "Steam rises slowly. " * 40))
    details.show_job(job, CLIP)
    text = details.findChild(QTextEdit, "clipDetails")
    assert text is not None
    QApplication.processEvents()
    assert text.verticalScrollBar().maximum() > 0
    for fact in ("4711", "$0.40", "steam & cup.mp4", "One."):
        assert text.viewport().rect().contains(text.cursorRect(text.document().find(fact))), fact
