"""Calls that may never come back, with a limit on how long they are waited for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future


class OutOfPatienceError(Exception):
    """The call has not come back in time, or an earlier one still has not."""


class Watchdog:
    """Runs one call at a time in a daemon thread, which does not hold up the program's end.

    While a call hangs no further one is begun: it would only hang too.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._hanging: threading.Thread | None = None
        self._lock = threading.Lock()

    def run[T](self, call: Callable[[], T]) -> T:
        """What the call returns or raises. Raises OutOfPatienceError."""
        outcome: Future[T] = Future()

        def work() -> None:
            try:
                outcome.set_result(call())
            except BaseException as error:
                outcome.set_exception(error)

        with self._lock:
            if self._hanging is not None and self._hanging.is_alive():
                raise OutOfPatienceError
            self._hanging = threading.Thread(target=work, name="watched call", daemon=True)
            self._hanging.start()
            self._hanging.join(self._patience)
        if not outcome.done():
            raise OutOfPatienceError
        return outcome.result()
