"""Carries jobs to where nothing more happens by itself, as the profile's holder or beside it."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from dreamina_desktop.cli.interrupts import Interrupts
from dreamina_desktop.cli.progress import Progress
from dreamina_desktop.composition import Profile
from dreamina_desktop.core.error_codes import CLIP_FOLDER_CODES, DISK_CODES
from dreamina_desktop.core.errors import (
    KeyMissingError,
    KeyRefusedError,
    ProfileBusyError,
    StateChangedError,
)
from dreamina_desktop.core.estimate import estimate, past_jobs
from dreamina_desktop.core.events import (
    BugMet,
    ConnectionChanged,
    EngineEvent,
    EngineStopped,
    IdUnsaved,
    SendingHeld,
)
from dreamina_desktop.core.job import AT_PROVIDER, FINAL, Hold, Job, JobError, JobState
from dreamina_desktop.core.ports import AccountApi
from dreamina_desktop.jobs.engine import STOP_GRACE, Engine
from dreamina_desktop.jobs.lifecycle import is_ready, is_waiting

_LOOK = 0.5
_FIRST_TRY = 5.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an errand ended: the jobs as they stand then, and what stopped it short."""

    jobs: tuple[Job, ...]
    key_refused: bool = False
    interrupted: bool = False
    unreachable: bool = False


def nothing_more_happens(job: Job) -> bool:
    """Whether a job is at its end, or waits for a person."""
    return job.state in FINAL or is_waiting(job)


class Errand:
    """One command's jobs. ``wait`` seconds are spent on trying to send, no more."""

    def __init__(
        self, profile: Profile, progress: Progress, interrupts: Interrupts, wait: float
    ) -> None:
        self._profile = profile
        self._progress = progress
        self._interrupts = interrupts
        self._wait = wait
        self._job_ids: tuple[str, ...] = ()
        self._engine: Engine | None = None
        self._key_refused = False
        self._trouble: JobError | None = None
        self._disk_refuses_since: float | None = None
        self._folder_refuses_since: dict[str, float] = {}
        self._bug: Exception | None = None
        self._stirred = asyncio.Event()

    async def carry(
        self,
        job_ids: tuple[str, ...],
        is_settled: Callable[[Job], bool] = nothing_more_happens,
        before: Callable[[AccountApi], Awaitable[None]] | None = None,
        beside: Callable[[], None] | None = None,
    ) -> Outcome:
        """Until every job is settled, sending has been given up, or Ctrl+C.

        ``before`` is called by the holder, with the wire open and nothing sent yet; ``beside``
        where another process is the holder. Raises what opening the wire raises, and the bug of
        ours that stopped one of these jobs.
        """
        self._job_ids = job_ids
        loop = asyncio.get_running_loop()
        self._interrupts.listen(lambda: loop.call_soon_threadsafe(self._on_interrupt))
        give_up = loop.time() + self._wait
        over = False
        while not over:
            try:
                async with self._profile.working(self._on_event, before) as self._engine:
                    over = await self._watch(is_settled, give_up, math.inf)
                    if not self._interrupts.count:
                        # A submit of another job that is out just now gets the time it needs.
                        await self._engine.stop(grace=None)
            except (KeyMissingError, KeyRefusedError) as error:
                self._key_refused = True
                self._hold(Hold.KEY, JobError(error.code, error.provider_message))
                over = True
            except ProfileBusyError:
                # Another window or command holds the profile: it does the work while we watch
                # the rows, and should it end first, we take over.
                if beside is not None:
                    beside()
                    beside = None
                self._profile.ring()
                over = await self._watch(is_settled, give_up, loop.time() + _LOOK * 4)
        if self._key_refused:
            self._hold(Hold.KEY, self._trouble)
        elif self._interrupts.count:
            # A submit that was out may have ended as one that never left.
            self._hold(Hold.CONFIRM)
        self._progress.finish()
        if self._bug is not None:
            raise self._bug
        return Outcome(
            self._rows(job_ids),
            self._key_refused,
            self._interrupts.count > 0,
            self._trouble is not None,
        )

    async def _watch(self, is_settled: Callable[[Job], bool], give_up: float, until: float) -> bool:
        """Whether it is over; False when ``until`` came first. Loop times in seconds."""
        loop = asyncio.get_running_loop()
        usual = past_jobs(self._profile.repository.page(limit=200))
        while True:
            self._stirred.clear()
            jobs = self._rows(self._job_ids)
            spec = jobs[0].spec if jobs else None
            self._progress.show(
                jobs, self._profile.clock.now(), estimate(usual, spec.frames) if spec else None
            )
            if self._interrupts.count:
                # At once: while the engine comes to its end, nothing more goes out.
                self._hold(Hold.CONFIRM)
                return True
            if self._key_refused or self._bug is not None:
                return True
            now = loop.time()
            late = now - give_up
            if all(is_settled(job) or self._is_given_up(job, late) for job in jobs):
                return True
            if self._disk_refuses_since is not None and now > self._disk_refuses_since + self._wait:
                return True
            if now >= until:
                return False
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK):
                    await self._stirred.wait()

    def _hold(self, hold: Hold, why: JobError | None = None) -> None:
        """What was not sent is kept, and not sent by any command until somebody says so."""
        for job in self._rows(self._job_ids):
            if is_ready(job):
                with suppress(StateChangedError):
                    held = replace(job, hold=hold, error=why or job.error)
                    self._profile.repository.change(job, held)

    def _rows(self, job_ids: tuple[str, ...]) -> tuple[Job, ...]:
        return tuple(self._profile.repository.get(job_id) for job_id in job_ids)

    def _is_given_up(self, job: Job, late: float) -> bool:
        """Whether trying to send has lasted long enough; ``late`` in seconds beyond the wait."""
        if job.cancel_wanted and self._trouble is not None:
            return late >= 0
        if job.error is not None and job.error.code in CLIP_FOLDER_CODES:
            # Its clip is kept: it can be fetched into its folder at any time.
            self._progress.trouble(job.error)
            now = asyncio.get_running_loop().time()
            return now >= self._folder_refuses_since.setdefault(job.id, now) + self._wait
        self._folder_refuses_since.pop(job.id, None)
        if job.state is not JobState.PREPARED or late < (_FIRST_TRY if job.error is None else 0):
            return False
        # One that only waits for its turn, because enough others are at the provider, is fine.
        at_provider = [
            other
            for other in self._profile.repository.unfinished(self._profile.realm)
            if other.state in AT_PROVIDER
        ]
        return len(at_provider) < self._profile.settings.submitted_at_once

    def _on_event(self, event: EngineEvent) -> None:
        match event:
            case SendingHeld(hold):
                self._key_refused = hold is Hold.KEY
            case ConnectionChanged(trouble):
                self._note_trouble(trouble)
            case IdUnsaved(job_id, request_id):
                self._progress.id_unsaved(job_id, request_id)
            case BugMet(job_id, error) if job_id in self._job_ids:
                self._bug = error
            case EngineStopped(error):
                self._bug = error
            case _:
                pass
        self._stirred.set()

    def _note_trouble(self, trouble: JobError | None) -> None:
        self._trouble = trouble
        self._progress.trouble(trouble)
        if trouble is None or trouble.code not in DISK_CODES:
            self._disk_refuses_since = None
        elif self._disk_refuses_since is None:
            self._disk_refuses_since = asyncio.get_running_loop().time()

    def _on_interrupt(self) -> None:
        if self._engine is not None:
            if self._interrupts.count > 1:
                self._engine.hurry()
            else:
                asyncio.get_running_loop().call_later(STOP_GRACE, self._engine.hurry)
        self._stirred.set()
