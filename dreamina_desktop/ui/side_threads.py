"""Blocking calls beside the GUI thread, each in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

from dreamina_desktop.ui.ports import Outcome
from dreamina_desktop.ui.told_work import ToldWork


class SideThreads(ToldWork):
    """Implements ``ports.Background`` for work that may hang: a file on a dead network drive.

    Pieces run beside each other, so that one that hangs holds up no other, and none of them the
    end of the program. Belongs to the GUI thread.
    """

    def run[T](self, work: Callable[[], T], done: Callable[[Outcome[T]], None]) -> None:
        """Have ``work`` done, then ``done`` called in the GUI thread. Nothing after ``close``."""
        if not self._is_closed:
            threading.Thread(target=self.carry_out, args=(work, done), daemon=True).start()

    def close(self) -> None:
        """Tell nobody any more; to be called before this object goes. Waits for no work."""
        self.fall_silent()
