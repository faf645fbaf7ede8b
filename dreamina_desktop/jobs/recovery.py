"""What each unfinished row means when a new process takes over a profile."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from dreamina_desktop.core.errors import StateChangedError
from dreamina_desktop.core.job import Hold, Job, JobError, JobState
from dreamina_desktop.core.ports import JobRepository
from dreamina_desktop.core.submit_class import INTERRUPTED_SUBMIT, SubmitClass

SILENT_FOR = timedelta(minutes=10)
"""A click older than this is not sent after a restart without asking."""

INTERRUPTED = JobError(INTERRUPTED_SUBMIT)


def is_stale(job: Job, now: datetime) -> bool:
    """Whether a job that is ready to be sent is too old to be sent without asking.

    One from the future is too: the clock was set back, and nobody knows how old it is.
    """
    said = job.confirmed or job.created
    return job.state is JobState.PREPARED and abs(now - said) > SILENT_FOR


def recover(repository: JobRepository, realm: str, now: datetime) -> tuple[str, ...]:
    """Settle the rows that cannot go on by themselves; the id of each that was changed.

    Only the holder of the profile may. A submit that was under way may have arrived: UNKNOWN,
    never sent again by itself. Everything at the provider or later is simply asked again. Raises
    ``DiskError``.
    """
    changed = []
    for job in repository.unfinished(realm):
        if job.state is JobState.SUBMITTING:
            doubt = replace(job, state=JobState.UNKNOWN, error=INTERRUPTED)
            repository.end_attempt(job, doubt, SubmitClass.UNKNOWN)
            changed.append(job.id)
        elif is_stale(job, now) and job.hold is None:
            # Another process may cancel it in this very moment: then there is nothing to hold.
            with suppress(StateChangedError):
                repository.change(job, replace(job, hold=Hold.CONFIRM))
                changed.append(job.id)
    return tuple(changed)
