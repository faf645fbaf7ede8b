"""The accepted requests and their lives, on disk before anybody hears of them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from dreamina_desktop.practice.trouble import Failure


class Life(StrEnum):
    """Where a request stands. The API's two vocabularies are made from it by its callers."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class BookedRequest:
    """One accepted request. Times are seconds since the epoch, the cost is in USD.

    ``seed`` is what was asked for (-1: any), ``drawn_seed`` what the clip is made with.
    ``planned_failure`` is how it will end, or ended, if it does not succeed.
    """

    request_id: str
    prompt: str
    frames: int
    seed: int
    drawn_seed: int
    picture: str
    image_sha256: str | None
    note: str | None
    cost: Decimal
    accepted: float
    planned_failure: Failure | None = None
    life: Life = Life.QUEUED
    started: float | None = None
    finished: float | None = None


_SCHEMA = """
CREATE TABLE IF NOT EXISTS requests (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    request_id TEXT NOT NULL UNIQUE,
    prompt TEXT NOT NULL,
    frames INTEGER NOT NULL,
    seed TEXT NOT NULL, -- the model's schema bounds it nowhere, an INTEGER ends at 64 bits
    drawn_seed TEXT NOT NULL,
    picture TEXT NOT NULL,
    image_sha256 TEXT,
    note TEXT,
    cost TEXT NOT NULL,
    accepted REAL NOT NULL,
    failure_code INTEGER,
    failure_message TEXT,
    life TEXT NOT NULL,
    started REAL,
    finished REAL,
    in_ledger INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX IF NOT EXISTS lives ON requests (life, place);
"""
_COLUMNS = (
    "request_id, prompt, frames, seed, drawn_seed, picture, image_sha256, note, cost, accepted,"
    " failure_code, failure_message, life, started, finished"
)


class RequestBook:
    """The table of requests. Each change is one committed statement."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.row_factory = sqlite3.Row
        self._database.execute("PRAGMA journal_mode = TRUNCATE")
        self._database.execute("PRAGMA synchronous = FULL")
        self._database.executescript(_SCHEMA)

    def close(self) -> None:
        self._database.close()

    def add(self, request: BookedRequest) -> None:
        """Accept a request; it is on disk when this returns."""
        failure = request.planned_failure
        values = (
            request.request_id, request.prompt, request.frames, str(request.seed),
            str(request.drawn_seed), request.picture, request.image_sha256, request.note,
            str(request.cost), request.accepted, failure.code if failure else None,
            failure.message if failure else None, request.life, request.started, request.finished,
        )  # fmt: skip
        marks = ", ".join("?" * len(values))
        self._database.execute(
            f"INSERT INTO requests ({_COLUMNS}) VALUES ({marks})",  # noqa: S608 - our own names
            values,
        )

    def get(self, request_id: str) -> BookedRequest | None:
        found = self._select("WHERE request_id = ?", request_id)
        return found[0] if found else None

    def in_life(self, life: Life) -> list[BookedRequest]:
        """All requests that stand there, in the order of their acceptance."""
        return self._select("WHERE life = ? ORDER BY place", life)

    def not_in_ledger(self) -> list[BookedRequest]:
        """Requests whose line may be missing: the server was killed between the two writes."""
        return self._select("WHERE in_ledger = 0 ORDER BY place")

    def mark_in_ledger(self, request_id: str) -> None:
        self._database.execute(
            "UPDATE requests SET in_ledger = 1 WHERE request_id = ?", (request_id,)
        )

    def position(self, request_id: str) -> int | None:
        """Its place in the queue, 1 for the next; None when it is not queued."""
        row = self._database.execute(
            "SELECT count(*) FROM requests AS other, requests AS one WHERE one.request_id = ?"
            " AND one.life = 'queued' AND other.life = 'queued' AND other.place <= one.place",
            (request_id,),
        ).fetchone()
        return int(row[0]) or None

    def start(self, request_id: str, now: float) -> None:
        self._move(request_id, Life.QUEUED, Life.RUNNING, started=now)

    def succeed(self, request_id: str, now: float) -> None:
        self._move(request_id, Life.RUNNING, Life.SUCCEEDED, finished=now)

    def cancel(self, request_id: str, now: float) -> bool:
        """Cancel a queued request; False when it is not queued (any more)."""
        return self._move(request_id, Life.QUEUED, Life.CANCELLED, finished=now)

    def fail(self, request_id: str, failure: Failure, now: float) -> None:
        """End an unfinished request as failed."""
        self._database.execute(
            "UPDATE requests SET life = 'failed', finished = ?, failure_code = ?,"
            " failure_message = ? WHERE request_id = ? AND life IN ('queued', 'running')",
            (now, failure.code, failure.message, request_id),
        )

    def charged(self) -> Decimal:
        """USD taken for all requests; what failed or was cancelled costs nothing."""
        rows = self._database.execute(
            "SELECT cost FROM requests WHERE life NOT IN ('failed', 'cancelled')"
        ).fetchall()
        return sum((Decimal(cost) for (cost,) in rows), Decimal(0))

    def _move(
        self,
        request_id: str,
        from_life: Life,
        to_life: Life,
        *,
        started: float | None = None,
        finished: float | None = None,
    ) -> bool:
        done = self._database.execute(
            "UPDATE requests SET life = ?, started = coalesce(?, started), finished = ?"
            " WHERE request_id = ? AND life = ?",
            (to_life, started, finished, request_id, from_life),
        )
        return done.rowcount == 1

    def _select(self, clause: str, *values: str) -> list[BookedRequest]:
        rows = self._database.execute(
            f"SELECT {_COLUMNS} FROM requests {clause}",  # noqa: S608 - clauses are literals above
            values,
        ).fetchall()
        return [_from_row(row) for row in rows]


def _from_row(row: sqlite3.Row) -> BookedRequest:
    code: int | None = row["failure_code"]
    return BookedRequest(
        request_id=row["request_id"],
        prompt=row["prompt"],
        frames=row["frames"],
        seed=int(row["seed"]),
        drawn_seed=int(row["drawn_seed"]),
        picture=row["picture"],
        image_sha256=row["image_sha256"],
        note=row["note"],
        cost=Decimal(row["cost"]),
        accepted=row["accepted"],
        planned_failure=None if code is None else Failure(code, row["failure_message"]),
        life=Life(row["life"]),
        started=row["started"],
        finished=row["finished"],
    )
