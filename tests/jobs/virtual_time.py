"""An event loop whose clock jumps to the next timer: hours of waiting in a moment."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta


class _JumpingSelector(selectors.SelectSelector):
    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(None if timeout is None else 0)
        if not ready and timeout:
            self.now += timeout
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """Time stands still while code runs and jumps while it waits."""

    def __init__(self) -> None:
        self._jumping = _JumpingSelector()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now

    def skip(self, seconds: float) -> None:
        """Time passes at once, and nothing happens in it."""
        self._jumping.now += seconds

    def run_in_executor[*A, T](  # type: ignore[override]
        self, _executor: object, work: Callable[[*A], T], *args: *A
    ) -> asyncio.Future[T]:
        """Work for a thread is done here and now: no clock waits for a thread."""
        done: asyncio.Future[T] = self.create_future()
        try:
            done.set_result(work(*args))
        except Exception as error:
            done.set_exception(error)
        return done


class VirtualClock:
    """Both clocks of the port, reading the loop's time; ``asleep`` is added to the wall's."""

    def __init__(self) -> None:
        self.asleep = timedelta(0)

    def now(self) -> datetime:
        started = datetime(2026, 1, 1, tzinfo=UTC)
        return started + timedelta(seconds=self.monotonic()) + self.asleep

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()


def in_virtual_time[T](work: Coroutine[object, object, T]) -> T:
    """Run ``work`` to its end in a loop of its own."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work)
