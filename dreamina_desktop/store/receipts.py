"""The receipts of a profile: an append-only file beside the database, which may get damaged.

A receipt is on disk before the fact it tells is relied on. Nothing is ever taken out of the file.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from filelock import FileLock

from dreamina_desktop.store.database import BUSY_SECONDS
from dreamina_desktop.store.disk_faults import disk
from dreamina_desktop.store.durable_files import sync_file, sync_folder, write_all
from dreamina_desktop.store.receipt import Receipt, read_receipt, receipt_line
from dreamina_desktop.store.receipt_book import ReceiptBook

_ROLE = "receipts"


class Receipts:
    """``receipts.jsonl`` in a profile's folder; safe for several processes and threads."""

    def __init__(self, profile: Path) -> None:
        self._path = profile / "receipts.jsonl"
        self._lock = FileLock(profile / "receipts.lock", timeout=BUSY_SECONDS, mode=0o600)

    def append(self, receipt: Receipt) -> None:
        """Write one receipt; it is on disk when this returns. Raises DiskError."""
        line = receipt_line(receipt)
        # A time-out of the lock is the system's kind of error too.
        with disk(_ROLE, self._path.parent), self._lock:
            self._append(line)

    def begin(self) -> None:
        """Leave an empty file where none is: from now on one that is missing was lost.

        Raises DiskError.
        """
        with disk(_ROLE, self._path.parent), suppress(FileExistsError):
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            sync_folder(self._path.parent)

    def read(self) -> tuple[Receipt, ...]:
        """All whole receipts, oldest first; torn and altered lines are passed over.

        Raises DiskError.
        """
        found = (read_receipt(line) for line in self._lines() or ())
        return tuple(receipt for receipt in found if receipt is not None)

    def book(self) -> ReceiptBook:
        """All whole receipts by their jobs, and whether there are others. Raises DiskError."""
        lines = self._lines()
        return ReceiptBook(lines or (), is_there=lines is not None)

    def _lines(self) -> list[bytes] | None:
        with disk(_ROLE, self._path.parent):
            if not self._path.exists():
                return None
            with self._path.open("rb") as file:
                return list(file)

    def _append(self, line: bytes) -> None:
        fresh = not self._path.exists()
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        descriptor = os.open(self._path, flags, 0o600)
        try:
            if os.lseek(descriptor, 0, os.SEEK_END) > 0:
                os.lseek(descriptor, -1, os.SEEK_END)
                if os.read(descriptor, 1) != b"\n":
                    # The end of a torn line must not swallow this one.
                    line = b"\n" + line
            write_all(descriptor, line)
            sync_file(descriptor)
        finally:
            os.close(descriptor)
        if fresh:
            sync_folder(self._path.parent)
