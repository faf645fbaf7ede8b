"""Hours and days of an engine's life in a moment: its clocks, its provider and its disk.

Only time is played here, not the wire: the provider answers in this process, at its own time.
"""

# Whoever stands in for a port takes what it is given, and need not look at it.
# ruff: noqa: ARG002
from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dreamina_desktop.core.answers import ClipFacts
from dreamina_desktop.core.errors import StateChangedError
from dreamina_desktop.core.events import BugMet, EngineEvent
from dreamina_desktop.core.job import (
    FINAL,
    Clip,
    ClipKind,
    Job,
    JobSpec,
    JobState,
    SentPicture,
    may_become,
)
from dreamina_desktop.core.polling import PollingRules
from dreamina_desktop.core.ports import Downloader, ModelApi
from dreamina_desktop.core.submit_class import SubmitClass
from dreamina_desktop.jobs.asking import Asking
from dreamina_desktop.jobs.engine import Engine
from dreamina_desktop.jobs.fetching import Fetching
from dreamina_desktop.jobs.lifecycle import Lifecycle
from dreamina_desktop.jobs.request_gate import RequestGate
from dreamina_desktop.jobs.submitting import Submitting
from tests.jobs.virtual_time import VirtualLoop, in_virtual_time

REALM = "hours"
_START = datetime(2026, 1, 1, tzinfo=UTC)


class World:
    """What time it is: ``true`` for the provider, ``now`` and ``monotonic`` for the program."""

    def __init__(self) -> None:
        self.sleeps = 0
        self.awake_since = 0.0
        self._unseen = 0.0
        self._wall_ahead = timedelta(0)

    def true(self) -> float:
        """Seconds that have really passed, in some count."""
        return self.monotonic() + self._unseen

    def now(self) -> datetime:
        return _START + timedelta(seconds=self.true()) + self._wall_ahead

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()

    def set_clock(self, seconds: float) -> None:
        """Somebody sets the clock on the wall."""
        self._wall_ahead += timedelta(seconds=seconds)

    def sleep(self, seconds: float, *, monotonic_runs: bool) -> None:
        """The machine sleeps now. Linux and macOS stop the monotonic clock, Windows does not."""
        if monotonic_runs:
            loop = asyncio.get_running_loop()
            assert isinstance(loop, VirtualLoop)
            loop.skip(seconds)
        else:
            self._unseen += seconds
        self.sleeps += 1
        self.awake_since = self.true()


@dataclass(frozen=True, slots=True)
class Change:
    """One commit: ``when`` by the world's true time."""

    when: float
    job: Job


