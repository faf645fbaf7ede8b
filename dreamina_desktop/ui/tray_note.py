"""Desktop notifications where there is no D-Bus: from an icon in the system's tray."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSystemTrayIcon

from dreamina_desktop.ui.clip_done import ClipDone


class TrayNote(QObject):
    """The icon appears with the first note: a message cannot be shown without one."""

    opened = Signal(object)
    """Carries the ``ClipDone`` that was shown last: the tray does not say which was clicked."""

    def __init__(self, icon: QIcon, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._tray: QSystemTrayIcon | None = None
        self._last: ClipDone | None = None

    def show(self, done: ClipDone) -> None:
        """Show it; nothing where there is no tray."""
        if not (QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()):
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._icon, self)
            self._tray.setToolTip(self.tr("Dreamina Desktop"))
            self._tray.messageClicked.connect(self._on_clicked)
            self._tray.activated.connect(self._on_clicked)
            self._tray.show()
        self._last = done
        self._tray.showMessage(done.title, done.text, self._icon)

    def close(self) -> None:
        """Take the icon away."""
        if self._tray is not None:
            self._tray.hide()

    def _on_clicked(self) -> None:
        if self._last is not None:
            self.opened.emit(self._last)
