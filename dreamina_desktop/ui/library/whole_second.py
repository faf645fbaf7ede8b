"""A beat at each whole second of the wall's clock, the same for everything that shows a time."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal

_SECOND = 1000
# Milliseconds behind the second: a beat that came too early would say the old time.
_BEHIND = 10


class WholeSecond(QObject):
    """Beats from ``start`` until ``stop``."""

    passed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # A coarse timer now and then leaves out a second, which is seen.
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_time_out)

    @property
    def is_active(self) -> bool:
        """Whether it beats."""
        return self._timer.isActive()

    def start(self) -> None:
        """Beat; one that does already keeps its beat."""
        if not self._timer.isActive():
            self._wait()

    def stop(self) -> None:
        """No beat any more."""
        self._timer.stop()

    def _wait(self) -> None:
        past = int(time.time() * _SECOND) % _SECOND
        self._timer.start(_SECOND - past + _BEHIND)

    def _on_time_out(self) -> None:
        # First the next beat, so that whoever hears this one can stop it.
        self._wait()
        self.passed.emit()
