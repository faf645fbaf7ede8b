"""What a person thinks of clips, inside a transaction of the caller.

In a table of its own: the engine writes whole rows of jobs and clips that it read some time ago,
and must not write back an old mark with them.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from dreamina_desktop.core.errors import NoSuchJobError
from dreamina_desktop.core.mark import Mark
from dreamina_desktop.store.job_rows import Columns, RowUnreadableError
from dreamina_desktop.store.stored_text import stored, text_of


@dataclass(frozen=True, slots=True)
class ClipMark:
    """The mark of one clip, never NONE: a clip without a mark has no row."""

    job_id: str
    ordinal: int
    mark: Mark


def mark_from(row: sqlite3.Row) -> ClipMark:
    """The mark of a row. Raises RowUnreadableError."""
    try:
        return ClipMark(text_of(row["job_id"]), Columns(row).whole("ordinal"), Mark(row["mark"]))
    except (ValueError, TypeError, AttributeError) as error:
        raise RowUnreadableError("marks") from error


def write_mark(connection: sqlite3.Connection, mark: ClipMark) -> None:
    """Set the mark of a clip, whatever stood before. Raises NoSuchJobError for no such clip."""
    clip = stored(mark.job_id), mark.ordinal
    found = connection.execute("SELECT 1 FROM clips WHERE job_id = ? AND ordinal = ?", clip)
    if found.fetchone() is None:
        raise NoSuchJobError(mark.job_id)
    if mark.mark is Mark.NONE:
        connection.execute("DELETE FROM marks WHERE job_id = ? AND ordinal = ?", clip)
    else:
        add_mark(connection, mark)


def add_mark(connection: sqlite3.Connection, mark: ClipMark) -> None:
    """Set the mark of a clip that is known to be there."""
    connection.execute(
        "INSERT OR REPLACE INTO marks (job_id, ordinal, mark) VALUES (?, ?, ?)",
        (stored(mark.job_id), mark.ordinal, mark.mark.value),
    )
