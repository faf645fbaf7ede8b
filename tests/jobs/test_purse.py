"""The last balance is evidence only where nothing was sent since."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from dreamina_desktop.core.answers import Balance
from dreamina_desktop.core.evidence import FRESH_FOR, SeenBalance
from dreamina_desktop.core.submit_class import SubmitClass
from dreamina_desktop.jobs.purse import Purse

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SEEN = SeenBalance(Balance(Decimal("24.20"), "USD"), NOON)


@pytest.fixture
def purse() -> Purse:
    purse = Purse()
    purse.saw(SEEN, purse.moves)
    return purse


def test_it_is_remembered_for_ten_minutes(purse: Purse) -> None:
    assert Purse().fresh(NOON) is None
    assert purse.fresh(NOON + FRESH_FOR) == SEEN
    assert purse.fresh(NOON + FRESH_FOR + timedelta(seconds=1)) is None
    # The wall's clock was set back.
    assert purse.fresh(NOON - timedelta(seconds=1)) is None


@pytest.mark.parametrize("outcome", list(SubmitClass))
def test_it_is_forgotten_after_a_submit_that_may_cost(purse: Purse, outcome: SubmitClass) -> None:
    purse.begin()
    # Another one is out, and may be charged at any moment.
    assert purse.fresh(NOON) is None
    purse.end(outcome)
    costs = outcome in (SubmitClass.ACCEPTED, SubmitClass.UNKNOWN)
    assert purse.fresh(NOON) == (None if costs else SEEN)


def test_an_answer_that_overlaps_a_submit_is_no_evidence() -> None:
    purse = Purse()
    moves = purse.moves
    purse.begin()
    purse.saw(SEEN, moves)
    during = purse.moves
    purse.saw(SEEN, during)
    purse.end(SubmitClass.NOT_SENT)
    purse.saw(SEEN, during)
    assert purse.fresh(NOON) is None
    purse.saw(SEEN, purse.moves)
    assert purse.fresh(NOON) == SEEN
