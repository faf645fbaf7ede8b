"""Notices when another program has saved a file again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

_SETTLE_MILLISECONDS = 300
"""How long a file that is being written gets to come to rest."""


class FileWatch(QObject):
    """Watches at most one file. A file that was taken away is no news."""

    file_saved = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._watcher = QFileSystemWatcher(self)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLE_MILLISECONDS)
        self._settling.timeout.connect(self._on_settled)
        self._watcher.fileChanged.connect(self._on_file_changed)

    def watch(self, path: Path | None) -> None:
        """Watch this file instead, from how it is now; None for none."""
        self._path = path
        self._settling.stop()
        known = self._watcher.files()
        if known:
            self._watcher.removePaths(known)
        if path is not None:
            self._watcher.addPath(str(path))

    def _on_file_changed(self) -> None:
        self._settling.start()

    def _on_settled(self) -> None:
        path = self._path
        if path is not None and path.exists():
            # Many programs replace the file, which ends the watch on the old one.
            self.watch(path)
            self.file_saved.emit()
