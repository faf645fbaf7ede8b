from __future__ import annotations

from decimal import Decimal

import pytest

from dreamina_desktop.core.answers import Price
from dreamina_desktop.core.maker_codes import failure_code


@pytest.mark.parametrize(
    ("unit", "total"), [("second", "0.60"), ("output", "0.12"), ("megapixel", None)]
)
def test_a_total_only_where_the_unit_is_understood(unit: str, total: str | None) -> None:
    price = Price(Decimal("0.12"), unit)
    assert price.total(5) == (None if total is None else Decimal(total))


@pytest.mark.parametrize(
    ("maker", "ours"),
    [
        (50411, "maker_refused_picture"),
        (50413, "maker_refused_prompt"),
        (50516, "maker_refused_output"),
        (50430, "maker_busy"),
        (50501, "maker_internal"),
        (1, "provider_failed"),
        (None, "provider_failed"),
    ],
)
def test_the_makers_codes(maker: int | None, ours: str) -> None:
    assert failure_code(maker) == ours
