"""The balances around each job's last submit, inside a transaction of the caller."""

from __future__ import annotations

import sqlite3

from dreamina_desktop.core.evidence import OVER_AFTER, SETTLED_AFTER, Evidence, SeenBalance
from dreamina_desktop.core.job import FINAL
from dreamina_desktop.core.submit_class import SubmitClass
from dreamina_desktop.store.attempt_table import Attempt, attempt_from, balance_cells
from dreamina_desktop.store.stored_text import stored
from dreamina_desktop.store.stored_values import time_text

# Submits that may have been charged, as far as anybody knows.
_CHARGEABLE = (
    "(other.outcome IS NULL OR other.outcome IN"
    f" ('{SubmitClass.ACCEPTED.value}', '{SubmitClass.UNKNOWN.value}'))"
)
_FINAL_WORDS = ", ".join(sorted(f"'{state.value}'" for state in FINAL))


def find_evidence(connection: sqlite3.Connection, job_ids: tuple[str, ...]) -> dict[str, Evidence]:
    """The evidence of each of the jobs that was ever sent. Raises RowUnreadableError."""
    found = {}
    for job_id in job_ids:
        attempt = _last(connection, job_id)
        if attempt is not None:
            found[job_id] = Evidence(
                began=attempt.began,
                ended=attempt.ended,
                before=attempt.before,
                after=attempt.after,
                alone=attempt.after is None or _is_alone(connection, attempt, attempt.after),
            )
    return found


def note_after(connection: sqlite3.Connection, job_id: str, seen: SeenBalance) -> bool:
    """Keep what the account holds after a job's last submit; whether it was evidence.

    A first answer is kept in any case, and replaced as long as nothing else was sent.
    """
    attempt = _last(connection, job_id)
    if attempt is None or attempt.ended is None or attempt.ended > seen.asked:
        return False
    if attempt.after is not None and _is_followed(connection, attempt, seen):
        return False
    connection.execute(
        "UPDATE attempts SET after_amount = ?, after_currency = ?, after_asked = ?"
        " WHERE job_id = ? AND number = ?",
        (*balance_cells(seen), stored(job_id), attempt.number),
    )
    return True


def _last(connection: sqlite3.Connection, job_id: str) -> Attempt | None:
    row = connection.execute(
        "SELECT * FROM attempts WHERE job_id = ? ORDER BY number DESC LIMIT 1", (stored(job_id),)
    ).fetchone()
    return None if row is None else attempt_from(row)


def _is_alone(connection: sqlite3.Connection, attempt: Attempt, after: SeenBalance) -> bool:
    """Whether no other submit can have changed the balance between the two."""
    return not _is_followed(connection, attempt, after) and not _is_preceded(connection, attempt)


def _is_followed(connection: sqlite3.Connection, attempt: Attempt, after: SeenBalance) -> bool:
    """Whether another submit began between this one and that balance."""
    other = connection.execute(
        f"SELECT 1 FROM attempts AS other WHERE {_CHARGEABLE}"  # noqa: S608
        " AND other.began > ? AND other.began <= ? LIMIT 1",
        (time_text(attempt.began), time_text(after.asked)),
    ).fetchone()
    return other is not None


def _is_preceded(connection: sqlite3.Connection, attempt: Attempt) -> bool:
    """Whether the charge of an earlier submit, or a refund, may only have come after ``before``."""
    before = attempt.began if attempt.before is None else attempt.before.asked
    other = connection.execute(
        "SELECT 1 FROM attempts AS other JOIN jobs AS job ON job.id = other.job_id"  # noqa: S608
        f" WHERE {_CHARGEABLE} AND other.began BETWEEN ? AND ?"
        " AND (other.job_id, other.number) != (?, ?)"
        f" AND (job.completed IS NULL AND job.state NOT IN ({_FINAL_WORDS})"
        " OR coalesce(job.completed, job.changed) > ?) LIMIT 1",
        (
            time_text(before - OVER_AFTER),
            time_text(attempt.began),
            stored(attempt.job_id),
            attempt.number,
            time_text(before - SETTLED_AFTER),
        ),
    ).fetchone()
    return other is not None
