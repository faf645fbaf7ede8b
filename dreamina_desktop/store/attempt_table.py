"""Attempts: one row for each submit that was begun, inside a transaction of the caller."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from dreamina_desktop.core.job import Job
from dreamina_desktop.core.submit_class import SubmitClass
from dreamina_desktop.store.job_rows import RowUnreadableError
from dreamina_desktop.store.stored_text import stored, text_of
from dreamina_desktop.store.stored_values import time_of, time_text


@dataclass(frozen=True, slots=True)
class Attempt:
    """One submit; ``ended`` and ``outcome`` are None while nobody knows how it ended."""

    job_id: str
    number: int
    began: datetime
    ended: datetime | None = None
    outcome: SubmitClass | None = None
    request_id: str | None = None
    error_code: str | None = None


def attempt_from(row: sqlite3.Row) -> Attempt:
    """The attempt of a row. Raises RowUnreadableError."""
    ended, outcome = row["ended"], row["outcome"]
    request_id, error_code = row["request_id"], row["error_code"]
    try:
        return Attempt(
            job_id=text_of(row["job_id"]),
            number=int(row["number"]),
            began=time_of(row["began"]),
            ended=None if ended is None else time_of(ended),
            outcome=None if outcome is None else SubmitClass(outcome),
            request_id=None if request_id is None else text_of(request_id),
            error_code=None if error_code is None else text_of(error_code),
        )
    except (ValueError, TypeError, AttributeError) as error:
        raise RowUnreadableError("attempts") from error


def add_attempt(connection: sqlite3.Connection, attempt: Attempt) -> None:
    """A new row."""
    connection.execute(
        "INSERT INTO attempts (job_id, number, began, ended, outcome, request_id, error_code)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            attempt.job_id,
            attempt.number,
            time_text(attempt.began),
            None if attempt.ended is None else time_text(attempt.ended),
            None if attempt.outcome is None else attempt.outcome.value,
            None if attempt.request_id is None else stored(attempt.request_id),
            None if attempt.error_code is None else stored(attempt.error_code),
        ),
    )


def open_attempt(connection: sqlite3.Connection, job: Job, began: datetime) -> None:
    """A new row for a submit that is about to begin."""
    (highest,) = connection.execute(
        "SELECT coalesce(max(number), 0) FROM attempts WHERE job_id = ?", (job.id,)
    ).fetchone()
    # A rebuilt database knows the count, but not the rows.
    add_attempt(connection, Attempt(job.id, max(int(highest), job.attempts) + 1, began))


def close_attempt(
    connection: sqlite3.Connection, job: Job, ended: datetime, outcome: SubmitClass
) -> None:
    """Write how the open attempt ended, if there is one."""
    connection.execute(
        "UPDATE attempts SET ended = ?, outcome = ?, request_id = ?, error_code = ?"
        " WHERE job_id = ? AND ended IS NULL",
        (
            time_text(ended),
            outcome.value,
            None if job.request_id is None else stored(job.request_id),
            None if job.error is None else stored(job.error.code),
            job.id,
        ),
    )
