"""Delete and undo, and what becomes of the files."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from dreamina_desktop.core.errors import DiskError
from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.ui.library import deletion
from dreamina_desktop.ui.library.library_events import DeletionLapsed, JobChosen, JobsDeleted
from dreamina_desktop.ui.notice import NoticeTone
from tests.ui.library.person import Person
from tests.ui.library.rows import Rows, a_job, done, many


def a_clip(folder: Path, number: int) -> tuple[Job, Path]:
    path = folder / f"clip-{number}.mp4"
    path.write_bytes(b"a clip")
    return done(number, path), path


def lapse(person: Person) -> None:
    """Let the ten seconds be over, as the timers see it."""
    for timer in person.pane.findChildren(QTimer):
        if timer.interval() == deletion.UNDO_SECONDS * 1000 and timer.isActive():
            timer.setInterval(0)


def in_trash(home: Path) -> list[str]:
    return sorted(path.name for path in home.rglob("files/*"))


def test_delete_hides_at_once_and_says_how_to_undo(
    person: Person, rows: Rows, repository: SqliteJobRepository, tmp_path: Path
) -> None:
    job, path = a_clip(tmp_path, 2)
    rows.put(*many(2), job)
    person.open_library(3)
    person.click_card(0)
    person.press(Qt.Key.Key_Delete)
    assert person.listed() == ["job-00001", "job-00000"]
    assert person.heard.deleted == [JobsDeleted((job.id,), "Deleted.")]
    # The next card has moved to where the eye is.
    assert person.heard.chosen == [JobChosen(job.id), JobChosen("job-00001", is_asked=False)]
    person.until(lambda: repository.get(job.id).deleted is not None)
    assert path.exists()


def test_undo_brings_it_back(
    person: Person, rows: Rows, repository: SqliteJobRepository, tmp_path: Path
) -> None:
    job, path = a_clip(tmp_path, 1)
    rows.put(a_job(0, JobState.FAILED), job)
    person.open_library(2)
    person.click_card(0)
    person.press(Qt.Key.Key_Delete)
    person.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert person.heard.lapsed == [DeletionLapsed((job.id,))]
    person.until(lambda: person.listed() == [job.id, "job-00000"])
    assert repository.get(job.id).deleted is None
    # It is what somebody wants to see again.
    person.until(lambda: person.heard.chosen[-1] == JobChosen(job.id, is_asked=False))
    assert [chosen.id for chosen in person.view.selected_jobs()] == [job.id]
    lapse(person)
    QApplication.processEvents()
    assert path.exists()
    # There is nothing more to bring back.
    person.pane.undo()
    assert len(person.heard.lapsed) == 1


def test_what_was_deleted_last_comes_back_first(person: Person, rows: Rows) -> None:
    rows.put(*many(3))
    person.open_library(3)
    person.click_card(0)
    person.press(Qt.Key.Key_Delete)
    person.press(Qt.Key.Key_Delete)
    assert person.listed() == ["job-00000"]
    person.pane.undo()
    person.until(lambda: person.listed() == ["job-00001", "job-00000"])
    person.pane.undo()
    person.until(lambda: person.listed() == ["job-00002", "job-00001", "job-00000"])


def test_the_only_card_comes_back_selected(person: Person, rows: Rows) -> None:
    rows.put(done(1))
    person.open_library(1)
    person.click_card(0)
    person.press(Qt.Key.Key_Delete)
    assert person.heard.nothing == ["nothing"]
    person.pane.undo()
    person.until(lambda: len(person.view.selected_jobs()) == 1)
    assert person.heard.chosen == [
        JobChosen("job-00001"),
        JobChosen("job-00001", is_asked=False),
    ]


def test_several_come_back_selected(person: Person, rows: Rows) -> None:
    rows.put(*many(4))
    person.open_library(4)
    person.click_card(1)
    person.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    gone = tuple(job.id for job in person.view.selected_jobs())
    assert len(gone) > 1
    person.press(Qt.Key.Key_Delete)
    person.until(lambda: len(person.listed()) == 4 - len(gone))
    person.pane.undo()
    person.until(lambda: tuple(job.id for job in person.view.selected_jobs()) == gone)
    assert len(person.listed()) == 4


def test_several_at_once_and_those_that_must_stay(
    person: Person, rows: Rows, repository: SqliteJobRepository
) -> None:
    rows.put(*many(3), a_job(3, JobState.RUNNING), a_job(4, JobState.UNKNOWN))
    person.open_library(5)
    person.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    person.press(Qt.Key.Key_Delete)
    assert person.listed() == ["job-00004", "job-00003"]
    (told,) = person.heard.deleted
    assert told.text == (
        "Deleted 3 jobs. 2 under way or in doubt stay: cancel or resolve them first."
    )
    person.until(lambda: repository.get("job-00000").deleted is not None)
    assert repository.get("job-00003").deleted is None


def test_the_files_go_to_the_trash_when_undo_has_lapsed(
    person: Person, rows: Rows, tmp_path: Path, repository: SqliteJobRepository
) -> None:
    job, path = a_clip(tmp_path, 1)
    rows.put(job)
    person.open_library(1)
    person.click_card(0)
    person.press(Qt.Key.Key_Delete)
    assert person.heard.nothing == ["nothing"]
    person.until(lambda: repository.get(job.id).deleted is not None)
    lapse(person)
    person.until(lambda: not path.exists())
    assert in_trash(tmp_path / "home") == ["clip-1.mp4"]
    assert person.heard.lapsed == [DeletionLapsed((job.id,))]
    person.pane.undo()
    assert len(person.heard.lapsed) == 1
    assert person.heard.notices == []


def test_closing_lapses_at_once(
    person: Person, rows: Rows, tmp_path: Path, repository: SqliteJobRepository
) -> None:
    job, path = a_clip(tmp_path, 1)
    rows.put(job)
    person.open_library(1)
    person.click_card(0)
    person.press(Qt.Key.Key_Delete)
    person.until(lambda: repository.get(job.id).deleted is not None)
    # Its commit has come back, too.
    person.until(lambda: person.pane._deeds.deletion._bundles[0].is_committed)
    person.pane.close_down()
    person.until(lambda: not path.exists())


def test_no_file_goes_before_its_row_is_known_to_be_gone(
    person: Person,
    rows: Rows,
    tmp_path: Path,
    repository: SqliteJobRepository,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    job, path = a_clip(tmp_path, 1)
    rows.put(job)
    person.open_library(1)

    def full(job_id: str) -> Job:
        raise DiskError(job_id)

    with monkeypatch.context() as broken:
        broken.setattr(repository, "delete", full)
        person.click_card(0)
        person.press(Qt.Key.Key_Delete)
        assert person.listed() == []
        lapse(person)
        person.until(lambda: person.listed() == [job.id])
    assert path.exists()
    assert person.heard.lapsed == [DeletionLapsed((job.id,))] or person.heard.lapsed == [
        DeletionLapsed(())
    ]
    assert person.heard.notices[0].tone is NoticeTone.BAD


def test_a_job_that_came_alive_meanwhile_stays_with_its_file(
    person: Person, rows: Rows, tmp_path: Path, repository: SqliteJobRepository
) -> None:
    dead, path = a_clip(tmp_path, 1)
    expired = a_job(2, JobState.FAILED)
    rows.put(dead, expired)
    person.open_library(2)
    rows.put(a_job(2, JobState.RUNNING))
    person.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    person.press(Qt.Key.Key_Delete)
    person.until(lambda: person.listed() == ["job-00002"])
    assert person.heard.texts == ["The job has moved on in the meantime."]
    lapse(person)
    person.until(lambda: not path.exists())
    assert repository.get("job-00002").deleted is None


def test_a_trash_that_takes_nothing_is_told(
    person: Person, rows: Rows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job, path = a_clip(tmp_path, 1)
    rows.put(job)
    # Where the trash would be, there is a file.
    (tmp_path / "no folder").write_bytes(b"")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "no folder"))
    person.open_library(1)
    person.click_card(0)
    person.press(Qt.Key.Key_Delete)
    lapse(person)
    person.until(lambda: bool(person.heard.notices))
    assert "trash" in person.heard.texts[0]
    assert person.heard.notices[0].details == str(path)
    assert path.exists()


def test_an_undo_that_fails_is_told(
    person: Person,
    rows: Rows,
    repository: SqliteJobRepository,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows.put(*many(1))
    person.open_library(1)
    person.click_card(0)
    person.press(Qt.Key.Key_Delete)
    person.until(lambda: repository.get("job-00000").deleted is not None)

    def full(job_id: str) -> Job:
        raise DiskError(job_id)

    monkeypatch.setattr(repository, "undelete", full)
    person.pane.undo()
    person.until(lambda: bool(person.heard.notices))
    assert person.listed() == []


def test_a_file_that_is_gone_already_is_nobodys_trouble(tmp_path: Path) -> None:
    there = tmp_path / "a.mp4"
    there.write_bytes(b"a clip")
    assert deletion.move_to_trash((there, tmp_path / "gone.mp4")) == ()
    assert not there.exists()
