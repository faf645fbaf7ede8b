"""Finds out what is worth knowing when something does not work; writes and sends nothing.

Everything here blocks, the keyring and the network for some seconds: never on the GUI thread.
"""

from __future__ import annotations

import asyncio
import platform
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import urlsplit

from dreamina_desktop import __version__
from dreamina_desktop.composition import Profile
from dreamina_desktop.core.diagnosis import Diagnosis, Fact, Finding, StepEnded
from dreamina_desktop.core.errors import (
    ApiAddressError,
    DreaminaError,
    KeyMissingError,
    KeyringError,
)
from dreamina_desktop.crash_log import CRASH_LOG

_PACKAGES = (
    (Fact.QT, "PySide6-Essentials"),
    (Fact.PYAV, "av"),
    (Fact.PILLOW, "pillow"),
    (Fact.HTTPX, "httpx"),
)


class Diagnostics:
    """Of one profile. Paths below ``home`` are shown without it: it names the user."""

    def __init__(self, profile: Profile, home: Path) -> None:
        self._profile = profile
        self._home = home

    def look(self, trouble: DreaminaError | None = None) -> Diagnosis:
        """What this computer and the profile say by themselves, without the network.

        ``trouble`` is why the profile could not be opened: then its jobs are not asked.
        """
        findings = (*self._versions(), *self._places(), *self._key(), *self._way())
        if trouble is not None:
            return Diagnosis(findings, (), trouble)
        try:
            return Diagnosis(findings, self._profile.repository.counts())
        except DreaminaError as error:
            return Diagnosis(findings, (), error)

    def check(self) -> tuple[StepEnded, ...]:
        """Ask the way to the provider; () in practice mode, which has none.

        Raises ApiAddressError.
        """
        if self._profile.is_practice:
            return ()
        check = self._profile.connection_check()
        return asyncio.run(check.run(self._profile.spec.model_id))

    def _versions(self) -> Iterator[Finding]:
        yield Finding(Fact.PROGRAM, __version__)
        yield Finding(Fact.SYSTEM, platform.platform())
        yield Finding(Fact.PYTHON, platform.python_version())
        for fact, package in _PACKAGES:
            try:
                yield Finding(fact, version(package))
            except PackageNotFoundError:
                # In a bundle, or on the command line without the window's libraries.
                yield Finding(fact)
        yield Finding(Fact.SQLITE, sqlite3.sqlite_version)

    def _places(self) -> Iterator[Finding]:
        profile = self._profile
        log = profile.base / CRASH_LOG
        yield Finding(Fact.PROFILE, self._short(profile.folder))
        yield Finding(Fact.SETTINGS, self._short(profile.settings_file.path))
        yield Finding(Fact.CLIPS, self._short(profile.media.output_folder))
        yield Finding(Fact.CRASH_LOG, self._short(log))
        try:
            last = datetime.fromtimestamp(log.stat().st_mtime, UTC).isoformat(timespec="seconds")
        except OSError:
            last = ""
        yield Finding(Fact.LAST_CRASH, last)

    def _key(self) -> Iterator[Finding]:
        if self._profile.is_practice:
            return
        try:
            yield Finding(Fact.KEYRING, self._profile.keyring.back_end())
        except KeyringError as error:
            yield Finding(Fact.KEYRING, trouble=error)
        try:
            found = self._profile.key_sources.look()
            yield Finding(Fact.KEY, found.variable or found.source.value)
        except KeyMissingError as error:
            # Something is there that cannot be a key: its detail says where, not what.
            yield Finding(Fact.KEY, trouble=error)

    def _way(self) -> Iterator[Finding]:
        from dreamina_desktop.api.routes import proxy_for, without_login

        if self._profile.is_practice:
            return
        try:
            api = self._profile.api_name
        except ApiAddressError as error:
            yield Finding(Fact.API, trouble=error)
            return
        yield Finding(Fact.API, api)
        parts = urlsplit(api)
        proxy = proxy_for(parts.scheme, parts.hostname or "")
        yield Finding(Fact.PROXY, without_login(proxy) if proxy is not None else "")

    def _short(self, path: Path) -> str:
        if path.is_relative_to(self._home):
            return str(Path("~") / path.relative_to(self._home))
        return str(path)
