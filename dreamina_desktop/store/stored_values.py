"""Times and money as text, the same in the database and in the receipts."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation


def time_text(moment: datetime) -> str:
    """ISO 8601 in UTC, always of the same length, so that text sorts as time does.

    Raises ValueError for a time that does not say where it is.
    """
    if moment.tzinfo is None:
        raise ValueError(moment)
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def time_of(text: str) -> datetime:
    """What ``time_text`` was given, in UTC. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(text) from error


def money_text(amount: Decimal) -> str:
    """The exact decimal. Raises ValueError for one that is no number."""
    if not amount.is_finite():
        raise ValueError(amount)
    return str(amount)


def money_of(text: str) -> Decimal:
    """What ``money_text`` was given. Raises ValueError."""
    try:
        amount = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not amount.is_finite():
        raise ValueError(text)
    return amount
