"""What the tests of the wire hand in."""

from __future__ import annotations

import contextlib
import ssl
import traceback
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from dreamina_desktop.api.addresses import ApiOrigins
from dreamina_desktop.api.client import RunComfyClient
from dreamina_desktop.api.download import ResultDownloader
from dreamina_desktop.api.transport import TimeOuts
from dreamina_desktop.core import errors
from dreamina_desktop.core.answers import Submission
from dreamina_desktop.resources import MODEL_ID
from tests.api.raw_server import client_tls

KEY = "rcm-Canary_key/7f+9c2e41d0b84a55"
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SUBMISSION = Submission(MODEL_ID, "A boat on a lake", "https://example.com/boat.png", 121, 7)

PAGE = b"<!DOCTYPE html><title>Welcome</title>Please log in."

IMPATIENT = TimeOuts(connect=2.0, write=2.0, read=0.3, submit_read=0.3)
"""For tests in which a server does not answer."""


@dataclass
class StoppedClock:
    """``core.ports.Clock`` at one moment."""

    moment: datetime = NOW

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return 0.0


@contextlib.asynccontextmanager
async def client_of(
    url: str,
    *,
    key: str = KEY,
    time_outs: TimeOuts | None = None,
    tls: ssl.SSLContext | None = None,
) -> AsyncIterator[RunComfyClient]:
    client = RunComfyClient(
        ApiOrigins.at(url), lambda: key, StoppedClock(), time_outs=time_outs, tls=tls
    )
    try:
        yield client
    finally:
        await client.aclose()


@contextlib.asynccontextmanager
async def downloader_of(
    url: str, *, time_outs: TimeOuts | None = None, largest: int = 1024**3
) -> AsyncIterator[ResultDownloader]:
    downloader = ResultDownloader(ApiOrigins.at(url), time_outs=time_outs, largest=largest)
    try:
        yield downloader
    finally:
        await downloader.aclose()


async def submit_error(
    url: str, time_outs: TimeOuts | None = None, *, tls: bool = False
) -> errors.WireError:
    """What a submit raises; its texts and traceback hold no key."""
    context = client_tls() if tls else None
    async with client_of(url, time_outs=time_outs, tls=context) as client:
        with pytest.raises(errors.WireError) as caught:
            await client.submit(SUBMISSION)
    assert KEY not in "".join(traceback.format_exception(caught.value))
    return caught.value
