"""Shows files and folders in the desktop's own file browser."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices


class DesktopFolders:
    """Implements ``ports.FolderOpener``. Waits for nothing."""

    def reveal(self, path: Path) -> None:
        """Show a file in its folder, selected where the platform can be asked for that."""
        if sys.platform == "win32":
            QProcess.startDetached("explorer", ["/select,", str(path)])
        elif sys.platform == "darwin":
            QProcess.startDetached("open", ["-R", str(path)])
        else:
            self.open(path.parent)

    def open(self, folder: Path) -> None:
        """Show what is in a folder."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
