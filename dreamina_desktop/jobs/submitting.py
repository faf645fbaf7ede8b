"""One submit: the only place from which money can be spent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from dreamina_desktop.core.answers import Accepted, Submission
from dreamina_desktop.core.errors import (
    DiskError,
    DreaminaError,
    PictureMissingError,
    TooFastError,
)
from dreamina_desktop.core.events import EngineEvent, IdUnsaved
from dreamina_desktop.core.job import Job, JobError, JobState
from dreamina_desktop.core.polling import at, back_off
from dreamina_desktop.core.ports import Clock, JobRepository, ModelApi, PictureHost
from dreamina_desktop.core.submit_class import (
    INTERRUPTED_SUBMIT,
    SubmitClass,
    classify,
    hold_of,
)
from dreamina_desktop.jobs.course import Course
from dreamina_desktop.jobs.purse import Purse
from dreamina_desktop.jobs.request_gate import RequestGate, Urgency


class Submitting:
    """Sends PREPARED jobs: intent on disk first, then one POST, then what became of it."""

    def __init__(
        self,
        *,
        repository: JobRepository,
        api: ModelApi,
        host: PictureHost,
        clock: Clock,
        gate: RequestGate,
        changed: Callable[[str], None],
        tell: Callable[[EngineEvent], None],
        purse: Purse | None = None,
    ) -> None:
        """``purse`` remembers what the account held, as evidence; without one nothing is kept."""
        self._repository = repository
        self._api = api
        self._host = host
        self._clock = clock
        self._gate = gate
        self._changed = changed
        self._tell = tell
        self._purse = purse or Purse()

    async def send(self, job: Job, course: Course) -> float | None:
        """Send a PREPARED job once. Seconds until its next step, None to rest.

        Raises what refused the key or the balance, after it is on the row; StateChangedError
        when somebody else changed the row first; DiskError when nothing could be sent for it.
        """
        submission = self._submission(job)
        if submission is None:
            lost = JobError(PictureMissingError.code)
            self._repository.change(job, replace(job, error=lost, resting=True))
            self._changed(job.id)
            return None
        async with self._gate.turn(Urgency.SUBMIT, job.created.timestamp()):
            try:
                # Only what is known already: no further request stands between click and POST.
                balance = self._purse.fresh(self._clock.now())
                begun = self._repository.begin_attempt(job, balance)
                return await self._attempt(begun, submission, course)
            finally:
                course.sending = False

    async def _attempt(self, job: Job, submission: Submission, course: Course) -> float | None:
        course.sending = True
        self._purse.begin()
        self._changed(job.id)
        try:
            accepted = await self._api.submit(submission)
        except asyncio.CancelledError:
            # The process ends while the answer is still out: this is what UNKNOWN is for.
            self._doubt(job, JobError(INTERRUPTED_SUBMIT))
            raise
        except Exception as error:
            return await self._failed(job, error, course)
        await self._accepted(job, accepted, course)
        return course.rules.first

    def _submission(self, job: Job) -> Submission | None:
        spec = job.spec
        if spec is None:
            raise ValueError(job.id)
        try:
            image = self._host.item(spec.picture)
        except PictureMissingError:
            return None
        return Submission(spec.model_id, spec.prompt, image, spec.frames, spec.seed)

    async def _accepted(self, job: Job, accepted: Accepted, course: Course) -> None:
        self._gate.trust()
        course.succeeded()
        after = replace(
            job,
            state=JobState.QUEUED,
            request_id=accepted.request_id,
            submitted=self._clock.now(),
            error=None,
            not_before=None,
        )
        await self._end(job, after, SubmitClass.ACCEPTED, course)

    async def _failed(self, job: Job, error: Exception, course: Course) -> float | None:
        said = error.provider_message if isinstance(error, DreaminaError) else ""
        code = error.code if isinstance(error, DreaminaError) else "answer_lost"
        why = JobError(code, said)
        outcome = classify(error)
        match outcome:
            case SubmitClass.NOT_SENT:
                wait = course.wait_after(error)
                if isinstance(error, TooFastError):
                    self._gate.keep_quiet(wait)
                after = replace(
                    job,
                    state=JobState.PREPARED,
                    error=why,
                    not_before=at(self._clock.now(), wait),
                )
                await self._end(job, after, outcome, course)
                return wait
            case SubmitClass.HELD:
                after = replace(job, state=JobState.PREPARED, error=why, hold=hold_of(error))
                await self._end(job, after, outcome, course)
                raise error
            case SubmitClass.REJECTED:
                course.succeeded()
                await self._end(
                    job, replace(job, state=JobState.REJECTED, error=why), outcome, course
                )
            case _:
                await self._end(
                    job, replace(job, state=JobState.UNKNOWN, error=why), outcome, course
                )
                if not isinstance(error, DreaminaError):
                    raise error
        return None

    async def _end(self, job: Job, after: Job, outcome: SubmitClass, course: Course) -> None:
        """Write the end of an attempt, however long the disk refuses: memory alone knows it."""
        self._purse.end(outcome)
        failures = 0
        while True:
            try:
                self._repository.end_attempt(job, after, outcome)
            except DiskError:
                failures += 1
                if failures == 1 and after.request_id is not None:
                    self._tell(IdUnsaved(job.id, after.request_id))
                await asyncio.sleep(back_off(course.rules, failures, course.chance()))
            else:
                break
        self._changed(job.id)
        if outcome is SubmitClass.UNKNOWN:
            self._purse.doubted.set()

    def _doubt(self, job: Job, why: JobError) -> None:
        self._purse.end(SubmitClass.UNKNOWN)
        try:
            self._repository.end_attempt(
                job, replace(job, state=JobState.UNKNOWN, error=why), SubmitClass.UNKNOWN
            )
        except DiskError:
            # The row stays SUBMITTING, which the next holder reads as UNKNOWN.
            return
        self._changed(job.id)
