"""A disk that refuses some calls in a row: those of the program's own, and SQLite's statements."""

from __future__ import annotations

import io
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import EACCES, EIO, ENOSPC, EROFS
from pathlib import Path
from typing import Any, Self

import pytest

ERRORS = (ENOSPC, EIO, EROFS, EACCES)
_SQLITE = {
    ENOSPC: (sqlite3.SQLITE_FULL, "SQLITE_FULL"),
    EIO: (sqlite3.SQLITE_IOERR, "SQLITE_IOERR"),
    EROFS: (sqlite3.SQLITE_READONLY, "SQLITE_READONLY"),
    EACCES: (sqlite3.SQLITE_CANTOPEN, "SQLITE_CANTOPEN"),
}
# Where the first argument is a path, or the second one; and where it is an open file.
_OF_PATHS = ("open", "link", "replace", "rename", "unlink", "mkdir", "rmdir", "truncate")
_OF_FILES = ("write", "fsync", "ftruncate")


class FailingDisk:
    """Counts calls below ``base``; ``length`` of them from the ``first`` on fail with ``number``.

    ``first`` 0 lets all pass. Any thread may call.
    """

    def __init__(self, base: Path) -> None:
        self._base = os.fspath(base)
        self._lock = threading.Lock()
        self.calls: list[str] = []
        self.refused: list[str] = []
        self.first = 0
        self.length = 0
        self.number = ENOSPC

    def arm(self, first: int, length: int, number: int) -> None:
        self.calls.clear()
        self.refused.clear()
        self.first, self.length, self.number = first, length, number

    def refuses(self, call: str) -> bool:
        """Count one more call; whether it is one that fails."""
        with self._lock:
            self.calls.append(call)
            place = len(self.calls)
            fails = 0 < self.first <= place < self.first + self.length
            if fails:
                self.refused.append(call)
            return fails

    def check(self, call: str) -> None:
        if self.refuses(call):
            raise OSError(self.number, os.strerror(self.number))

    def is_ours(self, path: object) -> bool:
        return isinstance(path, str | Path) and os.fspath(path).startswith(self._base)

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """While the block lasts, all of this process's file calls come by here."""
        with pytest.MonkeyPatch.context() as patched:
            for name in _OF_PATHS:
                patched.setattr(os, name, self._of_paths(name, getattr(os, name)))
            for name in _OF_FILES:
                patched.setattr(os, name, self._of_files(name, getattr(os, name)))
            patched.setattr(io, "open", self._open(io.open))
            patched.setattr(os, "access", self._access(os.access))
            patched.setattr(sqlite3, "connect", self._connect(sqlite3.connect))
            yield

    def _of_paths(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *more: Any, **named: Any) -> Any:
            if self.is_ours(path) or (more and self.is_ours(more[0])):
                self.check(name)
            return real(path, *more, **named)

        return call

    def _of_files(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            self.check(name)
            return real(*arguments)

        return call

    def _access(self, real: Callable[..., bool]) -> Callable[..., bool]:
        def call(path: Any, mode: int, **named: Any) -> bool:
            place = len(self.calls)
            is_bad = 0 < self.first <= place < self.first + self.length
            if mode & os.W_OK and is_bad and self.number in (EROFS, EACCES) and self.is_ours(path):
                return False
            return real(path, mode, **named)

        return call

    def _open(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, mode: str = "r", *more: Any, **named: Any) -> Any:
            if not self.is_ours(path):
                return real(path, mode, *more, **named)
            self.check(f"open {mode}")
            opened = real(path, mode, *more, **named)
            return opened if mode in ("r", "rb") else _FailingFile(opened, self)

        return call

    def _connect(self, real: Callable[..., sqlite3.Connection]) -> Callable[..., Any]:
        disk = self

        class Failing(sqlite3.Connection):
            def execute(self, sql: str, *more: Any) -> sqlite3.Cursor:
                # SQLite takes a transaction back without any room on the disk.
                if sql != "ROLLBACK" and disk.refuses(f"sqlite {sql.split()[0]}"):
                    code, name = _SQLITE[disk.number]
                    error = sqlite3.OperationalError(name)
                    error.sqlite_errorcode, error.sqlite_errorname = code, name
                    raise error
                return super().execute(sql, *more)

        def call(path: Any, *more: Any, **named: Any) -> sqlite3.Connection:
            return real(path, *more, factory=Failing, **named)

        return call


class _FailingFile:
    """An open file whose writes, cuts and flushes may be refused."""

    def __init__(self, opened: Any, disk: FailingDisk) -> None:
        self._opened = opened
        self._disk = disk

    def __getattr__(self, name: str) -> Any:
        return getattr(self._opened, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def write(self, data: Any) -> Any:
        self._disk.check("write")
        return self._opened.write(data)

    def truncate(self, *size: int) -> Any:
        self._disk.check("truncate")
        return self._opened.truncate(*size)

    def flush(self) -> None:
        self._disk.check("flush")
        self._opened.flush()
