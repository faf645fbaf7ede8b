"""What the account held before and after a submit: evidence of whether it was charged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from dreamina_desktop.core.answers import Balance

FRESH_FOR = timedelta(minutes=10)
"""A balance asked for longer ago says nothing about the moment before a submit."""
SETTLED_AFTER = timedelta(minutes=10)
"""Until then after a job's end its charge, or a refund, may still come.

An assumption: the provider does not say when it charges.
"""
OVER_AFTER = timedelta(days=1)
"""A submit that began longer ago is over at the provider, whether anybody has heard or not."""


@dataclass(frozen=True, slots=True)
class SeenBalance:
    """What the account held at a time (UTC): when it was asked, not when the answer came."""

    balance: Balance
    asked: datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """The balance around a job's last submit; None where it is not known.

    ``began`` and ``ended`` are the submit's own times, ``ended`` None while it is out. ``alone``
    says that nothing else that this profile sent, earlier or later, can have changed the balance
    between the two.
    """

    began: datetime
    ended: datetime | None = None
    before: SeenBalance | None = None
    after: SeenBalance | None = None
    alone: bool = True

    @property
    def charged(self) -> Decimal | None:
        """How much less the account held afterwards; None where that cannot be said."""
        if self.before is None or self.after is None:
            return None
        if self.before.balance.currency != self.after.balance.currency:
            return None
        return self.before.balance.amount - self.after.balance.amount
