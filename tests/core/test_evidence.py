"""What two balances say about one submit."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from dreamina_desktop.core.answers import Balance
from dreamina_desktop.core.evidence import Evidence, SeenBalance

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def seen(amount: str, currency: str = "USD") -> SeenBalance:
    return SeenBalance(Balance(Decimal(amount), currency), NOON)


@pytest.mark.parametrize(
    ("before", "after", "charged"),
    [
        (None, None, None),
        (seen("2"), None, None),
        (None, seen("2"), None),
        (seen("2"), seen("2", "EUR"), None),
        (seen("2.40"), seen("2"), Decimal("0.4")),
        (seen("2"), seen("3"), Decimal(-1)),
    ],
)
def test_what_was_charged(
    before: SeenBalance | None, after: SeenBalance | None, charged: Decimal | None
) -> None:
    assert Evidence(NOON, None, before, after).charged == charged
