"""Which work still runs, for whoever ends the program while a file is being made."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

from dreamina_desktop.ui.ports import Background, Outcome


class RunningWork:
    """Implements ``ports.Background`` on top of another one."""

    def __init__(self, background: Background) -> None:
        self._background = background
        self._count = 0
        self._changed = threading.Condition()

    def run[T](self, work: Callable[[], T], done: Callable[[Outcome[T]], None]) -> None:
        """As the other one does it."""
        self._background.run(partial(self._counted, work), done)

    def wait(self, patience: float) -> bool:
        """Blocks until all work has ended, for so many seconds at most; whether it has."""
        with self._changed:
            return self._changed.wait_for(self._is_over, patience)

    def _is_over(self) -> bool:
        return self._count == 0

    def _counted[T](self, work: Callable[[], T]) -> T:
        with self._changed:
            self._count += 1
        try:
            return work()
        finally:
            with self._changed:
                self._count -= 1
                self._changed.notify_all()
