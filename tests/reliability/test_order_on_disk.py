"""Every click is on disk before it is sent: the order of system calls says so."""

from __future__ import annotations

import itertools
import os
import signal
from pathlib import Path

import pytest

from tests.reliability.desk import Desk
from tests.reliability.forked import Host
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
from tests.reliability.tally import Tally

POST = "POST /v1/models/"
INTENT = '"kind":"attempt"'


@pytest.fixture
def _traceable(tmp_path: Path) -> None:
    if not can_trace(tmp_path):
        pytest.skip("strace is not here, or may not trace")


@pytest.mark.timeout(600)
@pytest.mark.promise(5, short=3, long=50)
@pytest.mark.usefixtures("_traceable")
def test_the_intent_is_on_disk_before_the_request_leaves(
    providers: Providers, host: Host | None, picture: Path, tmp_path: Path, tally: Tally
) -> None:
    """With each beginning in turn."""
    for number, begin in zip(range(tally.trials), itertools.cycle(BEGINNINGS), strict=False):
        with (
            providers.one() as server,
            Desk(tmp_path / str(number), server, host, str(picture)) as desk,
        ):
            posts = begin(desk)
            judge(traced(desk, f"traced {number}"), posts, desk)
        tally.fell(begin.__name__.replace("_", " "))


def at_a_second_try(desk: Desk) -> int:
    """On a fresh profile, too fast at first; the posts to be expected."""
    too_fast = {"status": 429, "headers": {"retry-after": "0"}}
    desk.server.trouble({"on": "submit", "do": too_fast}, queue_seconds=600)
    return 2


def for_a_second_job(desk: Desk) -> int:
    # It stays in the queue, so that the second process downloads nothing for it.
    desk.server.trouble(queue_seconds=600)
    _killed_when_taken(desk)
    return 1


def after_a_submit_was_cut_off(desk: Desk) -> int:
    desk.server.trouble({"on": "submit", "do": {"hang_after": 600}}, queue_seconds=600)
    _killed_when_taken(desk)
    return 1


def on_a_fresh_profile(desk: Desk) -> int:
    desk.server.trouble(queue_seconds=600)
    return 1


BEGINNINGS = (at_a_second_try, for_a_second_job, after_a_submit_was_cut_off, on_a_fresh_profile)


def _killed_when_taken(desk: Desk) -> None:
    command = desk.generate(prompt="earlier")
    command.until(lambda: accepted(desk.server, "earlier"), "the submit")
    command.kill()


def judge(trace: list[Event], posts: int, desk: Desk) -> None:
    """All that the profile holds is synced when a request leaves, the intent among it."""
    receipts, database = desk.profile / "receipts.jsonl", desk.profile / "dreamina.sqlite"
    assert unsynced_at(POST, trace, desk.profile) == [frozenset()] * posts
    for story in before_each_post(trace):
        # The receipt first, then the row by way of its journal; each of them synced.
        intent = [change for change in changes(story, receipts) if INTENT in change.text][-1]
        later = story[story.index(intent) :]
        assert changes(later, database)
        for path in (receipts, database, f"{database}-journal"):
            assert Sync(str(path)) in later
    named = [change for change in trace if isinstance(change, Change) and "rename" in change.text]
    kept = any(change.path == str(desk.profile / "pictures") for change in named)
    assert kept or len(desk.rows.settled()) > 1, "the picture was kept before, or now"


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
