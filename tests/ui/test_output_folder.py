"""Where clips go, changed in the settings while the window is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.jobs.preparation import TakeRequest
from dreamina_desktop.pictures.prepare import PillowPreparer
from dreamina_desktop.store.folders import clips_folder
from tests.practice_server import PracticeServer, PracticeStart
from tests.ui.conftest import Until, dispose
from tests.ui.settings.controls import control
from tests.ui.window_desk import WindowDesk
from tests.ui.workplaces import SAMPLE, a_profile

CONTROL = Qt.KeyboardModifier.ControlModifier

type Sit = Callable[[PracticeServer], WindowDesk]


@pytest.fixture
def sit(application: QApplication, until: Until, tmp_path: Path) -> Iterator[Sit]:
    """``sit(server)``: a person at an open window with a take composed."""
    desks: list[WindowDesk] = []

    def make(server: PracticeServer) -> WindowDesk:
        person = WindowDesk(application, until, tmp_path / "profile", server, server.key)
        desks.append(person)
        person.open(str(SAMPLE), "Steam rises.")
        until(person.find(QPushButton, "generateButton").isEnabled)
        return person

    yield make
    for person in desks:
        person.close()


def type_folder(person: WindowDesk, folder: Path) -> str:
    """Into the settings; what they answer. They are closed again."""
    QTest.keyClick(person.window, Qt.Key.Key_Comma, CONTROL)
    dialog = person.find(QWidget, "settingsDialog")
    edit = control(dialog, QLineEdit, "outputFolderEdit")
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, str(folder))
    QTest.keyClick(edit, Qt.Key.Key_Return)
    answer = control(dialog, QLabel, "folderAnswer")
    person.until(lambda: answer.text() not in ("", "Trying the folder…"))
    said = answer.text()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    person.until(person.window.isActiveWindow)
    dispose()
    return said


def generate(person: WindowDesk) -> None:
    count = len(person.jobs())
    QTest.keyClick(person.find(QPlainTextEdit, "promptEdit"), Qt.Key.Key_Return, CONTROL)
    person.until(lambda: len(person.jobs()) > count)


def folders(person: WindowDesk) -> list[Path]:
    """Where the clips have come to lie, the latest first; waits for all of them."""

    def done() -> tuple[Job, ...]:
        return tuple(job for job in person.jobs() if job.state is JobState.DONE)

    person.until(lambda: len(done()) == len(person.jobs()))
    latest_first = sorted(done(), key=lambda job: job.id, reverse=True)
    return [Path(job.file or "").parent for job in latest_first]


def test_a_new_folder_holds_for_the_next_take_and_for_none_before(
    sit: Sit, start_practice: PracticeStart, tmp_path: Path
) -> None:
    person = sit(start_practice(queue_seconds=2))
    generate(person)
    assert "New clips go here" in type_folder(person, tmp_path / "films")
    QTest.qWait(QApplication.doubleClickInterval() + 50)
    generate(person)
    assert folders(person) == [tmp_path / "films", clips_folder()]


def test_a_new_folder_holds_for_a_take_that_was_begun_elsewhere(
    sit: Sit, practice: PracticeServer, tmp_path: Path
) -> None:
    person = sit(practice)
    type_folder(person, tmp_path / "films")
    other = a_profile(person.profile, practice)
    picture = PillowPreparer(other.spec).prepare(SAMPLE)
    other.preparation.prepare(TakeRequest(str(SAMPLE), picture, "From a terminal.", 121))
    other.ring()
    other.close()
    assert folders(person) == [tmp_path / "films"]


def test_the_usual_folder_can_be_had_again(
    sit: Sit, practice: PracticeServer, tmp_path: Path
) -> None:
    person = sit(practice)
    type_folder(person, tmp_path / "films")
    type_folder(person, clips_folder())
    furniture = person.session.furniture
    assert furniture is not None
    assert furniture.profile.media.output_folder == clips_folder()
    generate(person)
    assert folders(person) == [clips_folder()]


def test_a_folder_that_is_refused_changes_nothing(
    sit: Sit, practice: PracticeServer, tmp_path: Path
) -> None:
    person = sit(practice)
    (tmp_path / "file").touch()
    assert type_folder(person, tmp_path / "file") == "This is a file, not a folder."
    generate(person)
    assert folders(person) == [clips_folder()]
