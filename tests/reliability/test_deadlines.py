"""A finished clip is fetched at once, and for as long as it can be had.

Two requests leave a second, so how soon a clip can be fetched is arithmetic. Of n jobs at the
provider the one that was asked last is asked again n turns later, and each clip that comes home
takes two turns more, its result's and its file's. A clip that is made just after its job was asked
waits n + 2k turns of 0.525 s where k clips come home in that time, its own among them: 16 jobs and
two clips are 10.5 s. Fewer jobs leave room for more clips, but not for more than FEW, for then it
is the pause between two questions that counts. Where more clips are made in the same seconds,
each further one is two turns later.
"""

from __future__ import annotations

import asyncio
import itertools
import math
import random

import pytest

from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.core.polling import PollingRules
from dreamina_desktop.words import Phrasebook
from tests.reliability.hours import Change, Hours, World, lived
from tests.reliability.hours_provider import HourProvider, Order
from tests.reliability.tally import Tally

S = JobState
SOON = 11.0
"""Seconds from a clip's completion until its download begins, at most."""
TURN = 1.05 / 2
"""Seconds of one request, at two a second."""
TURNS_IN_TIME = 20
FEW = 4
WAY = 0.3
"""Seconds to the provider and back, at the most."""
SHORTEST_LIFE, LONGEST_LIFE = 360.0, 86_400.0
AFRESH = [S.EXPIRED, S.QUEUED, S.RESULT_SAVED, S.DOWNLOADING, S.DONE]


