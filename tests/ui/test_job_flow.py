"""From one pane to the other: what is asked for on the stage is carried out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from dreamina_desktop.core.job import JobState
from dreamina_desktop.ui.notice import NoticeTone
from dreamina_desktop.ui.watch.watch_wishes import AskAgain
from tests.practice_server import PracticeServer
from tests.ui.conftest import Until
from tests.ui.window_desk import WindowDesk
from tests.ui.workplaces import SAMPLE


def test_a_doubt_is_amber_everywhere_and_resolved_from_the_stage(
    person: WindowDesk, practice: PracticeServer, until: Until
) -> None:
    session = person.open(str(SAMPLE), "Steam rises.")
    practice.trouble({"on": "submit", "do": {"drop": "after"}})
    until(person.find(QPushButton, "generateButton").isEnabled)
    QTest.mouseClick(person.find(QPushButton, "generateButton"), Qt.MouseButton.LeftButton)
    until(lambda: bool(person.jobs()) and person.jobs()[0].state is JobState.UNKNOWN)
    # As on the card and on the stage: a warning, for nothing is lost yet.
    until(lambda: session.room.notices.current is not None)
    posted = session.room.notices.current
    assert posted is not None
    assert posted.notice.tone is NoticeTone.WARNING
    assert posted.subject == person.jobs()[0].id
    until(lambda: session.window.findChild(QPushButton, "stageResolveButton") is not None)
    button = person.find(QPushButton, "stageResolveButton")
    until(button.isVisible)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    until(lambda: session.window.findChild(QWidget, "resolveDialog") is not None)
    person.find(QLineEdit, "requestIdEdit").setText(practice.accepted()[0].request_id)
    QTest.mouseClick(person.find(QPushButton, "adoptButton"), Qt.MouseButton.LeftButton)
    until(lambda: person.jobs()[0].state is JobState.DONE)
    until(lambda: not button.isVisible())
    assert len(practice.accepted()) == 1


def test_a_clip_whose_file_is_gone_is_fetched_again_for_nothing(
    person: WindowDesk, practice: PracticeServer, until: Until
) -> None:
    person.open(str(SAMPLE), "Steam rises.")
    until(person.find(QPushButton, "generateButton").isEnabled)
    QTest.mouseClick(person.find(QPushButton, "generateButton"), Qt.MouseButton.LeftButton)
    until(lambda: bool(person.jobs()) and person.jobs()[0].state is JobState.DONE)
    first = person.jobs()[0]
    person.close()
    Path(first.file).unlink()
    furniture = person.open().furniture
    watch = furniture.watch
    furniture.library.choose(first.id)
    until(lambda: person.window.findChild(QPushButton, "stageActionButton") is not None)
    button = person.find(QPushButton, "stageActionButton")
    until(button.isVisible)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    until(lambda: len(person.jobs()) == 2)
    until(lambda: all(job.state is JobState.DONE for job in person.jobs()))
    again = next(job for job in person.jobs() if job.id != first.id)
    assert (again.request_id, again.spec) == (first.request_id, first.spec)
    assert again.file is not None
    assert Path(again.file).is_file()
    until(lambda: watch.shown_job_id == again.id)
    assert len(practice.accepted()) == 1
    # One that has come back is only looked at.
    Path(first.file).write_bytes(Path(again.file).read_bytes())
    watch.show_nothing()
    watch.show_job(first)
    watch.ask_again_requested.emit(AskAgain(first.id))
    until(lambda: watch.playback.position.count == 121)
    assert len(person.jobs()) == 2
