"""Asking about the account, or about a request, with the good manners of everything else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from dreamina_desktop.core.answers import Balance, Price, StatusAnswer
from dreamina_desktop.core.errors import DiskError, TooFastError
from dreamina_desktop.core.evidence import SeenBalance
from dreamina_desktop.core.ports import Clock, ModelApi
from dreamina_desktop.jobs.balance_witness import BalanceWitness
from dreamina_desktop.jobs.purse import Purse
from dreamina_desktop.jobs.request_gate import RequestGate, Urgency


class GatedAccount:
    """``core.ports.AccountApi``, each request through the gate that the jobs' requests use.

    While the key is refused a call waits until ``RequestGate.open``. Every balance is remembered
    in the purse, and told to the witness.
    """

    def __init__(
        self,
        api: ModelApi,
        gate: RequestGate,
        clock: Clock,
        purse: Purse,
        witness: BalanceWitness,
    ) -> None:
        self._api = api
        self._gate = gate
        self._clock = clock
        self._purse = purse
        self._witness = witness

    async def price(self, model_id: str) -> Price:
        """What the model costs. Raises as ``AccountApi``."""
        async with self._turn(Urgency.POLL):
            return await self._api.price(model_id)

    async def balance(self) -> Balance:
        """What the account holds. Raises as ``AccountApi``."""
        async with self._turn(Urgency.POLL):
            asked, moves = self._clock.now(), self._purse.moves
            balance = await self._api.balance()
        seen = SeenBalance(balance, asked)
        self._purse.saw(seen, moves)
        # Whoever asked has the answer; that it is kept as evidence is not what it is for.
        with suppress(DiskError):
            self._witness.saw(seen)
        return balance

    async def look_up(self, request_id: str) -> StatusAnswer:
        """What the provider says of a request. Raises as ``ModelApi.status``."""
        async with self._turn(Urgency.CANCEL):
            return await self._api.status(request_id)

    @asynccontextmanager
    async def _turn(self, urgency: Urgency) -> AsyncIterator[None]:
        try:
            async with self._gate.turn(urgency):
                yield
        except TooFastError as error:
            # It was said to the program, not to the question: the jobs hear it, too.
            if error.retry_after is not None:
                self._gate.keep_quiet(error.retry_after)
            raise
        self._gate.trust()