class Trial:
    """One program, its jobs and its provider; all by chance, which the seed decides."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.world = World()
        self.provider = HourProvider(self.world, seed)
        self.hours = Hours(self.world, self.provider, self.provider, seed)

    def order(self, name: str, completes: float) -> Order:
        """A click whose clip is made then, with an address that lives for minutes or hours."""
        life = math.exp(self.chance.uniform(math.log(SHORTEST_LIFE), math.log(LONGEST_LIFE)))
        order = self.provider.orders[name] = Order(completes, life)
        self.hours.click(name)
        return order

    def check_paid_once(self) -> None:
        names = [job.id for job in self.hours.rows.all()]
        assert sorted(self.provider.accepted) == sorted(names)

    def check_saved_first(self) -> None:
        """Its result stood on disk before a file was asked for."""
        for job in self.hours.rows.all():
            saved = next(one.when for one in self.hours.rows.changes if _is_saved(one, job))
            assert saved <= self.provider.begun(job.id)

    def states(self, name: str) -> list[JobState]:
        """All that a job went through, each once where it stayed the same."""
        through = [one.job.state for one in self.hours.rows.changes if one.job.id == name]
        return [state for state, _ in itertools.groupby(through)]


def _is_saved(change: Change, job: Job) -> bool:
    return change.job.id == job.id and change.job.state is S.RESULT_SAVED


def completions(chance: random.Random, count: int, *, leave: bool = True) -> list[float]:
    """Seconds after the start, as close together as can be fetched in time, or by chance farther.

    Whose waits can touch are those within twice SOON. Clips that come home ``leave`` the queue;
    those whose file is tried again stay in it.
    """
    found: list[float] = []
    at, tight = chance.uniform(10, 120), chance.random() < 0.5
    for _ in range(count):
        for number, early in enumerate(found):
            there = count - number if leave else count
            together = min(FEW, (TURNS_IN_TIME - there) // 2)
            if number + together <= len(found):
                at = max(at, early + 2 * SOON)
        found.append(at)
        at += chance.choice((0.0, 0.1, chance.expovariate(0.5 if tight else 0.1)))
    chance.shuffle(found)
    return found


@pytest.mark.promise(7, short=100, long=2000)
def test_a_clip_is_fetched_when_it_is_made(tally: Tally) -> None:
    for seed in range(tally.trials):
        lived(_fetched_at_once(seed, tally))


async def _fetched_at_once(seed: int, tally: Tally) -> None:
    trial = Trial(seed)
    chance, provider = trial.chance, trial.provider
    start = trial.world.true()
    troubled = chance.random() < 0.5
    times = completions(chance, chance.randint(1, 16), leave=not troubled)
    for number, at in enumerate(times):
        order = trial.order(f"job {number}", start + at)
        if not troubled:
            continue
        if chance.random() < 0.3:
            order.drops = chance.randint(1, 4)
        elif chance.random() < 0.2:
            # Its file server is out of order for almost as long as the address lives.
            order.files_back = order.completes + chance.uniform(0, min(order.life, 1800) - 150)
    async with trial.hours.running():
        await trial.hours.until(lambda: trial.hours.all_in(S.DONE))
    trial.check_paid_once()
    trial.check_saved_first()
    for name, order in provider.orders.items():
        assert provider.begun(name) - order.completes <= SOON, (seed, name)
        if not order.files_back:
            # Else a fresh address may be asked for, in case that is what is wrong.
            assert provider.results[name] == 1
            assert S.EXPIRED not in trial.states(name)
        tally.fell("fetched")
    assert all(one.alive for one in provider.tries)


@pytest.mark.promise(7, short=8, long=400)
def test_clips_made_in_the_same_seconds_are_each_two_turns_later(tally: Tally) -> None:
    for seed in range(tally.trials):
        lived(_fetched_in_a_row(seed, tally))


async def _fetched_in_a_row(seed: int, tally: Tally) -> None:
    """No clip keeps clear of another: all in one moment, in a few seconds, or in some minutes."""
    trial = Trial(seed)
    chance, provider = trial.chance, trial.provider
    made = trial.world.true() + chance.uniform(40, 120)
    count, spread = chance.randint(3, 16), chance.choice((0.0, 5.0, 20.0, 60.0, 200.0))
    for number in range(count):
        trial.order(f"job {number}", made + chance.uniform(0, spread)).life = SHORTEST_LIFE
    async with trial.hours.running():
        await trial.hours.until(lambda: trial.hours.all_in(S.DONE))
    trial.check_paid_once()
    waits = {name: (one.completes, provider.begun(name)) for name, one in provider.orders.items()}
    for name, (completes, begun) in waits.items():
        home = sum(early < begun and late > completes for early, late in waits.values())
        pause = max(count * TURN, PollingRules().longest + WAY)
        assert begun - completes <= pause + 2 * home * TURN + 2 * WAY, (seed, name, home)
        tally.fell("within 11 s" if begun - completes <= SOON else "behind other clips' turns")
    assert all(one.alive for one in provider.tries)


@pytest.mark.promise(7, short=8, long=400)
def test_a_dead_address_gets_a_fresh_one_and_never_a_new_submit(tally: Tally) -> None:
    for seed in range(tally.trials):
        lived(_asked_afresh(seed, tally))


async def _asked_afresh(seed: int, tally: Tally) -> None:
    """The program is ended when the clips are made, and the addresses die without it."""
    trial = Trial(seed)
    chance, provider = trial.chance, trial.provider
    made = trial.world.true() + 60
    for number in range(chance.randint(1, 16)):
        order = trial.order(f"job {number}", made)
        # No file server for a while: what is known of the address outlives the program.
        order.files_back = made + 300
        order.life = SHORTEST_LIFE
    async with trial.hours.running():
        await trial.hours.until(lambda: trial.hours.all_in(S.DOWNLOADING))
    await asyncio.sleep(chance.uniform(SHORTEST_LIFE, LONGEST_LIFE))
    async with trial.hours.running():
        await trial.hours.until(lambda: trial.hours.all_in(S.DONE))
    trial.check_paid_once()
    for job in trial.hours.rows.all():
        assert provider.results[job.id] == 2
        assert trial.states(job.id)[-5:] == AFRESH
        tally.fell("fetched at a fresh address")


@pytest.mark.promise(7, short=8, long=400)
def test_the_one_made_first_is_fetched_first(tally: Tally) -> None:
    for seed in range(tally.trials):
        lived(_oldest_first(seed, tally))


async def _oldest_first(seed: int, tally: Tally) -> None:
    """The file server is out of order until the program has been started anew."""
    trial = Trial(seed)
    chance, provider = trial.chance, trial.provider
    start = trial.world.true()
    for number, at in enumerate(completions(chance, 16)):
        trial.order(f"job {number}", start + at).files_back = start + 3000
    async with trial.hours.running():
        await trial.hours.until(lambda: trial.hours.all_in(S.DOWNLOADING))
        await asyncio.sleep(chance.uniform(0, 60))
    tried = len(provider.tries)
    async with trial.hours.running():
        await trial.hours.until(
            lambda: len({one.request_id for one in provider.tries[tried:]}) == 16
        )
    again = list(dict.fromkeys(one.request_id for one in provider.tries[tried:]))
    known = {job.id: job.completed for job in trial.hours.rows.all()}
    # Two are through the door before the others have come to it. Where a fresh address is asked
    # for after many failures, that comes first.
    later = [name for name in again[2:] if provider.results[name] == 1]
    assert later == sorted(later, key=lambda name: str(known[name]))
    assert len(later) > 2
    tally.fell("oldest first")


@pytest.mark.promise(7, short=1, long=1)
def test_a_file_server_with_ten_bad_minutes_costs_no_clip(tally: Tally) -> None:
    async def story() -> None:
        trial = Trial(1)
        trial.order("job", trial.world.true() + 30).life = 1.0
        async with trial.hours.running():
            await asyncio.sleep(400)
            trial.provider.orders["job"].life = SHORTEST_LIFE
            await trial.hours.until(lambda: trial.hours.all_in(S.DONE))
        trial.check_paid_once()

    lived(story())
    tally.fell("fetched")


@pytest.mark.promise(7, short=1, long=1)
def test_a_clip_that_has_gone_is_told_apart_from_a_failure(tally: Tally) -> None:
    async def story() -> None:
        trial = Trial(1)
        order = trial.order("gone", trial.world.true() + 30)
        order.files_back, order.life = math.inf, 600.0
        order.deleted = order.completes + 600
        async with trial.hours.running():
            await trial.hours.until(lambda: trial.hours.rows.get("gone").resting)
            gone = trial.hours.rows.get("gone")
            assert (gone.state, gone.result is not None) == (S.EXPIRED, True)
            assert S.FAILED not in trial.states("gone")
            sentence = Phrasebook().job(gone)
            assert sentence is not None
            assert "expired" in sentence.text
            assert "failed" not in f"{sentence.text} {sentence.action}"
        trial.check_paid_once()

    lived(story())
    tally.fell("expired, and said so")


@pytest.mark.promise(7, short=1, long=1)
def test_no_clock_ends_a_job_that_takes_hours(tally: Tally) -> None:
    async def story() -> None:
        trial = Trial(1)
        trial.order("slow", trial.world.true() + 6 * 3600)
        async with trial.hours.running():
            await trial.hours.until(lambda: trial.hours.all_in(S.DONE))
        provider = trial.provider
        assert provider.begun("slow") - provider.orders["slow"].completes <= SOON
        assert max(itertools.starmap(_pause, itertools.pairwise(provider.asked["slow"]))) <= 10

    lived(story())
    tally.fell("fetched")


def _pause(early: float, late: float) -> float:
    return late - early
