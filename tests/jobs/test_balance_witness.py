"""What the account holds around a submit that ended in doubt: on disk, asked for once."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from dreamina_desktop.core.answers import Balance, Price
from dreamina_desktop.core.errors import KeyRefusedError, NotSentError
from dreamina_desktop.core.events import ConnectionChanged, EngineEvent, JobChanged, SendingHeld
from dreamina_desktop.core.evidence import SeenBalance
from dreamina_desktop.core.job import Hold, Job, JobError, JobState
from dreamina_desktop.core.submit_class import SubmitClass
from dreamina_desktop.jobs.balance_witness import BalanceWitness
from tests.jobs.workshop import REALM, Workshop


class Bank:
    """An account that answers, or refuses, as it is told."""

    def __init__(self, shop: Workshop) -> None:
        self.shop = shop
        self.asked = 0
        self.refusal: Exception | None = None
        self.told: list[EngineEvent] = []
        self.witness = BalanceWitness(shop.repository, REALM, self.told.append)
        self.doubted = asyncio.Event()

    async def price(self, model_id: str) -> Price:
        raise NotImplementedError(model_id)

    async def balance(self) -> Balance:
        self.asked += 1
        if self.refusal is not None:
            raise self.refusal
        balance = Balance(Decimal("23.80"), "USD")
        self.witness.saw(SeenBalance(balance, self.shop.clock.now()))
        return balance

    async def watch(self) -> None:
        """Run until nothing more is asked by itself; then once more for a new doubt."""
        running = asyncio.create_task(self.witness.run(self, self.doubted))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        self.doubted.set()
        for _ in range(5):
            await asyncio.sleep(0)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


def doubt(shop: Workshop, before: SeenBalance | None = None) -> Job:
    sent = shop.repository.begin_attempt(shop.add(), before)
    after = replace(sent, state=JobState.UNKNOWN, error=JobError("answer_lost"))
    return shop.repository.end_attempt(sent, after, SubmitClass.UNKNOWN)


async def test_it_is_asked_once_and_kept(shop: Workshop) -> None:
    job = doubt(shop)
    bank = Bank(shop)
    await bank.watch()
    assert bank.asked == 1
    after = shop.repository.evidence(job.id)[job.id].after
    assert after is not None
    assert after.balance.amount == Decimal("23.80")
    assert bank.told == [JobChanged(job.id)]
    # Known already: another process need not ask.
    second = Bank(shop)
    await second.watch()
    assert second.asked == 0


async def test_what_is_not_in_doubt_is_not_asked_about(shop: Workshop) -> None:
    shop.add()
    bank = Bank(shop)
    await bank.watch()
    assert bank.asked == 0


async def test_trouble_is_not_told_and_not_repeated(shop: Workshop) -> None:
    job = doubt(shop)
    bank = Bank(shop)
    bank.refusal = NotSentError()
    await bank.watch()
    assert (bank.asked, bank.told) == (1, [])
    assert shop.repository.evidence(job.id)[job.id].after is None


async def test_a_refused_key_is_told_since_it_stops_everything(shop: Workshop) -> None:
    doubt(shop)
    bank = Bank(shop)
    bank.refusal = KeyRefusedError()
    await bank.watch()
    assert bank.told == [
        ConnectionChanged(JobError(KeyRefusedError.code)),
        SendingHeld(Hold.KEY),
    ]


async def test_an_answer_from_before_the_end_is_not_after_it(shop: Workshop) -> None:
    job = doubt(shop)
    bank = Bank(shop)
    early = shop.clock.now() - timedelta(minutes=1)
    bank.witness.saw(SeenBalance(Balance(Decimal(1), "USD"), early))
    assert bank.told == []
    assert shop.repository.evidence(job.id)[job.id].after is None


@pytest.mark.parametrize("drop", ["before", "after"])
async def test_submitting_wakes_the_witness(shop: Workshop, drop: str) -> None:
    """Through the real engine: the purse says that there is a doubt, and what was there before."""
    shop.server.trouble({"on": "submit", "do": {"drop": drop}})
    seen = SeenBalance(Balance(Decimal("24.20"), "USD"), shop.clock.now())
    shop.purse.saw(seen, shop.purse.moves)
    job = shop.add()
    async with shop.working():
        await shop.until(job, JobState.UNKNOWN)
        await asyncio.wait_for(shop.purse.doubted.wait(), 60)
    found = shop.repository.evidence(job.id)[job.id]
    assert found.before == seen
    assert found.ended is not None
