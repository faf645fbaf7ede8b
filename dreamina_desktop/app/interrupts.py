"""Ctrl+C in a terminal, and a polite request to end, close the window as its button does."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, QTimer


class Interrupts(QObject):
    """Python hears of a signal only when it runs; Qt's loop is woken through a socket for that."""

    def __init__(self, close: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._close = close
        self._read, self._write = socket.socketpair()
        for end in (self._read, self._write):
            end.setblocking(False)  # noqa: FBT003 - the socket module's own
        self._before_fd = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_woken)
        self._before = {
            number: signal.signal(number, self._on_signal)
            for number in (signal.SIGINT, signal.SIGTERM)
        }

    def remove(self) -> None:
        """Leave signals to those who had them before."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._before_fd)
        self._notifier.setEnabled(False)
        self._read.close()
        self._write.close()

    def _on_woken(self) -> None:
        self._read.recv(4096)
        # Behind what was asked for before, such as by a second start.
        QTimer.singleShot(0, self, self._on_asked)

    def _on_asked(self) -> None:
        self._close()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        """Python calls it in the midst of whatever runs: no moment to close a window."""
