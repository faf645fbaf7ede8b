"""An engine on a profile of its own, against a practice server over real HTTP."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

from dreamina_desktop.api.addresses import ApiOrigins
from dreamina_desktop.api.client import RunComfyClient
from dreamina_desktop.api.download import ResultDownloader
from dreamina_desktop.core.bucket_keys import BucketKeys
from dreamina_desktop.core.errors import KeyMissingError
from dreamina_desktop.core.events import EngineEvent
from dreamina_desktop.core.hosting_errors import BucketKeysMissingError
from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.core.polling import PollingRules
from dreamina_desktop.core.ports import JobRepository
from dreamina_desktop.core.settings import BucketPlace, Travel
from dreamina_desktop.hosting.bucket import Bucket
from dreamina_desktop.hosting.inline import InlineHost
from dreamina_desktop.hosting.object_names import object_name
from dreamina_desktop.hosting.picture_items import PictureItems
from dreamina_desktop.hosting.public_url import PublicUrlHost
from dreamina_desktop.jobs.asking import Asking
from dreamina_desktop.jobs.commands import Commands
from dreamina_desktop.jobs.engine import Engine
from dreamina_desktop.jobs.fetching import Fetching
from dreamina_desktop.jobs.hosted_pictures import HostedPictures
from dreamina_desktop.jobs.lifecycle import Lifecycle
from dreamina_desktop.jobs.preparation import Preparation, TakeRequest
from dreamina_desktop.jobs.purse import Purse
from dreamina_desktop.jobs.request_gate import RequestGate
from dreamina_desktop.jobs.submitting import Submitting
from dreamina_desktop.pictures.prepare import PillowPreparer
from dreamina_desktop.resources import SAMPLE_PICTURE, resource
from dreamina_desktop.store.media_files import LocalMediaFiles
from dreamina_desktop.store.opening import open_jobs
from dreamina_desktop.video.clip import PyAvClipCheck
from tests.core.specs import real_spec
from tests.practice_server import PracticeServer

QUICK = PollingRules(
    first=0.02,
    growth=1.1,
    longest=0.05,
    strange_word=0.05,
    requests_per_second=1000,
    back_off_first=0.02,
    back_off_longest=0.05,
    look_around=0.05,
)
REALM = "test"


class TestClock:
    """The real clocks; the wall's can be moved."""

    __test__ = False

    def __init__(self) -> None:
        self.shift = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.shift

    def monotonic(self) -> float:
        return monotonic()


