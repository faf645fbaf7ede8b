"""What the operating system and SQLite raise, as the error tree knows it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import EDQUOT, ENOSPC
from pathlib import Path

from dreamina_desktop.core.errors import (
    ClipFolderError,
    ClipFolderFullError,
    ClipFolderMissingError,
    DatabaseBusyError,
    DatabaseDamagedError,
    DiskError,
)

_NO_ROOM = (ENOSPC, EDQUOT)

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
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_BUGS = (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError)


@contextmanager
def disk(role: str, folder: Path | None = None) -> Iterator[None]:
    """Raise DiskError, naming the file's role, for whatever the operating system refuses."""
    try:
        yield
    except OSError as error:
        where = str(folder) if folder is not None else ""
        raise DiskError(_detail(role, error), folder=where) from error


@contextmanager
def clip_folder(folder: Path, is_there: Callable[[], bool]) -> Iterator[None]:
    """Raise the ClipFolderError that says what is wrong with the folder of a clip.

    ``is_there`` is asked once something was refused; it may raise OSError too.
    """
    try:
        yield
    except OSError as error:
        kind = ClipFolderError
        if error.errno in _NO_ROOM:
            kind = ClipFolderFullError
        elif _is_gone(is_there):
            kind = ClipFolderMissingError
        raise kind(_detail("output folder", error), folder=str(folder)) from error


def _is_gone(is_there: Callable[[], bool]) -> bool:
    try:
        return not is_there()
    except OSError:
        # It does not say that it is gone; what it said first counts.
        return False


def _detail(role: str, error: OSError) -> str:
    return f"{role}, {error.strerror or type(error).__name__}"


@contextmanager
def database_disk(folder: Path | None = None) -> Iterator[None]:
    """The same for SQLite. Its complaints about our own statements stay: those are bugs."""
    try:
        yield
    except _BUGS:
        raise
    except sqlite3.Error as error:
        raise database_fault(error, folder) from error


def database_fault(error: sqlite3.Error, folder: Path | None = None) -> DiskError:
    """The typed error, by what it speaks of; it names SQLite's own code."""
    code, kind = _code(error), DiskError
    if code is None or code not in _REFUSED_BY_DISK:
        kind = DatabaseDamagedError
    elif code in _BUSY:
        kind = DatabaseBusyError
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    return kind(f"database, {name}", folder=str(folder) if folder is not None else "")


def is_damage(error: sqlite3.Error, path: Path) -> bool:
    """Whether an error met in a look at a database speaks of its content, not of the disk."""
    code = _code(error)
    if code == sqlite3.SQLITE_READONLY:
        # A damaged header can claim that the file must not be written.
        return os.access(path, os.W_OK)
    return code is None or code not in _REFUSED_BY_DISK


def _code(error: sqlite3.Error) -> int | None:
    # Python's own refusals, such as text that is no UTF-8, carry none.
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF
