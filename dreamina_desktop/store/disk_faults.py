"""What the operating system and SQLite raise, as the error tree knows it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dreamina_desktop.core.errors import DiskError

_REFUSED_BY_DISK = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOLFS,
        sqlite3.SQLITE_AUTH,
    }
)
_BUGS = (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError)


@contextmanager
def disk(role: str) -> Iterator[None]:
    """Raise DiskError, naming the file's role, for whatever the operating system refuses."""
    try:
        yield
    except OSError as error:
        raise DiskError(f"{role}, {error.strerror or type(error).__name__}") from error


@contextmanager
def database_disk() -> Iterator[None]:
    """The same for SQLite. Its complaints about our own statements stay: those are bugs."""
    try:
        yield
    except _BUGS:
        raise
    except sqlite3.Error as error:
        raise database_fault(error) from error


def database_fault(error: sqlite3.Error) -> DiskError:
    """The typed error; it names SQLite's own code."""
    return DiskError(f"database, {getattr(error, 'sqlite_errorname', type(error).__name__)}")


def is_damage(error: sqlite3.Error, path: Path) -> bool:
    """Whether an error met in a look at a database speaks of its content, not of the disk."""
    # Python's own refusals, such as text that is no UTF-8, carry no code.
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_READONLY:
        # A damaged header can claim that the file must not be written.
        return os.access(path, os.W_OK)
    return code is None or code & 0xFF not in _REFUSED_BY_DISK
