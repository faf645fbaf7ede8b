"""One thread for work that must not hold up the window: commits, reads, files."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any

from PySide6.QtCore import QObject

from dreamina_desktop.ui.ports import Outcome
from dreamina_desktop.ui.told_work import ToldWork


@dataclass(frozen=True, slots=True)
class _Piece:
    work: Callable[[], Any]
    done: Callable[[Outcome[Any]], None]


class BackgroundThread(ToldWork):
    """Implements ``ports.Background``. Belongs to the GUI thread; close it before the program ends.

    Pieces run in the order in which they were handed in, and each is carried out: also those
    that still wait when ``close`` is called, but for those that hang for longer than ``patience``
    seconds then: a drive that does not answer must not keep the program, and its lock, for ever.
    """

    def __init__(self, parent: QObject | None = None, *, patience: float | None = None) -> None:
        super().__init__(parent)
        self._pieces: SimpleQueue[_Piece | None] = SimpleQueue()
        self._patience = patience
        self._thread = threading.Thread(target=self._work, name="background", daemon=True)
        self._thread.start()

    def run[T](self, work: Callable[[], T], done: Callable[[Outcome[T]], None]) -> None:
        """Have ``work`` done in the thread, then ``done`` called in the GUI thread.

        After ``close`` nothing is begun any more.
        """
        if not self._is_closed:
            self._pieces.put(_Piece(work, done))

    def close(self) -> None:
        """Finish what was handed in and end the thread. Nobody is told any more."""
        self.fall_silent()
        self._pieces.put(None)
        self._thread.join(self._patience)

    def _work(self) -> None:
        while (piece := self._pieces.get()) is not None:
            self.carry_out(piece.work, piece.done)
