"""The one door through which every request leaves: few a second, the urgent ones first."""

from __future__ import annotations

import asyncio
from bisect import insort
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import IntEnum
from functools import partial

from dreamina_desktop.core.errors import KeyMissingError, KeyRefusedError, NoBalanceError
from dreamina_desktop.core.polling import at
from dreamina_desktop.core.ports import Clock, Left

# Clocks and networks are not exact to the millisecond.
_WINDOW = 1.05
# Unless it is told, a request leaves between its turn and its answer, and by then at the latest.
_UNDER_WAY = 1.0
_PROBE = 5.0


class Urgency(IntEnum):
    """Who goes first. A result's address may die; a submit and a cancel have a person waiting.

    A few jobs that were not asked for a whole sleep are asked before anything else.
    """

    WAKING = 0
    RESULT = 1
    CANCEL = 2
    SUBMIT = 3
    POLL = 4


@dataclass(slots=True)
class _Turn:
    left_by: float
    """When its request has left at the latest, by the monotonic clock."""
    is_out: bool = True


@dataclass(frozen=True, slots=True, order=True)
class _Waiter:
    urgency: Urgency
    order: float
    ticket: int
    turn: asyncio.Future[_Turn] = field(compare=False)


class RequestGate:
    """Lets at most ``per_second`` requests leave in any second, however late in its turn each does.

    They arrive so, too, as long as one takes no 50 ms longer on its way than another.
    Until one request has been answered well, they go one at a time: a key that is refused then
    costs one request, not one for every job. A first answer that is slow to come holds the others
    up for a few seconds only.
    """

    def __init__(self, clock: Clock, per_second: int) -> None:
        self._clock = clock
        self._per_second = per_second
        self._turns: list[_Turn] = []
        self._waiting: list[_Waiter] = []
        self._closed: frozenset[Urgency] = frozenset()
        self._ticket = 0
        self._trusted = False
        self._quiet_until = 0.0
        self._quiet_until_then = clock.now()
        self._last_begun = 0.0
        self._timer: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def turn(self, urgency: Urgency, order: float = 0.0) -> AsyncIterator[Left]:
        """Wait for a turn, keep it while the request is out; the smaller ``order`` goes first.

        Whoever calls what the block is given, when the request's last byte has left, lets the next
        one go without waiting for the answer.
        When the request ends with a refused key, nobody else goes through until ``open``; with
        no balance, no submit does.
        """
        self._ticket += 1
        turn: asyncio.Future[_Turn] = asyncio.get_running_loop().create_future()
        insort(self._waiting, _Waiter(urgency, order, self._ticket, turn))
        self._let_go()
        try:
            taken = await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._come_back(turn.result())
            raise
        try:
            yield partial(self._leave, taken)
        except (KeyRefusedError, KeyMissingError):
            self._closed = frozenset(Urgency)
            raise
        except NoBalanceError:
            self._closed |= {Urgency.SUBMIT}
            raise
        finally:
            self._come_back(taken)

    def trust(self) -> None:
        """A request was answered well: the key is good."""
        self._trusted = True
        self._let_go()

    def keep_quiet(self, seconds: float) -> None:
        """No request at all for so long: the provider said that we are too fast."""
        self._quiet_until = max(self._quiet_until, self._clock.monotonic() + seconds)
        self._quiet_until_then = max(self._quiet_until_then, at(self._clock.now(), seconds))

    def wake(self) -> None:
        """Time passed that the monotonic clock may not have seen: quiet ends by the wall's."""
        left = (self._quiet_until_then - self._clock.now()).total_seconds()
        self._quiet_until = min(self._quiet_until, self._clock.monotonic() + max(0.0, left))
        self._let_go()

    def open(self) -> None:
        """The user mended key or balance: go on, one at a time until an answer is good."""
        self._closed = frozenset()
        self._trusted = False
        self._let_go()

    def _leave(self, turn: _Turn) -> None:
        turn.left_by = self._clock.monotonic()
        self._let_go()

    def _come_back(self, turn: _Turn) -> None:
        turn.left_by = min(turn.left_by, self._clock.monotonic())
        turn.is_out = False
        self._let_go()

    def _let_go(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._waiting = [waiter for waiter in self._waiting if not waiter.turn.done()]
        ready = [one for one in self._waiting if one.urgency not in self._closed]
        for place, waiter in enumerate(ready, start=1):
            wait = self._wait(crowded=place < len(ready))
            if wait > 0:
                self._timer = asyncio.get_running_loop().call_later(wait, self._let_go)
                return
            self._waiting.remove(waiter)
            self._last_begun = self._clock.monotonic()
            turn = _Turn(self._last_begun + _UNDER_WAY)
            self._turns.append(turn)
            waiter.turn.set_result(turn)

    def _wait(self, *, crowded: bool) -> float:
        now = self._clock.monotonic()
        # One that is out for long may still say that it left only just now.
        self._turns = [turn for turn in self._turns if turn.is_out or turn.left_by + _WINDOW > now]
        free_again = sorted(turn.left_by + _WINDOW for turn in self._turns)
        full = len(free_again) >= self._per_second
        probing = not self._trusted and any(turn.is_out for turn in self._turns)
        return max(
            free_again[-self._per_second] - now if full else 0.0,
            # In step they would leave in pairs, and of two in a row each would wait for the next.
            self._last_begun + _WINDOW / self._per_second - now if crowded else 0.0,
            self._last_begun + _PROBE - now if probing else 0.0,
            self._quiet_until - now,
        )
