"""One thread for work that must not hold up the window: commits, reads, files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal
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
    that still wait when ``close`` is called.
    """

    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pieces: SimpleQueue[_Piece | None] = SimpleQueue()
        self._is_closed = False
        self._ended.connect(self._on_ended)
        self._thread = _Worker(self._pieces, self._tell)
        self._thread.start()

    def run[T](self, work: Callable[[], T], done: Callable[[Outcome[T]], None]) -> None:
        """Have ``work`` done in the thread, then ``done`` called in the GUI thread.

        After ``close`` nothing is begun any more.
        """
        if not self._is_closed:
            self._pieces.put(_Piece(work, done))

    def close(self) -> None:
        """Finish what was handed in and end the thread. Nobody is told any more."""
        self._is_closed = True
        self._pieces.put(None)
        self._thread.wait()

    def _tell(self, ended: _Ended) -> None:
        # From the worker's thread: the signal takes it across.
        self._ended.emit(ended)

    def _on_ended(self, ended: _Ended) -> None:
        owner = getattr(ended.done, "__self__", None)
        if self._is_closed or (isinstance(owner, QObject) and not isValid(owner)):
            return
        ended.done(ended.outcome)


class _Worker(QThread):
    def __init__(self, pieces: SimpleQueue[_Piece | None], tell: Callable[[_Ended], None]) -> None:
        super().__init__()
        self._pieces = pieces
        self._tell = tell

    def run(self) -> None:
        while (piece := self._pieces.get()) is not None:
            try:
                outcome = Outcome(piece.work())
            except Exception as error:
                # Whoever asked for the work gets it, bugs too: see Outcome.get.
                outcome = Outcome(error=error)
            self._tell(_Ended(outcome, piece.done))
