from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreamina_desktop.store.stored_text import stored, text_of
from dreamina_desktop.store.stored_values import money_of, money_text, time_of, time_text

ZONE = timezone(timedelta(hours=5, minutes=30))
MOMENTS = st.datetimes(
    min_value=datetime(1970, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    max_value=datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=st.just(ZONE),
)


@given(MOMENTS, MOMENTS)
def test_times_come_back_and_sort_as_text(one: datetime, other: datetime) -> None:
    assert time_of(time_text(one)) == one
    assert time_of(time_text(one)).tzinfo is UTC
    assert (time_text(one) < time_text(other)) == (one < other)


@pytest.mark.parametrize("text", ["noon", "2026-01-01T00:00:00", "0001-01-01T00:00:00+09:00"])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        time_of(text)


def test_a_time_without_a_place_is_a_bug() -> None:
    with pytest.raises(ValueError, match="2026"):
        time_text(datetime(2026, 1, 1))  # noqa: DTZ001


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_money_is_exact(amount: Decimal) -> None:
    back = money_of(money_text(amount))
    assert back == amount
    assert str(back) == str(amount)


@pytest.mark.parametrize("text", ["much", "0x1", "NaN", "Infinity", "sNaN"])
def test_what_is_no_money(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        money_of(text)


@pytest.mark.parametrize("text", ["NaN", "Infinity", "sNaN"])
def test_no_nonsense_is_written(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        money_text(Decimal(text))


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_comes_back(text: str) -> None:
    assert text_of(stored(text)) == text
    assert isinstance(stored(text), str) != any("\ud800" <= sign <= "\udfff" for sign in text)
