"""One job from PREPARED to its end, one step at a time."""

from __future__ import annotations

from dataclasses import replace

from dreamina_desktop.core.job import Job, JobError, JobState
from dreamina_desktop.core.ports import JobRepository
from dreamina_desktop.core.submit_class import SUBMIT_UNCERTAIN, SubmitClass
from dreamina_desktop.jobs.asking import Asking
from dreamina_desktop.jobs.course import Course
from dreamina_desktop.jobs.fetching import Fetching
from dreamina_desktop.jobs.submitting import Submitting

_CANCELLABLE = frozenset({JobState.PREPARED, JobState.QUEUED, JobState.RUNNING})


class Lifecycle:
    """Chooses what a job's state asks for."""

    def __init__(
        self,
        repository: JobRepository,
        submitting: Submitting,
        asking: Asking,
        fetching: Fetching,
    ) -> None:
        self._repository = repository
        self._submitting = submitting
        self._asking = asking
        self._fetching = fetching

    async def wake(self) -> None:
        """The machine has slept: what was connected before may be dead without saying so."""
        await self._asking.wake()

    async def step(self, job: Job, course: Course, at_provider: int) -> float | None:
        """Do the next thing. Seconds until the one after it; None when there is none by itself.

        Raises the errors of core.errors that say when to try again, with the row unharmed.
        """
        match job.state:
            case JobState.PREPARED if job.cancel_wanted:
                self._repository.change(
                    job, replace(job, state=JobState.CANCELLED, cancel_wanted=False)
                )
                return None
            case JobState.PREPARED:
                return await self._submitting.send(job, course)
            case JobState.QUEUED | JobState.RUNNING:
                return await self._asking.ask(job, course, at_provider)
            case JobState.RESULT_SAVED | JobState.DOWNLOADING | JobState.EXPIRED:
                return await self._fetching.fetch(job, course)
            case JobState.SUBMITTING:
                # Nobody is sending it any more: something broke between the POST and its end.
                doubt = replace(job, state=JobState.UNKNOWN, error=JobError(SUBMIT_UNCERTAIN))
                self._repository.end_attempt(job, doubt, SubmitClass.UNKNOWN)
                return None
            case _:
                return None


def is_waiting(job: Job) -> bool:
    """Whether nothing happens to a job until a person says so."""
    if job.cancel_wanted and job.state in _CANCELLABLE:
        # That is what a person has said.
        return False
    return job.resting or job.hold is not None or job.state is JobState.UNKNOWN


def is_ready(job: Job) -> bool:
    """Whether a job is sent as soon as it has its turn."""
    return job.state is JobState.PREPARED and not (is_waiting(job) or job.cancel_wanted)
