from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from dreamina_desktop.core.errors import DiskError, StateChangedError
from dreamina_desktop.store.job_bin import JobBin
from dreamina_desktop.store.job_repository import SqliteJobRepository
from tests.store.full_disk import refusing
from tests.store.sample_jobs import NOON, HandClock, adopted, finish, landed, prepared

UNDO = timedelta(seconds=15)
LATER = NOON + timedelta(days=1)


@pytest.fixture
def job_bin(repository: SqliteJobRepository, profile: Path) -> JobBin:
    repository.add(adopted())
    finish(repository, adopted(), landed())
    return JobBin(repository, profile)


def ids(job_bin: JobBin) -> list[str]:
    return [job.id for job in job_bin.left_over(LATER, UNDO)]


def test_nothing_is_left_where_nothing_was_deleted(job_bin: JobBin) -> None:
    assert ids(job_bin) == []


def test_what_a_crash_cut_off_is_left(job_bin: JobBin, repository: SqliteJobRepository) -> None:
    job_id = adopted().id
    assert job_bin.delete(job_id).deleted is not None
    assert ids(job_bin) == [job_id]
    job_bin.emptied(job_id)
    job_bin.emptied(job_id)
    assert ids(job_bin) == []
    assert repository.get(job_id).deleted is not None


def test_what_came_back_is_not(job_bin: JobBin) -> None:
    job_bin.delete(adopted().id)
    job_bin.delete(adopted().id)
    assert job_bin.undelete(adopted().id).deleted is None
    assert ids(job_bin) == []


def test_undo_is_given_its_time(job_bin: JobBin, clock: HandClock) -> None:
    deleted = job_bin.delete(adopted().id).deleted
    assert deleted is not None
    assert job_bin.left_over(deleted + UNDO / 2, UNDO) == ()
    assert len(job_bin.left_over(deleted + UNDO, UNDO)) == 1


def test_a_crash_before_the_row_is_hidden(
    job_bin: JobBin, repository: SqliteJobRepository, profile: Path
) -> None:
    repository.add(prepared())
    with pytest.raises(StateChangedError):
        job_bin.delete(prepared().id)
    (profile / "bin" / "no-such-job").touch()
    assert ids(job_bin) == []
    assert list((profile / "bin").iterdir()) == []


def test_a_full_disk_hides_nothing(
    job_bin: JobBin, repository: SqliteJobRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    for turn in (1, 2, 3):
        with refusing(monkeypatch, turn), pytest.raises(DiskError):
            job_bin.delete(adopted().id)
        assert repository.get(adopted().id).deleted is None
    job_bin.delete(adopted().id)
    assert replace(repository.get(adopted().id), deleted=None).deleted is None
