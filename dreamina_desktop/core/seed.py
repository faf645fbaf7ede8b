"""Seeds: which one a take gets."""

from __future__ import annotations

from collections.abc import Callable

RANDOM_SEED = -1
"""The API's word for "choose one"; never sent, since the answer does not tell the choice."""

DRAWN_SEEDS = 2**31
"""Seeds are drawn from 0 … 2³¹−1."""


def concrete_seed(wanted: int | None, draw: Callable[[int], int]) -> int:
    """The seed to send. ``draw(n)`` gives a random whole number in 0 … n−1."""
    if wanted is None or wanted == RANDOM_SEED:
        return draw(DRAWN_SEEDS)
    return wanted
