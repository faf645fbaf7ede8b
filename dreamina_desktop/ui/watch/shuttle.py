"""J, K and L as on an editing desk: K held down makes the other two slow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from dreamina_desktop.ui.watch.playback import Playback

_ENDS = frozenset({QEvent.Type.ApplicationDeactivate, QEvent.Type.WindowDeactivate})


class Shuttle(QObject):
    """L and J play at 1×, 2×, 4×; while K is down at half and quarter speed, until it goes up."""

    def __init__(self, playback: Playback, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._playback = playback
        self._is_held = False
        self._crawls = False

    def forward(self) -> None:
        """Play forwards, faster each time; slowly while K is held."""
        if self._is_held:
            self._crawls = True
            self._playback.crawl_forward()
        else:
            self._playback.shuttle_forward()

    def back(self) -> None:
        """Play backwards, faster each time; slowly while K is held."""
        if self._is_held:
            self._crawls = True
            self._playback.crawl_back()
        else:
            self._playback.shuttle_back()

    def press_stop(self) -> None:
        """K has gone down: stop."""
        self._playback.pause()
        application = QApplication.instance()
        if not self._is_held and application is not None:
            self._is_held = True
            # Whatever has the focus, its going up is seen; only while it is down.
            application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in _ENDS or _is_up(event):
            self._release()
        return super().eventFilter(watched, event)

    def _release(self) -> None:
        self._is_held = False
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        if self._crawls:
            self._crawls = False
            self._playback.pause()


def _is_up(event: QEvent) -> bool:
    return (
        isinstance(event, QKeyEvent)
        and event.type() is QEvent.Type.KeyRelease
        and event.key() == Qt.Key.Key_K
        and not event.isAutoRepeat()
    )
