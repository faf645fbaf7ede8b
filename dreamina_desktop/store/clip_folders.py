"""The folders that clips go to: made when a clip is ordered, and never over a drive that is gone.

A folder that has vanished is not made anew behind the user's back: what looks like the folder
could be the bare place where a drive is connected, and the clip would lie where nobody looks.
"""

from __future__ import annotations

import os
import threading
from errno import ENOENT
from pathlib import Path
from tempfile import TemporaryFile

from dreamina_desktop.store.durable_files import sync_folder
from dreamina_desktop.store.folders import clips_folder


class ClipFolders:
    """Remembers, for this process, on which drive each folder was. All calls raise OSError.

    Any thread may call.
    """

    def __init__(self) -> None:
        self._drives: dict[Path, Path] = {}
        self._lock = threading.Lock()

    def make(self, folder: Path) -> None:
        """Make it if it is missing, with its parents, and see that it takes files."""
        self._refuse_what_is_gone(folder)
        folder.mkdir(parents=True, exist_ok=True)
        # Permission bits say nothing of read-only drives and access lists: only writing does.
        with TemporaryFile(dir=folder):
            self._remember(folder)

    def find(self, folder: Path, *, may_be_new: bool) -> None:
        """See that it is there, for a clip that was ordered before.

        Made is only the platform's usual one, and one that ``may_be_new`` inside a folder that is
        there: nobody has seen that yet.
        """
        self._refuse_what_is_gone(folder)
        if not folder.is_dir():
            if folder == clips_folder():
                folder.mkdir(parents=True, exist_ok=True)
            elif may_be_new and folder not in self._drives:
                folder.mkdir(exist_ok=True)
            else:
                raise FileNotFoundError(ENOENT, os.strerror(ENOENT), str(folder))
            sync_folder(folder.parent)
        self._remember(folder)

    def is_there(self, folder: Path) -> bool:
        """Whether it can be seen, on the drive on which it was."""
        drive = self._drives.get(folder)
        return folder.is_dir() and (drive is None or drive.is_mount())

    def _refuse_what_is_gone(self, folder: Path) -> None:
        drive = self._drives.get(folder)
        if drive is not None and not drive.is_mount():
            raise FileNotFoundError(ENOENT, os.strerror(ENOENT), str(drive))

    def _remember(self, folder: Path) -> None:
        drive = next(
            (one for one in (folder, *folder.parents) if one.is_mount()), Path(folder.anchor)
        )
        with self._lock:
            self._drives[folder] = drive
