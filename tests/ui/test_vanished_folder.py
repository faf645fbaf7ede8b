"""The folder for clips is gone when a clip is done: a pause with a sentence and a way out."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPlainTextEdit, QPushButton

from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.core.settings import Settings
from dreamina_desktop.store.settings import SettingsFile
from tests.jobs.workshop import TestClock
from tests.practice_server import PracticeServer
from tests.ui.conftest import Until
from tests.ui.window_desk import WindowDesk
from tests.ui.workplaces import SAMPLE

CONTROL = Qt.KeyboardModifier.ControlModifier

type Sit = Callable[[Path], WindowDesk]


@pytest.fixture
def sit(
    application: QApplication, until: Until, practice: PracticeServer, tmp_path: Path
) -> Iterator[Sit]:
    """``sit(folder)``: a person whose clips go there, with a take composed."""
    desks: list[WindowDesk] = []

    def make(folder: Path) -> WindowDesk:
        profile = tmp_path / "profile"
        SettingsFile(profile, TestClock()).save(Settings(output_folder=str(folder)))
        person = WindowDesk(application, until, profile, practice, practice.key)
        desks.append(person)
        person.open(str(SAMPLE), "Steam rises.")
        until(person.find(QPushButton, "generateButton").isEnabled)
        return person

    yield make
    for person in desks:
        person.close()


def generate(person: WindowDesk) -> None:
    QTest.keyClick(person.find(QPlainTextEdit, "promptEdit"), Qt.Key.Key_Return, CONTROL)


def notice(person: WindowDesk) -> str:
    label = person.find(QLabel, "noticeText")
    return label.text() if label.isVisible() else ""


def lose(person: WindowDesk, folder: Path) -> None:
    """A clip is made while its folder goes."""
    generate(person)
    person.until(lambda: bool(person.jobs()))
    shutil.rmtree(folder)
    person.until(lambda: str(folder) in notice(person))


def the_job(person: WindowDesk) -> Job:
    (job,) = person.jobs()
    return job


def test_it_goes_on_by_itself_when_the_folder_is_back(
    sit: Sit, practice: PracticeServer, tmp_path: Path
) -> None:
    practice.trouble(queue_seconds=1)
    folder = tmp_path / "drive" / "clips"
    person = sit(folder)
    lose(person, folder)
    job = the_job(person)
    assert (job.state, job.error and job.error.code) == (JobState.DOWNLOADING, "folder_missing")
    assert not folder.exists()
    folder.mkdir()
    person.until(lambda: the_job(person).state is JobState.DONE)
    assert [str(path) for path in folder.iterdir()] == [the_job(person).file]
    person.until(lambda: str(folder) not in notice(person))
    assert len(practice.accepted()) == 1


def test_another_folder_takes_it_at_once(
    sit: Sit, practice: PracticeServer, tmp_path: Path
) -> None:
    practice.trouble(queue_seconds=1)
    folder, other = tmp_path / "drive", tmp_path / "other"
    other.mkdir()
    person = sit(folder)
    lose(person, folder)
    button = person.find(QPushButton, "noticeActionButton")
    assert button.text() == "Choose another folder…"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = person.find(QFileDialog, "waitingFolderDialog")
    dialog.fileSelected.emit(str(other))
    dialog.close()
    person.until(lambda: the_job(person).state is JobState.DONE)
    assert Path(the_job(person).file or "").parent == other
    assert not folder.exists()
    assert len(practice.accepted()) == 1


def test_nothing_is_sent_for_a_folder_that_cannot_be(
    sit: Sit, practice: PracticeServer, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    person = sit(blocked / "clips")
    generate(person)
    person.until(lambda: str(blocked / "clips") in notice(person))
    assert person.jobs() == ()
    assert practice.ledger() == []
