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
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path
from secrets import randbelow
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dreamina_desktop.core.errors import ApiAddressError, PracticeUnavailableError
from dreamina_desktop.core.events import EngineEvent, EngineStopped, JobChanged
from dreamina_desktop.core.model_spec import parse_model_spec
from dreamina_desktop.core.polling import PollingRules
from dreamina_desktop.core.ports import AccountApi
from dreamina_desktop.hosting.inline import InlineHost
from dreamina_desktop.hosting.picture_items import PictureItems
from dreamina_desktop.hosting.public_url import PublicUrlHost
from dreamina_desktop.jobs.asking import Asking
from dreamina_desktop.jobs.commands import Commands
from dreamina_desktop.jobs.engine import Engine
from dreamina_desktop.jobs.fetching import Fetching
from dreamina_desktop.jobs.gated_account import GatedAccount
from dreamina_desktop.jobs.lifecycle import Lifecycle
from dreamina_desktop.jobs.preparation import Preparation
from dreamina_desktop.jobs.request_gate import RequestGate
from dreamina_desktop.jobs.submitting import Submitting
from dreamina_desktop.pictures.prepare import PillowPreparer
from dreamina_desktop.resources import model_file
from dreamina_desktop.store.doorbell import Doorbell, Ring, ring
from dreamina_desktop.store.folders import clips_folder, data_folder, practice_profile
from dreamina_desktop.store.key_sources import Key, KeySources
from dreamina_desktop.store.media_files import LocalMediaFiles
from dreamina_desktop.store.opening import OpenReport, jobs_of, make_ready
from dreamina_desktop.store.profile_lock import ProfileLock
from dreamina_desktop.store.secrets import KeyringSecretStore
from dreamina_desktop.store.settings import SettingsFile
from dreamina_desktop.system_clock import SystemClock

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


@dataclass(frozen=True, slots=True)
class Wire:
    """The two clients of one API: with the key, and without."""

    api: RunComfyClient
    downloader: ResultDownloader


class Profile:
    """One profile. Reading and preparing need no lock, carrying jobs does.

    Whoever only reads begins with ``open``, whoever holds the profile for longer than its jobs
    run with ``hold``; ``working`` holds it by itself where nobody does.
    """

    def __init__(self, options: Options, environment: MutableMapping[str, str]) -> None:
        """Takes the key out of ``environment``. Touches nothing but the settings; DiskError."""
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
        self.media = LocalMediaFiles(self.folder, self._clips_folder(self.settings.output_folder))
        # Taken from the environment at once, before any child process is started.
        self.key_sources = KeySources(environment, KeyringSecretStore(_account(options)))
        self.repository = jobs_of(self.folder, self.clock)
        self._lock = ProfileLock(self.folder)

    def open(self) -> OpenReport:
        """Make the jobs ready to be read.

        Raises DiskError, ProfileTooNewError, ProfileBusyError (only while it is mended).
        """
        return make_ready(self.folder, self.clock, holder=False)

    @contextmanager
    def hold(self) -> Iterator[OpenReport]:
        """Take the one lock, and mend as its holder what a crash left.

        No other thread may be at the jobs meanwhile. Raises ProfileBusyError when another process
        holds it, DiskError, ProfileTooNewError.
        """
        with self._lock:
            self.repository.close()
            report = make_ready(self.folder, self.clock, holder=True)
            self.media.sweep({job.id for job in self.repository.unfinished(self.realm)})
            yield report

    def close(self) -> None:
        """Let go of the files; nothing may be at work."""
        self.repository.close()

    def check_api(self) -> None:
        """Raises ApiAddressError when the options name no API."""
        if not self.is_practice:
            _ = self._origins

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

    def put_clips_in(self, folder: str | None) -> None:
        """Clips whose jobs name no folder go there from now on; None for the usual place.

        Any thread may say so, while jobs are carried too.
        """
        self.media.output_folder = self._clips_folder(folder)

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
    async def api_with(self, key: Key) -> AsyncIterator[AccountApi]:
        """The account of another key than the one in use, to see whether the provider takes it.

        Raises ApiAddressError.
        """
        from dreamina_desktop.api.client import RunComfyClient

        api = RunComfyClient(self._origins, lambda: key.text, self.clock)
        try:
            yield api
        finally:
            await api.aclose()

    @asynccontextmanager
    async def working(
        self,
        tell: Callable[[EngineEvent], None],
        before: Callable[[AccountApi], Awaitable[None]] | None = None,
        rung: Callable[[Ring], None] | None = None,
    ) -> AsyncIterator[Engine]:
        """Hold the profile, if nobody does yet, and run its engine.

        ``before`` may use the account before the engine begins, and keep it for later; ``rung``
        hears what other processes say. Raises what ``hold``, ``wire`` and ``before`` raise, and
        in the end what stopped the engine.
        """
        async with AsyncExitStack() as stack:
            if not self._lock.held:
                stack.enter_context(self.hold())
            wire = await stack.enter_async_context(self.wire())
            rules = PollingRules()
            gate = RequestGate(self.clock, rules.requests_per_second)
            if before is not None:
                await before(GatedAccount(wire.api, gate))
            engine = self._engine(wire, gate, rules, tell)

            def on_ring(message: Ring) -> None:
                engine.ring()
                if rung is not None:
                    rung(message)

            doorbell = Doorbell(self.folder, on_ring, has_window=rung is not None)
            await doorbell.open()
            stack.push_async_callback(doorbell.close)
            running = asyncio.create_task(engine.run())
            running.add_done_callback(lambda task: _tell_of_end(task, tell))
            try:
                yield engine
            finally:
                # Whoever rings from now on is not heard, and tries to hold the profile itself.
                await doorbell.close()
                await engine.stop()
                await running

    def _engine(
        self,
        wire: Wire,
        gate: RequestGate,
        rules: PollingRules,
        tell: Callable[[EngineEvent], None],
    ) -> Engine:
        from dreamina_desktop.video.clip import PyAvClipCheck

        repository, clock = self.repository, self.clock

        def changed(job_id: str) -> None:
            tell(JobChanged(job_id))

        submitting = Submitting(
            repository=repository,
            api=wire.api,
            host=PictureItems(InlineHost(self.media.picture), PublicUrlHost()),
            clock=clock,
            gate=gate,
            changed=changed,
            tell=tell,
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
    def usual_clips_folder(self) -> Path:
        """Where clips go while nothing else is set."""
        return clips_folder()

    def _clips_folder(self, chosen: str | None) -> Path:
        return Path(chosen) if chosen else self.usual_clips_folder

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
    """A profile, opened for reading, and closed at the end of the block.

    Raises as ``Profile`` and its ``open``.
    """
    profile = Profile(options, environment)
    try:
        profile.open()
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
    try:
        host = urlsplit(options.api_url).hostname or ""
    except ValueError as error:
        raise ApiAddressError from error
    try:
        loopback = ip_address(host).is_loopback
    except ValueError:
        loopback = host == "localhost"
    return "loopback" if loopback else host


def _account(options: Options) -> str:
    """The name under which the keyring keeps the key: one for each API."""
    return options.api_url.rstrip("/") if options.api_url else "https://model-api.runcomfy.net"
