"""Row 8: what a provider that is out of breath, out of money or out of sorts gets to hear."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, replace
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from dreamina_desktop.api.faults import retry_seconds
from dreamina_desktop.core.answers import Accepted, StatusAnswer, Submission
from dreamina_desktop.core.errors import (
    KeyRefusedError,
    NoBalanceError,
    NotSentError,
    NotYoursError,
    ProviderTroubleError,
    TooFastError,
)
from dreamina_desktop.core.job import Hold, JobState
from dreamina_desktop.core.ports import Left
from tests.api.raw_server import Conversation, http
from tests.reliability.hours import Hours, World, lived
from tests.reliability.hours_provider import HourProvider, Order
from tests.reliability.tally import Tally
from tests.reliability.test_networks import at_provider, troubles
from tests.reliability.weather import WeatherShop, clear_of_proxies, weather_shop

S = JobState
PER_SECOND = 2
HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Wait:
    """Asked for ``at`` a time: nothing about ``request_id`` ("" for all) for so many seconds."""

    at: float
    seconds: float
    request_id: str


@dataclass(frozen=True, slots=True)
class Heard:
    """One request: when it left, and when it came."""

    left: float
    came: float
    request_id: str


class WearyProvider(HourProvider):
    """Says "not now" with a chance of ``weariness``, in all the forms that a header can have."""

    def __init__(self, world: World, seed: int, weariness: float) -> None:
        super().__init__(world, seed)
        self._dice = random.Random(seed)
        self._weariness = weariness
        self.heard: list[Heard] = []
        self.waits: list[Wait] = []
        self.refusal: Exception | None = None
        self.key_is_good = self.has_balance = True

    async def submit(self, submission: Submission) -> Accepted:
        await self._hear(submission.prompt)
        if not self.has_balance:
            raise NoBalanceError(status=402)
        self.accepted.append(submission.prompt)
        return Accepted(submission.prompt)

    async def status(self, request_id: str, left: Left | None = None) -> StatusAnswer:
        await self._hear(request_id)
        return await super().status(request_id, left)

    async def _travel(self, left: Left | None = None, *, pooled: bool = True) -> None:
        del left, pooled  # The way is taken in ``_hear``.

    async def _hear(self, request_id: str) -> None:
        left = self._world.true()
        if left < self.network_back:
            self.heard.append(Heard(left, left, request_id))
            raise NotSentError
        await asyncio.sleep(self._dice.uniform(0.02, 0.4))
        came = self._world.true()
        self.heard.append(Heard(left, came, request_id))
        if not self.key_is_good:
            raise KeyRefusedError(status=401)
        if self._dice.random() < self._weariness:
            raise self._not_now(came, request_id)

    def _not_now(self, came: float, request_id: str) -> ProviderTroubleError:
        kind = TooFastError if self._dice.random() < 0.5 else ProviderTroubleError
        told = retry_seconds(self._header(), self._world.now())
        if told is not None:
            self.waits.append(Wait(came, told, "" if kind is TooFastError else request_id))
        return kind(retry_after=told, status=429 if kind is TooFastError else 503)

    def _header(self) -> str | None:
        dice = self._dice
        moment = self._world.now() + timedelta(seconds=dice.uniform(-60, 60))
        return dice.choice(
            (
                str(dice.randint(0, 40)),
                f"{dice.uniform(0, 5):.2f}",
                format_datetime(moment, usegmt=True),
                dice.choice(("soon", "-5", "1e9", "inf", "", "0x10", "7, 9")),
                dice.choice(("7" * 12, "Fri, 31 Dec 9999 23:59:59 GMT", str(2**64))),
                None,
            )
            if dice.random() < 0.9
            else ("3",)
        )


def judge_pace(provider: WearyProvider) -> None:
    """Never more than two in a second, neither leaving nor coming."""
    for times in (
        sorted(one.left for one in provider.heard),
        sorted(one.came for one in provider.heard),
    ):
        for early, late in zip(times, times[PER_SECOND:], strict=False):
            assert late - early >= 1.0, (early, late)


def judge_waits(provider: WearyProvider) -> None:
    """Nothing left for the provider in a time that it wanted to be left alone."""
    for wait in provider.waits:
        for one in provider.heard:
            if wait.request_id in ("", one.request_id) and one.left > wait.at:
                assert one.left >= wait.at + wait.seconds - 0.001, (wait, one)


class Trial:
    """A program and its weary provider; all by chance, which the seed decides."""

    def __init__(
        self, seed: int, *, weariness: float = 0.0, jobs: int = 0, clicks: int = 0
    ) -> None:
        self.chance = random.Random(seed)
        self.world = World()
        self.provider = WearyProvider(self.world, seed, weariness)
        self.hours = Hours(self.world, self.provider, self.provider, seed)
        self.running = [f"job {number}" for number in range(jobs)]
        self.clicked = [f"click {number}" for number in range(clicks)]
        for name in (*self.running, *self.clicked):
            self.provider.orders[name] = Order(self.world.true() + 1000 * HOUR)
        for name in self.running:
            self.hours.asked_before(name, name)
        for name in self.clicked:
            self.hours.click(name)

    def states(self) -> set[JobState]:
        return {job.state for job in self.hours.rows.all()}


@pytest.mark.promise(8, short=1000, long=1000)
def test_never_early_and_never_more_than_two_a_second(tally: Tally) -> None:
    async def story(seed: int) -> None:
        chance = random.Random(seed)
        trial = Trial(
            seed,
            weariness=chance.choice((0.02, 0.1, 0.5)),
            jobs=chance.randint(0, 7),
            clicks=chance.randint(1, 6),
        )
        async with trial.hours.running():
            await asyncio.sleep(chance.uniform(5, 40))
            if chance.random() < 0.3:
                trial.provider.network_back = trial.world.true() + chance.uniform(5, 60)
            await asyncio.sleep(chance.uniform(5, 40))
        judge_pace(trial.provider)
        judge_waits(trial.provider)
        # Each click was accepted once, or is still to be.
        accepted = trial.provider.accepted
        assert len(set(accepted)) == len(accepted)
        assert not trial.states() & {S.FAILED, S.REJECTED, S.EXPIRED}
        tally.fell("waits kept", len(trial.provider.waits))
        tally.fell("requests", len(trial.provider.heard))

    for seed in range(tally.trials):
        lived(story(seed))


@pytest.mark.promise(8, short=3, long=50)
def test_an_outage_of_hours_costs_a_few_requests_and_no_job(tally: Tally) -> None:
    async def story(seed: int) -> None:
        trial = Trial(seed, jobs=8, clicks=4)
        async with trial.hours.running():
            await asyncio.sleep(20)
            before = trial.states()
            begun = trial.world.true()
            trial.provider.network_back = begun + 2 * HOUR
            await asyncio.sleep(2 * HOUR)
            assert trial.states() == before
            tried = sum(one.left >= begun for one in trial.provider.heard)
            # Each job once in 30 to 60 s, when it has been waiting for long.
            assert tried <= 20 * 2 * HOUR / 30 + 200
            await asyncio.sleep(61)
            back = {one.request_id for one in trial.provider.heard if one.left >= begun + 2 * HOUR}
            assert back == {*trial.running, *trial.clicked}
        judge_pace(trial.provider)
        tally.fell("came back")

    for seed in range(tally.trials):
        lived(story(seed))


@pytest.mark.promise(8, short=6, long=200)
def test_one_request_finds_out_that_the_key_is_refused(tally: Tally) -> None:
    async def story(seed: int) -> None:
        trial = Trial(seed, jobs=20, clicks=2)
        provider = trial.provider
        provider.key_is_good = False
        async with trial.hours.running() as engine:
            await asyncio.sleep(HOUR)
            assert len(provider.heard) == 1
            assert trial.states() <= {S.QUEUED, S.PREPARED}
            provider.key_is_good = True
            engine.mend()
            await asyncio.sleep(60)
            assert {one.request_id for one in provider.heard} >= set(trial.running)
        judge_pace(provider)
        tally.fell("one request")

    for seed in range(tally.trials):
        lived(story(seed))


@pytest.mark.promise(8, short=6, long=200)
def test_no_balance_holds_what_costs_and_nothing_else(tally: Tally) -> None:
    async def story(seed: int) -> None:
        trial = Trial(seed, jobs=5, clicks=5)
        provider, rows = trial.provider, trial.hours.rows
        provider.has_balance = False
        async with trial.hours.running():
            await asyncio.sleep(120)
            sent = [one for one in provider.heard if one.request_id in trial.clicked]
            assert len(sent) == 1
            asked = [one.request_id for one in provider.heard if one.left > 1000 + 60]
            assert set(asked) == set(trial.running)
            # One was tried; those that were to follow it wait for the user's word as well.
            held = [job for job in rows.all() if job.id in trial.clicked]
            assert {(job.state, job.hold) for job in held} == {(S.PREPARED, Hold.BALANCE)}
            provider.has_balance = True
            now = trial.hours.world.now()
            rows.change(held[0], replace(held[0], hold=None, confirmed=now))
            await asyncio.sleep(60)
            assert provider.accepted == [held[0].id]
            for job in held[1:]:
                rows.change(job, replace(job, hold=None, confirmed=now))
            await asyncio.sleep(60)
            assert sorted(provider.accepted) == trial.clicked
        tally.fell("held, and went on")

    for seed in range(tally.trials):
        lived(story(seed))


@pytest.mark.promise(8, short=6, long=200)
def test_somebody_elses_request_concerns_its_job_alone(tally: Tally) -> None:
    async def story(seed: int) -> None:
        trial = Trial(seed, jobs=6, clicks=2)
        stranger = trial.chance.choice(trial.running)
        refusal = NotYoursError(status=403, provider_code=403001)
        trial.provider.orders[stranger].answers.append(refusal)
        async with trial.hours.running():
            await asyncio.sleep(120)
        resting = [job.id for job in trial.hours.rows.all() if job.resting]
        assert resting == [stranger]
        late = {one.request_id for one in trial.provider.heard if one.left > 1000 + 60}
        assert late == {*trial.running, *trial.clicked} - {stranger}
        tally.fell("one rests, all others go on")

    for seed in range(tally.trials):
        lived(story(seed))


@pytest.mark.promise(8, short=1, long=5)
@pytest.mark.parametrize("from_the_start", [True, False], ids=["from the start", "in mid-flight"])
async def test_on_the_wire_one_request_finds_out_that_the_key_is_refused(
    tally: Tally, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, from_the_start: bool
) -> None:
    clear_of_proxies(monkeypatch)
    for trial in range(tally.trials):
        async with weather_shop(tmp_path / str(trial), monkeypatch) as shop:
            await refused_in_time(shop, from_the_start=from_the_start)
        tally.fell("one request")


async def refused_in_time(shop: WeatherShop, *, from_the_start: bool) -> None:
    """Twenty jobs at the provider when the key is refused, with a new one they all go on."""
    provider, refusals = shop.sky.provider, 0

    async def refuse(conversation: Conversation) -> None:
        nonlocal refusals
        refusals += 1
        await conversation.say(http(401, b'{"error_code": 400004, "error_message": "No."}'))

    if not from_the_start:
        # With more at once in the air, more of them would come back refused.
        shop.rules = replace(shop.rules, requests_per_second=PER_SECOND)
    jobs = [at_provider(shop, f"job-{number}", S.QUEUED) for number in range(20)]
    provider.otherwise = refuse if from_the_start else None
    async with shop.working() as engine:
        if not from_the_start:
            await shop.until_true(lambda: len(provider.heads) >= 3)
            provider.otherwise = refuse
        await shop.until_true(lambda: "key_refused" in troubles(shop))
        await asyncio.sleep(1.5)
        assert refusals == 1
        assert {shop.get(job).state for job in jobs} == {S.QUEUED}
        heard = len(provider.heads)
        provider.otherwise = None
        engine.mend()
        await shop.until_true(lambda: len(provider.heads) >= heard + 4)
        if from_the_start:
            provider.phases.update(dict.fromkeys(provider.phases, "completed"))
            for job in jobs:
                await shop.until(job, S.DONE)
