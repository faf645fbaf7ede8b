"""The window closes right after Delete: what was asked for is carried out to its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from dreamina_desktop.core.errors import DiskError
from dreamina_desktop.core.job import Job
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.ui.background_thread import BackgroundThread
from dreamina_desktop.ui.library.library_events import DeletionLapsed
from dreamina_desktop.ui.library.library_needs import LibraryNeeds
from tests.ui.conftest import Until
from tests.ui.library.person import Person
from tests.ui.library.rows import Rows, a_job, done


@pytest.fixture
def files() -> Iterator[BackgroundThread]:
    files = BackgroundThread()
    yield files
    files.close()


@pytest.fixture
def needs(needs: LibraryNeeds, files: BackgroundThread) -> LibraryNeeds:
    """As in the application: rows and files each have a thread."""
    return replace(needs, files=files)


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    path = tmp_path / "clip.mp4"
    path.write_bytes(b"a clip")
    return path


def delete_and_close(
    person: Person, rows: Rows, clip: Path, files: BackgroundThread, background: BackgroundThread
) -> None:
    """Close before the disk has answered, in the order in which the window does."""
    rows.put(a_job(0), done(1, clip))
    person.open_library(2)
    slow = Event()
    background.run(slow.wait, bool)
    person.click_card(0)
    person.press(Qt.Key.Key_Delete)
    person.pane.close_down()
    was_there = clip.exists()
    slow.set()
    files.close()
    background.close()
    assert was_there
    assert person.heard.lapsed == [DeletionLapsed(("job-00001",))]


def test_the_file_goes_once_its_row_is_gone(
    person: Person,
    rows: Rows,
    clip: Path,
    files: BackgroundThread,
    background: BackgroundThread,
    repository: SqliteJobRepository,
    tmp_path: Path,
) -> None:
    delete_and_close(person, rows, clip, files, background)
    assert repository.get("job-00001").deleted is not None
    assert not clip.exists()
    assert [path.name for path in (tmp_path / "home").rglob("files/*")] == ["clip.mp4"]


@pytest.mark.parametrize("trouble", [DiskError("database"), RuntimeError("a bug")])
def test_the_file_stays_with_its_row(
    person: Person,
    rows: Rows,
    clip: Path,
    files: BackgroundThread,
    background: BackgroundThread,
    repository: SqliteJobRepository,
    monkeypatch: pytest.MonkeyPatch,
    trouble: Exception,
) -> None:
    def fail(job_id: str) -> Job:
        del job_id
        raise trouble

    monkeypatch.setattr(repository, "delete", fail)
    delete_and_close(person, rows, clip, files, background)
    assert repository.get("job-00001").deleted is None
    assert clip.exists()


def test_what_a_crash_left_goes_at_the_next_start(
    person: Person,
    rows: Rows,
    clip: Path,
    needs: LibraryNeeds,
    repository: SqliteJobRepository,
    until: Until,
    tmp_path: Path,
) -> None:
    kept = tmp_path / "kept.mp4"
    kept.write_bytes(b"another")
    rows.put(done(0, kept), done(1, clip))
    # Undo was still to be had when the program was killed.
    needs.job_bin.delete("job-00001")
    # Taken out of the trash again by a person: there is no note of it any more.
    repository.delete("job-00000")
    person.open_library(0)
    person.pane.finish_deletions()
    until(lambda: not clip.exists())
    assert [path.name for path in (tmp_path / "home").rglob("files/*")] == ["clip.mp4"]
    until(lambda: needs.job_bin.left_over(datetime.now(UTC), timedelta(0)) == ())
    person.pane.finish_deletions()
    QTest.qWait(50)
    assert kept.exists()
