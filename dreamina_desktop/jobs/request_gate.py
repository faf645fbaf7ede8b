"""The one door through which every request leaves: few a second, the urgent ones first."""

from __future__ import annotations

import asyncio
from bisect import insort
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import IntEnum

from dreamina_desktop.core.errors import KeyMissingError, KeyRefusedError, NoBalanceError
from dreamina_desktop.core.ports import Clock

# Two requests that leave a second apart may arrive a little closer together.
_WINDOW = 1.05
_PROBE = 5.0


class Urgency(IntEnum):
    """Who goes first. A result's address may die; a submit and a cancel have a person waiting."""

    RESULT = 0
    CANCEL = 1
    SUBMIT = 2
    POLL = 3


@dataclass(frozen=True, slots=True, order=True)
class _Waiter:
    urgency: Urgency
    order: float
    ticket: int
    turn: asyncio.Future[None] = field(compare=False)


class RequestGate:
    """Lets at most ``per_second`` requests begin in any second.

    Until one request has been answered well, they go one at a time: a key that is refused then
    costs one request, not one for every job. A first answer that is slow to come holds the others
    up for a few seconds only.
    """

    def __init__(self, clock: Clock, per_second: int) -> None:
        self._clock = clock
        self._per_second = per_second
        self._begun: deque[float] = deque()
        self._waiting: list[_Waiter] = []
        self._closed: frozenset[Urgency] = frozenset()
        self._ticket = 0
        self._outside = 0
        self._trusted = False
        self._quiet_until = 0.0
        self._last_begun = 0.0
        self._timer: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def turn(self, urgency: Urgency, order: float = 0.0) -> AsyncIterator[None]:
        """Wait for a turn, keep it while the request is out; the smaller ``order`` goes first.

        When the request ends with a refused key, nobody else goes through until ``open``; with
        no balance, no submit does.
        """
        self._ticket += 1
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        insort(self._waiting, _Waiter(urgency, order, self._ticket, turn))
        self._let_go()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._come_back()
            raise
        try:
            yield
        except (KeyRefusedError, KeyMissingError):
            self._closed = frozenset(Urgency)
            raise
        except NoBalanceError:
            self._closed |= {Urgency.SUBMIT}
            raise
        finally:
            self._come_back()

    def trust(self) -> None:
        """A request was answered well: the key is good."""
        self._trusted = True
        self._let_go()

    def keep_quiet(self, seconds: float) -> None:
        """No request at all for so long: the provider said that we are too fast."""
        self._quiet_until = max(self._quiet_until, self._clock.monotonic() + seconds)

    def open(self) -> None:
        """The user mended key or balance: go on, one at a time until an answer is good."""
        self._closed = frozenset()
        self._trusted = False
        self._let_go()

    def _come_back(self) -> None:
        self._outside -= 1
        self._let_go()

    def _let_go(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._waiting = [waiter for waiter in self._waiting if not waiter.turn.done()]
        for waiter in [one for one in self._waiting if one.urgency not in self._closed]:
            wait = self._wait()
            if wait > 0:
                self._timer = asyncio.get_running_loop().call_later(wait, self._let_go)
                return
            self._waiting.remove(waiter)
            self._last_begun = self._clock.monotonic()
            self._begun.append(self._last_begun)
            self._outside += 1
            waiter.turn.set_result(None)

    def _wait(self) -> float:
        now = self._clock.monotonic()
        while self._begun and self._begun[0] <= now - _WINDOW:
            self._begun.popleft()
        full = len(self._begun) >= self._per_second
        probing = self._outside > 0 and not self._trusted
        return max(
            self._begun[0] + _WINDOW - now if full else 0.0,
            self._last_begun + _PROBE - now if probing else 0.0,
            self._quiet_until - now,
        )
