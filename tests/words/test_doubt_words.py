"""The balance before and after a submit, told as what it is: evidence, not proof."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from dreamina_desktop.core.answers import Balance
from dreamina_desktop.core.evidence import Evidence, SeenBalance
from dreamina_desktop.words import Phrasebook
from dreamina_desktop.words.doubt_words import evidence_text, money

PRICE = Decimal("0.40")
BEGAN = datetime(2026, 3, 1, 10, 2, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_utc() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "UTC")
        if hasattr(time, "tzset"):
            time.tzset()
        yield
    if hasattr(time, "tzset"):
        time.tzset()


def seen(amount: str, minutes: float, currency: str = "USD") -> SeenBalance:
    return SeenBalance(Balance(Decimal(amount), currency), BEGAN + timedelta(minutes=minutes))


def text(evidence: Evidence) -> str:
    return evidence_text(Phrasebook(), evidence, PRICE)


@pytest.mark.parametrize(
    ("after", "alone", "expected"),
    [
        ("23.80", True, ": $0.40 less, the price of this clip."),
        ("23.80", False, ": $0.40 less. Other jobs may have changed it."),
        ("23.00", True, ": $1.20 less. Other jobs may have changed it."),
        ("24.20", True, ": unchanged, so it was probably not charged so far."),
        (
            "24.2",
            False,
            ": unchanged, so it was probably not charged so far. Other jobs may have changed it.",
        ),
        ("34.20", True, ": $10.00 more. Other jobs may have changed it."),
    ],
)
def test_both_balances_are_compared(after: str, alone: bool, expected: str) -> None:
    evidence = Evidence(BEGAN, BEGAN, seen("24.20", -0.5), seen(after, 1), alone)
    amount = money(Decimal(after), "USD")
    begin = f"Balance before: $24.20 (10:02), after: {amount} (10:03)"
    assert text(evidence) == begin + expected


def test_what_is_not_known_is_said_so() -> None:
    nothing = Evidence(BEGAN)
    assert text(nothing) == ""
    before = replace(nothing, before=seen("24.20", -1))
    assert text(before) == "Balance before: $24.20 (10:01); afterwards: not known."
    late = replace(nothing, after=seen("23.80", 24 * 60))
    assert text(late) == "Balance before: not known; afterwards: $23.80 (2026-03-02 10:02)."


def test_unlike_currencies_are_not_compared() -> None:
    evidence = Evidence(BEGAN, BEGAN, seen("24.20", -1), seen("1234.5", 1, "EUR"))
    assert text(evidence) == ("Balance before: $24.20 (10:01), after: 1,234.50 EUR (10:03).")
    assert money(Decimal("-0.405"), "USD") == "-$0.405"
