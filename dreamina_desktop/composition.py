"""The composition root: builds every object of a profile, each clean-up registered beside it.

Knows no Qt; ``app`` puts the window on top of it, ``cli`` works with it as it is. What is slow to
import and not always needed (httpx, PyAV, keyring's back ends) is imported where it is built.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, MutableMapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path
from secrets import randbelow
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dreamina_desktop.core.errors import ApiAddressError, PracticeUnavailableError
from dreamina_desktop.core.events import EngineEvent, EngineStopped, JobChanged
from dreamina_desktop.core.model_spec import parse_model_spec
from dreamina_desktop.core.polling import PollingRules
from dreamina_desktop.core.ports import ModelApi
from dreamina_desktop.hosting.inline import InlineHost
from dreamina_desktop.hosting.picture_items import PictureItems
from dreamina_desktop.hosting.public_url import PublicUrlHost
from dreamina_desktop.jobs.asking import Asking
from dreamina_desktop.jobs.commands import Commands
from dreamina_desktop.jobs.engine import Engine
from dreamina_desktop.jobs.fetching import Fetching
from dreamina_desktop.jobs.lifecycle import Lifecycle
from dreamina_desktop.jobs.preparation import Preparation
from dreamina_desktop.jobs.request_gate import RequestGate
from dreamina_desktop.jobs.submitting import Submitting
from dreamina_desktop.pictures.prepare import PillowPreparer
from dreamina_desktop.resources import model_file
from dreamina_desktop.store.doorbell import Doorbell, Ring, ring
from dreamina_desktop.store.folders import clips_folder, data_folder, practice_profile
from dreamina_desktop.store.key_sources import KeySources
from dreamina_desktop.store.media_files import LocalMediaFiles
from dreamina_desktop.store.opening import open_jobs
from dreamina_desktop.store.profile_lock import ProfileLock
from dreamina_desktop.store.secrets import KeyringSecretStore
from dreamina_desktop.store.settings import SettingsFile

if TYPE_CHECKING:
    from dreamina_desktop.api.addresses import ApiOrigins
    from dreamina_desktop.api.client import RunComfyClient
    from dreamina_desktop.api.download import ResultDownloader


@dataclass(frozen=True, slots=True)
class Options:
    """What every command may be told about where it works."""

    data_dir: Path | None = None
    api_url: str | None = None
    practice: bool = False


class SystemClock:
    """The computer's clocks."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return monotonic()


@dataclass(frozen=True, slots=True)
class Wire:
    """The two clients of one API: with the key, and without."""

    api: RunComfyClient
    downloader: ResultDownloader


