from __future__ import annotations

import asyncio
from decimal import Decimal

import pytest

from dreamina_desktop.api.addresses import ApiOrigins
from dreamina_desktop.api.client import RunComfyClient
from dreamina_desktop.core.errors import KeyRefusedError
from dreamina_desktop.jobs.gated_account import GatedAccount
from dreamina_desktop.jobs.request_gate import RequestGate
from dreamina_desktop.resources import MODEL_ID
from dreamina_desktop.system_clock import SystemClock
from tests.practice_server import PracticeServer


class Purse:
    """An account at the practice server, asked with a key that may change."""

    def __init__(self, server: PracticeServer) -> None:
        self.key = server.key
        clock = SystemClock()
        self.client = RunComfyClient(ApiOrigins.at(server.url), lambda: self.key, clock)
        self.gate = RequestGate(clock, 2)
        self.account = GatedAccount(self.client, self.gate)


async def test_price_and_balance_come_through_the_gate(practice: PracticeServer) -> None:
    purse = Purse(practice)
    price = await purse.account.price(MODEL_ID)
    balance = await purse.account.balance()
    await purse.client.aclose()
    assert price.total(5) == Decimal("0.4")
    assert balance.currency == "USD"


async def test_three_questions_at_once_are_not_all_asked_at_once(practice: PracticeServer) -> None:
    purse = Purse(practice)
    await asyncio.gather(*(purse.account.balance() for _ in range(3)))
    await purse.client.aclose()
    times = [row.time for row in practice.requests("/balance")]
    assert len(times) == 3
    assert times[2] - times[0] > 0.5  # a second, but for what the way here took


async def test_a_refused_key_costs_one_request_until_the_gate_is_opened(
    practice: PracticeServer,
) -> None:
    purse = Purse(practice)
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
