"""Tells of bugs of ours from the window's first moment on, whatever else there is of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from dreamina_desktop import __version__
from dreamina_desktop.ui.crash import Crashes, CrashRecorded
from dreamina_desktop.ui.main_window import MainWindow
from dreamina_desktop.ui.theme_switch import ThemeSwitch

if TYPE_CHECKING:
    from dreamina_desktop.ui.crash_dialog import CrashDialog


class CrashTelling(QObject):
    """Brings up the one dialog. A bug that keeps the window from being filled is told too."""

    def __init__(
        self, window: MainWindow, switch: ThemeSwitch, crashes: Crashes, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._switch = switch
        self._is_closed = False
        self._dialog: CrashDialog | None = None
        crashes.crash_recorded.connect(self._on_crash_recorded)
        switch.theme_changed.connect(self._on_theme_changed)

    def close(self) -> None:
        """The window is gone: nothing is told any more."""
        self._is_closed = True
        if self._dialog is not None:
            self._dialog.close()

    def _on_crash_recorded(self, crash: CrashRecorded) -> None:
        if self._is_closed:
            return
        if self._dialog is None:
            # Hardly ever needed, and not before the first paint.
            from dreamina_desktop.ui.crash_dialog import CrashDialog

            theme, icons = self._switch.theme, self._switch.icons
            self._dialog = CrashDialog(__version__, _open, theme, icons, self._window)
        self._dialog.tell(crash)

    def _on_theme_changed(self) -> None:
        if self._dialog is not None:
            self._dialog.set_theme(self._switch.theme, self._switch.icons)


def _open(folder: Path) -> None:
    # Where nothing here shows folders, the dialog itself says where the report is.
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
