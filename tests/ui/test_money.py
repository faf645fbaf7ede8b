"""Amounts and totals."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dreamina_desktop.core.answers import Price
from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.ui.money import clip_total, dollars


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0.4", "$0.40"),
        ("0.40", "$0.40"),
        ("12", "$12.00"),
        ("100", "$100.00"),
        ("1234.5", "$1,234.50"),
        ("0.125", "$0.125"),
        ("0", "$0.00"),
        ("-0.3", "-$0.30"),
    ],
)
def test_dollars(amount: str, text: str) -> None:
    assert dollars(Decimal(amount)) == text


def test_totals(spec: ModelSpec) -> None:
    second = Price(Decimal("0.08"), "second")
    assert clip_total(second, 121, spec) == Decimal("0.40")
    assert clip_total(second, 241, spec) == Decimal("0.80")
    assert clip_total(Price(Decimal("0.3"), "output"), 241, spec) == Decimal("0.3")
    assert clip_total(Price(Decimal("0.3"), "credit"), 121, spec) is None
    assert clip_total(None, 121, spec) is None
