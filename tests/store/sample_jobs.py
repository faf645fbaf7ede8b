"""Jobs and clocks for the tests of the store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from dreamina_desktop.core.job import (
    Clip,
    ClipKind,
    Hold,
    Job,
    JobError,
    JobSpec,
    JobState,
    SentPicture,
)
from dreamina_desktop.core.origin import FrameOrigin
from dreamina_desktop.core.settings import Travel
from dreamina_desktop.core.submit_class import SubmitClass
from dreamina_desktop.store.job_repository import SqliteJobRepository

REALM = "https://model-api.example"
NOON = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
SHA = "ab" * 32


@dataclass(slots=True)
class HandClock:
    """A clock that each look moves on by a second."""

    moment: datetime = NOON

    def now(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()


def a_spec(prompt: str = "steam rises", seed: int = 7) -> JobSpec:
    return JobSpec(
        model_id="maker/model",
        prompt=prompt,
        frames=121,
        seed=seed,
        picture=SentPicture("/home/me/coffee.png", SHA, "image/png"),
    )


def prepared(job_id: str = "job-1", *, minutes: int = 0, prompt: str = "steam rises") -> Job:
    created = NOON + timedelta(minutes=minutes)
    return Job(
        id=job_id,
        state=JobState.PREPARED,
        realm=REALM,
        created=created,
        changed=created,
        spec=a_spec(prompt),
    )


def adopted(job_id: str = "job-a", request_id: str = "request-a") -> Job:
    return Job(
        id=job_id,
        state=JobState.QUEUED,
        realm=REALM,
        created=NOON,
        changed=NOON,
        request_id=request_id,
        submitted=NOON,
    )


def a_clip(ordinal: int = 0) -> Clip:
    return Clip(ordinal, ClipKind.VIDEO, f"https://results.example/{ordinal}.mp4?sign=1")


def landed(ordinal: int = 0, path: str = "/videos/clip.mp4") -> Clip:
    return replace(
        a_clip(ordinal),
        path=path,
        size=1234,
        sha256="cd" * 32,
        width=1440,
        height=1440,
        frames=121,
        landed=True,
    )


def everything_set() -> Job:
    """A job with a value in every field, none of them a default."""
    return Job(
        id="job-full",
        state=JobState.PREPARED,
        realm=REALM,
        created=NOON,
        changed=NOON + timedelta(microseconds=1),
        spec=JobSpec(
            model_id="maker/model",
            prompt="Zeile\x00 mit 🎬 und \udcff",
            frames=241,
            seed=2**80 + 1,
            picture=SentPicture(
                "/bilder/\udcff.png",
                SHA,
                "image/png",
                "https://a.example/x",
                Travel.BUCKET,
                FrameOrigin("job-\udcff", 1, 117),
            ),
        ),
        folder="/somewhere/\udce9lse",
        hold=Hold.BALANCE,
        error=JobError("no_balance", "Bitte aufladen"),
        not_before=NOON + timedelta(hours=1),
        confirmed=NOON + timedelta(minutes=59),
        queue_position=3,
        word="in_queue",
        submitted=NOON + timedelta(seconds=1),
        running=NOON + timedelta(seconds=2),
        completed=NOON + timedelta(seconds=3),
        result='{"output": {}}',
        cost=Decimal("0.1234567890123456789012345678901234567890"),
        cancel_wanted=True,
        resting=True,
        asked_again=2,
        attempts=5,
        clips=(a_clip(0), landed(1)),
        deleted=NOON + timedelta(days=1),
    )


def accept(repository: SqliteJobRepository, job: Job, request_id: str) -> Job:
    """Take a PREPARED row to QUEUED, as the engine does."""
    sent = repository.begin_attempt(job)
    after = replace(sent, state=JobState.QUEUED, request_id=request_id, submitted=NOON)
    return repository.end_attempt(sent, after, SubmitClass.ACCEPTED)


def finish(repository: SqliteJobRepository, job: Job, *clips: Clip) -> Job:
    """Take a QUEUED row to DONE."""
    for state in (JobState.RESULT_SAVED, JobState.DOWNLOADING):
        job = repository.change(job, replace(job, state=state))
    done = replace(
        job, state=JobState.DONE, clips=clips, cost=Decimal("0.30"), completed=job.changed
    )
    return repository.change(job, done)
