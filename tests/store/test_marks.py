"""What a person thinks of clips is kept, whatever the engine writes and whatever is damaged."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from dreamina_desktop.core.errors import DatabaseDamagedError, NoSuchJobError
from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.core.mark import Mark
from dreamina_desktop.core.origin import FrameOrigin
from dreamina_desktop.store.backup import backup_file
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.store.opening import OpenReport, open_jobs
from tests.store.profiles import DATABASE, fill, opened, run_sql
from tests.store.rows import attempts
from tests.store.sample_jobs import HandClock, adopted, finish, landed, prepared

DATABASES = Path(__file__).parents[1] / "databases"


@pytest.fixture
def finished(repository: SqliteJobRepository) -> Job:
    repository.add(adopted())
    return finish(repository, adopted(), landed(0), landed(1, "/videos/second.mp4"))


def marks(repository: SqliteJobRepository, job_id: str = "job-a") -> list[Mark]:
    return [clip.mark for clip in repository.get(job_id).clips]


def test_each_clip_has_its_own(repository: SqliteJobRepository, finished: Job) -> None:
    assert marks(repository) == [Mark.NONE, Mark.NONE]
    repository.mark("job-a", 1, Mark.STARRED)
    assert marks(repository) == [Mark.NONE, Mark.STARRED]
    repository.mark("job-a", 1, Mark.REJECTED)
    repository.mark("job-a", 0, Mark.STARRED)
    assert marks(repository) == [Mark.STARRED, Mark.REJECTED]
    repository.mark("job-a", 1, Mark.NONE)
    repository.mark("job-a", 1, Mark.NONE)
    assert marks(repository) == [Mark.STARRED, Mark.NONE]
    row = repository.get("job-a")
    assert (row.changed, row.state) == (finished.changed, JobState.DONE)


def test_only_for_a_clip_that_is_there(repository: SqliteJobRepository, finished: Job) -> None:
    for job_id, ordinal in (("job-b", 0), (finished.id, 2)):
        with pytest.raises(NoSuchJobError, match=job_id):
            repository.mark(job_id, ordinal, Mark.STARRED)


def test_the_engines_whole_rows_never_write_back_an_old_one(
    repository: SqliteJobRepository, finished: Job
) -> None:
    repository.mark("job-a", 0, Mark.STARRED)
    # As the engine read it before: without the mark, and with clips that it has changed.
    moved = tuple(replace(clip, path=f"/elsewhere/{clip.ordinal}.mp4") for clip in finished.clips)
    repository.change(finished, replace(finished, clips=moved))
    assert marks(repository) == [Mark.STARRED, Mark.NONE]
    repository.delete("job-a")
    repository.undelete("job-a")
    assert marks(repository) == [Mark.STARRED, Mark.NONE]


def test_pages_of_some_marks(repository: SqliteJobRepository) -> None:
    for number, mark in enumerate((Mark.NONE, Mark.STARRED, Mark.REJECTED)):
        job = adopted(f"job-{mark.value}", f"request-{number}")
        repository.add(job)
        finish(repository, job, landed())
        repository.mark(job.id, 0, mark)
    both = adopted("job-both", "request-both")
    repository.add(both)
    finish(repository, both, landed(0), landed(1))
    repository.mark("job-both", 0, Mark.REJECTED)
    repository.mark("job-both", 1, Mark.STARRED)
    repository.add(prepared())
    for wanted in (
        frozenset({Mark.STARRED}),
        frozenset({Mark.REJECTED}),
        frozenset({Mark.NONE, Mark.STARRED}),
        frozenset[Mark](),
    ):
        found = repository.page(10, marks=wanted)
        assert found == tuple(job for job in repository.page(10) if job.mark in wanted)
        assert bool(found) is bool(wanted)


def test_an_unreadable_mark(repository: SqliteJobRepository, finished: Job, profile: Path) -> None:
    repository.mark(finished.id, 0, Mark.STARRED)
    run_sql(profile, "UPDATE marks SET mark = 'adored'")
    with pytest.raises(DatabaseDamagedError):
        repository.get(finished.id)


@pytest.mark.parametrize("is_gone", [False, True])
def test_known_after_a_rebuild(profile: Path, *, is_gone: bool) -> None:
    """From the damaged file itself, or from the copy of it; an unreadable one costs only itself."""
    fill(profile)
    repository, _ = open_jobs(profile, HandClock(), holder=True)
    repository.mark("job-001", 0, Mark.STARRED)
    repository.mark("job-006", 0, Mark.REJECTED)
    repository.mark("job-011", 0, Mark.REJECTED)
    repository.close()
    run_sql(profile, "UPDATE marks SET mark = 'adored' WHERE job_id = 'job-011'")
    if is_gone:
        shutil.copyfile(profile / DATABASE, backup_file(profile / DATABASE))
        (profile / DATABASE).write_bytes(b"no database")
    else:
        run_sql(profile, "DROP INDEX jobs_by_age")
    found, report = opened(profile)
    assert report.rebuilt is not None
    assert [found[f"job-{number}"].mark for number in ("001", "006", "011")] == [
        Mark.STARRED,
        Mark.REJECTED,
        Mark.NONE,
    ]


def test_a_mark_of_a_lost_job_is_left_behind(profile: Path) -> None:
    fill(profile)
    run_sql(profile, "INSERT INTO marks VALUES ('job-lost', 0, 'starred')")
    found, report = opened(profile)
    assert report.rebuilt is not None
    assert "job-lost" not in found


def test_the_fixture_of_this_schema_has_marks_and_an_origin(tmp_path: Path) -> None:
    shutil.copyfile(DATABASES / "v4.sqlite", tmp_path / DATABASE)
    found, _ = opened(tmp_path)
    assert (found["job-001"].mark, found["job-006"].mark) == (Mark.STARRED, Mark.REJECTED)
    assert found["job-006"].picture.origin == FrameOrigin("job-001", 0, 117)


def test_rows_of_earlier_schemas_have_neither(tmp_path: Path) -> None:
    shutil.copyfile(DATABASES / "v3.sqlite", tmp_path / DATABASE)
    found, _ = opened(tmp_path)
    assert {job.mark for job in found.values()} == {Mark.NONE}
    assert {job.picture.origin for job in found.values() if job.spec is not None} == {None}


@pytest.mark.parametrize("number", ["9e999", "1e300", "0.5", "'one'", "x'00'"])
def test_a_number_that_is_none_costs_only_its_row(profile: Path, number: str) -> None:
    """SQLite gives an endless number for one that it was told to keep as a whole one."""
    fill(profile)
    repository, _ = open_jobs(profile, HandClock(), holder=True)
    repository.mark("job-001", 0, Mark.STARRED)
    repository.mark("job-006", 0, Mark.REJECTED)
    repository.close()
    picture = "'name', 'job-001', 'https://s3.example', 'eu', 'pictures'"
    run_sql(
        profile,
        f"UPDATE marks SET ordinal = {number} WHERE job_id = 'job-006'",  # noqa: S608
        f"UPDATE attempts SET number = {number} WHERE job_id = 'job-001'",  # noqa: S608
        f"INSERT INTO hosted_pictures VALUES ({picture}, {number}, NULL, NULL)",  # noqa: S608
    )
    found, report = opened(profile)
    assert report.rebuilt is not None
    assert report.rebuilt.jobs == len(found)
    assert found["job-001"].mark is Mark.STARRED
    assert found["job-006"].mark is Mark.NONE
    assert {number for _, number, *_ in attempts(profile)} == {1}


def test_an_unreadable_mark_is_found_at_the_opening(profile: Path) -> None:
    fill(profile)
    repository, _ = open_jobs(profile, HandClock(), holder=True)
    repository.mark("job-001", 0, Mark.STARRED)
    repository.close()
    run_sql(profile, "UPDATE marks SET mark = 'adored'")
    found, report = opened(profile)
    assert report.rebuilt is not None
    assert found["job-001"].mark is Mark.NONE
    assert opened(profile)[1] == OpenReport()


@pytest.mark.parametrize("is_whole", [True, False])
def test_one_taken_back_since_the_copy_does_not_return(profile: Path, *, is_whole: bool) -> None:
    """Unless the damaged file does not tell all its marks any more: then the copy has to do."""
    fill(profile)
    repository, _ = open_jobs(profile, HandClock(), holder=True)
    for job_id in ("job-001", "job-006", "job-011", "job-016"):
        repository.mark(job_id, 0, Mark.STARRED)
    repository.close()
    shutil.copyfile(profile / DATABASE, backup_file(profile / DATABASE))
    repository, _ = open_jobs(profile, HandClock(), holder=True)
    repository.mark("job-001", 0, Mark.NONE)
    repository.mark("job-006", 0, Mark.REJECTED)
    repository.close()
    # This job comes from the copy, together with its mark.
    run_sql(
        profile,
        "UPDATE jobs SET state = 'lost' WHERE id = 'job-011'",
        "DELETE FROM marks WHERE job_id = 'job-011'",
    )
    if not is_whole:
        run_sql(profile, "UPDATE marks SET mark = 'adored' WHERE job_id = 'job-016'")
    found, report = opened(profile)
    assert report.rebuilt is not None
    assert found["job-001"].mark is (Mark.NONE if is_whole else Mark.STARRED)
    assert found["job-006"].mark is Mark.REJECTED
    assert found["job-011"].mark is Mark.STARRED
    assert found["job-016"].mark is Mark.STARRED
