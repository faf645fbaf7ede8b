"""The composition root: builds every object of a profile, each clean-up registered beside it.

Knows no Qt; ``app`` puts the window on top of it, ``cli`` works with it as it is. What is slow to
import and not always needed (httpx, PyAV, keyring's back ends) is imported where it is built.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, MutableMapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path
from secrets import randbelow
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dreamina_desktop.core.errors import (
    ApiAddressError,
    DiskError,
    KeyringError,
    PracticeUnavailableError,
)
from dreamina_desktop.core.events import EngineEvent, EngineStopped
from dreamina_desktop.core.hosting_errors import BucketKeysMissingError
from dreamina_desktop.core.model_spec import parse_model_spec
from dreamina_desktop.core.polling import PollingRules
from dreamina_desktop.core.ports import AccountApi, AccountDesk, ObjectStore
from dreamina_desktop.core.settings import BucketPlace
from dreamina_desktop.engine_assembly import Ground, Wire, assembled
from dreamina_desktop.hosting.object_names import object_name
from dreamina_desktop.jobs.balance_witness import BalanceWitness
from dreamina_desktop.jobs.commands import Commands
from dreamina_desktop.jobs.engine import Engine
from dreamina_desktop.jobs.gated_account import GatedAccount
from dreamina_desktop.jobs.hosted_pictures import HostedPictures
from dreamina_desktop.jobs.key_renewal import KeyRenewal
from dreamina_desktop.jobs.preparation import Preparation
from dreamina_desktop.jobs.purse import Purse
from dreamina_desktop.jobs.request_gate import RequestGate
from dreamina_desktop.resources import model_file
from dreamina_desktop.store.bucket_keys import BucketKeyStore
from dreamina_desktop.store.doorbell import Doorbell, Ring, ring
from dreamina_desktop.store.folders import clips_folder, data_folder, practice_profile
from dreamina_desktop.store.key_sources import Key, KeySources
from dreamina_desktop.store.media_files import LocalMediaFiles
from dreamina_desktop.store.opening import OpenReport, jobs_of, make_ready
from dreamina_desktop.store.profile_lock import ProfileLock
from dreamina_desktop.store.rebuild import Rebuilt
from dreamina_desktop.store.secrets import KeyringSecretStore
from dreamina_desktop.store.settings import SettingsFile
from dreamina_desktop.system_clock import SystemClock

if TYPE_CHECKING:
    from dreamina_desktop.api.addresses import ApiOrigins
    from dreamina_desktop.api.connection_check import ConnectionCheck


@dataclass(frozen=True, slots=True)
class Options:
    """What every command may be told about where it works."""

    data_dir: Path | None = None
    api_url: str | None = None
    practice: bool = False


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
        self.base = base
        """The real profile's folder, also in practice mode: both have one crash log."""
        self.folder = practice_profile(base) if options.practice else base
        self.realm = _realm(options)
        self.clock = SystemClock()
        self.spec = parse_model_spec(model_file().read_text("utf-8"))
        self.settings_file = SettingsFile(self.folder, self.clock)
        self.settings = self.settings_file.load()
        self.media = LocalMediaFiles(self.folder, self._clips_folder(self.settings.output_folder))
        # At once, before any child process is started.
        self.keyring = KeyringSecretStore(_account(options))
        self.key_sources = KeySources(environment, self.keyring)
        self.bucket = self.settings.bucket
        self.bucket_keys = BucketKeyStore(self.key_sources.meet)
        self._renewal = KeyRenewal(self.key_sources.look_again)
        self.repository = jobs_of(self.folder, self.clock)
        self._lock = ProfileLock(self.folder)
        self.rebuilt: Rebuilt | None = None
        """What came back if the list of jobs was found damaged."""

    def open(self) -> OpenReport:
        """Make the jobs ready to be read.

        Raises DiskError, ProfileTooNewError, ProfileBusyError (only while it is mended).
        """
        return self._make_ready(holder=False)

    @contextmanager
    def hold(self) -> Iterator[OpenReport]:
        """Take the one lock, and mend as its holder what a crash left.

        No other thread may be at the jobs meanwhile. Raises ProfileBusyError when another process
        holds it, DiskError, ProfileTooNewError.
        """
        with self._lock:
            self.repository.close()
            report = self._make_ready(holder=True)
            with suppress(DiskError):
                # It can wait for a better day, and must not keep anybody from the clips.
                self.repository.forget_addresses()
            # Of every API: a clip of another one may wait, whole, for its folder.
            self.media.sweep(self.repository.unfinished_ids(), self.repository.named_pictures())
            yield report

    def _make_ready(self, *, holder: bool) -> OpenReport:
        report = make_ready(self.folder, self.clock, holder=holder)
        self.rebuilt = report.rebuilt or self.rebuilt
        return report

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

    def put_pictures_in(self, place: BucketPlace) -> None:
        """Pictures that travel by bucket go there from now on. Any thread may say so."""
        self.bucket = place

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
            api = RunComfyClient(origins, key, self.clock, refused=self._renewal.refused)
            stack.push_async_callback(api.aclose)
            downloader = ResultDownloader(origins)
            stack.push_async_callback(downloader.aclose)
            yield Wire(api, downloader)

    def connection_check(self) -> ConnectionCheck:
        """Asks the way to the API, whoever else is at work. Raises ApiAddressError."""
        from dreamina_desktop.api.connection_check import ConnectionCheck

        return ConnectionCheck(self._origins, self.key_sources.text, self.clock)

    @property
    def api_name(self) -> str:
        """The origin of the API that is used. Raises ApiAddressError."""
        return str(self._origins.models)

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
        before: Callable[[AccountDesk], Awaitable[None]] | None = None,
    ) -> AsyncIterator[Engine]:
        """Hold the profile, if nobody does yet, and run its engine.

        ``before`` may use the account before the engine begins, and keep it for later. Raises
        what ``hold``, ``wire`` and ``before`` raise, and in the end what stopped the engine.
        """
        async with AsyncExitStack() as stack:
            if not self._lock.held:
                stack.enter_context(self.hold())
            wire = await stack.enter_async_context(self.wire())
            stack.push_async_callback(self._renewal.close)
            rules = PollingRules()
            gate = RequestGate(self.clock, rules.requests_per_second)
            purse = Purse()
            witness = BalanceWitness(self.repository, self.realm, tell)
            account = GatedAccount(wire.api, gate, self.clock, purse, witness)
            if before is not None:
                await before(account)
            hosted = self._hosted(rules)
            ground = Ground(
                repository=self.repository,
                media=self.media,
                clock=self.clock,
                realm=self.realm,
                spec=self.spec,
                submitted_at_once=self.settings.submitted_at_once,
            )
            engine = assembled(ground, wire, gate, rules, purse, hosted, tell)

            def on_ring(_: Ring) -> None:
                engine.ring()
                hosted.stir()
                # It may have been ``key set``, in a terminal.
                self._renewal.look()

            doorbell = Doorbell(self.folder, on_ring)
            await doorbell.open()
            stack.push_async_callback(doorbell.close)
            running = asyncio.create_task(engine.run())
            self._renewal.begin(engine.mend)
            running.add_done_callback(lambda task: _tell_of_end(task, tell))
            # After the engine, which recovers first: what it finds in doubt is asked about too.
            witnessing = asyncio.create_task(witness.run(account, purse.doubted))
            removing = asyncio.create_task(hosted.run())
            try:
                yield engine
            finally:
                # Whoever rings from now on is not heard, and tries to hold the profile itself.
                await doorbell.close()
                witnessing.cancel()
                await engine.stop()
                await running
                removing.cancel()
                for task in (witnessing, removing):
                    with suppress(asyncio.CancelledError):
                        await task
                # What has just come to its end; the rest is for the next start.
                await hosted.finish()

    def _hosted(self, rules: PollingRules) -> HostedPictures:
        return HostedPictures(
            rows=self.repository,
            place=lambda: self.bucket,
            open_store=self._open_bucket,
            read=self.media.picture,
            new_name=object_name,
            clock=self.clock,
            rules=rules,
            chance=random.random,
        )

    async def _open_bucket(self, place: BucketPlace) -> ObjectStore:
        """Raises HostingError."""
        from dreamina_desktop.hosting.bucket import Bucket

        try:
            keys = await asyncio.to_thread(self.bucket_keys.needed, place)
        except KeyringError as error:
            # Not the provider's key: only what travels by this bucket waits for it.
            raise BucketKeysMissingError(error.detail) from error
        return Bucket(place, keys)

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
