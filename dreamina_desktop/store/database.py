"""SQLite as this program uses it: on disk before a call returns, and safe for two processes.

TRUNCATE with EXTRA is the mode in which a commit is on disk, with its folder, when it returns;
WAL with NORMAL is not (see the reliability rules).
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dreamina_desktop.store.disk_faults import database_disk, disk
from dreamina_desktop.store.job_search import mentions

BUSY_SECONDS = 10.0
"""How long a call waits for another process before it gives up."""

_PRAGMAS = (
    "PRAGMA journal_mode = TRUNCATE",
    "PRAGMA synchronous = EXTRA",
    "PRAGMA fullfsync = ON",
    "PRAGMA foreign_keys = ON",
    # The signature of an address must not stay behind in a freed page.
    "PRAGMA secure_delete = ON",
    # Against a damaged file: look before trusting it.
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
)


class Database:
    """One file, one connection a thread; a transaction is the only way in."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._lock = threading.Lock()
        self._connections: dict[threading.Thread, sqlite3.Connection] = {}

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One consistent view. Fetch whole: an open cursor holds up the other processes' commits.

        Raises DiskError.
        """
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One change, alone among all processes, on disk at the end of the block.

        An exception inside the block undoes it. Raises DiskError.
        """
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    def compact(self) -> None:
        """Write the file anew, without what lies in its free pages. Raises DiskError."""
        with database_disk():
            self._connection().execute("VACUUM")

    def close(self) -> None:
        """Close every thread's connection; none may be in use. A later call opens a new one."""
        with self._lock:
            for connection in self._connections.values():
                connection.close()
            self._connections.clear()
            self._local = threading.local()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with database_disk(self._path.parent):
            connection = self._connection()
            connection.execute(begin)
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # SQLite may have undone it by itself already, as it does when the disk is full.
                if connection.in_transaction:
                    with suppress(sqlite3.Error):
                        connection.execute("ROLLBACK")
                raise

    def _connection(self) -> sqlite3.Connection:
        known: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if known is not None:
            return known
        connection = connect(self._path)
        self._local.connection = connection
        with self._lock:
            for thread in [one for one in self._connections if not one.is_alive()]:
                self._connections.pop(thread).close()
            self._connections[threading.current_thread()] = connection
        return connection


def connect(path: Path) -> sqlite3.Connection:
    """A connection with this program's settings; any thread may close it.

    Raises DiskError when the file cannot be made, sqlite3.Error when SQLite refuses it.
    """
    # Made here, so that it is private. Never opened otherwise: closing any other descriptor of
    # the file would drop the locks that SQLite holds on it in this process.
    if not path.exists():
        with disk("database"), suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    connection = sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma).fetchall()
        connection.create_function("mentions", -1, mentions, deterministic=True)
        connection.row_factory = sqlite3.Row
    except BaseException:
        connection.close()
        raise
    return connection
