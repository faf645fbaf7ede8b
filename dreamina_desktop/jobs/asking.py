"""Asking the provider about a request: its status, its result, its cancellation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from dreamina_desktop.core.answers import (
    CancelOutcome,
    Output,
    Phase,
    ResultAnswer,
    StatusAnswer,
)
from dreamina_desktop.core.errors import (
    AddressExpiredError,
    KeyRefusedError,
    NoSuchRequestError,
    NotYoursError,
    ProviderRefusedError,
    TooFastError,
    WireError,
)
from dreamina_desktop.core.job import Clip, ClipKind, Job, JobError, JobState
from dreamina_desktop.core.maker_codes import failure_code, is_makers
from dreamina_desktop.core.polling import next_poll
from dreamina_desktop.core.ports import Clock, JobRepository, ModelApi
from dreamina_desktop.jobs.commands import ID_UNPROVED
from dreamina_desktop.jobs.course import Course
from dreamina_desktop.jobs.request_gate import RequestGate, Urgency

BELIEVE_MISSING_AFTER = 3
"""Answers in a row that are no proof when they come once or twice."""


class Asking:
    """Takes a QUEUED or RUNNING job one answer further."""

    def __init__(
        self,
        *,
        repository: JobRepository,
        api: ModelApi,
        clock: Clock,
        gate: RequestGate,
        changed: Callable[[str], None],
    ) -> None:
        self._repository = repository
        self._api = api
        self._clock = clock
        self._gate = gate
        self._changed = changed

    async def wake(self) -> None:
        """The machine has slept: ask over new connections."""
        await self._api.reconnect()

    async def ask(self, job: Job, course: Course, at_provider: int) -> float | None:
        """One round of questions. Seconds until the next, None when there is nothing to wait for.

        Raises WireError kinds that say nothing about the request itself; StateChangedError;
        DiskError.
        """
        if job.resting:
            # It is here because the user wants it cancelled; so it is followed again.
            job = self._save(job, replace(job, resting=False))
        # Nobody wanted to cancel somebody else's request.
        if job.cancel_wanted and job.error != ID_UNPROVED:
            job, ended = await self._cancel(job, course)
            if ended:
                return None
        try:
            wait = await self._ask(job, course, at_provider)
        except NoSuchRequestError as error:
            if not self._is_missing(error, course):
                raise
            why = JobError(error.code, error.provider_message)
            if job.error == ID_UNPROVED:
                self._doubt(job, why, course)
            elif job.result is not None:
                self._expire(job, JobError(AddressExpiredError.code, error.provider_message))
            else:
                self._fail(job, why)
            return None
        except NotYoursError as error:
            if job.error == ID_UNPROVED:
                self._doubt(job, JobError(error.code, error.provider_message), course)
                return None
            # Perhaps only the key is that of another account: asked again when the user says so.
            self._rest(job, JobError(error.code, error.provider_message))
            return None
        course.missing = 0
        return wait

    def _is_missing(self, error: NoSuchRequestError, course: Course) -> bool:
        """Whether it has been said long enough that the provider knows no such request.

        One that was just accepted may be unknown for a moment, and a 404 without the provider's
        own code may come from a gateway on the way.
        """
        now = self._clock.monotonic()
        if course.missing == 0:
            course.missing_since = now
        course.missing += 1
        told = error.provider_code is not None
        enough = course.rules.missing_told if told else course.rules.missing_hinted
        return course.missing >= BELIEVE_MISSING_AFTER and now - course.missing_since >= enough

    async def _ask(self, job: Job, course: Course, at_provider: int) -> float | None:
        request_id = _request_id(job)
        few = at_provider <= course.rules.patient_jobs
        urgency = Urgency.WAKING if course.woken and few else Urgency.POLL
        # Who was asked longest ago goes first: young jobs, asked often, keep no old one waiting.
        with course.question():
            async with self._gate.turn(urgency, course.last_turn) as left:
                status = await self._api.status(request_id, left)
        self._gate.trust()
        course.succeeded()
        course.asked += 1
        if status.phase in (Phase.COMPLETED, Phase.FAILED):
            return await self._fetch_result(job, course, at_provider)
        return self._follow(job, status, course, at_provider)

    def _follow(
        self, job: Job, status: StatusAnswer, course: Course, at_provider: int
    ) -> float | None:
        now = self._clock.now()
        after = replace(job, word=status.word, queue_position=status.queue_position, error=None)
        match status.phase:
            case Phase.CANCELLED:
                self._save(job, replace(after, state=JobState.CANCELLED, completed=now))
                return None
            case Phase.QUEUED:
                after = replace(after, state=JobState.QUEUED)
            case Phase.RUNNING:
                after = replace(
                    after, state=JobState.RUNNING, running=job.running or now, queue_position=None
                )
            case _:
                self._save(job, after)
                return max(
                    course.rules.strange_word,
                    next_poll(course.rules, course.asked, at_provider),
                )
        self._save(job, after)
        return next_poll(course.rules, course.asked, at_provider)

    async def _fetch_result(self, job: Job, course: Course, at_provider: int) -> float | None:
        order = job.submitted.timestamp() if job.submitted else 0.0
        try:
            with course.question():
                async with self._gate.turn(Urgency.RESULT, order) as left:
                    result = await self._api.result(_request_id(job), left)
        except ProviderRefusedError as error:
            self._refused(job, error, course)
            return None
        course.succeeded()
        course.refused = course.undelivered = 0
        now = self._clock.now()
        after = replace(
            job,
            word=result.word,
            result=result.document,
            cost=result.cost if result.cost is not None else job.cost,
            queue_position=None,
            error=None,
            # A result that is asked for again was no later made.
            completed=job.completed or now,
            cancel_wanted=False,
        )
        match result.phase:
            case Phase.COMPLETED:
                self._save(job, self._with_result(after, result, now))
                return 0.0
            case Phase.FAILED:
                why = JobError(failure_code(result.error_code), result.error_message)
                self._save(job, replace(after, state=JobState.FAILED, error=why))
                return None
            case _:
                # The result does not know yet what the status already said; it will.
                status = StatusAnswer(result.phase, result.word)
                return self._follow(job, status, course, at_provider)

    def _refused(self, job: Job, error: ProviderRefusedError, course: Course) -> None:
        """A result that is answered with an error: the maker's code says that it failed."""
        why = JobError(failure_code(error.provider_code), error.provider_message)
        if is_makers(error.provider_code):
            self._fail(job, why)
            return
        course.refused += 1
        if course.refused < BELIEVE_MISSING_AFTER:
            raise error
        course.refused = 0
        self._rest(job, JobError(error.code, error.provider_message))

    def _with_result(self, after: Job, result: ResultAnswer, now: datetime) -> Job:
        if not result.outputs:
            return replace(after, state=JobState.RESULT_SAVED, error=JobError("empty_output"))
        return replace(
            after,
            state=JobState.RESULT_SAVED,
            running=after.running or now,
            clips=_clips(result.outputs, after.clips),
        )

    async def _cancel(self, job: Job, course: Course) -> tuple[Job, bool]:
        """Carry out the user's wish; the row after it, and whether that ended the job.

        No answer keeps the wish for the next round; a refusal drops it. Neither keeps the job
        from being asked about.
        """
        try:
            with course.question():
                async with self._gate.turn(Urgency.CANCEL) as left:
                    outcome = await self._api.cancel(_request_id(job), left)
        except (KeyRefusedError, TooFastError):
            raise
        except (ProviderRefusedError, NoSuchRequestError, NotYoursError) as error:
            why = JobError("cancel_refused", error.provider_message)
            return self._save(job, replace(job, cancel_wanted=False, error=why)), False
        except WireError:
            return job, False
        after = replace(job, cancel_wanted=False)
        if outcome is CancelOutcome.CANCELLED:
            after = replace(after, state=JobState.CANCELLED, completed=self._clock.now())
        return self._save(job, after), outcome is CancelOutcome.CANCELLED

    def _fail(self, job: Job, error: JobError) -> None:
        self._save(job, replace(job, state=JobState.FAILED, error=error, cancel_wanted=False))

    def _expire(self, job: Job, error: JobError) -> None:
        """The clip was made, and has gone since: it did not fail."""
        saved = self._save(job, replace(job, state=JobState.RESULT_SAVED, cancel_wanted=False))
        self._save(saved, replace(saved, state=JobState.EXPIRED, error=error, resting=True))

    def _doubt(self, job: Job, error: JobError, course: Course) -> None:
        """The id was a slip of the pen: what became of the submit is as unknown as before."""
        course.missing = 0
        doubtful = replace(job, state=JobState.UNKNOWN, request_id=None, submitted=None)
        self._save(job, replace(doubtful, error=error, cancel_wanted=False))

    def _rest(self, job: Job, error: JobError) -> None:
        self._save(job, replace(job, error=error, resting=True))

    def _save(self, before: Job, after: Job) -> Job:
        if after == before:
            return before
        job = self._repository.change(before, after)
        self._changed(job.id)
        return job


def _request_id(job: Job) -> str:
    if job.request_id is None:
        raise ValueError(job.id)
    return job.request_id


def _clips(outputs: tuple[Output, ...], known: tuple[Clip, ...]) -> tuple[Clip, ...]:
    """The clips of a result: its videos, or its pictures where there are none.

    What has landed already stays; the rest gets the fresh addresses.
    """
    videos = tuple(output for output in outputs if output.kind is ClipKind.VIDEO)
    landed = {clip.ordinal: clip for clip in known if clip.landed}
    return tuple(
        landed.get(ordinal, Clip(ordinal, output.kind, output.address))
        for ordinal, output in enumerate(videos or outputs)
    )
