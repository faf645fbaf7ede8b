"""Copies of the database: one of late, and one from before each migration.

They keep what no receipt tells: clicks that were not sent yet, prices, what was deleted. They keep
no address of a result, which may carry a signature: a copy's jobs ask for their result again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from dreamina_desktop.core.errors import DiskError, ProfileTooNewError
from dreamina_desktop.store.database import connect
from dreamina_desktop.store.disk_faults import database_disk, disk
from dreamina_desktop.store.durable_files import write_whole
from dreamina_desktop.store.migrations import migrate, schema_version

EVERY = timedelta(hours=1)
"""How old the copy may get before the next holder makes a new one."""

_WITHOUT_ADDRESSES = (
    "UPDATE jobs SET state = 'queued' WHERE state IN ('result_saved', 'downloading')",
    "UPDATE jobs SET result = NULL",
    "DELETE FROM clips WHERE landed = 0",
    "UPDATE clips SET address = ''",
    # Nor in pages that are free now.
    "VACUUM",
)


def backup_file(database: Path) -> Path:
    """Where the copy of late lies."""
    return database.with_stem(f"{database.stem}.backup")


def keep_backup(database: Path, now: datetime) -> None:
    """Copy a sound database, unless that was done of late or nothing has changed since.

    A disk that does not take the copy is no reason not to work.
    """
    copy = backup_file(database)
    if _is_due(database, copy, now):
        with suppress(DiskError):
            _copy(database, copy)


def keep_old_schema(database: Path) -> Path:
    """Copy a database that is about to be migrated; where the copy lies. Raises DiskError."""
    with database_disk(), closing(connect(database)) as connection:
        version = schema_version(connection)
    copy = database.with_stem(f"{database.stem}.v{version}")
    _copy(database, copy)
    return copy


@contextmanager
def opened_backup(database: Path) -> Iterator[sqlite3.Connection]:
    """The copy of late, in memory and in the current schema as far as its damage allows."""
    try:
        content = backup_file(database).read_bytes()
    except OSError:
        content = b""
    with closing(_in_memory()) as connection:
        # As damage shows itself; see ``salvage``. Nothing at all is met by a MemoryError too.
        with suppress(sqlite3.Error, ValueError, MemoryError, ProfileTooNewError):
            connection.deserialize(content)
            migrate(connection)
        yield connection


def _is_due(database: Path, copy: Path, now: datetime) -> bool:
    with suppress(OSError):
        changed, copied = database.stat().st_mtime, copy.stat().st_mtime
        # Whichever way the clock was turned meanwhile.
        return changed > copied and abs(now.timestamp() - copied) >= EVERY.total_seconds()
    return True


def _copy(database: Path, copy: Path) -> None:
    with closing(_in_memory()) as memory:
        with database_disk(), closing(connect(database)) as connection:
            connection.backup(memory)
        with database_disk():
            for statement in _WITHOUT_ADDRESSES:
                memory.execute(statement)
            content = memory.serialize()
    with disk("backup"):
        write_whole(copy, content)


def _in_memory() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.row_factory = sqlite3.Row
    return connection
