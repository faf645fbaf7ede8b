"""One submit: the only place from which money can be spent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from dreamina_desktop.core.answers import Accepted, Submission
from dreamina_desktop.core.errors import (
    DiskError,
    DreaminaError,
    PictureMissingError,
    TooFastError,
)
from dreamina_desktop.core.events import EngineEvent, IdUnsaved
from dreamina_desktop.core.hosting_errors import HostingError
from dreamina_desktop.core.inline_refusal import INLINE_REFUSED, is_refused_inline
from dreamina_desktop.core.job import Job, JobError, JobState, SentPicture
from dreamina_desktop.core.polling import at, back_off
from dreamina_desktop.core.ports import Clock, JobRepository, ModelApi, PictureHost
from dreamina_desktop.core.settings import Travel
from dreamina_desktop.core.submit_class import (
    INTERRUPTED_SUBMIT,
    SubmitClass,
    classify,
    hold_of,
)
from dreamina_desktop.jobs.course import Course
from dreamina_desktop.jobs.purse import Purse
from dreamina_desktop.jobs.request_gate import RequestGate, Urgency

FRESH_FOR = timedelta(minutes=10)
"""A pre-signed address lives an hour or more; one that waited longer for its turn is made anew."""


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
        picture_rules: frozenset[str] = frozenset(),
    ) -> None:
        """``purse`` remembers what the account held, as evidence; without one nothing is kept.

        ``picture_rules`` are the provider's sentences for what is wrong with a picture itself.
        """
        self._repository = repository
        self._api = api
        self._host = host
        self._clock = clock
        self._gate = gate
        self._changed = changed
        self._tell = tell
        self._purse = purse or Purse()
        self._picture_rules = picture_rules

    async def send(self, job: Job, course: Course) -> float | None:
        """Send a PREPARED job once. Seconds until its next step, None to rest.

        Raises what refused the key or the balance, after it is on the row; StateChangedError
        when somebody else changed the row first; DiskError when nothing could be sent for it.
        """
        while True:
            made = self._clock.now()
            try:
                # Before the turn: an upload must not hold up what others ask.
                submission = await self._submission(job)
            except PictureMissingError as error:
                self._rest(job, JobError(error.code))
                return None
            except HostingError as error:
                return self._unhosted(job, error, course)
            course.unhosted = 0
            async with self._gate.turn(Urgency.SUBMIT, job.created.timestamp()):
                if abs(self._clock.now() - made) > FRESH_FOR:
                    continue
                try:
                    # Only what is known already: no further request stands between turn and POST.
                    balance = self._purse.fresh(self._clock.now())
                    begun = self._repository.begin_attempt(job, balance)
                    return await self._attempt(begun, submission, course)
                finally:
                    course.sending = False

    def _rest(self, job: Job, why: JobError) -> None:
        self._repository.change(job, replace(job, error=why, not_before=None, resting=True))
        self._changed(job.id)

    def _unhosted(self, job: Job, error: HostingError, course: Course) -> float | None:
        """The bucket did not take the picture: nothing was sent, and no attempt was made."""
        why = JobError(error.code, error.provider_message)
        if error.is_lasting:
            self._rest(job, why)
            return None
        course.unhosted += 1
        wait = back_off(course.rules, course.unhosted, course.chance())
        later = at(self._clock.now(), wait)
        self._repository.change(job, replace(job, error=why, not_before=later))
        self._changed(job.id)
        return wait

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

    async def _submission(self, job: Job) -> Submission:
        spec = job.spec
        if spec is None:
            raise ValueError(job.id)
        image = await self._host.item(job)
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
                if _is_inline(job.picture) and is_refused_inline(error, self._picture_rules):
                    why = JobError(INLINE_REFUSED, said)
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


def _is_inline(picture: SentPicture) -> bool:
    return picture.address is None and picture.travel is Travel.INLINE
