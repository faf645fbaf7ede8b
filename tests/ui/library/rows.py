"""Rows as the engine would leave them, and the library's needs on top of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from dreamina_desktop.core.job import Clip, ClipKind, Job, JobSpec, JobState, SentPicture
from dreamina_desktop.store.database import Database
from dreamina_desktop.store.job_table import add_job, change_job, find_job

NOON = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
REALM = "practice"


@dataclass(slots=True)
class StandingClock:
    """A clock that a test moves."""

    moment: datetime = NOON

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()

    def pass_seconds(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


class Rows:
    """Writes whole rows into the database, as another thread or process does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, *jobs: Job) -> None:
        """New rows, or new contents of old ones; one transaction."""
        with self._database.writing() as connection:
            for job in jobs:
                before = find_job(connection, job.id)
                if before is None:
                    add_job(connection, job)
                else:
                    change_job(connection, before, job)


def a_job(
    number: int, state: JobState = JobState.PREPARED, prompt: str = "steam rises", sha: str = ""
) -> Job:
    """Job ``number``, made so many minutes after noon: the higher, the newer."""
    created = NOON + timedelta(minutes=number)
    has_request = state not in (JobState.PREPARED, JobState.SUBMITTING, JobState.UNKNOWN)
    return Job(
        id=f"job-{number:05}",
        state=state,
        realm=REALM,
        created=created,
        changed=created,
        request_id=f"request-{number}" if has_request else None,
        submitted=created if has_request else None,
        spec=JobSpec(
            model_id="maker/model",
            prompt=prompt,
            frames=121,
            seed=1000 + number,
            picture=SentPicture("/pictures/coffee.png", sha or "ab" * 32, "image/png"),
        ),
    )


def done(number: int, path: Path | str = "/nowhere/clip.mp4", prompt: str = "steam rises") -> Job:
    """A finished job whose clip is at ``path``."""
    job = a_job(number, JobState.DONE, prompt)
    clip = Clip(
        ordinal=0,
        kind=ClipKind.VIDEO,
        address="https://results.example/clip.mp4",
        path=str(path),
        size=1234,
        sha256="cd" * 32,
        width=160,
        height=96,
        frames=24,
        landed=True,
    )
    return replace(
        job,
        clips=(clip,),
        cost=Decimal("0.40"),
        running=job.created + timedelta(seconds=20),
        completed=job.created + timedelta(seconds=80),
    )


def many(count: int, state: JobState = JobState.FAILED) -> Iterable[Job]:
    """So many jobs, oldest first."""
    return (a_job(number, state, f"prompt number {number}") for number in range(count))
