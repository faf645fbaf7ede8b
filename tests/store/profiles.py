"""A profile with jobs of every kind, and ways to damage its database."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from dreamina_desktop.core.answers import Price
from dreamina_desktop.core.job import Hold, Job, JobState
from dreamina_desktop.core.submit_class import SubmitClass
from dreamina_desktop.store.database import connect
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.store.opening import OpenReport, open_jobs
from tests.store.sample_jobs import NOON, HandClock, accept, adopted, finish, landed, prepared

DATABASE = "dreamina.sqlite"


def fill(profile: Path, count: int = 30) -> dict[str, Job]:
    """Make a profile; its jobs by their ids."""
    profile.mkdir(parents=True, exist_ok=True)
    files, jobs = _filled(count)
    for name, content in files:
        (profile / name).write_bytes(content)
    return dict(jobs)


@cache
def _filled(count: int) -> tuple[tuple[tuple[str, bytes], ...], tuple[tuple[str, Job], ...]]:
    """The files of such a profile, made once: each of its commits waits for the disk."""
    with TemporaryDirectory() as folder:
        jobs = _make(Path(folder), count)
        names = (DATABASE, "receipts.jsonl")
        files = tuple((name, (Path(folder) / name).read_bytes()) for name in names)
    return files, tuple(jobs.items())


def _make(profile: Path, count: int) -> dict[str, Job]:
    repository, _ = open_jobs(profile, HandClock(), holder=True)
    for number in range(count):
        add_numbered(repository, number, number % 5)
    repository.add(adopted())
    repository.save_price("maker/model", Price(Decimal("0.06"), "second"), NOON)
    jobs = {job.id: job for job in repository.all()}
    repository.close()
    return jobs


def add_numbered(repository: SqliteJobRepository, number: int, kind: int) -> None:
    """0 accepted, 1 done, 2 in doubt, 3 being sent; others wait."""
    job_id, request_id = f"job-{number:03}", f"request-{number:03}"
    job = replace(prepared(job_id, minutes=number), result='{"padding": "' + "x" * 900 + '"}')
    repository.add(job)
    match kind:
        case 0:
            accept(repository, job, request_id)
        case 1:
            accepted = accept(repository, job, request_id)
            finish(repository, accepted, landed(0, f"/videos/{job_id}.mp4"))
        case 2:
            sent = repository.begin_attempt(job)
            repository.end_attempt(sent, replace(sent, state=JobState.UNKNOWN), SubmitClass.UNKNOWN)
        case 3:
            repository.begin_attempt(job)
        case _:
            pass


type Damage = Callable[[Path, random.Random], None]


def noise(path: Path, chance: random.Random) -> None:
    """Bytes here and there."""
    content = bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 60)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    path.write_bytes(content)


def one_bit(path: Path, chance: random.Random) -> None:
    """A single bit."""
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def lost_page(path: Path, chance: random.Random) -> None:
    """Pages that are all nought, or hold another page."""
    content = bytearray(path.read_bytes())
    pages = len(content) // 4096
    for _ in range(chance.randint(1, 3)):
        page, other = chance.randrange(pages), chance.randrange(pages)
        source = content[other * 4096 :][:4096] if chance.random() < 0.5 else bytes(4096)
        content[page * 4096 : (page + 1) * 4096] = source
    path.write_bytes(content)


def header(path: Path, chance: random.Random) -> None:
    """A byte of the file's header."""
    content = bytearray(path.read_bytes())
    content[chance.randrange(100)] = chance.randrange(256)
    path.write_bytes(content)


def cut_short(path: Path, chance: random.Random) -> None:
    """The end is missing."""
    content = path.read_bytes()
    path.write_bytes(content[: chance.randrange(len(content))])


def replaced(path: Path, chance: random.Random) -> None:
    """Something else altogether."""
    path.write_bytes(chance.randbytes(chance.randrange(5000)))


DAMAGES: tuple[Damage, ...] = (noise, one_bit, lost_page, header, cut_short, replaced)


def opened(profile: Path, *, holder: bool = True) -> tuple[dict[str, Job], OpenReport]:
    repository, report = open_jobs(profile, HandClock(), holder=holder)
    try:
        return {job.id: job for job in repository.all()}, report
    finally:
        repository.close()


def take_a_new_job(profile: Path) -> None:
    """What was opened can be written to as well."""
    repository, _ = open_jobs(profile, HandClock(), holder=True)
    repository.add(prepared("job-new"))
    accept(repository, repository.get("job-new"), "request-new")
    repository.close()


def run_sql(profile: Path, *statements: str) -> None:
    connection = connect(profile / DATABASE)
    connection.execute("PRAGMA foreign_keys = OFF")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def check_recovery(before: dict[str, Job], found: dict[str, Job], report: OpenReport) -> None:
    """Nothing that was paid for is lost, nothing that may be was made ready to be sent."""
    for job in before.values():
        after = found.get(job.id)
        if job.request_id is not None:
            assert after is not None, job.id
            assert after.request_id == job.request_id
            assert after.state not in (JobState.PREPARED, JobState.SUBMITTING, JobState.UNKNOWN)
            assert after.spec is None or report.rebuilt or after.spec.model_id == "maker/model"
        elif job.attempts:
            assert after is not None, job.id
            assert after.state in (JobState.UNKNOWN, JobState.SUBMITTING)
        elif after is not None and report.rebuilt:
            assert (after.state, after.hold) == (JobState.PREPARED, Hold.CONFIRM)
    sent = [job.request_id for job in found.values() if job.request_id is not None]
    assert sorted(sent) == sorted(set(sent))
