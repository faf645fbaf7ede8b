"""The shown frame as the next picture, as a file, on the clipboard: in the real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QTextEdit, QWidget

from dreamina_desktop.core.job import JobState
from dreamina_desktop.core.origin import FrameOrigin
from tests.core.specs import real_spec
from tests.practice_server import PracticeServer, PracticeStart
from tests.ui.conftest import Until
from tests.ui.review_desk import FRAMES, hint, judge, listed, made, player, press
from tests.ui.test_keys import at, posts, prompt_of
from tests.ui.window_desk import WindowDesk

KEY, MODIFIER = Qt.Key, Qt.KeyboardModifier
SEEN = 9
"""The frame that is looked at, counted from 0."""


@pytest.fixture
def practice(start_practice: PracticeStart) -> PracticeServer:
    # As large as a picture must be that is to be sent as it is.
    return start_practice(frames_override=FRAMES, clip_scale=0.4)


class Browser(QObject):
    """The desktop's file browser."""

    def __init__(self) -> None:
        super().__init__()
        self.folders: list[Path] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.folders.append(Path(url.toLocalFile()))


@pytest.fixture
def browser(application: QApplication) -> Iterator[Browser]:
    del application
    made = Browser()
    QDesktopServices.setUrlHandler("file", made, "take")
    yield made
    QDesktopServices.unsetUrlHandler("file")


def sampled(plane: np.ndarray) -> np.ndarray:
    """Every fourth pixel of every fourth line is enough to know a frame by."""
    return plane[::4, ::4].astype(int)


def pixels(image: QImage) -> np.ndarray:
    """Height × width × RGB, 0 … 255."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8)
    rows = rows.reshape(plain.height(), plain.bytesPerLine())[:, : 3 * plain.width()]
    # The image goes away, and its memory with it.
    return rows.reshape(plain.height(), plain.width(), 3).copy()


def frame_in(clip: Path, image: QImage) -> int:
    """Which frame of the clip an image is, counted from 0: all others are farther from it."""
    seen = pixels(image)
    with av.open(str(clip)) as file:
        frames = [frame.to_ndarray(format="rgb24") for frame in file.decode(video=0)]
    assert {frame.shape for frame in frames} == {seen.shape}
    apart = [abs(sampled(frame) - sampled(seen)).mean() for frame in frames]
    assert min(apart) < 1.5
    return apart.index(min(apart))


def test_the_shown_frame(
    person: WindowDesk, practice: PracticeServer, browser: Browser, until: Until
) -> None:
    session = judge(person, practice, ("Cup.", 1))
    watch, draft = session.furniture.watch, session.furniture.draft
    bar, details = person.find(QWidget, "handOverBar"), person.find(QTextEdit, "clipDetails")
    (first,) = made(person)
    clip = Path(first.file)
    # As a file of its own, and on the clipboard.
    still = clip.with_name(f"{clip.stem}_frame_{SEEN + 1:04}.png")
    watch.playback.seek(SEEN)
    press(KEY.Key_C)
    until(lambda: hint(person) == f"Saved as {still.name}")
    assert frame_in(clip, QImage(str(still))) == SEEN
    button = person.find(QPushButton, "noticeActionButton")
    assert button.text() == "Show"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert browser.folders == [clip.parent]

    clipboard = QApplication.clipboard()
    player(person).setFocus()
    press(KEY.Key_C, MODIFIER.ShiftModifier)
    until(lambda: hint(person) == f"Frame {SEEN + 1} is on the clipboard.")
    assert frame_in(clip, clipboard.image()) == SEEN
    press(KEY.Key_C, MODIFIER.ControlModifier)
    assert clipboard.mimeData().urls() == [QUrl.fromLocalFile(str(clip))]
    # In a text they are that text's own.
    before = sorted(clip.parent.iterdir())
    QTest.keyClicks(at(person, "promptEdit"), "cu")
    assert sorted(clip.parent.iterdir()) == before
    assert draft.origin is None
    clipboard.clear()

    # As the next picture.
    draft.set_prompt("Typed before.")
    other = next(n for n in real_spec().frames_offered if n != first.spec.frames)
    draft.set_frames(other)

    player(person).setFocus()
    press(KEY.Key_U)
    origin = FrameOrigin(first.id, first.clips[0].ordinal, SEEN)
    until(lambda: draft.origin == origin)
    assert frame_in(clip, QImage(draft.picture.source)) == SEEN
    assert (prompt_of(person), draft.frames) == ("Cup.", first.spec.frames)
    assert person.find(QLineEdit, "seedEdit").text() == ""
    until(bar.isVisible)
    assert bar.parent() is watch.shown
    button = person.find(QPushButton, "generateButton")
    until(button.isEnabled)
    assert posts(practice) == 1
    QTest.keyClick(at(person, "promptEdit"), KEY.Key_Return, MODIFIER.ControlModifier)
    until(lambda: [job.state for job in listed(person)] == 2 * [JobState.DONE])
    second = made(person)[1]
    assert second.spec.picture.origin == origin
    assert posts(practice) == 2
    session.furniture.library.choose(second.id)
    until(lambda: watch.shown_job_id == second.id)
    assert f"from frame {SEEN + 1} of {first.id}" in details.toPlainText()
    assert bar.isHidden()

    # At the end the best of the last frames is proposed, and why.
    session.furniture.library.choose(first.id)
    until(lambda: watch.shown_job_id == first.id and watch.viewed is not None)
    watch.playback.pause()
    player(person).setFocus()
    press(KEY.Key_End)
    press(KEY.Key_U)
    reason = person.find(QLabel, "handOverReason")
    until(lambda: draft.origin is not None and draft.origin != origin)
    number = draft.origin.frame + 1
    until(lambda: reason.isVisible() and reason.text().startswith(f"Frame {number}"))
    assert FRAMES - 12 <= draft.origin.frame < FRAMES
    assert frame_in(clip, QImage(draft.picture.source)) == draft.origin.frame
    assert posts(practice) == 2
