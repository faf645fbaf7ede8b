"""Shows files and folders in the desktop's own file browser."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QUrl
from PySide6.QtGui import QDesktopServices

from dreamina_desktop.ui.notice import Notice, NoticeTone
from dreamina_desktop.ui.notices import Notices, PostedNotice

_TOPIC = "folder"


class DesktopFolders(QObject):
    """Implements ``ports.FolderOpener``. Waits for nothing.

    Where nothing here shows folders, a notice says where it is.
    """

    def __init__(self, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notices = notices

    def reveal(self, path: Path) -> None:
        """Show a file in its folder, selected where the platform can be asked for that."""
        if sys.platform == "win32":
            self._start("explorer", ["/select,", str(path)], path)
        elif sys.platform == "darwin":
            self._start("open", ["-R", str(path)], path)
        else:
            self._open(path.parent, path)

    def open(self, folder: Path) -> None:
        """Show what is in a folder."""
        self._open(folder, folder)

    def _start(self, program: str, arguments: list[str], path: Path) -> None:
        process = QProcess()
        process.setProgram(program)
        process.setArguments(arguments)
        is_started, _ = process.startDetached()
        self._tell(path, is_shown=is_started)

    def _open(self, folder: Path, path: Path) -> None:
        self._tell(path, is_shown=QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))

    def _tell(self, path: Path, *, is_shown: bool) -> None:
        if is_shown:
            self._notices.withdraw(_TOPIC)
            return
        text = self.tr("There is no program here that shows folders.")
        place = self.tr("It is at {0}").format(path)
        notice = Notice(text, NoticeTone.WARNING, place, str(path))
        self._notices.post(PostedNotice(_TOPIC, notice))
