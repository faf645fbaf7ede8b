"""What the account held last, for as long as that says something about the next submit."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from dreamina_desktop.core.evidence import FRESH_FOR, SeenBalance
from dreamina_desktop.core.submit_class import SubmitClass

_MAY_CHARGE = frozenset({SubmitClass.ACCEPTED, SubmitClass.UNKNOWN})


class Purse:
    """Belongs to one engine's loop. ``doubted`` is set when a submit has ended in doubt."""

    def __init__(self) -> None:
        self.doubted = asyncio.Event()
        self._last: SeenBalance | None = None
        self._out = 0
        self._moves = 0

    def fresh(self, now: datetime) -> SeenBalance | None:
        """The balance before a submit that begins now; None when it is not known well enough.

        That is so while another submit is out, and after one that may have been charged.
        """
        if self._last is None or self._out:
            return None
        age = now - self._last.asked
        return self._last if timedelta(0) <= age <= FRESH_FOR else None

    def begin(self) -> None:
        """A submit is about to leave."""
        self._out += 1
        self._moves += 1

    def end(self, outcome: SubmitClass) -> None:
        """A submit has ended."""
        self._out -= 1
        self._moves += 1
        if outcome in _MAY_CHARGE:
            self._last = None

    @property
    def moves(self) -> int:
        """To be noted when the balance is asked for, and handed to ``saw``."""
        return self._moves

    def saw(self, seen: SeenBalance, moves: int) -> None:
        """The answer has come; forgotten if any submit was out meanwhile."""
        if self._out == 0 and moves == self._moves:
            self._last = seen
