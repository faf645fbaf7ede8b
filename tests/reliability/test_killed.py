"""Killed at any moment: the clip arrives whole or the doubt is told; nothing is sent twice."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest

from tests.reliability import moments
from tests.reliability.desk import Command, Desk
from tests.reliability.homecoming import accepted, check_home, look_and_say, resume
from tests.reliability.moments import MOMENTS, Doubt, Moment, is_beyond
from tests.reliability.patience import eventually, report, side_by_side
from tests.reliability.providers import Provider, Providers
from tests.reliability.rows import MissedError

PROMPT = "It moves."
TRIALS = int(os.environ.get("RELIABILITY_TRIALS", "10"))
_MISSES = 5


def test_the_client_is_killed_at_a_named_moment(
    providers: Providers, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    cases = {
        moment.name: partial(_try, _client_killed, moment, providers, tmp_path / str(number))
        for number, moment in enumerate(MOMENTS)
    }
    report(side_by_side(cases), subtests)


def test_the_server_is_killed_at_a_named_moment(
    providers: Providers, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    """The client lives on; with ``both`` it does not."""
    alone = (moments.SENT_IN_VAIN, moments.TAKEN, moments.QUEUED, moments.DOWNLOADING)
    both = (moments.TAKEN, moments.RUNNING)
    cases = {
        f"{name}: {moment.name}": partial(
            _try, case, moment, providers, tmp_path / f"{name} {number}"
        )
        for name, case, chosen in (
            ("server", _server_killed, alone),
            ("both", _both_killed, both),
        )
        for number, moment in enumerate(chosen)
    }
    report(side_by_side(cases), subtests)


@pytest.mark.timeout(120 + 10 * TRIALS)
def test_the_client_is_killed_at_any_moment(
    providers: Providers, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    """``RELIABILITY_TRIALS`` says how often, ``RELIABILITY_SEED`` repeats a run's dice."""
    seed = int(os.environ.get("RELIABILITY_SEED", str(random.randrange(2**32))))
    with providers.one(workers=4, rules=_SLOW) as server, ExitStack() as stack:
        desks = {
            f"trial {number} of seed {seed}": stack.enter_context(
                Desk(tmp_path / f"desk {number}", server)
            )
            for number in range(TRIALS)
        }
        killed = side_by_side(
            {name: partial(_killed_at_random, desk, name) for name, desk in desks.items()}
        )
        # What a dead client sent is taken, or is not: after this nothing is under way.
        server.trouble(workers=4)
        server.restart()
        home = side_by_side(
            {name: partial(_at_home, killed[name], desks[name], name) for name in desks}
        )
        report(home, subtests)
        assert len(server.accepted()) == len({row.prompt for row in server.accepted()})


# Each window in which something can be lost lasts about as long as the rest of its life.
_SLOW = [
    {"on": "submit", "times": None, "do": {"delay": 0.4}},
    {"on": "result", "times": None, "do": {"delay": 0.3}},
    {"on": "clip", "times": None, "do": {"rate": 300_000}},
]
_LONGEST_PAUSE = 1.0  # seconds


def _killed_at_random(desk: Desk, name: str) -> None:
    """After a random state and a random pause, so that a slow machine is not killed too early."""
    dice = random.Random(name)
    command = desk.generate(prompt=name)
    state = dice.choice(moments.ORDER)
    eventually(lambda: _has_come_to(state, desk) or not command.is_running, str(state))
    time.sleep(dice.uniform(0, _LONGEST_PAUSE))
    command.kill()
    if dice.random() < 0.5:
        again = desk.start("resume")
        time.sleep(dice.uniform(0, 2 * _LONGEST_PAUSE))
        again.kill()


def _has_come_to(state: str | None, desk: Desk) -> bool:
    row = next(iter(desk.rows.look()), None)
    return (None if row is None else row.state) == state or is_beyond(state, row)


def _at_home(killed: Future[None], desk: Desk, prompt: str) -> None:
    killed.result()
    for job in resume(desk):
        if job["state"] == "unknown":
            look_and_say(desk, job, prompt)
    # One that was killed late had nothing left to go on with.
    check_home(desk, *desk.say("jobs").json)
    assert desk.rows.states() or not accepted(desk.server, prompt)


