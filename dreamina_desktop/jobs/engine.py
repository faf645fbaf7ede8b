"""Runs all jobs of a profile in one asyncio loop, in whatever thread that loop runs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace

from dreamina_desktop.core.error_codes import DISK_CODES, HOSTING_CODES
from dreamina_desktop.core.errors import (
    ClipFolderError,
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
    JobChanged,
    SendingHeld,
)
from dreamina_desktop.core.job import AT_PROVIDER, FINAL, Hold, Job, JobError, JobState
from dreamina_desktop.core.polling import PollingRules, has_slept
from dreamina_desktop.core.ports import Clock, JobRepository
from dreamina_desktop.jobs.course import Course
from dreamina_desktop.jobs.lifecycle import Lifecycle, is_ready, is_waiting
from dreamina_desktop.jobs.recovery import recover
from dreamina_desktop.jobs.request_gate import RequestGate

STOP_GRACE = 20.0
"""Seconds that a submit which has begun may still take when the program ends."""

_ASKED = frozenset({JobState.QUEUED, JobState.RUNNING})


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
        self._rows_changed = True
        self._read_at = 0.0
        self._stopping = False
        self._refused: dict[Hold, JobError] = {}
        self._held: set[str] = set()
        self._trouble: JobError | None = None
        self._is_blind = False

    async def run(self) -> None:
        """Recover the profile, then carry its jobs until ``stop``.

        Raises DiskError when the profile cannot be recovered.
        """
        for job_id in recover(self._repository, self._realm, self._clock.now()):
            # Whoever has read the rows already saw them as the last process left them.
            self._tell(JobChanged(job_id))
        looked_awake, looked_at = self._clock.monotonic(), self._clock.now()
        while not self._stopping:
            self._rung.clear()
            if self._rows_changed or self._until_look(self._clock.monotonic()) <= 0:
                self._look_around()
            awake, wall = self._clock.monotonic(), self._clock.now()
            passed = (wall - looked_at).total_seconds()
            if has_slept(self._rules, passed, awake - looked_awake):
                self._wake_all(awake)
                await self._leave_what_is_out()
            looked_awake, looked_at = awake, wall
            self._begin_due_steps(awake)
            await self._wait(awake)

    def ring(self) -> None:
        """Something changed on disk: look at once. Only from the loop's thread."""
        self._rows_changed = True
        self._rung.set()

    def wake(self) -> None:
        """Look at everything now; waits that the provider asked for are kept."""
        self._wake_all(self._clock.monotonic())
        self.ring()

    def mend(self) -> None:
        """The user mended key, balance or bucket: go on where that was refused."""
        self._refused.clear()
        self._gate.open()
        for place in self._places.values():
            if place.job.resting:
                self._leave_rest(place.job.id)
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

    def _leave_rest(self, job_id: str) -> None:
        """Let a click go on that rests because of its bucket, and was never sent."""
        # Where the disk refuses, or somebody is quicker, a person can still say so on its card.
        with suppress(StateChangedError, NoSuchJobError, DiskError):
            job = self._repository.get(job_id)
            code = job.error.code if job.error is not None else None
            if job.state is JobState.PREPARED and code in HOSTING_CODES:
                self._repository.change(job, replace(job, resting=False))
                self._tell(JobChanged(job_id))

    def _until_look(self, now: float) -> float:
        return self._read_at + self._rules.look_around - now

    def _look_around(self) -> None:
        self._read_at = self._clock.monotonic()
        try:
            rows = self._repository.unfinished(self._realm)
            if self._refused and self._hold_back(rows):
                rows = self._repository.unfinished(self._realm)
        except DiskError as error:
            self._report(JobError(error.code, error.folder or error.detail))
            self._is_blind = True
            return
        if self._is_blind:
            self._is_blind = False
            self._disk_obeyed()
        self._rows_changed = False
        current = {job.id for job in rows}
        for job_id, place in list(self._places.items()):
            if job_id not in current and place.task is None:
                del self._places[job_id]
        is_said = bool(self._refused) and any(self._is_said(job) for job in rows)
        for job in rows:
            known = self._places.get(job.id)
            if known is None:
                course = Course(self._rules, self._chance, self._clock)
                due = self._first_due(job, self._read_at)
                if due > self._read_at:
                    course.told_until = job.not_before
                self._places[job.id] = _Place(job, course, due)
            else:
                self._see(known, job)
        held = {job.id for job in rows if job.hold is not None}
        was_held = bool(self._held)
        self._held &= held
        # Where nothing is held any more, no row says why the others wait: one of them is tried.
        if is_said or (self._refused and was_held and not self._held):
            self.mend()

    def _is_said(self, job: Job) -> bool:
        """Whether the user has just said "send it", in whatever process."""
        if not is_ready(job):
            return False
        known = self._places.get(job.id)
        return known is None or known.job.confirmed != job.confirmed

    def _see(self, place: _Place, job: Job) -> None:
        """Its row is now ``job``."""
        # A new wish is carried out at once; one about an unsent job needs no request at all.
        new_wish = job.cancel_wanted and not place.job.cancel_wanted
        is_moved = job.folder != place.job.folder
        if is_moved or new_wish or (job.cancel_wanted and job.state is JobState.PREPARED):
            place.due = self._clock.monotonic()
        place.job = job

    def _first_due(self, job: Job, now: float) -> float:
        if job.not_before is None:
            return now
        # A clock that was set back since must not make a wait of seconds one of years.
        seen = max(job.changed, self._clock.now())
        return now + max(0.0, (job.not_before - seen).total_seconds())

    def _wake_all(self, now: float) -> None:
        """Time passed unseen: everything is due now, but for waits that the provider asked for."""
        self._gate.wake()
        for place in self._places.values():
            place.due = min(place.due, now + place.course.wake())

    async def _leave_what_is_out(self) -> None:
        """No answer comes to what was asked before a sleep. A submit's is waited for all the same.

        It may be there after all, and only its end tells whether money was spent.
        """
        for place in self._places.values():
            if place.task is not None and place.course.asking:
                place.task.cancel()
        await self._lifecycle.wake()

    def _begin_due_steps(self, now: float) -> None:
        if self._stopping:
            return
        sent = sum(1 for place in self._places.values() if self._is_at_provider(place))
        for place in self._places.values():
            if place.task is not None or place.due > now or is_waiting(place.job):
                continue
            is_unsent = place.job.state is JobState.PREPARED
            # To cancel what was not sent nobody is asked.
            if not (is_unsent and place.job.cancel_wanted):
                if Hold.KEY in self._refused:
                    continue
                if is_unsent and (self._refused or sent >= self._submitted_at_once):
                    continue
            sent += is_unsent
            place.task = asyncio.create_task(self._step(place))

    @staticmethod
    def _is_at_provider(place: _Place) -> bool:
        begun = place.task is not None and place.job.state is JobState.PREPARED
        return begun or place.job.state in AT_PROVIDER

    async def _wait(self, now: float) -> None:
        dues = [
            place.due for place in self._places.values() if place.task is None and place.due > now
        ]
        wait = min([self._until_look(now), *(due - now for due in dues)])
        try:
            async with asyncio.timeout(wait):
                await self._rung.wait()
        except TimeoutError:
            return

    async def _step(self, place: _Place) -> None:
        row: Job | None = None
        try:
            wait, row = await self._try_step(place)
            place.due = self._clock.monotonic() + wait
        finally:
            place.task = None
            if row is not None and row.state in _ASKED:
                # With hundreds at the provider, reading all rows after each answer costs much.
                self._see(place, row)
                self._rung.set()
            else:
                self.ring()

    async def _try_step(self, place: _Place) -> tuple[float, Job | None]:
        """Seconds until the next step, and the row as this one left it if that is known."""
        course = place.course
        try:
            job = self._repository.get(place.job.id)
            if job.state in FINAL or is_waiting(job):
                return 0.0, None
            sent = sum(1 for other in self._places.values() if self._is_at_provider(other))
            before, heard = job, course.heard
            wait = await self._lifecycle.step(job, course, sent) or 0.0
            job = self._repository.get(job.id)
            if job == before:
                # Whatever left the row as it was must not be done again without a pause.
                wait = max(wait, self._rules.back_off_first)
        except (StateChangedError, NoSuchJobError):
            # Somebody else was quicker; the next look around shows what is to do now.
            return 0.0, None
        except (KeyRefusedError, KeyMissingError) as error:
            self._hold(Hold.KEY, error, place)
            return 0.0, None
        except NoBalanceError as error:
            self._hold(Hold.BALANCE, error, place)
            return course.wait_after(error), None
        except (WireError, DownloadError) as error:
            wait = course.wait_after(error)
            if isinstance(error, TooFastError):
                self._gate.keep_quiet(wait)
            self._report(JobError(error.code, error.provider_message))
            return wait, None
        except DiskError as error:
            if not isinstance(error, ClipFolderError):
                # That one concerns its own job alone, whose row says so.
                self._report(JobError(error.code, error.folder or error.detail))
            return course.wait_after(error), None
        except Exception as error:
            # A bug in one job's step must not stop the others, nor go unseen.
            self._tell(BugMet(place.job.id, error))
            return self._rules.back_off_longest, None
        if course.heard != heard:
            self._report(job.error if course.failures else None)
        else:
            self._tell_of_own(job, before)
        return wait, job

    def _tell_of_own(self, job: Job, before: Job) -> None:
        """A step that asked nobody; those that ask tell of what they write themselves."""
        if job != before:
            self._tell(JobChanged(job.id))
            self._disk_obeyed()

    def _disk_obeyed(self) -> None:
        if self._trouble is not None and self._trouble.code in DISK_CODES:
            self._report(None)

    def _hold(self, hold: Hold, error: DreaminaError, place: _Place) -> None:
        why = JobError(error.code, error.provider_message)
        self._refused[hold] = why
        with suppress(DiskError):
            if self._repository.get(place.job.id).state is JobState.PREPARED:
                # Its row carries the reason; when somebody takes that away, everything goes on.
                self._held.add(place.job.id)
            # Before anybody hears of it, and may end this process. The next look makes up for it.
            self._hold_back(self._repository.unfinished(self._realm))
        self._report(why)
        self._tell(SendingHeld(hold))

    def _hold_back(self, rows: tuple[Job, ...]) -> bool:
        """Clicks that were to follow a refused one wait for the same word; whether any did.

        On disk, so that nobody sends them who knows nothing of the refusal. Raises DiskError.
        """
        hold, why = next(iter(self._refused.items()))
        found = [job for job in rows if is_ready(job) and not self._is_said(job)]
        for job in found:
            with suppress(StateChangedError, NoSuchJobError):
                self._repository.change(job, replace(job, hold=hold, error=why))
                self._held.add(job.id)
                self._tell(JobChanged(job.id))
        return bool(found)

    def _report(self, trouble: JobError | None) -> None:
        if trouble is None and Hold.KEY in self._refused:
            # What was still under way ended well; that makes the key no better.
            return
        if trouble != self._trouble:
            self._trouble = trouble
            self._tell(ConnectionChanged(trouble))
