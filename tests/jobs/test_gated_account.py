from __future__ import annotations

import asyncio
from decimal import Decimal

import pytest

from dreamina_desktop.api.addresses import ApiOrigins
from dreamina_desktop.api.client import RunComfyClient
from dreamina_desktop.core.errors import (
    DiskError,
    KeyRefusedError,
    NoSuchRequestError,
    TooFastError,
)
from dreamina_desktop.core.job import Job
from dreamina_desktop.jobs.balance_witness import BalanceWitness
from dreamina_desktop.jobs.gated_account import GatedAccount
from dreamina_desktop.jobs.purse import Purse
from dreamina_desktop.jobs.request_gate import RequestGate
from dreamina_desktop.resources import MODEL_ID
from dreamina_desktop.system_clock import SystemClock
from tests.practice_server import PracticeServer


class NoRows:
    """A repository whose disk refuses."""

    def unfinished(self, realm: str) -> tuple[Job, ...]:
        raise DiskError(realm)


class Account:
    """An account at the practice server, asked with a key that may change."""

    def __init__(self, server: PracticeServer) -> None:
        self.key = server.key
        clock = SystemClock()
        self.client = RunComfyClient(ApiOrigins.at(server.url), lambda: self.key, clock)
        self.gate = RequestGate(clock, 2)
        self.purse = Purse()
        witness = BalanceWitness(NoRows(), "test", print)  # type: ignore[arg-type]
        self.account = GatedAccount(self.client, self.gate, clock, self.purse, witness)


async def test_price_and_balance_come_through_the_gate(practice: PracticeServer) -> None:
    purse = Account(practice)
    price = await purse.account.price(MODEL_ID)
    balance = await purse.account.balance()
    await purse.client.aclose()
    assert price.total(5) == Decimal("0.4")
    assert balance.currency == "USD"
    # Remembered for the next submit, though the disk could not keep it as evidence.
    now = SystemClock().now()
    remembered = purse.purse.fresh(now)
    assert remembered is not None
    assert remembered.balance == balance


async def test_a_request_is_looked_up(practice: PracticeServer) -> None:
    account = Account(practice)
    with pytest.raises(NoSuchRequestError):
        await account.account.look_up("nobody-knows")
    practice.trouble({"on": "status", "do": {"status": 200, "body": {"status": "in_queue"}}})
    assert (await account.account.look_up("known")).word == "in_queue"
    await account.client.aclose()


async def test_three_questions_at_once_are_not_all_asked_at_once(practice: PracticeServer) -> None:
    purse = Account(practice)
    await asyncio.gather(*(purse.account.balance() for _ in range(3)))
    await purse.client.aclose()
    times = [row.time for row in practice.requests("/balance")]
    assert len(times) == 3
    assert times[2] - times[0] > 0.5  # a second, but for what the way here took


async def test_a_refused_key_costs_one_request_until_the_gate_is_opened(
    practice: PracticeServer,
) -> None:
    purse = Account(practice)
    good, purse.key = purse.key, "wrong"
    with pytest.raises(KeyRefusedError):
        await purse.account.price(MODEL_ID)
    waiting = asyncio.create_task(purse.account.balance())
    await asyncio.sleep(0)
    assert len(practice.requests()) == 1
    purse.key = good
    purse.gate.open()
    assert (await waiting).amount > 0
    await purse.client.aclose()


@pytest.mark.parametrize("wait", ["1", ""])
async def test_too_fast_is_said_to_everybody(practice: PracticeServer, wait: str) -> None:
    account = Account(practice)
    deed = {"status": 429, "headers": {"Retry-After": wait}, "body": {}}
    practice.trouble({"on": "price", "do": deed})
    with pytest.raises(TooFastError):
        await account.account.price(MODEL_ID)
    begun = asyncio.get_running_loop().time()
    await account.account.balance()
    assert (asyncio.get_running_loop().time() - begun >= 1) is bool(wait)
    await account.client.aclose()
