"""Sharing one budget of memory fairly."""

from __future__ import annotations


def share_out(budget: int, needs: list[int]) -> list[int]:
    """What each gets: all it needs if that is possible, else an equal part of what is left.

    Whoever needs less than an equal part leaves the rest to the others (max-min fairness).
    """
    shares = [0] * len(needs)
    left = budget
    order = sorted(range(len(needs)), key=lambda place: needs[place])
    for done, place in enumerate(order):
        shares[place] = min(needs[place], left // (len(needs) - done))
        left -= shares[place]
    return shares
