from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from dreamina_desktop.core.seed import concrete_seed


@given(st.sampled_from([None, -1]), st.randoms(use_true_random=False))
def test_an_empty_seed_is_drawn_and_concrete(wanted: int | None, chance: random.Random) -> None:
    assert 0 <= concrete_seed(wanted, chance.randrange) <= 2**31 - 1


@given(st.integers().filter(lambda seed: seed != -1))
def test_a_given_seed_stays(seed: int) -> None:
    assert concrete_seed(seed, lambda _: 0) == seed