type _Case = Callable[[Moment, Provider, Path], None]


def _try(case: _Case, moment: Moment, providers: Providers, folder: Path) -> None:
    """A moment of a few milliseconds may be missed on a busy machine; then once more."""
    for attempt in range(_MISSES):
        with providers.one(**moment.trouble) as server, suppress(MissedError):
            case(moment, server, folder / str(attempt))
            return
    raise AssertionError(f"missed {_MISSES} times: {moment.name}")


def _client_killed(moment: Moment, server: Provider, folder: Path) -> None:
    with Desk(folder, server) as desk:
        with _reached(moment, desk) as command:
            command.kill()
        _check_disk(moment, desk)
        if moment is moments.NAMED:
            moments.name_twice(desk)
        server.trouble()
        _bring_home(moment, desk)


def _both_killed(moment: Moment, server: Provider, folder: Path) -> None:
    with Desk(folder, server) as desk:
        with _reached(moment, desk) as command:
            command.kill()
            server.kill()
        _check_disk(moment, desk)
        server.trouble()
        server.restart()
        _bring_home(moment, desk)


def _server_killed(moment: Moment, server: Provider, folder: Path) -> None:
    with Desk(folder, server) as desk:
        with _reached(moment, desk) as command:
            known = command.err
            server.kill()
        eventually(lambda: command.err != known, "that the client notices")
        server.trouble()
        server.restart()
        said = command.end()
        if moment.doubt is Doubt.NONE:
            assert (said.code, said.json["state"]) == (0, "done"), said
            check_home(desk, said.json)
        else:
            assert (said.code, said.json["state"]) == (6, "unknown"), said
            _bring_home(moment, desk)


@contextmanager
def _reached(moment: Moment, desk: Desk) -> Iterator[Command]:
    """``generate``, at the moment; the caller kills somebody."""
    with ExitStack() as stack:
        stdout = stack.enter_context(_full_pipe()) if moment.blocked else None
        command = desk.generate(prompt=PROMPT, stdout=stdout)
        hold = moment.hold
        if hold is not None:
            command.until(lambda: hold.opening(desk), f"before: {moment.name}")
            stack.enter_context(desk.rows.held(hold.wanted, lambda row: is_beyond(hold.last, row)))
        command.until(lambda: moment.come(desk), moment.name)
        assert command.is_running, command.end()
        yield command


@contextmanager
def _full_pipe() -> Iterator[int]:
    """The writing end of a pipe that takes nothing: whoever writes there waits."""
    reading, writing = os.pipe()
    try:
        os.set_blocking(writing, False)
        for size in (4096, 1):
            with suppress(BlockingIOError):
                while os.write(writing, bytes(size)):
                    pass
        os.set_blocking(writing, True)
        yield writing
    finally:
        os.close(writing)
        os.close(reading)


def _check_disk(moment: Moment, desk: Desk) -> None:
    """The kill came when it was meant to come."""
    if moment is moments.SENT and desk.server.accepted():
        raise MissedError(moment.name)
    row = next(iter(desk.rows.settled()), None)
    assert (None if row is None else row.state) in moment.states
    if moment is moments.DOWNLOADING:
        there, whole = moments.beginning(desk)
        assert 0 < there < whole


def _bring_home(moment: Moment, desk: Desk) -> None:
    if moment is moments.SENT:
        # It ends in good order: what has come whole is taken, what has not never will be.
        desk.server.restart()
        if not desk.server.accepted():
            raise MissedError(moment.name)
    jobs = resume(desk)
    if moment in (moments.BEFORE_THE_ROW, moments.DONE):
        assert jobs == []
        jobs = desk.say("jobs").json
    if moment is moments.BEFORE_THE_ROW:
        assert (jobs, desk.server.ledger(), desk.files()) == ([], [], [])
        return
    (job,) = jobs
    if moment.doubt is not Doubt.NONE:
        assert job["state"] == "unknown"
        assert bool(accepted(desk.server, PROMPT)) is (moment.doubt is Doubt.TAKEN)
        job = look_and_say(desk, job, PROMPT)
    check_home(desk, job)
