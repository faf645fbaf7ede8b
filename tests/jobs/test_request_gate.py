from __future__ import annotations

import asyncio
import itertools
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dreamina_desktop.core.errors import DreaminaError, KeyRefusedError, NoBalanceError
from dreamina_desktop.jobs.request_gate import RequestGate, Urgency
from tests.jobs.virtual_time import VirtualClock, in_virtual_time


class Door:
    """A gate with a log of who went through when."""

    def __init__(self, *, trusted: bool = True) -> None:
        self.clock = VirtualClock()
        self.gate = RequestGate(self.clock, 2)
        if trusted:
            self.gate.trust()
        self.log: list[tuple[str, float]] = []

    async def go(
        self, name: str, urgency: Urgency = Urgency.POLL, order: float = 0, takes: float = 0
    ) -> None:
        async with self.gate.turn(urgency, order):
            self.log.append((name, self.clock.monotonic()))
            await asyncio.sleep(takes)

    async def later(self, pause: float, name: str) -> None:
        await asyncio.sleep(pause)
        await self.go(name)

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.log]

    @property
    def times(self) -> list[float]:
        return [at - self.log[0][1] for _, at in self.log]


@settings(max_examples=50)
@given(st.lists(st.floats(0, 10), min_size=1, max_size=40))
def test_never_more_than_two_in_any_second(pauses: list[float]) -> None:
    async def run() -> list[float]:
        door = Door()
        await asyncio.gather(*(door.later(pause, "x") for pause in pauses))
        return door.times

    times = in_virtual_time(run())
    assert len(times) == len(pauses)
    assert all(late - early > 1 for early, late in zip(times, times[2:], strict=False))


@dataclass(frozen=True, slots=True)
class Trip:
    """One request: seconds until it is wanted, until its answer, and on its way.

    It leaves when ``share`` of its time has passed, by a commit or a handshake or a busy loop, but
    a second late at the most; ``tells`` the gate so, or not.
    """

    pause: float
    takes: float
    share: float
    way: float
    tells: bool

    async def make(self, door: Door, arrivals: list[float]) -> None:
        await asyncio.sleep(self.pause)
        late = min(self.takes, 1.0) * self.share
        way = min(self.way, self.takes - late)
        async with door.gate.turn(Urgency.POLL) as left:
            await asyncio.sleep(late)
            if self.tells:
                left()
            await asyncio.sleep(way)
            arrivals.append(door.clock.monotonic())
            await asyncio.sleep(self.takes - late - way)


_TRIPS = st.builds(
    Trip, st.floats(0, 5), st.floats(0, 4), st.floats(0, 1), st.floats(0, 0.049), st.booleans()
)


@settings(max_examples=100)
@given(st.lists(_TRIPS, max_size=30))
def test_never_more_than_two_arrive_in_any_second(trips: list[Trip]) -> None:
    """Whether or not they say when they leave; those that do take a twentieth longer at most."""
    requests = [trip if trip.tells else replace(trip, way=0.0) for trip in trips]

    async def run() -> list[float]:
        door, arrivals = Door(), list[float]()
        await asyncio.gather(*(trip.make(door, arrivals) for trip in requests))
        return sorted(arrivals)

    times = in_virtual_time(run())
    assert len(times) == len(requests)
    assert all(late - early > 1 for early, late in zip(times, times[2:], strict=False))


def test_a_slow_answer_does_not_hold_up_the_others_for_long() -> None:
    async def run() -> list[float]:
        door = Door()
        await asyncio.gather(door.go("a", takes=60), door.go("b", takes=60), door.go("c"))
        return door.times

    assert 2 < in_virtual_time(run())[2] < 2.1


def test_an_answer_is_not_waited_for_once_the_request_has_left() -> None:
    async def run() -> list[float]:
        door, times = Door(), list[float]()

        async def one() -> None:
            async with door.gate.turn(Urgency.POLL) as left:
                times.append(door.clock.monotonic())
                left()
                await asyncio.sleep(0.9)

        await asyncio.gather(*(one() for _ in range(21)))
        return times

    times = in_virtual_time(run())
    assert times[-1] - times[0] < 10.6


def test_a_request_that_left_late_counts_from_then() -> None:
    async def run() -> list[float]:
        door = Door()

        async def late() -> None:
            async with door.gate.turn(Urgency.POLL) as left:
                await asyncio.sleep(3)
                left()
                await asyncio.sleep(1)

        await asyncio.gather(late(), late(), door.go("before"), door.later(3.1, "after"))
        return [at - 1000 for _, at in door.log]

    before, after = in_virtual_time(run())
    assert 2 < before < 2.1
    assert 4 < after < 4.7


