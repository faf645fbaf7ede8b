"""Looking at a profile's jobs: single ones, lists, pages and sums. Changes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal

from dreamina_desktop.core.answers import Price
from dreamina_desktop.core.diagnosis import JobCount
from dreamina_desktop.core.errors import DatabaseDamagedError, NoSuchJobError
from dreamina_desktop.core.evidence import Evidence
from dreamina_desktop.core.job import FINAL, Job, JobState
from dreamina_desktop.core.mark import Mark
from dreamina_desktop.core.siblings import sibling_key
from dreamina_desktop.store.balance_table import find_evidence
from dreamina_desktop.store.database import Database
from dreamina_desktop.store.job_rows import RowUnreadableError, Value
from dreamina_desktop.store.job_search import mentions
from dreamina_desktop.store.job_table import find_job, find_jobs
from dreamina_desktop.store.price_table import latest_price
from dreamina_desktop.store.stored_text import stored, text_of
from dreamina_desktop.store.stored_values import money_of, time_text

_PAGE = 200
# As ``jobs.lifecycle.is_waiting`` says it of a job.
_CANCELLABLE = ", ".join(
    f"'{state.value}'" for state in (JobState.PREPARED, JobState.QUEUED, JobState.RUNNING)
)
_WAITING = (
    f"((resting OR hold IS NOT NULL OR state = '{JobState.UNKNOWN.value}')"
    f" AND NOT (cancel_wanted AND state IN ({_CANCELLABLE})))"
)
# As ``core.job.Job.mark`` has it.
_MARK = " ".join(
    (
        "(CASE",
        *(
            f"WHEN id IN (SELECT job_id FROM marks WHERE mark = '{mark}') THEN '{mark}'"  # noqa: S608
            for mark in (Mark.STARRED, Mark.REJECTED)
        ),
        f"ELSE '{Mark.NONE}' END)",
    )
)
_FINAL_WORDS = ", ".join(sorted(f"'{state.value}'" for state in FINAL))


class JobLibrary:
    """Every call is one short read, fetched whole. All raise DiskError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def close(self) -> None:
        """Let go of the file; no other thread may be inside a call."""
        self._database.close()

    def get(self, job_id: str) -> Job:
        """One job, deleted or not. Raises NoSuchJobError."""
        with self._database.reading() as connection:
            return job_of_id(connection, job_id)

    def by_request(self, request_id: str) -> Job | None:
        """The job that follows a request; a deleted one does not."""
        with self._database.reading() as connection:
            return job_of_request(connection, request_id)

    def unfinished(self, realm: str) -> tuple[Job, ...]:
        """Jobs of that API in no final state and not deleted, oldest first."""
        with self._database.reading() as connection:
            return find_jobs(
                connection,
                f"SELECT * FROM jobs WHERE realm = ? AND state NOT IN ({_FINAL_WORDS})"  # noqa: S608
                " AND deleted IS NULL ORDER BY created, id",
                (stored(realm),),
            )

    def unfinished_ids(self) -> frozenset[str]:
        """The ids of all jobs in no final state: of every API, deleted ones too."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT id FROM jobs WHERE state NOT IN ({_FINAL_WORDS})"  # noqa: S608
            ).fetchall()
        return frozenset(text_of(job_id) for (job_id,) in rows)

    def named_pictures(self) -> frozenset[str]:
        """The sha256 of every picture that a job names, of whatever API, deleted ones too."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT DISTINCT picture_sha256 FROM jobs WHERE picture_sha256 IS NOT NULL"
            ).fetchall()
        return frozenset(text_of(sha256) for (sha256,) in rows)

    def page(
        self,
        limit: int,
        before: str | None = None,
        search: str | None = None,
        *,
        states: frozenset[JobState] | None = None,
        waiting: bool | None = None,
        marks: frozenset[Mark] | None = None,
        include_deleted: bool = False,
    ) -> tuple[Job, ...]:
        """At most ``limit`` jobs, newest first, finished ones too.

        ``before`` is the id of the last job of the page before. Every word of ``search`` occurs
        in prompt, picture, seed, request id or job id, in whatever case. Only those in ``states``;
        ``waiting`` True only those that wait for a person, False only the others; only those
        whose mark is among ``marks``. Raises NoSuchJobError for a ``before`` that never was,
        ValueError for a limit below 1.
        """
        if limit < 1:
            raise ValueError(limit)
        query = ["SELECT * FROM jobs WHERE 1"]
        values: list[Value] = []
        with self._database.reading() as connection:
            if not include_deleted:
                query.append("AND deleted IS NULL")
            if before is not None:
                query.append("AND (created, id) < (?, ?)")
                values += time_text(job_of_id(connection, before).created), stored(before)
            if states is not None:
                query.append(f"AND state IN ({', '.join('?' * len(states))})")
                values += sorted(state.value for state in states)
            if waiting is not None:
                query.append(f"AND {'' if waiting else 'NOT '}{_WAITING}")
            if marks is not None:
                query.append(f"AND {_MARK} IN ({', '.join('?' * len(marks))})")
                values += sorted(mark.value for mark in marks)
            if search is not None:
                query.append("AND mentions(?, prompt, picture_source, seed, request_id, id)")
                values.append(stored(search))
            query.append("ORDER BY created DESC, id DESC LIMIT ?")
            return find_jobs(connection, " ".join(query), (*values, limit))

    def siblings(self, job_id: str) -> tuple[Job, ...]:
        """All takes of the same thing, itself among them, oldest first; deleted ones are left out.

        A job whose settings are not known has none but itself. See ``core.siblings``. Raises
        NoSuchJobError.
        """
        with self._database.reading() as connection:
            job = job_of_id(connection, job_id)
            if job.spec is None:
                return (job,)
            key = sibling_key(job.spec)
            return find_jobs(
                connection,
                "SELECT * FROM jobs"
                " WHERE coalesce(picture_sha256, picture_address, picture_source) = ?"
                " AND model_id = ? AND prompt = ? AND frames = ? AND realm = ?"
                " AND deleted IS NULL ORDER BY created, id",
                (
                    stored(key.picture),
                    stored(key.model_id),
                    stored(key.prompt),
                    key.frames,
                    stored(job.realm),
                ),
            )

    @staticmethod
    def finds(job: Job, search: str) -> bool:
        """Whether ``page`` with that ``search`` would list the job, which need not be a row."""
        spec = job.spec
        fields = (spec.prompt, spec.picture.source, str(spec.seed)) if spec is not None else ()
        return mentions(search, *fields, job.request_id, job.id)

    def all(self, *, include_deleted: bool = False) -> tuple[Job, ...]:
        """Every job, newest first; read page by page, so that nobody waits long to write."""
        jobs: list[Job] = []
        while True:
            last = jobs[-1].id if jobs else None
            page = self.page(_PAGE, last, include_deleted=include_deleted)
            jobs += page
            if len(page) < _PAGE:
                return tuple(jobs)

    def named(self, beginning: str, realm: str) -> Job | None:
        """The job of that API with this id, or the only one whose id begins so."""
        if not beginning:
            return None
        with self._database.reading() as connection:
            # An id is ASCII. A whole one is the first of all that begin with it.
            found = find_jobs(
                connection,
                "SELECT * FROM jobs WHERE id >= ? AND id < ? AND realm = ?"
                " AND deleted IS NULL ORDER BY id LIMIT 2",
                (stored(beginning), stored(f"{beginning}\x7f"), stored(realm)),
            )
        return found[0] if len(found) == 1 or (found and found[0].id == beginning) else None

    def counts(self) -> tuple[JobCount, ...]:
        """How many jobs are in each state that occurs, deleted ones among them."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT state, count(*) FROM jobs GROUP BY state").fetchall()
        found = dict(rows)
        return tuple(
            JobCount(state, found[state.value]) for state in JobState if state.value in found
        )

    def spent(self, since: datetime) -> Decimal:
        """The sum, in USD, of all costs known to have arisen since; deleting a job undoes none."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT cost FROM jobs WHERE cost IS NOT NULL"
                " AND coalesce(completed, submitted, created) >= ?",
                (time_text(since),),
            ).fetchall()
        try:
            return sum((money_of(row["cost"]) for row in rows), Decimal(0))
        except ValueError as error:
            raise DatabaseDamagedError(f"database, unreadable row: {error}") from error

    def latest_price(self, model_id: str) -> Price | None:
        """The price saved last, None when none ever was."""
        with self._database.reading() as connection, readable():
            return latest_price(connection, model_id)

    def evidence(self, *job_ids: str) -> dict[str, Evidence]:
        """The balance around the last submit of each of these jobs that was ever sent."""
        with self._database.reading() as connection, readable():
            return find_evidence(connection, job_ids)


@contextmanager
def readable() -> Iterator[None]:
    """Turns an unreadable row into a DatabaseDamagedError."""
    try:
        yield
    except RowUnreadableError as error:
        raise DatabaseDamagedError(f"database, unreadable row: {error}") from error


def job_of_id(connection: sqlite3.Connection, job_id: str) -> Job:
    """One row. Raises NoSuchJobError, DiskError."""
    job = find_job(connection, job_id)
    if job is None:
        raise NoSuchJobError(job_id)
    return job


def job_of_request(connection: sqlite3.Connection, request_id: str) -> Job | None:
    """The newest row with that request that is not deleted. Raises DiskError."""
    found = find_jobs(
        connection,
        "SELECT * FROM jobs WHERE request_id = ? AND deleted IS NULL"
        " ORDER BY created DESC, id DESC LIMIT 1",
        (stored(request_id),),
    )
    return found[0] if found else None
