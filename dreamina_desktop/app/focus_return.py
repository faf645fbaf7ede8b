"""The keys go back to the window when a dialog, or the full screen, in front of it is closed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QWidget

_IN_FRONT = (Qt.WindowType.Window, Qt.WindowType.Dialog)


class FocusReturn(QObject):
    """A window manager does this; where there is none, no window would have the keys."""

    def __init__(self, application: QGuiApplication, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        application.focusWindowChanged.connect(self._on_focus_window_changed)

    def _on_focus_window_changed(self, focus: QWindow | None) -> None:
        home = self._window.windowHandle()
        if focus is not None and focus != home and focus.type() in _IN_FRONT:
            once = Qt.ConnectionType.UniqueConnection
            focus.visibleChanged.connect(self._on_visible_changed, once)

    @Slot(bool)
    def _on_visible_changed(self, is_visible: bool) -> None:  # noqa: FBT001 - Qt's signal
        gone = self.sender()
        # Nobody who has gone to another program is called back.
        if is_visible or not isinstance(gone, QWindow) or gone != QGuiApplication.focusWindow():
            return
        behind = gone.transientParent() or self._window.windowHandle()
        if behind is not None and behind.isVisible():
            behind.requestActivate()
