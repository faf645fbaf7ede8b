from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreamina_desktop.core.polling import (
    PollingRules,
    after_refusal,
    at,
    back_off,
    has_slept,
    next_poll,
)

RULES = PollingRules()


@given(st.integers(0, 10_000), st.integers(1, 16))
def test_up_to_sixteen_jobs_are_each_asked_every_ten_seconds(asked: int, jobs: int) -> None:
    assert 1 <= next_poll(RULES, asked, jobs) < 10


@given(st.integers(0, 10_000), st.integers(17, 1000))
def test_many_jobs_share_two_requests_a_second(asked: int, jobs: int) -> None:
    assert next_poll(RULES, asked, jobs) >= jobs / 2


def test_a_young_job_is_asked_more_often() -> None:
    assert next_poll(RULES, 0, 1) < next_poll(RULES, 5, 1) < next_poll(RULES, 50, 1)


@given(st.integers(1, 100_000), st.floats(0, 1))
def test_back_off_grows_to_its_end_and_is_spread(failures: int, chance: float) -> None:
    wait = back_off(RULES, failures, chance)
    assert 0.5 <= wait <= RULES.back_off_longest
    assert back_off(RULES, failures + 1, chance) >= wait


@given(st.integers(1, 100), st.floats(0, 1), st.floats(0, 1e9))
def test_never_earlier_than_the_server_asked(failures: int, chance: float, asked: float) -> None:
    assert after_refusal(RULES, failures, chance, asked) >= asked
    assert after_refusal(RULES, failures, chance, None) == back_off(RULES, failures, chance)


def test_a_wait_beyond_the_calendar_is_its_end() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert at(now, 60) == datetime(2026, 1, 1, 0, 1, tzinfo=UTC)
    assert at(now, 1e15).year == 9999
    assert at(now, 1e15).tzinfo is UTC


@pytest.mark.parametrize(
    ("wall", "awake", "slept"),
    [(2, 2, False), (3600, 2, True), (-3600, 2, True), (6, 2, False), (90, 90, True)],
)
def test_sleep_is_seen_by_the_two_clocks_parting(wall: float, awake: float, slept: bool) -> None:
    assert has_slept(RULES, wall, awake) is slept
