"""What can still be read out of a damaged database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from dreamina_desktop.core.errors import DiskError
from dreamina_desktop.core.hosted_picture import HostedPicture
from dreamina_desktop.core.job import Clip, Job
from dreamina_desktop.store.attempt_table import Attempt, attempt_from
from dreamina_desktop.store.database import connect
from dreamina_desktop.store.hosted_table import hosted_from
from dreamina_desktop.store.job_rows import clip_from, job_from
from dreamina_desktop.store.mark_table import ClipMark, mark_from
from dreamina_desktop.store.price_table import SavedPrice, price_from

# As the sqlite3 module has it: a complaint that quotes damaged bytes is a ValueError, a damaged
# length a MemoryError.
_DAMAGE = (sqlite3.Error, ValueError, MemoryError)

# Rows behind damage are tried one by one. A damaged row number must not make that endless, nor
# the search for an end of the table that nothing is known about.
_GAP_LIMIT = 100_000
_GUESS_LIMIT = 1_000


@dataclass(frozen=True, slots=True)
class Salvage:
    """The rows that were read; each is whole by itself, none is missing a part."""

    jobs: tuple[Job, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    prices: tuple[SavedPrice, ...] = ()
    hosted: tuple[HostedPicture, ...] = ()
    marks: tuple[ClipMark, ...] = ()
    has_all_marks: bool = False
    """Whether a clip of ``jobs`` that is not in ``marks`` had none."""
    job_ids: frozenset[str] = frozenset()
    """Those of ``jobs``, and of rows of which only an index still tells."""


def salvage(path: Path) -> Salvage:
    """Read all that can be read; an empty salvage when nothing can."""
    if not path.is_file():
        return Salvage()
    try:
        connection = connect(path)
    except (DiskError, *_DAMAGE):
        return Salvage()
    try:
        return salvaged_from(connection)
    finally:
        connection.close()


def salvaged_from(connection: sqlite3.Connection) -> Salvage:
    """The same from a database that is open, with rows that have names."""
    clips: dict[str, dict[int, Clip]] = {}
    for job_id, clip in _read(connection, "clips", clip_from):
        clips.setdefault(job_id, {})[clip.ordinal] = clip
    jobs = {job.id: job for job in _read(connection, "jobs", lambda row: job_from(row, ()))}
    attempts = {
        (attempt.job_id, attempt.number): attempt
        for attempt in _read(connection, "attempts", attempt_from)
        if attempt.job_id in jobs
    }
    marks, has_all_marks = _marks(connection)
    return Salvage(
        jobs=tuple(
            replace(job, clips=tuple(clip for _, clip in sorted(clips.get(job.id, {}).items())))
            for job in jobs.values()
        ),
        attempts=tuple(attempts.values()),
        prices=tuple(_read(connection, "prices", price_from)),
        hosted=tuple(_read(connection, "hosted_pictures", hosted_from)),
        marks=marks,
        has_all_marks=has_all_marks,
        job_ids=frozenset(jobs) | _indexed_ids(connection),
    )


def _marks(connection: sqlite3.Connection) -> tuple[tuple[ClipMark, ...], bool]:
    """Those that can be read, and whether these are all there were."""
    rows, is_whole = _scan(connection, "marks", "ASC")
    marks = tuple(_read(connection, "marks", mark_from))
    return marks, is_whole and len(marks) == len(rows)


def _read[T](
    connection: sqlite3.Connection, table: str, make: Callable[[sqlite3.Row], T]
) -> Iterator[T]:
    for row in _rows(connection, table):
        # A single unreadable row costs only itself.
        with suppress(ValueError, IndexError, OverflowError):
            yield make(row)


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[sqlite3.Row]:
    """Rows from the front until damage is met, from the back until it is, then those between."""
    front, whole = _scan(connection, table, "ASC")
    yield from front
    if whole:
        return
    back, _ = _scan(connection, table, "DESC")
    if not front and not back:
        return
    first = front[-1]["_rowid"] if front else 0
    yield from (row for row in back if row["_rowid"] > first)
    end = min(back[-1]["_rowid"], first + _GAP_LIMIT) if back else first + _GUESS_LIMIT
    for number in range(first + 1, end):
        with suppress(*_DAMAGE):
            yield from connection.execute(
                f"SELECT rowid AS _rowid, * FROM {table} WHERE rowid = ?",  # noqa: S608
                (number,),
            ).fetchall()


def _scan(connection: sqlite3.Connection, table: str, order: str) -> tuple[list[sqlite3.Row], bool]:
    """The rows in that order until damage is met; whether none was."""
    rows: list[sqlite3.Row] = []
    try:
        query = f"SELECT rowid AS _rowid, * FROM {table} ORDER BY rowid {order}"  # noqa: S608
        for row in connection.execute(query):
            if rows and (row["_rowid"] > rows[-1]["_rowid"]) is not (order == "ASC"):
                # Pages that point back at each other would never end.
                return rows, False
            rows.append(row)
    except _DAMAGE:
        return rows, False
    return rows, True


def _indexed_ids(connection: sqlite3.Connection) -> frozenset[str]:
    """The ids that an index of the jobs names; rows may be lost that it still knows."""
    found: set[str] = set()
    with suppress(*_DAMAGE):
        query = "SELECT id FROM jobs INDEXED BY jobs_by_age ORDER BY created, id"
        for (job_id,) in islice(connection.execute(query), _GAP_LIMIT):
            if isinstance(job_id, str):
                found.add(job_id)
    return frozenset(found)
