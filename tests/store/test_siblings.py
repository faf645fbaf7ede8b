"""Takes of the same thing, found without loading the library."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from dreamina_desktop.core.errors import NoSuchJobError
from dreamina_desktop.core.job import Job, SentPicture
from dreamina_desktop.core.siblings import are_siblings
from dreamina_desktop.store.database import connect
from dreamina_desktop.store.job_repository import SqliteJobRepository
from tests.store.profiles import DATABASE
from tests.store.sample_jobs import NOON, a_spec, adopted, finish, landed, prepared

ADDRESS = "https://host.example/a.png"


def a_take(name: str, minutes: int, **changes: object) -> Job:
    spec = replace(a_spec(seed=minutes), **changes)  # type: ignore[arg-type]
    return replace(prepared(name, minutes=minutes), spec=spec)


def test_those_that_differ_in_their_seed_alone(repository: SqliteJobRepository) -> None:
    other = SentPicture("/home/me/tea.png", "cd" * 32, "image/png")
    public = SentPicture(ADDRESS, address=ADDRESS)
    jobs = [
        a_take("job-2", 2),
        a_take("job-1", 1),
        a_take("job-3", 3, prompt="steam falls"),
        a_take("job-4", 4, frames=241),
        a_take("job-5", 5, model_id="maker/other"),
        a_take("job-6", 6, picture=other),
        a_take("job-7", 7, picture=public),
        a_take("job-8", 8, picture=public),
        a_take("job-9", 9, prompt="\udcff"),
    ]
    repository.add(*jobs)
    elsewhere = replace(a_take("job-x", 0), realm="https://elsewhere.example")
    repository.add(elsewhere)
    for job in jobs:
        assert job.spec is not None
        own = job.spec
        siblings = [one for one in jobs if one.spec is not None and are_siblings(own, one.spec)]
        expected = sorted(one.id for one in siblings)
        assert [one.id for one in repository.siblings(job.id)] == expected
    assert [one.id for one in repository.siblings("job-2")] == ["job-1", "job-2"]


def test_deleted_and_unknown_ones(repository: SqliteJobRepository) -> None:
    repository.add(adopted())
    done = finish(repository, adopted(), landed())
    assert repository.siblings(done.id) == (repository.get(done.id),)
    gone = replace(a_take("job-1", 1), deleted=NOON)
    repository.add(gone, a_take("job-2", 2))
    assert [one.id for one in repository.siblings("job-1")] == ["job-2"]
    with pytest.raises(NoSuchJobError):
        repository.siblings("nothing")


def test_an_index_finds_them(repository: SqliteJobRepository, profile: Path) -> None:
    repository.add(a_take("job-1", 1))
    connection = connect(profile / DATABASE)
    plan = connection.execute(
        "EXPLAIN QUERY PLAN SELECT * FROM jobs"
        " WHERE coalesce(picture_sha256, picture_address, picture_source) = 'x'"
    ).fetchall()
    connection.close()
    assert "jobs_by_picture" in plan[0]["detail"]


def test_rows_come_all_or_none(repository: SqliteJobRepository) -> None:
    repository.add(prepared("job-2"))
    with pytest.raises(sqlite3.IntegrityError, match=r"jobs\.id"):
        repository.add(prepared("job-1"), prepared("job-2"))
    with pytest.raises(ValueError, match="request-a"):
        repository.add(prepared("job-3"), replace(prepared("job-4"), request_id="request-a"))
    assert [job.id for job in repository.all()] == ["job-2"]
