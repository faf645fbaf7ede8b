"""Every click is on disk before it is sent: the order of system calls says so."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.reliability.desk import Desk
from tests.reliability.homecoming import accepted
from tests.reliability.providers import Providers
from tests.reliability.system_calls import (
    Change,
    Event,
    Sync,
    can_trace,
    events,
    tracer,
    unsynced_at,
)

POST = "POST /v1/models/"
INTENT = '"kind":"attempt"'


@pytest.fixture
def _traceable(tmp_path: Path) -> None:
    if not can_trace(tmp_path):
        pytest.skip("strace is not here, or may not trace")


@pytest.mark.usefixtures("_traceable")
def test_the_intent_is_on_disk_before_the_request_leaves(
    providers: Providers, tmp_path: Path
) -> None:
    """On a fresh profile, at a second try, and for a second job of the same profile."""
    # All stay in the queue, so that the second process downloads nothing for the first.
    too_fast = {"status": 429, "headers": {"retry-after": "0"}}
    with providers.one() as server, Desk(tmp_path / "desk", server) as desk:
        server.trouble({"on": "submit", "do": too_fast}, queue_seconds=600)
        first = traced(desk, "first")
        server.trouble(queue_seconds=600)
        second = traced(desk, "second")
    receipts, database = desk.profile / "receipts.jsonl", desk.profile / "dreamina.sqlite"
    for trace, posts in ((first, 2), (second, 1)):
        assert unsynced_at(POST, trace, desk.profile) == [frozenset()] * posts
        for story in before_each_post(trace):
            # The receipt first, then the row by way of its journal; each of them synced.
            intent = [change for change in changes(story, receipts) if INTENT in change.text][-1]
            later = story[story.index(intent) :]
            assert changes(later, database)
            for path in (receipts, database, f"{database}-journal"):
                assert Sync(str(path)) in later
    picture = [change for change in first if isinstance(change, Change) and "rename" in change.text]
    assert any(change.path == str(desk.profile / "pictures") for change in picture)


def traced(desk: Desk, prompt: str) -> list[Event]:
    """The calls of a ``generate`` that was killed when its request had been taken."""
    report = desk.folder / f"{prompt}.strace"
    earlier = desk.holder()
    command = desk.generate(prompt=prompt, before=tracer(report))
    try:
        command.until(lambda: accepted(desk.server, prompt), "the submit")
    finally:
        # Not the tracer: it would let its process go on, and lose what it has not written yet.
        pid = desk.holder()
        if pid is not None and pid != earlier:
            os.kill(pid, signal.SIGKILL)
    command.end()
    return list(events(report.read_text("utf-8", "replace").splitlines()))


def before_each_post(trace: list[Event]) -> list[list[Event]]:
    """What happened before the first request, between it and the second, and so on."""
    stories: list[list[Event]] = [[]]
    for event in trace:
        stories[-1].append(event)
        if not isinstance(event, Change | Sync) and event.text.startswith(POST):
            stories.append([])
    return stories[:-1]


def changes(story: list[Event], path: Path) -> list[Change]:
    return [event for event in story if isinstance(event, Change) and event.path == str(path)]


# The checks themselves, on traces made up to break them.

LATE = r"""
7 openat(AT_FDCWD, "/p/receipts.jsonl", O_RDWR|O_CREAT|O_APPEND, 0600) = 5</p/receipts.jsonl>
7 write(5</p/receipts.jsonl>, "{\"sum\":\"0\",\"receipt\":{\"kind\":\"attempt\"}}\n", 50) = 50
7 fsync(5</p/receipts.jsonl> <unfinished ...>
8 openat(AT_FDCWD</w>, "/p/pictures/a.png", O_RDONLY|O_CLOEXEC) = 6</p/pictures/a.png>
8 sendto(9<socket:[1]>, "POST /v1/models/x HTTP/1.1\r\n", 28, 0, NULL, 0) = 28
7 <... fsync resumed>) = 0
7 fsync(6</p>) = 0
7 sendto(9<socket:[1]>, "GET /v1/requests/x HTTP/1.1\r\n", 28, 0, NULL, 0) = 28
7 sendto(9<socket:[1]>, "POST /v1/models/x HTTP/1.1\r\n", 28, 0, NULL, 0) = 28
7 pwrite64(4</p/dreamina.sqlite>, "x", 1, 0) = 1
7 fdatasync(4</p/dreamina.sqlite>) = -1 EIO (Input/output error)
7 rename("/p/.a.new", "/p/pictures/a.png") = 0
7 write(3</elsewhere>, "x", 1) = 1
7 sendto(9<socket:[1]>, "POST /v1/models/x HTTP/1.1\r\n", 28, 0, NULL, 0) = 28
7 +++ killed by SIGKILL +++
""".strip().splitlines()


def test_a_sync_that_comes_late_or_fails_is_found() -> None:
    first, second, third = unsynced_at(POST, events(LATE), Path("/p"))
    assert {change.path for change in first} == {"/p", "/p/receipts.jsonl"}
    assert any(INTENT in change.text for change in first)
    assert second == frozenset()
    assert {change.path for change in third} == {"/p", "/p/dreamina.sqlite", "/p/pictures"}
