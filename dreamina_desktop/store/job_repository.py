"""The rows of a profile's jobs: the one place that changes a state."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime

from dreamina_desktop.core.answers import Price
from dreamina_desktop.core.errors import DiskError, StateChangedError
from dreamina_desktop.core.evidence import SeenBalance
from dreamina_desktop.core.hosted_picture import HostedPicture
from dreamina_desktop.core.job import FINAL, Job, JobState, may_become
from dreamina_desktop.core.mark import Mark
from dreamina_desktop.core.ports import Clock
from dreamina_desktop.core.submit_class import SubmitClass
from dreamina_desktop.store.attempt_table import close_attempt, open_attempt
from dreamina_desktop.store.balance_table import note_after
from dreamina_desktop.store.database import Database
from dreamina_desktop.store.hosted_table import (
    add_hosted,
    find_hosted,
    find_removable,
    mark_removed,
    mark_uploaded,
)
from dreamina_desktop.store.job_library import JobLibrary, job_of_id, job_of_request, readable
from dreamina_desktop.store.job_table import add_job, change_job
from dreamina_desktop.store.mark_table import ClipMark, write_mark
from dreamina_desktop.store.price_table import SavedPrice, add_price
from dreamina_desktop.store.receipt import Receipt, ReceiptKind
from dreamina_desktop.store.receipts import Receipts
from dreamina_desktop.store.spent_addresses import SPENT, forget_spent, without_signatures


class SqliteJobRepository(JobLibrary):
    """``core.ports.JobRepository`` and ``HostedPictureRows`` on SQLite, with receipts.

    Any thread may call, and any process: each change is one transaction, alone among all.
    """

    def __init__(self, database: Database, receipts: Receipts, clock: Clock) -> None:
        super().__init__(database)
        self._receipts = receipts
        self._clock = clock

    def add(self, job: Job, *others: Job) -> None:
        """New rows, all or none: PREPARED with a spec, or QUEUED with an adopted request's id.

        Raises StateChangedError when a live job of that API already follows the request (another
        process was quicker), ValueError for any other state, DiskError.
        """
        jobs = (job, *others)
        for new in jobs:
            if not may_become(JobState.DRAFT, new.state):
                raise ValueError(new.state)
            if (new.state is JobState.PREPARED) is not (new.request_id is None):
                raise ValueError(new.request_id)
        with self._database.writing() as connection:
            for new in jobs:
                self._add(connection, new)

    def change(self, before: Job, after: Job) -> Job:
        """Compare-and-set on the state: write every field, return the new row.

        Raises ValueError for another job's row or an arrow that the table does not have.
        """
        _check_arrow(before, after)
        with self._changing(before) as (connection, row):
            after = self._merged(before, after, row)
            if after.request_id is not None and after.request_id != row.request_id:
                self._note(ReceiptKind.ACCEPTED, after)
            elif row.state is JobState.UNKNOWN and after.state is JobState.PREPARED:
                # The user looked: the provider does not have it.
                self._note(ReceiptKind.CLOSED, after, SubmitClass.NOT_SENT)
            elif row.state is JobState.QUEUED and after.state is JobState.UNKNOWN:
                self._note(ReceiptKind.MISTAKEN, after)
            if after.state in FINAL and row.state not in FINAL:
                self._note(ReceiptKind.ENDED, after)
            change_job(connection, row, after)
            return after

    def begin_attempt(self, before: Job, balance: SeenBalance | None = None) -> Job:
        """PREPARED → SUBMITTING with a new attempt row: on disk before anything is sent.

        ``balance`` is what the account holds before it, if that is known. What kept the job from
        being sent (hold, error, time) is cleared. Raises StateChangedError also when the user
        asked meanwhile to cancel or to delete it, or it was held.
        """
        now = self._clock.now()
        after = replace(
            before,
            state=JobState.SUBMITTING,
            attempts=before.attempts + 1,
            hold=None,
            error=None,
            not_before=None,
        )
        _check_arrow(before, after)
        noted = False
        try:
            with self._changing(before) as (connection, row):
                if row.cancel_wanted is not before.cancel_wanted or row.deleted != before.deleted:
                    raise StateChangedError(before.id)
                if row.hold not in (None, before.hold):
                    raise StateChangedError(before.id)
                after = self._merged(before, after, row)
                open_attempt(connection, before, now, balance)
                self._note(ReceiptKind.ATTEMPT, after)
                noted = True
                change_job(connection, row, after)
        except DiskError:
            if noted:
                # Nothing will be sent on it, and the receipts shall not doubt that later.
                with suppress(DiskError):
                    self._note(ReceiptKind.CLOSED, after, SubmitClass.NOT_SENT)
            raise
        return after

    def end_attempt(self, before: Job, after: Job, outcome: SubmitClass) -> Job:
        """SUBMITTING → ``after.state``, the open attempt closed, in one transaction.

        An accepted one writes the receipt with the request id first.
        """
        _check_arrow(before, after)
        accepted = outcome is SubmitClass.ACCEPTED
        if before.state is not JobState.SUBMITTING or accepted is (after.request_id is None):
            raise ValueError(outcome)
        if accepted:
            # Before the database is even asked: it may be locked, full or damaged, and an id
            # that is nowhere is a clip that was paid for and is lost.
            self._note(ReceiptKind.ACCEPTED, after)
        with self._changing(before) as (connection, row):
            after = self._merged(before, after, row)
            if not accepted:
                self._note(ReceiptKind.CLOSED, after, outcome)
            close_attempt(connection, after, after.changed, outcome)
            change_job(connection, row, after)
            return after

    def mark(self, job_id: str, ordinal: int, mark: Mark) -> None:
        """Keep what a person thinks of a clip; the job's row stays as it is.

        Raises NoSuchJobError, also where the job has no such clip.
        """
        with self._database.writing() as connection:
            write_mark(connection, ClipMark(job_id, ordinal, mark))

    def want_cancel(self, job_id: str) -> Job:
        """Record the user's wish, whoever holds the profile."""
        with self._database.writing() as connection:
            row = job_of_id(connection, job_id)
            return self._write(connection, row, replace(row, cancel_wanted=True))

    def note_balance(self, job_id: str, seen: SeenBalance) -> bool:
        """Keep what the account holds after a job's last submit; whether it was evidence."""
        with self._database.writing() as connection, readable():
            return note_after(connection, job_id, seen)

    def save_price(self, model_id: str, price: Price, at: datetime) -> None:
        """Keep what the provider asks at a time."""
        with self._database.writing() as connection:
            add_price(connection, SavedPrice(model_id, at, price))

    def hosted(self, job_id: str) -> tuple[HostedPicture, ...]:
        """A job's pictures, in whatever buckets, but those that are removed."""
        with self._database.reading() as connection, readable():
            return find_hosted(connection, job_id)

    def begin_hosting(self, picture: HostedPicture) -> None:
        """Write down a name before anything is put there. Raises NoSuchJobError."""
        with self._database.writing() as connection:
            job_of_id(connection, picture.job_id)
            add_hosted(connection, picture)

    def note_uploaded(self, name: str) -> None:
        """That picture is whole in its bucket."""
        with self._database.writing() as connection:
            mark_uploaded(connection, name, self._clock.now())

    def note_removed(self, name: str) -> None:
        """That picture is gone from its bucket."""
        with self._database.writing() as connection:
            mark_removed(connection, name, self._clock.now())

    def removable(self) -> tuple[HostedPicture, ...]:
        """Those to be deleted, of jobs in a final state that are not removed yet."""
        with self._database.reading() as connection, readable():
            return find_removable(connection)

    def delete(self, job_id: str) -> Job:
        """Hide a job from every list; its row and its receipts stay.

        Raises StateChangedError for one that is still live, or in doubt.
        """
        with self._database.writing() as connection:
            row = job_of_id(connection, job_id)
            if row.state not in SPENT:
                raise StateChangedError(job_id)
            return self._write(connection, row, replace(row, deleted=self._clock.now()))

    def undelete(self, job_id: str) -> Job:
        """Take a ``delete`` back."""
        with self._database.writing() as connection:
            row = job_of_id(connection, job_id)
            return self._write(connection, row, replace(row, deleted=None))

    def forget_addresses(self) -> None:
        """Take signatures out of rows that need none any more, as earlier versions left them."""
        with self._database.writing() as connection:
            found = forget_spent(connection)
        if found:
            # That version also left them in the pages that it freed.
            self._database.compact()

    def _add(self, connection: sqlite3.Connection, job: Job) -> None:
        if job.request_id is not None:
            known = job_of_request(connection, job.request_id)
            if known is not None and known.realm == job.realm and known.state not in FINAL:
                raise StateChangedError(known.id)
            self._note(ReceiptKind.ACCEPTED, job)
        add_job(connection, job)

    @contextmanager
    def _changing(self, before: Job) -> Iterator[tuple[sqlite3.Connection, Job]]:
        """A transaction with the row as it is now, in the state that ``before`` has.

        And after the same submits: one that came to nothing leads back to the state it left.
        """
        with self._database.writing() as connection:
            row = job_of_id(connection, before.id)
            if (row.state, row.attempts) != (before.state, before.attempts):
                raise StateChangedError(before.id)
            yield connection, row

    def _merged(self, before: Job, after: Job, row: Job) -> Job:
        """``after``, with what other processes may have written since ``before`` was read."""
        wanted = after.cancel_wanted or (row.cancel_wanted and not before.cancel_wanted)
        merged = replace(
            after,
            changed=self._clock.now(),
            cancel_wanted=wanted,
            hold=row.hold if after.hold is before.hold else after.hold,
            deleted=row.deleted if row.deleted != before.deleted else after.deleted,
            folder=row.folder if after.folder == before.folder else after.folder,
            clips=row.clips if after.clips == before.clips else after.clips,
        )
        return without_signatures(merged)

    def _write(self, connection: sqlite3.Connection, row: Job, after: Job) -> Job:
        after = replace(after, changed=self._clock.now())
        change_job(connection, row, after)
        return after

    def _note(self, kind: ReceiptKind, job: Job, outcome: SubmitClass | None = None) -> None:
        self._receipts.append(Receipt(kind, self._clock.now(), job, outcome))


def _check_arrow(before: Job, after: Job) -> None:
    if before.id != after.id:
        raise ValueError(after.id)
    if before.state is not after.state and not may_become(before.state, after.state):
        raise ValueError(f"{before.state} to {after.state}")
