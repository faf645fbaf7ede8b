"""One practice server for the tests of the wire, and this program's own client to it."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Iterator

import pytest

from dreamina_desktop.api.client import RunComfyClient
from dreamina_desktop.api.download import ResultDownloader
from dreamina_desktop.core.errors import NoSuchRequestError
from tests.api.clients import client_of, downloader_of
from tests.practice_server import PracticeServer

QUIET = {"frames_override": 3, "balance": "1000"}

STILL = {"queue_seconds": 3600, **QUIET}
"""A queue in which nothing moves, so that nothing is rendered either."""


@pytest.fixture(scope="session")
def _wire_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PracticeServer]:
    server = PracticeServer(tmp_path_factory.mktemp("wire"), **QUIET)
    yield server
    assert server.stop() == 0
    assert server.log() == ""


@pytest.fixture
def server(_wire_server: PracticeServer) -> PracticeServer:
    """The shared server with nothing scripted; each test may rewrite its trouble."""
    _wire_server.trouble(**QUIET)
    return _wire_server


@pytest.fixture
async def client(server: PracticeServer) -> AsyncIterator[RunComfyClient]:
    before = len(server.accepted())
    async with client_of(server.url, key=server.key) as client:
        yield client
        # Nobody shall wait for what this test left in the queue.
        server.trouble(**STILL)
        for row in server.accepted()[before:]:
            with contextlib.suppress(NoSuchRequestError):
                await client.cancel(row.request_id or "")


@pytest.fixture
async def downloader(server: PracticeServer) -> AsyncIterator[ResultDownloader]:
    async with downloader_of(server.url) as downloader:
        yield downloader
