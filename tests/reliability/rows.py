"""A profile's database seen from outside: looked into, or held so that nobody can write."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.reliability.patience import eventually

_SELECT = (
    "SELECT jobs.id, prompt, state, request_id, path, landed"
    " FROM jobs LEFT JOIN clips ON clips.job_id = jobs.id ORDER BY created"
)


class MissedError(Exception):
    """The moment was over before it could be held."""


@dataclass(frozen=True, slots=True)
class Row:
    """A job as it stands on disk; ``path`` and ``landed`` of its clip, once there is one."""

    id: str
    prompt: str
    state: str
    request_id: str | None
    path: str | None
    landed: int | None


class Rows:
    """The jobs of one profile, of which most tests make just one."""

    def __init__(self, database: Path) -> None:
        self._database = database

    def look(self) -> tuple[Row, ...]:
        """The rows now, without writing a byte; none while there is no table, or no access."""
        try:
            with closing(self._connect("ro")) as connection:
                return _read(connection)
        except sqlite3.OperationalError:
            return ()

    def states(self) -> tuple[str, ...]:
        """The states of all rows, oldest first."""
        return tuple(row.state for row in self.look())

    def settled(self) -> tuple[Row, ...]:
        """The rows after a kill: what the killed process had not committed is taken back.

        None when it had not even come to the tables.
        """
        if not self._database.exists():
            return ()
        with closing(self._connect("rw")) as connection:
            tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            return _read(connection) if tables[0] else ()

    @contextmanager
    def held(
        self,
        wanted: Callable[[Row | None], bool],
        too_late: Callable[[Row | None], bool],
    ) -> Iterator[None]:
        """Wait until the only row is as wanted, and let nobody write while the block lasts.

        That is what another process with a long transaction would do. Readers go on. Raises
        MissedError when the row is beyond.
        """
        eventually(self._database.exists, "the database")
        with closing(self._connect("rw")) as connection:
            # Some states last for a few milliseconds only.
            eventually(lambda: _held(connection, wanted, too_late), "a row to hold", pause=0.0005)
            yield

    def _connect(self, mode: str) -> sqlite3.Connection:
        address = f"{self._database.absolute().as_uri()}?mode={mode}"
        return sqlite3.connect(address, uri=True, timeout=0, isolation_level=None)


def _held(
    connection: sqlite3.Connection,
    wanted: Callable[[Row | None], bool],
    too_late: Callable[[Row | None], bool],
) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
        row = next(iter(_read(connection)), None)
    except sqlite3.OperationalError:
        # Another process writes just now, or the tables are not there yet.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        return False
    if wanted(row):
        return True
    connection.execute("ROLLBACK")
    if too_late(row):
        raise MissedError(row)
    return False


def _read(connection: sqlite3.Connection) -> tuple[Row, ...]:
    return tuple(Row(*values) for values in connection.execute(_SELECT).fetchall())
