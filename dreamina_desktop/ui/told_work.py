"""Work beside the GUI thread whose outcome is told in it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from dreamina_desktop.ui.ports import Outcome


@dataclass(frozen=True, slots=True)
class _Ended:
    outcome: Outcome[Any]
    done: Callable[[Outcome[Any]], None]


class ToldWork(QObject):
    """What the implementations of ``ports.Background`` share. Belongs to the GUI thread."""

    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_closed = False
        self._telling = threading.Lock()
        self._ended.connect(self._on_ended)

    def fall_silent(self) -> None:
        """Tell nobody any more; to be called before this object goes."""
        with self._telling:
            self._is_closed = True

    def carry_out(self, work: Callable[[], Any], done: Callable[[Outcome[Any]], None]) -> None:
        """Do ``work`` here, in any thread, and have ``done`` called in the GUI thread."""
        try:
            outcome = Outcome(work())
        except Exception as error:
            # Whoever asked for the work gets it, bugs too: see Outcome.get.
            outcome = Outcome(error=error)
        # Telling through an object that is being destroyed brings the program down.
        with self._telling:
            if not self._is_closed and isValid(self):
                self._ended.emit(_Ended(outcome, done))

    def _on_ended(self, ended: _Ended) -> None:
        owner = getattr(ended.done, "__self__", None)
        if self._is_closed or (isinstance(owner, QObject) and not isValid(owner)):
            return
        ended.done(ended.outcome)
