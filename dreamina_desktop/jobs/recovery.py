"""What each unfinished row means when a new process takes over a profile."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from dreamina_desktop.core.errors import NotYoursError, StateChangedError
from dreamina_desktop.core.job import Hold, Job, JobError, JobState
from dreamina_desktop.core.ports import JobRepository
from dreamina_desktop.core.submit_class import INTERRUPTED_SUBMIT, SubmitClass
from dreamina_desktop.jobs.lifecycle import is_ready

SILENT_FOR = timedelta(minutes=10)
"""A click older than this is not sent after a restart without asking."""

_ONE_CLICK = timedelta(milliseconds=10)
"""Within this all takes of a click are created, one after the other."""

INTERRUPTED = JobError(INTERRUPTED_SUBMIT)


def is_stale(job: Job, now: datetime) -> bool:
    """Whether a job that is ready to be sent is too old to be sent without asking.

    One from the future is too: the clock was set back, and nobody knows how old it is.
    """
    said = job.confirmed or job.created
    return job.state is JobState.PREPARED and abs(now - said) > SILENT_FOR


def _refusal_of(job: Job, rows: tuple[Job, ...]) -> Job | None:
    """The held one of ``rows`` that speaks for a job, too, which is ready to be sent.

    Key or balance was refused after the job's click; the engine that heard it may have been killed
    before it could say so on each row.
    """
    said = job.confirmed or job.created
    return next(
        (
            row
            for row in rows
            if row.state is JobState.PREPARED
            and row.hold in (Hold.KEY, Hold.BALANCE)
            and row.error is not None
            and row.error.code != NotYoursError.code
            and said <= row.changed + _ONE_CLICK
        ),
        None,
    )


def recover(repository: JobRepository, realm: str, now: datetime) -> tuple[str, ...]:
    """Settle the rows that cannot go on by themselves; the id of each that was changed.

    Only the holder of the profile may. A submit that was under way may have arrived: UNKNOWN,
    never sent again by itself. Everything at the provider or later is simply asked again. Raises
    ``DiskError``.
    """
    changed = []
    rows = repository.unfinished(realm)
    for job in rows:
        if job.state is JobState.SUBMITTING:
            doubt = replace(job, state=JobState.UNKNOWN, error=INTERRUPTED)
            repository.end_attempt(job, doubt, SubmitClass.UNKNOWN)
            changed.append(job.id)
            continue
        if job.hold is None and is_stale(job, now):
            held = replace(job, hold=Hold.CONFIRM)
        elif is_ready(job) and (refused := _refusal_of(job, rows)) is not None:
            held = replace(job, hold=refused.hold, error=refused.error)
        else:
            continue
        # Another process may cancel it in this very moment: then there is nothing to hold.
        with suppress(StateChangedError):
            repository.change(job, held)
            changed.append(job.id)
    return tuple(changed)
