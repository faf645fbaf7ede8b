"""One thread for work that must not hold up the window: commits, reads, files."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from dreamina_desktop.ui.ports import Outcome


@dataclass(frozen=True, slots=True)
class _Piece:
    work: Callable[[], Any]
    done: Callable[[Outcome[Any]], None]


@dataclass(frozen=True, slots=True)
class _Ended:
    outcome: Outcome[Any]
    done: Callable[[Outcome[Any]], None]


class BackgroundThread(QObject):
    """Implements ``ports.Background``. Belongs to the GUI thread; close it before the program ends.

    Pieces run in the order in which they were handed in, and each is carried out: also those
    that still wait when ``close`` is called, but for those that hang for longer than ``patience``
    seconds then: a drive that does not answer must not keep the program, and its lock, for ever.
    """

    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None, *, patience: float | None = None) -> None:
        super().__init__(parent)
        self._pieces: SimpleQueue[_Piece | None] = SimpleQueue()
        self._patience = patience
        self._is_closed = False
        self._telling = threading.Lock()
        self._ended.connect(self._on_ended)
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
        with self._telling:
            self._is_closed = True
        self._pieces.put(None)
        self._thread.join(self._patience)

    def _work(self) -> None:
        while (piece := self._pieces.get()) is not None:
            try:
                outcome = Outcome(piece.work())
            except Exception as error:
                # Whoever asked for the work gets it, bugs too: see Outcome.get.
                outcome = Outcome(error=error)
            # Telling through an object that is being destroyed brings the program down.
            with self._telling:
                if not self._is_closed and isValid(self):
                    self._ended.emit(_Ended(outcome, piece.done))

    def _on_ended(self, ended: _Ended) -> None:
        owner = getattr(ended.done, "__self__", None)
        if self._is_closed or (isinstance(owner, QObject) and not isValid(owner)):
            return
        ended.done(ended.outcome)
