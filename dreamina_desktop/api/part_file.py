"""A download as it grows on disk, and the note beside it that lets a later try go on."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from dreamina_desktop.core.answers import Downloaded
from dreamina_desktop.core.errors import DiskError

NOTE_SUFFIX = ".resume"
"""The note's name is the part's with this behind it."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What an earlier try left: ``length`` bytes, synced, of the file with that strong ETag."""

    etag: str
    length: int


class PartFile:
    """One ``.part``. All calls block, and raise DiskError; one at a time, from any thread.

    The note says how many bytes are on disk for certain, and of what: after a power cut a file
    may be longer than what was really written. ``source`` names the file on the server without
    its query, so that another file with the same ETag is not taken for it.
    """

    def __init__(self, path: Path, source: str) -> None:
        self._path = path
        self._note = path.with_name(path.name + NOTE_SUFFIX)
        self._source = hashlib.sha256(source.encode()).hexdigest()
        self._etag: str | None = None
        self._file: BinaryIO | None = None
        # A cancelled download is closed while a thread may still be syncing it.
        self._lock = threading.RLock()

    def beginning(self) -> Beginning | None:
        """What can be gone on with; None when there is nothing, or it cannot be trusted."""
        try:
            with self._disk():
                if not self._note.exists():
                    return None
                note = json.loads(self._note.read_bytes())
                size = self._path.stat().st_size if self._path.exists() else 0
        except ValueError:
            return None
        match note:
            case {"source": self._source, "etag": str(etag), "length": int(length)} if (
                0 < length <= size
            ):
                return Beginning(etag, length)
        return None

    def open(self, offset: int, etag: str | None) -> None:
        """Keep the first ``offset`` bytes and write behind them.

        ``etag`` is the strong ETag of the file that is coming, None if it has none: then no later
        try can go on.
        """
        with self._disk():
            if offset == 0:
                self._note.unlink(missing_ok=True)
            self._file = self._path.open("r+b" if offset else "wb")
            self._file.truncate(offset)
            self._file.seek(offset)
        self._etag = etag

    def write(self, data: bytes) -> None:
        """Add bytes."""
        with self._disk():
            self._opened.write(data)

    def save(self) -> None:
        """Make what came so far outlive a power cut."""
        if self._etag is None:
            return
        with self._lock, self._disk():
            self._sync()
            note = {"source": self._source, "etag": self._etag, "length": self._opened.tell()}
            new = self._note.with_name(self._note.name + ".new")
            with new.open("w", encoding="ascii") as file:
                json.dump(note, file)
                file.flush()
                os.fsync(file.fileno())
            new.replace(self._note)

    def finish(self) -> Downloaded:
        """Sync and close the whole file; its digest is read back from disk."""
        with self._lock, self._disk():
            self._sync()
            self._opened.close()
            self._file = None
            self._note.unlink(missing_ok=True)
            with self._path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
                return Downloaded(file.tell(), digest)

    def close(self) -> None:
        """Keep what came, if the disk lets us. Does nothing once finished or before ``open``."""
        with self._lock:
            if self._file is None:
                return
            with contextlib.suppress(DiskError):
                self.save()
            with contextlib.suppress(OSError):
                self._file.close()
            self._file = None

    def discard(self) -> None:
        """Remove what came."""
        with self._lock, self._disk():
            if self._file is not None:
                self._file.close()
                self._file = None
            self._note.unlink(missing_ok=True)
            self._path.unlink(missing_ok=True)

    @property
    def _opened(self) -> BinaryIO:
        if self._file is None:
            raise RuntimeError("not open")
        return self._file

    def _sync(self) -> None:
        self._opened.flush()
        os.fsync(self._opened.fileno())

    @contextlib.contextmanager
    def _disk(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            # The number alone: a path may be private.
            detail = f"download, {error.strerror or type(error).__name__}"
            raise DiskError(detail, folder=str(self._path.parent)) from error
