"""Attempts: one row for each submit that was begun, inside a transaction of the caller."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from dreamina_desktop.core.answers import Balance
from dreamina_desktop.core.evidence import SeenBalance
from dreamina_desktop.core.job import Job
from dreamina_desktop.core.submit_class import SubmitClass
from dreamina_desktop.store.job_rows import Columns, RowUnreadableError
from dreamina_desktop.store.stored_text import stored, text_of
from dreamina_desktop.store.stored_values import money_of, money_text, time_of, time_text


@dataclass(frozen=True, slots=True)
class Attempt:
    """One submit; ``ended`` and ``outcome`` are None while nobody knows how it ended.

    ``before`` and ``after`` are what the account held then, where that is known.
    """

    job_id: str
    number: int
    began: datetime
    ended: datetime | None = None
    outcome: SubmitClass | None = None
    request_id: str | None = None
    error_code: str | None = None
    before: SeenBalance | None = None
    after: SeenBalance | None = None


def attempt_from(row: sqlite3.Row) -> Attempt:
    """The attempt of a row. Raises RowUnreadableError."""
    ended, outcome = row["ended"], row["outcome"]
    request_id, error_code = row["request_id"], row["error_code"]
    try:
        return Attempt(
            job_id=text_of(row["job_id"]),
            number=Columns(row).whole("number"),
            began=time_of(row["began"]),
            ended=None if ended is None else time_of(ended),
            outcome=None if outcome is None else SubmitClass(outcome),
            request_id=None if request_id is None else text_of(request_id),
            error_code=None if error_code is None else text_of(error_code),
            before=_balance_of(row, "before"),
            after=_balance_of(row, "after"),
        )
    except (ValueError, TypeError, AttributeError) as error:
        raise RowUnreadableError("attempts") from error


def add_attempt(connection: sqlite3.Connection, attempt: Attempt) -> None:
    """A new row."""
    connection.execute(
        "INSERT INTO attempts (job_id, number, began, ended, outcome, request_id, error_code,"
        " before_amount, before_currency, before_asked, after_amount, after_currency, after_asked)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            attempt.job_id,
            attempt.number,
            time_text(attempt.began),
            None if attempt.ended is None else time_text(attempt.ended),
            None if attempt.outcome is None else attempt.outcome.value,
            None if attempt.request_id is None else stored(attempt.request_id),
            None if attempt.error_code is None else stored(attempt.error_code),
            *balance_cells(attempt.before),
            *balance_cells(attempt.after),
        ),
    )


def open_attempt(
    connection: sqlite3.Connection, job: Job, began: datetime, before: SeenBalance | None = None
) -> None:
    """A new row for a submit that is about to begin; ``before`` is what the account holds."""
    (highest,) = connection.execute(
        "SELECT coalesce(max(number), 0) FROM attempts WHERE job_id = ?", (job.id,)
    ).fetchone()
    # A rebuilt database knows the count, but not the rows.
    number = max(int(highest), job.attempts) + 1
    add_attempt(connection, Attempt(job.id, number, began, before=before))


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


def balance_cells(seen: SeenBalance | None) -> tuple[str | bytes | None, ...]:
    """Amount, currency and time as they are stored."""
    if seen is None:
        return None, None, None
    balance = seen.balance
    return money_text(balance.amount), stored(balance.currency), time_text(seen.asked)


def _balance_of(row: sqlite3.Row, when: str) -> SeenBalance | None:
    # A damaged database of an older schema, which is salvaged as it is, does not have them.
    if f"{when}_asked" not in row.keys() or row[f"{when}_asked"] is None:  # noqa: SIM118
        return None
    balance = Balance(money_of(row[f"{when}_amount"]), text_of(row[f"{when}_currency"]))
    return SeenBalance(balance, time_of(row[f"{when}_asked"]))
