"""Closed while a job is under way, and opened again: nothing is lost, nothing paid twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget

from dreamina_desktop.core.job import JobState
from dreamina_desktop.ui.library.library_view import LibraryView
from tests.practice_server import PracticeServer, PracticeStart, Settings
from tests.ui.conftest import Until
from tests.ui.window_desk import OpenDesk, WindowDesk
from tests.ui.workplaces import SAMPLE

PROMPT = "It goes on."
WINDOWS = ("mainWindow", "fullScreenWindow", "settingsDialog", "exportDialog")
SLOW = {"queue_seconds": 1, "run_seconds": 1}
CONTROL = Qt.KeyboardModifier.ControlModifier


def send(person: WindowDesk) -> None:
    """Open the window with a draft, and Ctrl+Enter."""
    person.open(str(SAMPLE), PROMPT)
    person.until(person.find(QPushButton, "generateButton").isEnabled)
    QTest.keyClick(person.find(QPlainTextEdit, "promptEdit"), Qt.Key.Key_Return, CONTROL)


def close(person: WindowDesk, *, by_key: bool = False) -> None:
    """The window is gone when the call returns; the session ends behind it."""
    session, window = person.session, person.window
    if by_key:
        QTest.keyClick(person.find(QPlainTextEdit, "promptEdit"), Qt.Key.Key_Q, CONTROL)
    else:
        window.close()
    assert not window.isVisible()
    left = [other for other in QApplication.topLevelWidgets() if other.isVisible()]
    assert not [other for other in left if other.objectName() in WINDOWS]
    person.until(lambda: session in person.ended)
    assert not session.furniture.job_thread.isRunning()
    person.close()


def reopen_and_wait(person: WindowDesk, server: PracticeServer) -> None:
    """The same profile goes on by itself, and its clip comes home and on show."""
    session = person.open()
    person.until(lambda: [job.state for job in person.jobs()] == [JobState.DONE])
    (job,) = person.jobs()
    assert job.spec.prompt == PROMPT
    (clip,) = job.clips
    assert (clip.landed, clip.frames) == (True, 121)
    assert Path(job.file or "").stat().st_size == clip.size
    (row,) = server.ledger()
    assert (row.accepted, row.request_id, row.prompt) == (True, job.request_id, PROMPT)
    assert sum(request.method == "POST" for request in server.requests()) == 1
    view = person.find(LibraryView, "libraryView")
    person.until(lambda: [chosen.id for chosen in view.selected_jobs()] == [job.id])
    person.until(lambda: session.furniture.watch.shown_job_id == job.id)
    person.until(lambda: session.furniture.watch.playback.position.is_playing)
    person.until(lambda: person.window.windowTitle() == "Dreamina Desktop")
    # Nothing had to be asked, and what was being composed is there for the next take.
    assert session.room.notices.current is None
    assert person.find(QPlainTextEdit, "promptEdit").toPlainText() == PROMPT


@pytest.mark.parametrize(
    ("state", "settings", "rule"),
    [
        (JobState.SUBMITTING, SLOW, {"on": "submit", "do": {"delay": 1}}),
        (JobState.QUEUED, {"queue_seconds": 2}, None),
        (JobState.RUNNING, {"run_seconds": 2}, None),
        (JobState.DOWNLOADING, {}, {"on": "clip", "do": {"delay": 1}}),
    ],
)
def test_closed_while_a_job_is_under_way(
    desk: OpenDesk,
    start_practice: PracticeStart,
    state: JobState,
    settings: Settings,
    rule: Settings | None,
) -> None:
    server = start_practice()
    server.trouble(*([rule] if rule else []), **settings)
    person = desk(server)
    send(person)
    person.until(lambda: [job.state for job in person.jobs()] == [state])
    close(person)
    reopen_and_wait(person, server)


def test_closed_by_key_in_the_moment_of_the_click(desk: OpenDesk, practice: PracticeServer) -> None:
    person = desk(practice)
    send(person)
    close(person, by_key=True)
    reopen_and_wait(person, practice)


def test_closed_twice_during_the_same_job(desk: OpenDesk, start_practice: PracticeStart) -> None:
    server = start_practice(queue_seconds=3)
    person = desk(server)
    send(person)
    person.until(lambda: [job.state for job in person.jobs()] == [JobState.QUEUED])
    close(person)
    unfinished = person.open().furniture.unfinished
    person.until(lambda: len(unfinished.running) == 1)
    close(person)
    reopen_and_wait(person, server)


def test_made_while_no_window_was_there(
    desk: OpenDesk, start_practice: PracticeStart, until: Until
) -> None:
    server = start_practice(queue_seconds=1)
    person = desk(server)
    send(person)
    person.until(lambda: [job.state for job in person.jobs()] == [JobState.QUEUED])
    close(person)
    asked = len(server.requests())
    until(lambda: any((server.data_dir).rglob("*.mp4")))
    # The session has ended: nobody asks in the meantime.
    assert len(server.requests()) == asked
    reopen_and_wait(person, server)


def test_closed_while_offline_sends_it_once_the_server_is_there(
    desk: OpenDesk, practice: PracticeServer
) -> None:
    practice.stop()
    person = desk(practice)
    send(person)
    person.until(lambda: [job.state for job in person.jobs()] == [JobState.PREPARED])
    close(person)
    practice.restart()
    reopen_and_wait(person, practice)


def test_closed_with_the_settings_open(desk: OpenDesk, start_practice: PracticeStart) -> None:
    server = start_practice(queue_seconds=1)
    person = desk(server)
    send(person)
    person.until(lambda: [job.state for job in person.jobs()] == [JobState.QUEUED])
    QTest.keyClick(person.window, Qt.Key.Key_Comma, CONTROL)
    assert person.find(QWidget, "settingsDialog").isVisible()
    close(person)
    reopen_and_wait(person, server)


def test_closed_with_the_clip_on_the_whole_screen(desk: OpenDesk, practice: PracticeServer) -> None:
    person = desk(practice)
    send(person)
    session = person.session
    person.until(lambda: session.furniture.watch.playback.position.is_playing)
    person.until(lambda: [job.state for job in person.jobs()] == [JobState.DONE])
    QTest.keyClick(person.find(QPlainTextEdit, "promptEdit"), Qt.Key.Key_F11)
    assert session.furniture.watch.is_full_screen
    session.furniture.reviewing.exporting.export()
    assert person.find(QWidget, "exportDialog").isVisible()
    close(person)
    assert len(practice.accepted()) == 1
