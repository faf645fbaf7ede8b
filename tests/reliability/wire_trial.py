"""One profile with the real client and engine, in this process, and one order that goes wrong."""

from __future__ import annotations

import asyncio
import sqlite3
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

from dreamina_desktop.api.addresses import ApiOrigins
from dreamina_desktop.api.client import RunComfyClient
from dreamina_desktop.api.download import ResultDownloader
from dreamina_desktop.api.transport import TimeOuts
from dreamina_desktop.composition import Options, Profile
from dreamina_desktop.core.events import EngineEvent
from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.core.picture import PreparedPicture
from dreamina_desktop.engine_assembly import Wire
from dreamina_desktop.jobs.engine import Engine
from dreamina_desktop.jobs.preparation import TakeRequest
from tests.practice_server import LedgerRow, PracticeServer
from tests.reliability.patience import PATIENCE_SECONDS


class WireTrial(Profile):
    """A profile at ``url``, whose provider is ``server`` in the end."""

    def __init__(self, folder: Path, url: str, server: PracticeServer, tls: ssl.SSLContext) -> None:
        super().__init__(Options(data_dir=folder, api_url=url), {})
        self._url = url
        self._server = server
        self._tls = tls
        self._stirred = asyncio.Event()
        self._engine_at_work: Engine | None = None
        self.time_outs = TimeOuts()

    @asynccontextmanager
    async def wire(self) -> AsyncIterator[Wire]:
        """As it is, but with time-outs and trust of this trial's own."""
        origins = ApiOrigins.at(self._url)
        api = RunComfyClient(
            origins,
            lambda: self._server.key,
            self.clock,
            time_outs=self.time_outs,
            tls=self._tls,
        )
        downloader = ResultDownloader(origins, tls=self._tls)
        try:
            yield Wire(api, downloader)
        finally:
            await api.aclose()
            await downloader.aclose()

    @asynccontextmanager
    async def engine(self) -> AsyncIterator[None]:
        """The engine at work."""
        async with self.working(self._hear) as self._engine_at_work:
            try:
                yield
            finally:
                self._engine_at_work = None

    def ring(self) -> None:
        """The engine is in this very loop: the usual way to it would wait for itself."""
        if self._engine_at_work is not None:
            self._engine_at_work.ring()

    def order(self, prompt: str, picture: PreparedPicture | None = None) -> Job:
        """A PREPARED job; its picture goes with it, or is a public address."""
        source = "https://example.com/boat.png"
        job = self.preparation.prepare(TakeRequest(source, picture, prompt, 121, seed=7))
        self.ring()
        return job

    async def reach(self, job: Job, state: JobState) -> Job:
        """Wait until the job stands there. Fails when it stands where nothing goes on by itself."""
        return await self.until(lambda: self._in(job, state), f"{job.id} {state}")

    async def until[T](self, look: Callable[[], T | None], what: str) -> T:
        """Wait until ``look`` gives something; it is asked after whatever the engine does."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while not (found := look()):
                    self._stirred.clear()
                    await self._stirred.wait()
        except TimeoutError:
            raise AssertionError(f"did not come: {what}") from None
        return found

    def outcomes(self, job: Job) -> list[str | None]:
        """How each attempt ended, in order; None for one that has not."""
        address = f"{(self.folder / 'dreamina.sqlite').as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as database:
            rows = database.execute(
                "SELECT outcome FROM attempts WHERE job_id = ? ORDER BY number", (job.id,)
            )
            return [outcome for (outcome,) in rows]

    def came(self, prompt: str) -> list[LedgerRow]:
        """All whole submits of one order that reached the provider."""
        return [row for row in self._server.ledger() if row.prompt == prompt]

    def paid(self, prompt: str) -> int:
        """How often one order was taken."""
        return sum(row.accepted for row in self.came(prompt))

    def _in(self, job: Job, state: JobState) -> Job | None:
        row = self.repository.get(job.id)
        return row if row.state is state else None

    def _hear(self, _: EngineEvent) -> None:
        self._stirred.set()
