"""What stays of a result's addresses when nothing is fetched from them any more."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dreamina_desktop.core.job import Clip, ClipKind, Job, JobState
from dreamina_desktop.store.database import connect
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.store.job_table import change_job, find_job
from dreamina_desktop.store.opening import open_jobs
from dreamina_desktop.store.spent_addresses import SPENT, bare_result, without_signatures
from tests.store.profiles import DATABASE
from tests.store.sample_jobs import HandClock, accept, prepared

SIGNATURE = "5ee5ca1ab1e0ddba11"
ADDRESS = f"https://results.example/a.mp4?sign={SIGNATURE}&x=1"
BARE = "https://results.example/a.mp4"
RESULT = '{"status":"succeeded", "cost":0.10, "output":{"video":"' + ADDRESS + '"}}'


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[SqliteJobRepository]:
    made, _ = open_jobs(tmp_path, HandClock(), holder=True)
    yield made
    made.close()


def downloading(repository: SqliteJobRepository, job_id: str = "job-1") -> Job:
    job = prepared(job_id)
    repository.add(job)
    queued = accept(repository, job, f"request-{job_id}")
    clips = (Clip(0, ClipKind.VIDEO, ADDRESS),)
    after = replace(queued, state=JobState.RESULT_SAVED, result=RESULT, clips=clips)
    saved = repository.change(queued, after)
    return repository.change(saved, replace(saved, state=JobState.DOWNLOADING))


def written(profile: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(profile.iterdir()) if path.is_file())


def test_the_address_is_on_disk_for_as_long_as_it_is_needed(
    repository: SqliteJobRepository, tmp_path: Path
) -> None:
    job = downloading(repository)
    assert repository.get(job.id).clips[0].address == ADDRESS
    assert repository.get(job.id).result == RESULT
    resting = repository.change(job, replace(job, resting=True))
    assert resting.clips[0].address == ADDRESS
    assert SIGNATURE.encode() in written(tmp_path)


@pytest.mark.parametrize("state", [JobState.DONE, JobState.EXPIRED])
def test_behind_that_no_byte_of_it_stays(
    repository: SqliteJobRepository, tmp_path: Path, state: JobState
) -> None:
    job = downloading(repository)
    ended = repository.change(job, replace(job, state=state))
    assert ended == repository.get(job.id)
    assert ended.clips[0].address == BARE
    assert ended.result == RESULT.replace(ADDRESS, BARE)
    repository.close()
    assert SIGNATURE.encode() not in written(tmp_path)


def test_nor_in_the_pages_of_many_rows_that_came_and_went(
    repository: SqliteJobRepository, tmp_path: Path
) -> None:
    for number in range(60):
        job = downloading(repository, f"job-{number:03}")
        long = replace(job, result=RESULT + " " * (number * 997 % 9000))
        job = repository.change(job, long)
        repository.change(job, replace(job, state=JobState.DONE))
    repository.close()
    assert SIGNATURE.encode() not in written(tmp_path)


def test_a_failed_result_keeps_what_it_says(repository: SqliteJobRepository) -> None:
    job = prepared()
    repository.add(job)
    queued = accept(repository, job, "request-1")
    said = json.dumps({"error": f"Not good: {ADDRESS} is dark?", "status": "failed"})
    failed = repository.change(queued, replace(queued, state=JobState.FAILED, result=said))
    assert json.loads(failed.result or "") == {
        "error": f"Not good: {BARE} is dark?",
        "status": "failed",
    }


@pytest.mark.parametrize("state", sorted(SPENT))
def test_in_every_state_that_needs_none(state: JobState) -> None:
    job = replace(prepared(), state=state, result=None)
    assert without_signatures(job) == job


@pytest.mark.parametrize(
    ("document", "bare"),
    [
        ('{"a": 1.50,\n "b": "Why?"}', '{"a": 1.50,\n "b": "Why?"}'),
        ('["https://x.example/a"]', '["https://x.example/a"]'),
        (r'["https:\/\/x.example\/a\u003fs=1\u0026t=2"]', r'["https://x.example/a"]'),
        (r'["say \"https://x.example/?s=1\" \\"]', r'["say \"https://x.example/\" \\"]'),
        ('["https://me:word@x.example/a"]', '["https://x.example/a"]'),
        (r'["\q https://x.example/a?s=1"]', r'["\q https://x.example/a"]'),
        ('{"https://x.example/?s=1": 2}', r'{"https://x.example/": 2}'),
    ],
)
def test_a_result_changes_where_an_address_has_more_than_a_path(document: str, bare: str) -> None:
    assert bare_result(document) == bare
    assert bare_result(bare) == bare


def leave_behind(profile: Path, job_id: str) -> None:
    """The row as a version before this one left it, and pages that it did not wipe."""
    connection = connect(profile / DATABASE)
    connection.execute("PRAGMA secure_delete = OFF")
    connection.execute("BEGIN")
    job = find_job(connection, job_id)
    assert job is not None
    clips = tuple(replace(clip, address=ADDRESS) for clip in job.clips)
    padded = replace(job, result=RESULT + " " * 9000 + f'"{ADDRESS}"', clips=clips)
    change_job(connection, job, padded)
    change_job(connection, padded, replace(padded, result=RESULT))
    connection.execute("COMMIT")
    connection.close()


def test_rows_of_earlier_versions_are_cleaned(
    repository: SqliteJobRepository, tmp_path: Path
) -> None:
    live = downloading(repository, "job-live")
    job = downloading(repository)
    done = repository.change(job, replace(job, state=JobState.DONE))
    repository.close()
    leave_behind(tmp_path, done.id)
    assert (tmp_path / DATABASE).read_bytes().count(SIGNATURE.encode()) > 3
    repository.forget_addresses()
    assert repository.get(done.id) == done
    assert repository.get(live.id) == live
    repository.change(live, replace(live, state=JobState.DONE))
    repository.close()
    assert SIGNATURE.encode() not in written(tmp_path)


def test_where_there_is_nothing_to_clean_nothing_is_written(
    repository: SqliteJobRepository, tmp_path: Path
) -> None:
    job = downloading(repository)
    asking = '{"message": "Why?"}'
    repository.change(job, replace(job, state=JobState.DONE, result=asking))
    repository.close()
    before = (tmp_path / DATABASE).read_bytes()
    repository.forget_addresses()
    repository.close()
    assert (tmp_path / DATABASE).read_bytes() == before


def test_every_connection_wipes_what_it_frees(tmp_path: Path) -> None:
    connection: sqlite3.Connection = connect(tmp_path / "x.sqlite")
    assert connection.execute("PRAGMA secure_delete").fetchone()[0] == 1
    connection.close()
