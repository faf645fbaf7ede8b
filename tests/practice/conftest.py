"""One server for all tests here that leave it as they found it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.practice.caller import QUICKEST, Caller
from tests.practice_server import PracticeServer, PracticeStart


@pytest.fixture(scope="session")
def _session_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PracticeServer]:
    server = PracticeServer(tmp_path_factory.mktemp("practice"), **QUICKEST)
    yield server
    assert server.stop() == 0
    assert server.log() == ""


@pytest.fixture
def server(_session_server: PracticeServer) -> PracticeServer:
    """The shared server, with nothing scripted and clips of six frames."""
    _session_server.trouble(**QUICKEST)
    return _session_server


@pytest.fixture
def caller(server: PracticeServer) -> Iterator[Caller]:
    with Caller(server) as caller:
        yield caller


@pytest.fixture
def idle_caller(caller: Caller) -> Caller:
    """A caller of the shared server, with nobody in its queue."""
    # In order, one at a time: when this one is done, so are all before it.
    caller.reach(caller.submit("the last of the queue"), "completed")
    return caller


@pytest.fixture
def own_caller(start_practice: PracticeStart) -> Iterator[Caller]:
    """A caller of a server that belongs to this test alone."""
    with Caller(start_practice(**QUICKEST)) as caller:
        yield caller
