"""Carries jobs to where nothing more happens by itself, as the profile's holder or beside it."""

from __future__ import annotations

import asyncio
import math
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from dreamina_desktop.cli.progress import Progress
from dreamina_desktop.composition import Profile
from dreamina_desktop.core.errors import (
    DreaminaError,
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
    SendingHeld,
)
from dreamina_desktop.core.job import AT_PROVIDER, FINAL, Hold, Job, JobError, JobState
from dreamina_desktop.core.ports import ModelApi
from dreamina_desktop.jobs.engine import Engine
from dreamina_desktop.jobs.lifecycle import is_waiting

_LOOK = 0.5
_FIRST_TRY = 5.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an errand ended: the jobs as they stand then, and what stopped it short."""

    jobs: tuple[Job, ...]
    key_refused: bool
    interrupted: bool


def nothing_more_happens(job: Job) -> bool:
    """Whether a job is at its end, or waits for a person."""
    return job.state in FINAL or is_waiting(job)


class Errand:
    """One command's jobs. ``wait`` seconds are spent on trying to send, no more."""

    def __init__(self, profile: Profile, progress: Progress, wait: float) -> None:
        self._profile = profile
        self._progress = progress
        self._wait = wait
        self._engine: Engine | None = None
        self._key_refused = False
        self._bug: Exception | None = None
        self._interrupted = False
        self._stirred = asyncio.Event()

    async def carry(
        self,
        job_ids: tuple[str, ...],
        is_settled: Callable[[Job], bool] = nothing_more_happens,
        before: Callable[[ModelApi], Awaitable[None]] | None = None,
    ) -> Outcome:
        """Until every job is settled, sending has been given up, or Ctrl+C.

        ``before`` is called with the wire open and nothing sent yet, by the holder only.
        Raises what opening the wire raises, and the bug of ours that stopped one of the jobs.
        """
        self._listen_for_interrupts()
        loop = asyncio.get_running_loop()
        give_up = loop.time() + self._wait
        over = False
        while not over:
            try:
                async with self._profile.working(self._on_event, before) as self._engine:
                    over = await self._watch(job_ids, is_settled, give_up, math.inf)
            except (KeyMissingError, KeyRefusedError) as error:
                self._hold(job_ids, error)
                over = True
            except ProfileBusyError:
                # Another window or command holds the profile: it does the work while we watch
                # the rows, and should it end first, we take over.
                self._profile.ring()
                over = await self._watch(job_ids, is_settled, give_up, loop.time() + _LOOK * 4)
        self._progress.finish()
        if self._bug is not None:
            raise self._bug
        return Outcome(self._rows(job_ids), self._key_refused, self._interrupted)

    async def _watch(
        self,
        job_ids: tuple[str, ...],
        is_settled: Callable[[Job], bool],
        give_up: float,
        until: float,
    ) -> bool:
        """Whether it is over; False when ``until`` came first. Loop times in seconds."""
        loop = asyncio.get_running_loop()
        finished = self._profile.repository.page(limit=200)
        usual = past_jobs(finished)
        while True:
            self._stirred.clear()
            jobs = self._rows(job_ids)
            spec = jobs[0].spec if jobs else None
            self._progress.show(
                jobs, self._profile.clock.now(), estimate(usual, spec.frames) if spec else None
            )
            if self._interrupted or self._key_refused or self._bug is not None:
                return True
            late = loop.time() - give_up
            if all(is_settled(job) or self._is_given_up(job, late) for job in jobs):
                return True
            if loop.time() >= until:
                return False
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK):
                    await self._stirred.wait()

    def _hold(self, job_ids: tuple[str, ...], error: DreaminaError) -> None:
        """The key was refused before anything was sent: the clicks are kept, with the reason."""
        self._key_refused = True
        why = JobError(error.code, error.provider_message)
        for job in self._rows(job_ids):
            if job.state is JobState.PREPARED and job.hold is None:
                with suppress(StateChangedError):
                    held = replace(job, hold=Hold.KEY, error=why)
                    self._profile.repository.change(job, held)

    def _rows(self, job_ids: tuple[str, ...]) -> tuple[Job, ...]:
        return tuple(self._profile.repository.get(job_id) for job_id in job_ids)

    def _is_given_up(self, job: Job, late: float) -> bool:
        """Whether trying to send has lasted long enough; ``late`` in seconds beyond the wait."""
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
            case SendingHeld(Hold.KEY):
                self._key_refused = True
            case ConnectionChanged(trouble):
                self._progress.trouble(trouble)
            case BugMet(_, error) | EngineStopped(error):
                self._bug = error
            case _:
                pass
        self._stirred.set()

    def _listen_for_interrupts(self) -> None:
        loop = asyncio.get_running_loop()
        for name in ("SIGINT", "SIGTERM"):
            with suppress(NotImplementedError):
                loop.add_signal_handler(getattr(signal, name), self._on_interrupt)

    def _on_interrupt(self) -> None:
        if self._interrupted and self._engine is not None:
            self._engine.hurry()
        self._interrupted = True
        self._stirred.set()