def test_a_crowd_goes_evenly_and_not_in_pairs() -> None:
    async def run() -> list[float]:
        door = Door()
        await asyncio.gather(*(door.go("x") for _ in range(10)))
        return door.times

    times = in_virtual_time(run())[2:]
    gaps = [late - early for early, late in itertools.pairwise(times)]
    assert all(0.5 < gap < 0.6 for gap in gaps)


def test_results_go_before_submits_and_those_before_polls_oldest_first() -> None:
    async def run() -> list[str]:
        door = Door()
        await asyncio.gather(door.go("first"), door.go("second"))
        await asyncio.gather(
            door.go("poll", Urgency.POLL),
            door.go("submit", Urgency.SUBMIT),
            door.go("young result", Urgency.RESULT, 2),
            door.go("old result", Urgency.RESULT, 1),
        )
        return door.names[2:]

    assert in_virtual_time(run()) == ["old result", "young result", "submit", "poll"]


def test_one_at_a_time_until_an_answer_was_good_but_not_for_long() -> None:
    async def run() -> list[float]:
        door = Door(trusted=False)
        slow = asyncio.create_task(door.go("slow", takes=60))
        await asyncio.sleep(0)
        await door.go("held up")
        door.gate.trust()
        await door.go("free")
        slow.cancel()
        await asyncio.gather(slow, return_exceptions=True)
        return door.times

    times = in_virtual_time(run())
    assert times[1] == 5
    assert times[2] < 7


def test_after_a_mended_key_they_go_one_at_a_time_again() -> None:
    async def run() -> list[float]:
        door = Door()
        door.gate.open()
        await asyncio.gather(door.go("probe", takes=3), door.go("next"))
        return door.times

    assert in_virtual_time(run())[1] == 3


def test_quiet_is_kept_and_never_shortened() -> None:
    async def run() -> list[float]:
        door = Door()
        await door.go("before")
        door.gate.keep_quiet(30)
        door.gate.keep_quiet(1)
        await door.go("after")
        return door.times

    assert in_virtual_time(run())[1] >= 30


def test_quiet_that_was_over_in_a_sleep_does_not_hold() -> None:
    async def run() -> list[float]:
        door = Door()
        await door.go("before")
        door.gate.keep_quiet(300)
        await asyncio.sleep(10)
        door.clock.asleep = timedelta(seconds=200)
        door.gate.wake()
        early = asyncio.create_task(door.go("still asked for"))
        await asyncio.sleep(80)
        assert door.names == ["before"]
        door.clock.asleep = timedelta(days=1)
        door.gate.wake()
        await early
        # A clock that is set back makes no quiet longer.
        door.gate.keep_quiet(5)
        door.clock.asleep = timedelta(0)
        door.gate.wake()
        await door.go("after")
        return door.times

    assert in_virtual_time(run())[1:] == [90, 95]


def test_who_gives_up_waiting_leaves_no_gap() -> None:
    async def run() -> list[str]:
        door = Door()
        await asyncio.gather(door.go("a"), door.go("b"))
        impatient = asyncio.create_task(door.go("impatient", Urgency.RESULT))
        patient = asyncio.create_task(door.go("patient"))
        await asyncio.sleep(0.1)
        impatient.cancel()
        await patient
        await asyncio.gather(impatient, return_exceptions=True)
        return door.names

    assert in_virtual_time(run()) == ["a", "b", "patient"]


def test_a_turn_that_comes_to_one_who_leaves_is_given_back() -> None:
    async def run() -> list[str]:
        door = Door(trusted=False)
        probe = asyncio.create_task(door.go("probe", takes=1))
        await asyncio.sleep(0)
        leaving = asyncio.create_task(door.go("leaving"))
        await asyncio.sleep(0)
        door.gate.trust()
        leaving.cancel()
        door.gate.open()
        await asyncio.gather(probe, leaving, return_exceptions=True)
        await asyncio.sleep(10)
        await door.go("next", takes=1)
        return [*door.names, str(door.times[-1])]

    assert in_virtual_time(run()) == ["probe", "next", "11.0"]


def test_a_refused_key_closes_the_gate_and_no_balance_stops_submits() -> None:
    async def run() -> list[str]:
        door = Door()

        async def refused(error: Exception) -> None:
            with suppress(DreaminaError):
                async with door.gate.turn(Urgency.SUBMIT):
                    raise error

        await refused(NoBalanceError())
        submit = asyncio.create_task(door.go("submit", Urgency.SUBMIT))
        await asyncio.create_task(door.go("poll"))
        await refused_late(door)
        result = asyncio.create_task(door.go("result", Urgency.RESULT))
        await asyncio.sleep(60)
        door.log.append(("mended", 0))
        door.gate.open()
        await asyncio.gather(submit, result)
        return door.names

    async def refused_late(door: Door) -> None:
        with suppress(KeyRefusedError):
            async with door.gate.turn(Urgency.POLL):
                raise KeyRefusedError

    assert in_virtual_time(run()) == ["poll", "mended", "result", "submit"]
