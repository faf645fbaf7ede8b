"""Notices when another program has saved a file again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

_SETTLE_MILLISECONDS = 300
"""How long a file that is being written gets to come to rest."""

type _Mark = tuple[int, int]


class FileWatch(QObject):
    """Watches at most one file. A file that was taken away is no news until it is back."""

    file_saved = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._mark: _Mark | None = None
        self._watcher = QFileSystemWatcher(self)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLE_MILLISECONDS)
        self._settling.timeout.connect(self._on_settled)
        self._watcher.fileChanged.connect(self._on_something_changed)
        self._watcher.directoryChanged.connect(self._on_something_changed)

    def watch(self, path: Path | None) -> None:
        """Watch this file instead, from how it is now; None for none."""
        self._path = path
        self._mark = _mark(path)
        self._settling.stop()
        self._look_at(path)

    def _look_at(self, path: Path | None) -> None:
        known = (*self._watcher.files(), *self._watcher.directories())
        if known:
            self._watcher.removePaths(known)
        if path is not None:
            self._watcher.addPath(str(path))

    def _on_something_changed(self) -> None:
        self._settling.start()

    def _on_settled(self) -> None:
        path, before = self._path, self._mark
        if path is None:
            return
        self._mark = now = _mark(path)
        if now is None:
            # Some programs move the file away before they save it anew.
            self._mark = before
            self._look_at(path.parent)
            return
        # Many programs replace the file, which ends the watch on the old one.
        self._look_at(path)
        if now != before:
            self.file_saved.emit()


def _mark(path: Path | None) -> _Mark | None:
    """What tells one saving from another; None where there is no such file."""
    if path is None:
        return None
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
