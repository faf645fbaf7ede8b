"""Runs all jobs of a profile in one asyncio loop, in whatever thread that loop runs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from dreamina_desktop.core.errors import (
    DiskError,
    DownloadError,
    DreaminaError,
    KeyMissingError,
    KeyRefusedError,
    NoBalanceError,
    NoSuchJobError,
    StateChangedError,
    TooFastError,
    WireError,
)
from dreamina_desktop.core.events import (
    BugMet,
    ConnectionChanged,
    EngineEvent,
    SendingHeld,
)
from dreamina_desktop.core.job import AT_PROVIDER, FINAL, Hold, Job, JobError, JobState
from dreamina_desktop.core.polling import PollingRules, has_slept
from dreamina_desktop.core.ports import Clock, JobRepository
from dreamina_desktop.jobs.course import Course
from dreamina_desktop.jobs.lifecycle import Lifecycle, is_waiting
from dreamina_desktop.jobs.recovery import recover
from dreamina_desktop.jobs.request_gate import RequestGate

STOP_GRACE = 20.0
"""Seconds that a submit which has begun may still take when the program ends."""


@dataclass(slots=True)
class _Place:
    """One unfinished job in the engine; its next step is ``due`` in monotonic seconds."""

    job: Job
    course: Course
    due: float
    task: asyncio.Task[None] | None = field(default=None)


class Engine:
    """Commands come in as rows (see ``Commands``) and a ring; events go out through ``tell``.

    ``tell`` is called in the loop's thread. Only the holder of the profile's lock may run one.
    """

    def __init__(
        self,
        *,
        repository: JobRepository,
        lifecycle: Lifecycle,
        gate: RequestGate,
        clock: Clock,
        rules: PollingRules,
        realm: str,
        submitted_at_once: int,
        chance: Callable[[], float],
        tell: Callable[[EngineEvent], None],
    ) -> None:
        self._repository = repository
        self._lifecycle = lifecycle
        self._gate = gate
        self._clock = clock
        self._rules = rules
        self._realm = realm
        self._submitted_at_once = submitted_at_once
        self._chance = chance
        self._tell = tell
        self._places: dict[str, _Place] = {}
        self._rung = asyncio.Event()
        self._stopping = False
        self._key_refused = False
        self._balance_refused = False
        self._held: set[str] = set()
        self._trouble: JobError | None = None

    async def run(self) -> None:
        """Recover the profile, then carry its jobs until ``stop``.

        Raises DiskError when the profile cannot be recovered.
        """
        recover(self._repository, self._realm, self._clock.now())
        looked_awake, looked_at = self._clock.monotonic(), self._clock.now()
        while not self._stopping:
            self._rung.clear()
            self._look_around()
            awake, wall = self._clock.monotonic(), self._clock.now()
            passed = (wall - looked_at).total_seconds()
            if has_slept(self._rules, passed, awake - looked_awake):
                self._wake_all(awake)
            looked_awake, looked_at = awake, wall
            self._begin_due_steps(awake)
            await self._wait(awake)

    def ring(self) -> None:
        """Something changed on disk: look at once. Only from the loop's thread."""
        self._rung.set()

    def mend(self) -> None:
        """The user mended key or balance: go on where the provider refused."""
        self._key_refused = self._balance_refused = False
        self._gate.open()
        self._wake_all(self._clock.monotonic())
        self._tell(SendingHeld(None))
        self.ring()

    async def stop(self, grace: float | None = STOP_GRACE) -> None:
        """End all steps; a submit that has begun gets ``grace`` seconds, then it is UNKNOWN.

        None gives it all the time it takes.
        """
        self._stopping = True
        self.ring()
        tasks = [place.task for place in self._places.values() if place.task is not None]
        for place in self._places.values():
            if place.task is not None and not place.course.sending:
                place.task.cancel()
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def hurry(self) -> None:
        """The user cannot wait for ``stop``: a submit that is still out becomes UNKNOWN now."""
        for place in self._places.values():
            if place.task is not None:
                place.task.cancel()

    def _look_around(self) -> None:
        try:
            rows = self._repository.unfinished(self._realm)
        except DiskError as error:
            self._report(JobError(error.code, error.detail))
            return
        now = self._clock.monotonic()
        current = {job.id for job in rows}
        for job_id, place in list(self._places.items()):
            if job_id not in current and place.task is None:
                del self._places[job_id]
        for job in rows:
            known = self._places.get(job.id)
            if known is None:
                course = Course(self._rules, self._chance)
                self._places[job.id] = _Place(job, course, self._first_due(job, now))
                continue
            if job.id in self._held and job.hold is None:
                # The user said "go on", perhaps in another process.
                self._held.discard(job.id)
                self.mend()
            # A new wish is carried out at once; one about an unsent job needs no request at all.
            new_wish = job.cancel_wanted and not known.job.cancel_wanted
            if new_wish or (job.cancel_wanted and job.state is JobState.PREPARED):
                known.due = now
            known.job = job

    def _first_due(self, job: Job, now: float) -> float:
        if job.not_before is None:
            return now
        return now + max(0.0, (job.not_before - self._clock.now()).total_seconds())

    def _wake_all(self, now: float) -> None:
        """Time passed unseen: whatever was due is due now, but what the provider asked for."""
        for place in self._places.values():
            if not place.course.told_to_wait:
                place.due = now

    def _begin_due_steps(self, now: float) -> None:
        if self._key_refused:
            return
        sent = sum(1 for place in self._places.values() if self._is_at_provider(place))
        for place in self._places.values():
            if place.task is not None or place.due > now or is_waiting(place.job):
                continue
            if place.job.state is JobState.PREPARED:
                if not place.job.cancel_wanted and (
                    self._balance_refused or sent >= self._submitted_at_once
                ):
                    continue
                sent += 1
            place.task = asyncio.create_task(self._step(place))

    @staticmethod
    def _is_at_provider(place: _Place) -> bool:
        begun = place.task is not None and place.job.state is JobState.PREPARED
        return begun or place.job.state in AT_PROVIDER

    async def _wait(self, now: float) -> None:
        dues = [
            place.due for place in self._places.values() if place.task is None and place.due > now
        ]
        wait = min([self._rules.look_around, *(due - now for due in dues)])
        try:
            async with asyncio.timeout(wait):
                await self._rung.wait()
        except TimeoutError:
            return

    async def _step(self, place: _Place) -> None:
        try:
            wait = await self._try_step(place)
            place.due = self._clock.monotonic() + wait
        finally:
            place.task = None
            self.ring()

    async def _try_step(self, place: _Place) -> float:
        course = place.course
        try:
            job = self._repository.get(place.job.id)
            if job.state in FINAL or is_waiting(job):
                return 0.0
            sent = sum(1 for other in self._places.values() if self._is_at_provider(other))
            before = job
            wait = await self._lifecycle.step(job, course, sent) or 0.0
            job = self._repository.get(job.id)
            if job == before:
                # Whatever left the row as it was must not be done again without a pause.
                wait = max(wait, self._rules.back_off_first)
        except (StateChangedError, NoSuchJobError):
            # Somebody else was quicker; the next look around shows what is to do now.
            return 0.0
        except (KeyRefusedError, KeyMissingError) as error:
            self._hold(Hold.KEY, error, place)
            return 0.0
        except NoBalanceError as error:
            self._hold(Hold.BALANCE, error, place)
            return course.wait_after(error)
        except (WireError, DownloadError) as error:
            wait = course.wait_after(error)
            if isinstance(error, TooFastError):
                self._gate.keep_quiet(wait)
            self._report(JobError(error.code, error.provider_message))
            return wait
        except DiskError as error:
            self._report(JobError(error.code, error.detail))
            return course.wait_after(error)
        except Exception as error:
            # A bug in one job's step must not stop the others, nor go unseen.
            self._tell(BugMet(place.job.id, error))
            return self._rules.back_off_longest
        self._report(job.error if course.failures else None)
        return wait

    def _hold(self, hold: Hold, error: DreaminaError, place: _Place) -> None:
        if self._repository.get(place.job.id).state is JobState.PREPARED:
            # Its row carries the reason; when somebody takes that away, everything goes on.
            self._held.add(place.job.id)
        if hold is Hold.KEY:
            self._key_refused = True
        else:
            self._balance_refused = True
        self._report(JobError(error.code, error.provider_message))
        self._tell(SendingHeld(hold))

    def _report(self, trouble: JobError | None) -> None:
        if trouble != self._trouble:
            self._trouble = trouble
            self._tell(ConnectionChanged(trouble))
