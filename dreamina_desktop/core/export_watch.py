"""How long work is told of, and stopped, from outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dreamina_desktop.core.export_errors import ExportCancelledError


def _nobody_told(done: int, total: int) -> None:
    del done, total


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class ExportWatch:
    """Both are called in the thread that works, many times a second, and must be quick."""

    tell: Callable[[int, int], None] = _nobody_told
    """How many steps are done, and of how many."""
    is_cancelled: Callable[[], bool] = _never

    def step(self, done: int, total: int) -> None:
        """Raises ExportCancelledError."""
        self.check()
        self.tell(done, total)

    def check(self) -> None:
        """Between two steps. Raises ExportCancelledError."""
        if self.is_cancelled():
            raise ExportCancelledError


UNWATCHED = ExportWatch()
