"""Asking about price and balance with the same good manners as everything else."""

from __future__ import annotations

from dreamina_desktop.core.answers import Balance, Price
from dreamina_desktop.core.ports import AccountApi
from dreamina_desktop.jobs.request_gate import RequestGate, Urgency


class GatedAccount:
    """``core.ports.AccountApi``, each request through the gate that the jobs' requests use.

    While the key is refused a call waits until ``RequestGate.open``.
    """

    def __init__(self, api: AccountApi, gate: RequestGate) -> None:
        self._api = api
        self._gate = gate

    async def price(self, model_id: str) -> Price:
        """What the model costs. Raises as ``AccountApi``."""
        async with self._gate.turn(Urgency.POLL):
            price = await self._api.price(model_id)
        self._gate.trust()
        return price

    async def balance(self) -> Balance:
        """What the account holds. Raises as ``AccountApi``."""
        async with self._gate.turn(Urgency.POLL):
            balance = await self._api.balance()
        self._gate.trust()
        return balance