class Workshop:
    """Everything around one engine; ``repository`` may be wrapped before ``working``."""

    def __init__(self, folder: Path, server: PracticeServer) -> None:
        self.folder = folder
        self.server = server
        self.rules = QUICK
        self.at_once = 4
        self.clock = TestClock()
        self.key: str | None = server.key
        self.output = folder / "clips"
        self.spec = real_spec()
        self.stored, _ = open_jobs(folder, self.clock, holder=True)
        self.repository: JobRepository = self.stored
        self.media = LocalMediaFiles(folder, self.output)
        self.events: list[EngineEvent] = []
        self.purse = Purse()
        self.travel = Travel.INLINE
        self.bucket = BucketPlace()
        self.keys: BucketKeys | None = None
        self.stirred = asyncio.Event()

    def close(self) -> None:
        self.stored.close()

    @property
    def commands(self) -> Commands:
        return Commands(
            repository=self.repository,
            clock=self.clock,
            realm=REALM,
            draw=random.randrange,
            ring=self.stirred.set,
        )

    @property
    def preparation(self) -> Preparation:
        return Preparation(
            spec=self.spec,
            repository=self.repository,
            media=self.media,
            clock=self.clock,
            realm=REALM,
            draw=random.randrange,
        )

    def add(self, prompt: str = "It moves.", **changes: object) -> Job:
        """A PREPARED job with the sample picture."""
        picture = resource(SAMPLE_PICTURE)
        prepared = PillowPreparer(self.spec).prepare(picture)
        request = TakeRequest(str(picture), prepared, prompt, 121, seed=7, travel=self.travel)
        job = self.preparation.prepare(request)
        if changes:
            job = self.repository.change(job, replace(job, **changes))  # type: ignore[arg-type]
        return job

    def get(self, job: Job) -> Job:
        return self.repository.get(job.id)

    def open_api(self) -> RunComfyClient:
        """The way to the provider."""
        return RunComfyClient(ApiOrigins.at(self.server.url), self._key, self.clock)

    def open_downloader(self) -> ResultDownloader:
        """The way to the clips."""
        return ResultDownloader(ApiOrigins.at(self.server.url))

    @asynccontextmanager
    async def working(self) -> AsyncIterator[Engine]:
        """An engine at work; ended when the block is left."""
        async with AsyncExitStack() as stack:
            api = self.open_api()
            stack.push_async_callback(api.aclose)
            downloader = self.open_downloader()
            stack.push_async_callback(downloader.aclose)
            gate = RequestGate(self.clock, self.rules.requests_per_second)
            hosted = self.hosted()

            def changed(job_id: str) -> None:
                self.stirred.set()
                hosted.stir()

            lifecycle = Lifecycle(
                self.repository,
                Submitting(
                    repository=self.repository,
                    api=api,
                    host=PictureItems(InlineHost(self.media.picture), PublicUrlHost(), hosted),
                    clock=self.clock,
                    gate=gate,
                    changed=changed,
                    tell=self._hear,
                    purse=self.purse,
                    picture_rules=self.spec.picture_messages(),
                ),
                Asking(
                    repository=self.repository,
                    api=api,
                    clock=self.clock,
                    gate=gate,
                    changed=changed,
                ),
                Fetching(
                    repository=self.repository,
                    downloader=downloader,
                    media=self.media,
                    check=PyAvClipCheck(),
                    gate=gate,
                    changed=changed,
                ),
            )
            engine = Engine(
                repository=self.repository,
                lifecycle=lifecycle,
                gate=gate,
                clock=self.clock,
                rules=self.rules,
                realm=REALM,
                submitted_at_once=self.at_once,
                chance=random.random,
                tell=self._hear,
            )
            task = asyncio.create_task(engine.run())
            removing = asyncio.create_task(hosted.run())
            try:
                yield engine
            finally:
                await engine.stop()
                await task
                removing.cancel()
                with suppress(asyncio.CancelledError):
                    await removing

    def hosted(self) -> HostedPictures:
        """The way through the bucket that is set."""
        return HostedPictures(
            rows=self.repository,  # type: ignore[arg-type] # the real one, or in front of it
            place=lambda: self.bucket,
            open_store=self._open_bucket,
            read=self.media.picture,
            new_name=object_name,
            clock=self.clock,
            rules=self.rules,
            chance=random.random,
        )

    async def _open_bucket(self, place: BucketPlace) -> Bucket:
        if self.keys is None:
            raise BucketKeysMissingError
        return Bucket(place, self.keys)

    async def until(self, job: Job, *states: JobState) -> Job:
        """Wait until the job is in one of the states."""
        return await self.until_true(lambda: self._in(job, states))

    async def until_true[T](self, look: Callable[[], T | None], seconds: float = 90) -> T:
        """Wait until ``look`` gives something."""
        async with asyncio.timeout(seconds):
            while not (found := look()):
                await asyncio.sleep(0.01)
        return found

    async def finish(self, *jobs: Job) -> tuple[Job, ...]:
        """Run an engine until the jobs are DONE."""
        async with self.working():
            return tuple([await self.until(job, JobState.DONE) for job in jobs])

    def _in(self, job: Job, states: tuple[JobState, ...]) -> Job | None:
        row = self.get(job)
        return row if row.state in states else None

    def _hear(self, event: EngineEvent) -> None:
        self.events.append(event)

    def _key(self) -> str:
        if self.key is None:
            raise KeyMissingError
        return self.key
