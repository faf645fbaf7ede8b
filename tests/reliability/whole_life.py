"""A job's whole life in one process, from the click to its clip, on a disk that may refuse.

The program is the real one, but for the provider's answers: those come from a ledger in memory.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from dreamina_desktop import composition
from dreamina_desktop.api.download import ResultDownloader
from dreamina_desktop.composition import Options, Profile
from dreamina_desktop.core.answers import (
    Accepted,
    Balance,
    Output,
    Phase,
    Price,
    ResultAnswer,
    StatusAnswer,
    Submission,
)
from dreamina_desktop.core.errors import DiskError, OutputFolderError
from dreamina_desktop.core.events import BugMet, EngineEvent, EngineStopped
from dreamina_desktop.core.job import ClipKind, Job, JobState
from dreamina_desktop.core.picture import PreparedPicture
from dreamina_desktop.core.ports import Left
from dreamina_desktop.engine_assembly import Wire
from dreamina_desktop.jobs.preparation import TakeRequest
from dreamina_desktop.resources import SAMPLE_PICTURE, resource
from dreamina_desktop.store.receipts import Receipts
from tests.api.raw_server import Conversation, http
from tests.jobs.workshop import QUICK

PATIENCE = 60.0
_SAMPLE = resource(SAMPLE_PICTURE)


@dataclass
class Ledger:
    """The provider: every submit is taken, every clip is ``clip``."""

    clip: bytes
    url: str = ""
    taken: list[Submission] = field(default_factory=list)

    async def submit(self, submission: Submission) -> Accepted:
        self.taken.append(submission)
        return Accepted(f"request-{len(self.taken)}")

    async def status(self, request_id: str, left: Left | None = None) -> StatusAnswer:
        del request_id, left
        return StatusAnswer(Phase.COMPLETED, "completed")

    async def result(self, request_id: str, left: Left | None = None) -> ResultAnswer:
        del left
        output = Output(ClipKind.VIDEO, f"{self.url}/{request_id}.mp4")
        return ResultAnswer(Phase.COMPLETED, "succeeded", "{}", (output,))

    async def price(self, model_id: str) -> Price:
        del model_id
        return Price(Decimal("0.08"), "second")

    async def balance(self) -> Balance:
        return Balance(Decimal(10), "USD")

    async def speak(self, talk: Conversation) -> None:
        """Serves the clip."""
        head = (await talk.request()).decode("latin-1")
        asked = re.search(r"(?im)^range: bytes=(\d+)-", head)
        etag = 'ETag: "v1"'
        if asked is None:
            await talk.say(http(200, self.clip, etag))
            return
        start, total = int(asked[1]), len(self.clip)
        place = f"Content-Range: bytes {start}-{total - 1}/{total}"
        await talk.say(http(206, self.clip[start:], place, etag))


class LedgerProfile(Profile):
    """A profile whose provider is a ledger."""

    def __init__(self, base: Path, ledger: Ledger, downloader: ResultDownloader) -> None:
        options = Options(base / "profile", "http://127.0.0.1:9")
        super().__init__(options, {"RUNCOMFY_API_TOKEN": "key"})
        self._ledger = ledger
        self._downloader = downloader

    @asynccontextmanager
    async def wire(self) -> AsyncIterator[Wire]:
        api: Any = self._ledger
        yield Wire(api, self._downloader)


class WholeLife:
    """A person with one wish, who tries again whenever the program says that the disk refuses."""

    def __init__(self, base: Path, ledger: Ledger, downloader: ResultDownloader) -> None:
        self.base = base
        self.folder = base / "clips"
        self.ledger = ledger
        self.said = 0
        """How often a call of the person's own was refused, with a sentence."""
        self._downloader = downloader
        self._bugs: list[Exception] = []
        self._ended = asyncio.Event()

    async def live(self, picture: PreparedPicture) -> Job:
        """Click, and wait for the clip. Fails when anything but the disk's own errors comes out."""
        profile = await self._again(self._open)
        try:
            job = await self._again(lambda: self._click(profile, picture))
            while True:
                self._ended.clear()
                try:
                    async with profile.working(self._hear):
                        return await self._until_done(profile, job)
                except DiskError:
                    self.said += 1
                    await asyncio.sleep(0)
        finally:
            profile.close()

    def check(self, job: Job) -> None:
        """One row, one submit, one file that is the provider's; its receipt knows the request."""
        for bug in self._bugs:
            raise bug
        assert len(self.ledger.taken) == 1
        assert (job.state, job.request_id) == (JobState.DONE, "request-1")
        (path,) = self.folder.iterdir()
        assert str(path) == job.file
        assert path.read_bytes() == self.ledger.clip
        assert job.clips[0].sha256 == sha256(self.ledger.clip).hexdigest()
        requests = {one.job.request_id for one in Receipts(self.base / "profile").read()}
        assert "request-1" in requests
        assert list((self.base / "profile" / "downloads").iterdir()) == []

    async def _again[T](self, call: Callable[[], T]) -> T:
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    return call()
                except (DiskError, OutputFolderError):
                    self.said += 1
                    await asyncio.sleep(0)

    def _open(self) -> Profile:
        profile = LedgerProfile(self.base, self.ledger, self._downloader)
        try:
            profile.open()
        except DiskError:
            profile.close()
            raise
        return profile

    def _click(self, profile: Profile, picture: PreparedPicture) -> Job:
        request = TakeRequest(str(_SAMPLE), picture, "It moves.", 121, 7, str(self.folder))
        return profile.preparation.prepare(request)

    async def _until_done(self, profile: Profile, job: Job) -> Job:
        async with asyncio.timeout(PATIENCE):
            while True:
                with suppress(DiskError):
                    found = profile.repository.get(job.id)
                    if found.state is JobState.DONE or self._bugs or self._ended.is_set():
                        return found
                await asyncio.sleep(0.002)

    def _hear(self, event: EngineEvent) -> None:
        match event:
            case BugMet(_, error):
                self._bugs.append(error)
            case EngineStopped(error):
                # Leaving the block raises it.
                if not isinstance(error, DiskError):
                    self._bugs.append(error)
                self._ended.set()
            case _:
                pass


def hurry(patched: Any) -> None:
    """The engine with waits of hundredths of a second."""
    patched.setattr(composition, "PollingRules", lambda: QUICK)
