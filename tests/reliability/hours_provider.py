"""A provider in a world whose time jumps: it makes clips in its own time and keeps a ledger."""

# Whoever stands in for a port takes what it is given, and need not look at it.
# ruff: noqa: ARG002
from __future__ import annotations

import asyncio
import itertools
import random
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from dreamina_desktop.core.answers import (
    Accepted,
    Balance,
    CancelOutcome,
    Downloaded,
    Output,
    Phase,
    Price,
    ResultAnswer,
    StatusAnswer,
    Submission,
)
from dreamina_desktop.core.errors import (
    AddressExpiredError,
    AnswerLostError,
    DownloadError,
    NoSuchRequestError,
    NotSentError,
)
from dreamina_desktop.core.job import ClipKind
from dreamina_desktop.core.ports import Left
from tests.reliability.hours import World

ON_THE_WAY = 0.02, 0.3
"""Seconds from a request to its answer."""
LATE = 0.2
"""The share of them, at the most, after which the request has left."""
HUNG = 30.0
"""Seconds after which the client gives up a connection that says nothing."""


@dataclass(slots=True)
class Order:
    """What is made for one request; times are the world's true ones.

    ``completes`` is when; ``life`` how many seconds an address lives. Until ``files_back`` no file
    can be had. ``deleted`` is when the provider forgets it, ``answers`` errors that come first.
    """

    completes: float
    life: float = 86_400.0
    files_back: float = 0.0
    drops: int = 0
    deleted: float | None = None
    answers: list[Exception] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Try:
    """One request for a file. ``alive`` says whether its address still was."""

    when: float
    request_id: str
    alive: bool


class HourProvider:
    """``ModelApi`` and ``Downloader`` in one; its lists are what really came and was taken.

    ``orders`` by prompt, or by request id for what was taken before.
    """

    def __init__(self, world: World, seed: int) -> None:
        self.orders: dict[str, Order] = {}
        self.accepted: list[str] = []
        self.asked: defaultdict[str, list[float]] = defaultdict(list)
        self.results: defaultdict[str, int] = defaultdict(int)
        self.tries: list[Try] = []
        self.times: list[float] = []
        self.network_back = 0.0
        self._world = world
        self._chance = random.Random(seed)
        self._connected_in = 0
        self._addresses: dict[str, tuple[str, float]] = {}
        self._numbers = itertools.count()

    async def submit(self, submission: Submission) -> Accepted:
        await self._travel(pooled=False)
        request_id = submission.prompt
        self.accepted.append(request_id)
        return Accepted(request_id)

    async def status(self, request_id: str, left: Left | None = None) -> StatusAnswer:
        await self._travel(left)
        order, now = self.orders[request_id], self._world.true()
        self.asked[request_id].append(now)
        if order.deleted is not None and now >= order.deleted:
            raise NoSuchRequestError(provider_code=404001, provider_message="Gone.", status=404)
        if order.answers:
            raise order.answers.pop(0)
        if now >= order.completes:
            return StatusAnswer(Phase.COMPLETED, "completed")
        return StatusAnswer(Phase.RUNNING, "in_progress")

    async def result(self, request_id: str, left: Left | None = None) -> ResultAnswer:
        await self._travel(left)
        self.results[request_id] += 1
        self.asked[request_id].append(self._world.true())
        return ResultAnswer(
            Phase.COMPLETED,
            "succeeded",
            document=f'{{"request_id": "{request_id}"}}',
            outputs=(Output(ClipKind.VIDEO, self._address(request_id)),),
        )

    async def cancel(self, request_id: str, left: Left | None = None) -> CancelOutcome:
        await self._travel(left)
        return CancelOutcome.NOT_CANCELLABLE

    async def price(self, model_id: str) -> Price:
        raise NotImplementedError

    async def balance(self) -> Balance:
        return Balance(Decimal(100), "USD")

    async def reconnect(self) -> None:
        self._connected_in = self._world.sleeps

    async def download(self, address: str, part: Path) -> Downloaded:
        await self._travel(pooled=False)
        request_id, until = self._addresses[address]
        order, now = self.orders[request_id], self._world.true()
        self.tries.append(Try(now, request_id, alive=now < until))
        if now >= until:
            raise AddressExpiredError
        if now < order.files_back:
            raise DownloadError("503")
        born = self._world.sleeps
        await asyncio.sleep(self._chance.uniform(0.5, 20))
        if self._world.sleeps != born:
            await asyncio.sleep(HUNG)
            raise DownloadError("dropped in a sleep")
        if order.drops > 0:
            order.drops -= 1
            raise DownloadError("dropped")
        return Downloaded(1000, "ab" * 32)

    def begun(self, request_id: str) -> float:
        """When its file was asked for first."""
        return next(one.when for one in self.tries if one.request_id == request_id)

    def _address(self, request_id: str) -> str:
        """The same one as long as it lives."""
        order, now = self.orders[request_id], self._world.true()
        for address, (owner, until) in self._addresses.items():
            if owner == request_id and now < until:
                return address
        address = f"https://results.example/{request_id}/{next(self._numbers)}.mp4"
        known = any(owner == request_id for owner, _ in self._addresses.values())
        self._addresses[address] = request_id, (now if known else order.completes) + order.life
        return address

    async def _travel(self, left: Left | None = None, *, pooled: bool = True) -> None:
        """To the provider, and no further when the network or the machine is not there."""
        born = self._world.sleeps
        if pooled and self._connected_in != born:
            # A connection from before the sleep: dead, and it does not say so.
            await asyncio.sleep(HUNG)
            self._connected_in = born
            raise AnswerLostError
        if self._world.true() < self.network_back:
            raise NotSentError
        takes = self._chance.uniform(*ON_THE_WAY)
        late = takes * self._chance.uniform(0, LATE)
        await asyncio.sleep(late)
        if left is not None:
            left()
        await asyncio.sleep(takes - late)
        if self._world.sleeps != born:
            await asyncio.sleep(HUNG)
            raise AnswerLostError
        self.times.append(self._world.true())