class Profile:
    """One profile, opened. Reading and preparing need no lock; ``working`` takes it."""

    def __init__(self, options: Options, environment: MutableMapping[str, str]) -> None:
        """Raises DiskError, ProfileTooNewError, ProfileBusyError (only while it is mended)."""
        self._options = options
        base = options.data_dir.absolute() if options.data_dir else data_folder()
        self.is_practice = options.practice
        self.folder = practice_profile(base) if options.practice else base
        self.realm = _realm(options)
        self.clock = SystemClock()
        self.spec = parse_model_spec(model_file().read_text("utf-8"))
        self.preparer = PillowPreparer(self.spec.byte_limit())
        self.settings_file = SettingsFile(self.folder, self.clock)
        self.settings = self.settings_file.load()
        folder = self.settings.output_folder
        self.media = LocalMediaFiles(self.folder, Path(folder) if folder else clips_folder())
        # Taken from the environment at once, before any child process is started.
        self.key_sources = KeySources(environment, KeyringSecretStore(_account(options)))
        self.repository, self.report = open_jobs(self.folder, self.clock, holder=False)

    def close(self) -> None:
        """Let go of the files; nothing may be at work."""
        self.repository.close()

    @property
    def preparation(self) -> Preparation:
        """Freezes requests into rows."""
        return Preparation(
            spec=self.spec,
            repository=self.repository,
            media=self.media,
            clock=self.clock,
            realm=self.realm,
            draw=randbelow,
        )

    @property
    def commands(self) -> Commands:
        """What a person can say about a job."""
        return Commands(
            repository=self.repository,
            clock=self.clock,
            realm=self.realm,
            draw=randbelow,
            ring=self.ring,
        )

    def ring(self) -> None:
        """Wake whoever holds the profile; if nobody hears, the holder looks by itself."""
        ring(self.folder)

    @asynccontextmanager
    async def wire(self) -> AsyncIterator[Wire]:
        """The API's clients. In practice mode its server runs as long as they do.

        Raises ApiAddressError, PracticeUnavailableError, KeyMissingError for a key that is none.
        """
        from dreamina_desktop.api.addresses import ApiOrigins
        from dreamina_desktop.api.client import RunComfyClient
        from dreamina_desktop.api.download import ResultDownloader

        async with AsyncExitStack() as stack:
            if self.is_practice:
                url, practice_key = await self._start_practice(stack)
                origins, key = ApiOrigins.at(url), lambda: practice_key
            else:
                origins, key = self._origins, self.key_sources.text
                # The keyring may take its time: asked once here, off the event loop.
                await asyncio.to_thread(self.key_sources.look)
            api = RunComfyClient(origins, key, self.clock)
            stack.push_async_callback(api.aclose)
            downloader = ResultDownloader(origins)
            stack.push_async_callback(downloader.aclose)
            yield Wire(api, downloader)

    @asynccontextmanager
    async def working(
        self,
        tell: Callable[[EngineEvent], None],
        before: Callable[[ModelApi], Awaitable[None]] | None = None,
        rung: Callable[[Ring], None] | None = None,
    ) -> AsyncIterator[Engine]:
        """Hold the profile and run its engine.

        ``before`` may use the API before the engine does; ``rung`` hears what other processes
        say. Raises ProfileBusyError when another process holds it, what ``wire`` and ``before``
        raise, DiskError, and in the end what stopped the engine.
        """
        async with AsyncExitStack() as stack:
            stack.enter_context(ProfileLock(self.folder))
            self._take_over()
            wire = await stack.enter_async_context(self.wire())
            if before is not None:
                await before(wire.api)
            engine = self._engine(wire, tell)

            def on_ring(message: Ring) -> None:
                engine.ring()
                if rung is not None:
                    rung(message)

            doorbell = Doorbell(self.folder, on_ring)
            await doorbell.open()
            stack.push_async_callback(doorbell.close)
            running = asyncio.create_task(engine.run())
            running.add_done_callback(lambda task: _tell_of_end(task, tell))
            try:
                yield engine
            finally:
                await engine.stop()
                await running

    def _take_over(self) -> None:
        """Open the rows once more as the holder, who mends what a crash left."""
        self.repository.close()
        self.repository, self.report = open_jobs(self.folder, self.clock, holder=True)
        self.media.sweep({job.id for job in self.repository.unfinished(self.realm)})

    def _engine(self, wire: Wire, tell: Callable[[EngineEvent], None]) -> Engine:
        from dreamina_desktop.video.clip import PyAvClipCheck

        rules = PollingRules()
        repository, clock = self.repository, self.clock
        gate = RequestGate(clock, rules.requests_per_second)

        def changed(job_id: str) -> None:
            tell(JobChanged(job_id))

        submitting = Submitting(
            repository=repository,
            api=wire.api,
            host=PictureItems(InlineHost(self.media.picture), PublicUrlHost()),
            clock=clock,
            gate=gate,
            changed=changed,
        )
        asking = Asking(
            repository=repository, api=wire.api, clock=clock, gate=gate, changed=changed
        )
        fetching = Fetching(
            repository=repository,
            downloader=wire.downloader,
            media=self.media,
            check=PyAvClipCheck(),
            gate=gate,
            changed=changed,
        )
        return Engine(
            repository=repository,
            lifecycle=Lifecycle(repository, submitting, asking, fetching),
            gate=gate,
            clock=clock,
            rules=rules,
            realm=self.realm,
            submitted_at_once=self.settings.submitted_at_once,
            chance=random.random,
            tell=tell,
        )

    @cached_property
    def _origins(self) -> ApiOrigins:
        from dreamina_desktop.api.addresses import ApiOrigins

        try:
            return ApiOrigins.at(self._options.api_url)
        except ValueError as error:
            raise ApiAddressError from error

    async def _start_practice(self, stack: AsyncExitStack) -> tuple[str, str]:
        from dreamina_desktop.practice.process import PracticeProcess, PracticeStartError

        folder = self.folder / "provider"
        try:
            server = await asyncio.to_thread(PracticeProcess, folder)
        except (PracticeStartError, OSError) as error:
            raise PracticeUnavailableError(str(error)) from error
        stack.push_async_callback(asyncio.to_thread, server.stop)
        return server.url, server.key


@contextmanager
def open_profile(options: Options, environment: MutableMapping[str, str]) -> Iterator[Profile]:
    """A profile that is closed at the end of the block. Raises as ``Profile``."""
    profile = Profile(options, environment)
    try:
        yield profile
    finally:
        profile.close()


def _tell_of_end(task: asyncio.Task[None], tell: Callable[[EngineEvent], None]) -> None:
    """An engine that stops by itself must not leave anybody waiting for it."""
    error = None if task.cancelled() else task.exception()
    if isinstance(error, Exception):
        tell(EngineStopped(error))


def _realm(options: Options) -> str:
    """Which API a profile's jobs belong to: no request is asked for, or sent, elsewhere.

    All of loopback is one: a server under test comes back at another port.
    """
    if options.practice:
        return "practice"
    if options.api_url is None:
        return "runcomfy"
    host = urlsplit(options.api_url).hostname or ""
    try:
        loopback = ip_address(host).is_loopback
    except ValueError:
        loopback = host == "localhost"
    return "loopback" if loopback else host


def _account(options: Options) -> str:
    """The name under which the keyring keeps the key: one for each API."""
    return options.api_url.rstrip("/") if options.api_url else "https://model-api.runcomfy.net"
