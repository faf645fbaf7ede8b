"""The statements on ``jobs`` and ``clips``, inside a transaction of the caller."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from dreamina_desktop.core.errors import DatabaseDamagedError
from dreamina_desktop.core.job import Clip, Job
from dreamina_desktop.store.job_rows import (
    CLIP_COLUMNS,
    JOB_COLUMNS,
    RowUnreadableError,
    Value,
    clip_from,
    clip_values,
    job_from,
    job_values,
)
from dreamina_desktop.store.stored_text import stored

# All names below are this module's own constants; values travel as parameters.
_ADD_JOB = (
    f"INSERT INTO jobs ({', '.join(JOB_COLUMNS)}) VALUES ({', '.join('?' * len(JOB_COLUMNS))})"  # noqa: S608
)
_ADD_CLIP = (
    f"INSERT INTO clips ({', '.join(CLIP_COLUMNS)}) VALUES ({', '.join('?' * len(CLIP_COLUMNS))})"  # noqa: S608
)
_CHANGE_JOB = f"UPDATE jobs SET {', '.join(f'{name} = ?' for name in JOB_COLUMNS)} WHERE id = ?"  # noqa: S608


def find_job(connection: sqlite3.Connection, job_id: str) -> Job | None:
    """One job with its clips. Raises DatabaseDamagedError when its row is damaged."""
    found = find_jobs(connection, "SELECT * FROM jobs WHERE id = ?", (stored(job_id),))
    return found[0] if found else None


def find_jobs(
    connection: sqlite3.Connection, query: str, values: Sequence[Value] = ()
) -> tuple[Job, ...]:
    """The jobs of a query for whole rows of ``jobs``, in its order, with their clips.

    Raises DatabaseDamagedError when a row is damaged.
    """
    rows = connection.execute(query, values).fetchall()
    try:
        return tuple(job_from(row, _clips(connection, row["id"])) for row in rows)
    except RowUnreadableError as error:
        raise DatabaseDamagedError(f"database, unreadable row: {error}") from error


def add_job(connection: sqlite3.Connection, job: Job) -> None:
    """A new row with its clips. Raises sqlite3.IntegrityError when the id is taken."""
    connection.execute(_ADD_JOB, job_values(job))
    _add_clips(connection, job)


def change_job(connection: sqlite3.Connection, before: Job, after: Job) -> None:
    """Write the whole row, and the clips where they differ."""
    connection.execute(_CHANGE_JOB, (*job_values(after), before.id))
    if after.clips != before.clips:
        connection.execute("DELETE FROM clips WHERE job_id = ?", (before.id,))
        _add_clips(connection, after)


def _clips(connection: sqlite3.Connection, job_id: str) -> tuple[Clip, ...]:
    rows = connection.execute(
        "SELECT clips.*, mark FROM clips LEFT JOIN marks USING (job_id, ordinal)"
        " WHERE job_id = ? ORDER BY ordinal",
        (job_id,),
    ).fetchall()
    return tuple(clip_from(row)[1] for row in rows)


def _add_clips(connection: sqlite3.Connection, job: Job) -> None:
    connection.executemany(_ADD_CLIP, [clip_values(job.id, clip) for clip in job.clips])
