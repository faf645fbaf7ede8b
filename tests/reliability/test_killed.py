"""Killed at any moment: the clip arrives whole or the doubt is told; nothing is sent twice."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest

from tests.reliability import moments
from tests.reliability.desk import Desk, Running
from tests.reliability.forked import Host
from tests.reliability.homecoming import accepted, check_home, look_and_say, resume
from tests.reliability.moments import MOMENTS, Doubt, Moment, is_beyond
from tests.reliability.patience import eventually, report, side_by_side
from tests.reliability.plans import PLANS, Plan, kill_again, strike
from tests.reliability.providers import Provider, Providers
from tests.reliability.rows import MissedError
from tests.reliability.tally import Tally

PROMPT = "It moves."
_MISSES = 12


@pytest.mark.promise(3, short=1, long=1)
def test_the_client_is_killed_at_a_named_moment(
    providers: Providers,
    host: Host | None,
    picture: Path,
    tmp_path: Path,
    subtests: pytest.Subtests,
    tally: Tally,
) -> None:
    """At each moment, under each plan."""
    cases = {
        f"{moment.name}: {plan.name}": partial(
            _try,
            partial(_client_killed, plan, seed),
            moment,
            providers,
            partial(Desk, host=host, picture=str(picture)),
            tmp_path / f"{seed} {plan.name}",
        )
        for seed, moment in enumerate(MOMENTS)
        for plan in PLANS
    }
    _run(cases, tally, subtests)


@pytest.mark.promise(3, short=1, long=1)
def test_the_server_is_killed_at_a_named_moment(
    providers: Providers,
    host: Host | None,
    picture: Path,
    tmp_path: Path,
    subtests: pytest.Subtests,
    tally: Tally,
) -> None:
    """The client lives on."""
    chosen = (moments.SENT_IN_VAIN, moments.TAKEN, moments.QUEUED, moments.DOWNLOADING)
    cases = {
        moment.name: partial(
            _try,
            _server_killed,
            moment,
            providers,
            partial(Desk, host=host, picture=str(picture)),
            tmp_path / str(number),
        )
        for number, moment in enumerate(chosen)
    }
    _run(cases, tally, subtests)


def _run(cases: Mapping[str, Callable[[], str]], tally: Tally, subtests: pytest.Subtests) -> None:
    ended = side_by_side(cases)
    for future in ended.values():
        tally.fell("broken" if future.exception() is not None else future.result())
    tally.ran(len(ended))
    report(ended, subtests)


type _Case = Callable[[Moment, Desk], str]


def _try(
    case: _Case,
    moment: Moment,
    providers: Providers,
    desk_at: Callable[[Path, Provider], Desk],
    folder: Path,
) -> str:
    """A moment of a few milliseconds may be missed on a busy machine; then once more."""
    for attempt in range(_MISSES):
        with (
            providers.one(**moment.trouble) as server,
            desk_at(folder / str(attempt), server) as desk,
            suppress(MissedError),
        ):
            return case(moment, desk)
    raise AssertionError(f"missed {_MISSES} times: {moment.name}")


def _client_killed(plan: Plan, seed: int, moment: Moment, desk: Desk) -> str:
    with _reached(moment, desk) as command:
        command.kill()
    _check_disk(moment, desk)
    if moment is moments.NAMED:
        moments.name_twice(desk)
    if plan.again:
        kill_again(desk)
    strike(plan, desk.server, seed)
    return _bring_home(moment, desk, plan)


def _server_killed(moment: Moment, desk: Desk) -> str:
    server = desk.server
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
        return "done"
    assert (said.code, said.json["state"]) == (6, "unknown"), said
    return _bring_home(moment, desk, PLANS[0])


@contextmanager
def _reached(moment: Moment, desk: Desk) -> Iterator[Running]:
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
    if is_beyond(moment.states[-1], row):
        raise MissedError(moment.name)
    assert (None if row is None else row.state) in moment.states
    if moment is moments.DOWNLOADING:
        there, whole = moments.beginning(desk)
        assert 0 < there <= whole
        if there == whole:
            raise MissedError(moment.name)


def _bring_home(moment: Moment, desk: Desk, plan: Plan) -> str:
    """How it ended. A second kill may have come at a later moment, with doubts of its own."""
    if plan.again:
        desk.server.trouble()
    if moment is moments.SENT or plan.again:
        # It ends in good order: what has come whole is taken, what has not never will be.
        desk.server.restart()
    taken = bool(accepted(desk.server, PROMPT))
    if moment is moments.SENT and not taken and not plan.provider_dies:
        raise MissedError(moment.name)
    jobs = resume(desk) or desk.say("jobs").json
    if moment is moments.BEFORE_THE_ROW:
        assert (jobs, desk.server.ledger(), desk.files()) == ([], [], [])
        return "no job"
    (job,) = jobs
    how = "done"
    if not plan.again:
        assert (job["state"] == "unknown") is (moment.doubt is not Doubt.NONE)
    if job["state"] == "unknown":
        if not plan.again and not plan.provider_dies:
            assert taken is (moment.doubt is Doubt.TAKEN)
        how = "unknown, adopted" if taken else "unknown, sent again"
        desk.server.trouble()
        job = look_and_say(desk, job, PROMPT)
    check_home(desk, job)
    return how
