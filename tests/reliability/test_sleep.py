"""Sleep, and clocks that jump: everything is asked soon after, and no time ends a job."""

from __future__ import annotations

import asyncio
import math
import random

import pytest

from dreamina_desktop.core.errors import (
    NoSuchRequestError,
    ProviderTroubleError,
    TooFastError,
)
from dreamina_desktop.core.job import JobState
from tests.reliability.hours import Hours, World, lived
from tests.reliability.hours_provider import HourProvider, Order
from tests.reliability.tally import Tally

S = JobState
SOON = 15.0
"""Seconds after waking in which each job is asked."""
MINUTE, DAY = 60.0, 86_400.0


class Night:
    """Jobs at the provider, on a machine that will sleep; all by chance, which the seed decides."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.world = World()
        self.provider = HourProvider(self.world, seed)
        self.hours = Hours(self.world, self.provider, self.provider, seed)
        self.names = [f"job {number}" for number in range(self.chance.randint(1, 16))]
        for name in self.names:
            # Some are made before the machine sleeps, some meanwhile, some long after.
            completes = self.world.true() + self._long(MINUTE, 5 * DAY)
            self.provider.orders[name] = Order(completes)
            self.hours.asked_before(name, name)

    def _long(self, shortest: float, longest: float) -> float:
        return math.exp(self.chance.uniform(math.log(shortest), math.log(longest)))

    async def sleep(self, at_least: float = MINUTE) -> None:
        """Minutes to days, on a machine of either kind, at any moment of whatever is under way."""
        await asyncio.sleep(self.chance.uniform(0, 30))
        length = self._long(at_least, 3 * DAY)
        self.world.sleep(length, monotonic_runs=self.chance.random() < 0.5)

    def under_way(self) -> list[str]:
        """Those that the provider has, as far as the program knows."""
        jobs = self.hours.rows.all()
        return [job.id for job in jobs if job.state in (S.QUEUED, S.RUNNING)]

    async def check_all_asked(self, names: list[str], since: float) -> None:
        """Each is asked within SOON, and nothing is taken for lost."""
        await asyncio.sleep(max(0.0, since + SOON - self.world.true()))
        for name in names:
            asked = [when for when in self.provider.asked[name] if since <= when <= since + SOON]
            assert asked, (name, since, self.provider.asked[name][-3:])
        self.check_no_harm()

    def check_no_harm(self) -> None:
        states = {job.state for job in self.hours.rows.all()}
        assert not states & {S.FAILED, S.UNKNOWN, S.CANCELLED, S.EXPIRED, S.REJECTED}
        assert not any(job.resting for job in self.hours.rows.all())
        assert not self.provider.accepted


@pytest.mark.promise(9, short=125, long=1250)
def test_after_sleep_each_job_is_asked_soon(tally: Tally) -> None:
    for seed in range(tally.trials):
        lived(_asked_after_sleep(seed, tally))


async def _asked_after_sleep(seed: int, tally: Tally) -> None:
    night = Night(seed)
    chance, world = night.chance, night.world
    async with night.hours.running():
        for _ in range(chance.randint(1, 3)):
            await night.sleep()
            names, since = night.under_way(), world.awake_since
            if chance.random() < 0.3:
                # The network takes a while to come back.
                since = night.provider.network_back = world.true() + chance.uniform(0, 5)
            await night.check_all_asked(names, since)
            tally.fell("asked", len(names))
    night.check_no_harm()


@pytest.mark.promise(9, short=25, long=250)
def test_what_was_counted_before_a_sleep_fails_nothing_after_it(tally: Tally) -> None:
    """A gateway's 404s around a sleep, and failures before it that would mean long pauses."""

    async def story(seed: int) -> None:
        night = Night(seed)
        async with night.hours.running():
            await asyncio.sleep(20)
            for name in night.under_way():
                errors: list[Exception] = [NoSuchRequestError(status=404) for _ in range(3)]
                if night.chance.random() < 0.5:
                    errors = [ProviderTroubleError(status=503) for _ in range(9)]
                night.provider.orders[name].answers += errors
            await night.sleep(20 * MINUTE)
            await night.check_all_asked(night.under_way(), night.world.awake_since)
            await asyncio.sleep(10 * MINUTE)
            night.check_no_harm()
        tally.fell("no harm", len(night.names))

    for seed in range(tally.trials):
        lived(story(seed))


@pytest.mark.promise(9, short=25, long=250)
def test_a_wait_that_was_asked_for_ends_in_sleep_but_never_early(tally: Tally) -> None:
    for seed in range(tally.trials):
        lived(_told_to_wait(seed, tally))


async def _told_to_wait(seed: int, tally: Tally) -> None:
    night = Night(seed)
    chance, world, provider = night.chance, night.world, night.provider
    for order in provider.orders.values():
        order.completes += 10 * DAY
    told = chance.uniform(2 * MINUTE, 30 * MINUTE)
    error = TooFastError if chance.random() < 0.5 else ProviderTroubleError
    unlucky = chance.choice(night.names)
    concerned = night.names if error is TooFastError else [unlucky]
    async with night.hours.running():
        await asyncio.sleep(20)
        order = provider.orders[unlucky]
        order.answers.append(error(status=429, retry_after=told))
        await night.hours.until(lambda: not order.answers)
        begun = provider.asked[unlucky][-1]
        await asyncio.sleep(chance.uniform(1, 60))
        world.sleep(chance.uniform(MINUTE, 3 * told), monotonic_runs=chance.random() < 0.5)
        since = max(world.awake_since, begun + told)
        # What left together with the unlucky one has come by then.
        counts = {name: len(provider.asked[name]) for name in concerned}
        await asyncio.sleep(max(0.0, begun + told - world.true() - 0.01))
        if world.true() < begun + told:
            assert counts == {name: len(provider.asked[name]) for name in concerned}
            tally.fell("held on")
        else:
            tally.fell("over in sleep")
        await night.check_all_asked(concerned, since)


@pytest.mark.promise(9, short=25, long=250)
def test_a_clock_that_is_set_harms_nothing(tally: Tally) -> None:
    async def story(seed: int) -> None:
        night = Night(seed)
        async with night.hours.running():
            for _ in range(4):
                await asyncio.sleep(night.chance.uniform(0, 30))
                night.world.set_clock(night.chance.choice((-1, 1)) * night._long(10, 3000 * DAY))
                await night.check_all_asked(night.under_way(), night.world.true())
        # And over the end of a program.
        night.world.set_clock(-night._long(10, 3000 * DAY))
        async with night.hours.running():
            await night.check_all_asked(night.under_way(), night.world.true())
        tally.fell("no harm", len(night.names))

    for seed in range(tally.trials):
        lived(story(seed))
