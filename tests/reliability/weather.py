"""A profile whose network can be made bad; how: weather_kinds.py."""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from dreamina_desktop.api.addresses import ApiOrigins
from dreamina_desktop.api.client import RunComfyClient
from dreamina_desktop.api.download import ResultDownloader
from dreamina_desktop.api.transport import TimeOuts
from dreamina_desktop.core.job import Job, JobState
from tests.api.raw_server import CERTIFICATES, http, raw_server
from tests.jobs.workshop import Workshop
from tests.reliability.disguises import CANARY
from tests.reliability.weather_provider import (
    API,
    CLIPS,
    Line,
    Recorder,
    WeatherProvider,
    make_clip_bytes,
)

PAGE = b"<!DOCTYPE html><title>Welcome</title>Please log in to the hotel's network."
HTML = "Content-Type: text/html"

_IMPATIENT = TimeOuts(connect=0.7, write=5.0, read=0.7, submit_read=20.0)


class Names:
    """Stands for the system's resolver; ``say`` is what it says of a name."""

    def __init__(self) -> None:
        self.say: Callable[[str], str] = self.usual

    @staticmethod
    def usual(_host: str) -> str:
        return "127.0.0.1"

    def getaddrinfo(self, host: Any, port: Any, *rest: Any, **more: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name not in (API, CLIPS):
            return _getaddrinfo(host, port, *rest, **more)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (self.say(name), port))]


_getaddrinfo = socket.getaddrinfo


@dataclass
class Sky:
    """Everything between a profile and its provider; ``elsewhere`` heard all that went astray."""

    provider: WeatherProvider
    line: Line
    names: Names
    patch: pytest.MonkeyPatch
    portal_url: str
    elsewhere: list[Recorder] = field(default_factory=list)
    key: str = CANARY
    asked: int = 0
    """How often the key was asked for: once a call."""

    def recorder(self, answer: bytes = b"") -> Recorder:
        recorder = Recorder(answer)
        self.elsewhere.append(recorder)
        return recorder


class WeatherShop(Workshop):
    """An engine whose client and downloader look through a sky."""

    def __init__(self, folder: Path, sky: Sky) -> None:
        super().__init__(folder, sky)  # type: ignore[arg-type]
        self.sky = sky
        self.tls = ssl.create_default_context(cafile=str(CERTIFICATES / "authority.pem"))
        for name in ("other-name", "expired"):
            # Trusted, so that nothing but the name or the date can be at fault.
            self.tls.load_verify_locations(str(CERTIFICATES / f"{name}.pem"))

    def open_api(self) -> RunComfyClient:
        origins = ApiOrigins.at(f"https://{API}:{self.sky.line.port}")
        return RunComfyClient(origins, self._count, self.clock, time_outs=_IMPATIENT, tls=self.tls)

    def open_downloader(self) -> ResultDownloader:
        # Clips may lie on loopback here; how a real API's may not: test_key_origin.py.
        origins = ApiOrigins.at("https://localhost")
        return ResultDownloader(origins, time_outs=_IMPATIENT, tls=self.tls)

    def settled(self, job: Job) -> Job | None:
        """The job when it is done or in doubt; whatever was sent is made at once."""
        phases = self.sky.provider.phases
        phases.update(dict.fromkeys(phases, "completed"))
        row = self.get(job)
        return row if row.state in (JobState.DONE, JobState.UNKNOWN) else None

    def _count(self) -> str:
        self.sky.asked += 1
        return self._key()


@asynccontextmanager
async def weather_shop(folder: Path, patch: pytest.MonkeyPatch) -> AsyncIterator[WeatherShop]:
    """A profile under a clear sky."""
    folder.mkdir(exist_ok=True)
    provider, line, names = WeatherProvider(make_clip_bytes(folder)), Line(), Names()
    patch.setattr(socket, "getaddrinfo", names.getaddrinfo)
    portal = Recorder(http(200, PAGE, HTML))
    async with (
        raw_server(provider.speak, provider.tls()) as server,
        raw_server(portal.speak) as portal_server,
    ):
        line.target = server.port
        await line.open()
        provider.port = line.port
        shop = WeatherShop(
            folder / "profile", Sky(provider, line, names, patch, portal_server.url, [portal])
        )
        try:
            yield shop
        finally:
            shop.close()
            await line.close()


def clear_of_proxies(patch: pytest.MonkeyPatch) -> None:
    """Whatever stands in this computer's environment."""
    for name in tuple(os.environ):
        if name.lower().endswith("_proxy"):
            patch.delenv(name)