class Rows:
    """``core.ports.JobRepository`` in memory, with every commit remembered."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._jobs: dict[str, Job] = {}
        self.changes: list[Change] = []

    def add(self, job: Job) -> None:
        self._put(job)

    def get(self, job_id: str) -> Job:
        return self._jobs[job_id]

    def unfinished(self, realm: str) -> tuple[Job, ...]:
        return tuple(job for job in self._jobs.values() if job.state not in FINAL)

    def change(self, before: Job, after: Job) -> Job:
        known = self._jobs[before.id]
        if known.state is not before.state:
            raise StateChangedError
        assert after.state is known.state or may_become(known.state, after.state)
        return self._put(replace(after, changed=self._world.now()))

    def begin_attempt(self, before: Job, seen: object = None) -> Job:
        if self._jobs[before.id].hold not in (None, before.hold):
            raise StateChangedError
        return self.change(
            before, replace(before, state=JobState.SUBMITTING, attempts=before.attempts + 1)
        )

    def end_attempt(self, before: Job, after: Job, outcome: SubmitClass) -> Job:
        return self.change(before, after)

    def all(self) -> tuple[Job, ...]:
        return tuple(self._jobs.values())

    def _put(self, job: Job) -> Job:
        self._jobs[job.id] = job
        self.changes.append(Change(self._world.true(), job))
        return job


class NoDisk:
    """``MediaFiles``, ``ClipCheck`` and ``PictureHost`` where nothing is ever in the way."""

    async def item(self, job: Job) -> str:
        return "data:image/png;base64,"

    def part(self, job_id: str, ordinal: int) -> Path:
        return Path(f"/{job_id}-{ordinal}.part")

    def is_there(self, clip: Clip) -> bool:
        return False

    def facts(self, path: Path) -> ClipFacts:
        return ClipFacts(ClipKind.VIDEO, 1664, 1248, 121, 24.0)

    def choose_name(self, job: Job, clip: Clip, facts: ClipFacts, part: Path) -> Path:
        return Path(f"/{job.id}.mp4")

    def place(self, part: Path, target: Path) -> bool:
        return True

    def discard(self, part: Path) -> None:
        return


class Hours:
    """One program with its jobs, in a world whose time jumps."""

    def __init__(self, world: World, api: ModelApi, downloader: Downloader, seed: int) -> None:
        self.world = world
        self.rows = Rows(world)
        self.bugs: list[Exception] = []
        self._api = api
        self._downloader = downloader
        self._chance = random.Random(seed)

    def click(self, name: str) -> Job:
        """A job that waits to be sent."""
        now = self.world.now()
        spec = JobSpec("maker/model", name, 121, 7, SentPicture("a.png", "ab" * 32, "image/png"))
        job = Job(name, JobState.PREPARED, REALM, created=now, changed=now, spec=spec)
        self.rows.add(job)
        return job

    def asked_before(self, name: str, request_id: str) -> Job:
        """A job that the provider took some time ago."""
        job = replace(
            self.click(name),
            state=JobState.QUEUED,
            request_id=request_id,
            submitted=self.world.now(),
        )
        self.rows.add(job)
        return job

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Engine]:
        """The program runs as long as the block lasts. Fails when it met a bug of its own."""

        def tell(event: EngineEvent) -> None:
            if isinstance(event, BugMet):
                self.bugs.append(event.error)

        engine = self._engine(tell)
        running = asyncio.create_task(engine.run())
        try:
            yield engine
        finally:
            await engine.stop()
            await running
        assert not self.bugs, self.bugs

    async def until(self, holds: Callable[[], object], hours: float = 100.0) -> None:
        """Wait for it, by the time the program is awake."""
        async with asyncio.timeout(hours * 3600):
            while not (self.bugs or holds()):
                await asyncio.sleep(2)

    def all_in(self, *states: JobState) -> bool:
        return all(job.state in states for job in self.rows.all())

    def _engine(self, tell: Callable[[EngineEvent], None]) -> Engine:
        rows, world, disk = self.rows, self.world, NoDisk()
        rules = PollingRules()
        gate = RequestGate(world, rules.requests_per_second)

        def changed(job_id: str) -> None:
            return

        lifecycle = Lifecycle(
            rows,  # type: ignore[arg-type]
            Submitting(
                repository=rows,  # type: ignore[arg-type]
                api=self._api,
                host=disk,
                clock=world,
                gate=gate,
                changed=changed,
                tell=tell,
            ),
            Asking(repository=rows, api=self._api, clock=world, gate=gate, changed=changed),  # type: ignore[arg-type]
            Fetching(
                repository=rows,  # type: ignore[arg-type]
                downloader=self._downloader,
                media=disk,  # type: ignore[arg-type]
                check=disk,
                gate=gate,
                changed=changed,
            ),
        )
        return Engine(
            repository=rows,  # type: ignore[arg-type]
            lifecycle=lifecycle,
            gate=gate,
            clock=world,
            rules=rules,
            realm=REALM,
            submitted_at_once=16,
            chance=self._chance.random,
            tell=tell,
        )


def lived(work: Coroutine[object, object, None]) -> None:
    """Run it to its end; its hours take no time."""
    in_virtual_time(work)
