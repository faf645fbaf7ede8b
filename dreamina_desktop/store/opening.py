"""Opening a profile's database: looked at, mended or rebuilt, and brought to the schema."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from dreamina_desktop.core.errors import ProfileTooNewError
from dreamina_desktop.core.job import FINAL, Job, JobState
from dreamina_desktop.core.ports import Clock
from dreamina_desktop.core.submit_class import SubmitClass
from dreamina_desktop.store.attempt_table import close_attempt
from dreamina_desktop.store.backup import backup_file, keep_backup, keep_old_schema
from dreamina_desktop.store.database import Database, connect
from dreamina_desktop.store.disk_faults import database_disk, disk
from dreamina_desktop.store.durable_files import make_private_folder
from dreamina_desktop.store.job_library import job_of_id
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.store.job_table import add_job, change_job
from dreamina_desktop.store.job_trail import caught_up, doubted, ended, restored
from dreamina_desktop.store.migrations import migrate
from dreamina_desktop.store.profile_lock import ProfileLock
from dreamina_desktop.store.rebuild import Rebuilt, finish_rebuild, rebuild
from dreamina_desktop.store.receipt_book import ReceiptBook
from dreamina_desktop.store.receipts import Receipts
from dreamina_desktop.store.soundness import Soundness, examine, glance
from dreamina_desktop.store.stored_text import text_of


@dataclass(frozen=True, slots=True)
class OpenReport:
    """What opening had to do beyond opening.

    ``rebuilt`` is what became of a damaged database, None for a sound one; ``mended`` counts the
    rows of a sound one that were behind their receipts.
    """

    rebuilt: Rebuilt | None = None
    mended: int = 0


def jobs_of(profile: Path, clock: Clock) -> SqliteJobRepository:
    """The jobs of a profile. Touches nothing; to be used once ``make_ready`` has returned."""
    return SqliteJobRepository(Database(_file(profile)), Receipts(profile), clock)


def open_jobs(
    profile: Path, clock: Clock, *, holder: bool
) -> tuple[SqliteJobRepository, OpenReport]:
    """``make_ready``, then ``jobs_of``."""
    report = make_ready(profile, clock, holder=holder)
    return jobs_of(profile, clock), report


def make_ready(profile: Path, clock: Clock, *, holder: bool) -> OpenReport:
    """Look at a profile's jobs, and mend what has to be; the folder is made if it is missing.

    No connection to the database may be open in this process. ``holder`` says that it has the
    profile's lock: then every row is examined. Others only glance at the file, and need the lock
    for a moment where it has to be mended or migrated. Raises DiskError, ProfileTooNewError, and
    for others than the holder ProfileBusyError.
    """
    with disk("profile folder"):
        make_private_folder(profile)
    path = _file(profile)
    receipts = Receipts(profile)
    if holder:
        return _take_over(path, receipts, clock)
    if not _is_usable(path, receipts):
        with ProfileLock(profile):
            return _take_over(path, receipts, clock)
    return OpenReport()


def _file(profile: Path) -> Path:
    return profile / "dreamina.sqlite"


def _is_usable(path: Path, receipts: Receipts) -> bool:
    found = glance(path)
    if found is Soundness.NEWER:
        raise ProfileTooNewError(path.name)
    if found is Soundness.EMPTY and _is_new(path, receipts.book()):
        # The first start of all. Two processes may both begin with the tables: one is first.
        receipts.begin()
        _migrate(path)
        return True
    return found is Soundness.SOUND


def _is_new(path: Path, book: ReceiptBook) -> bool:
    """Whether a database that is empty has never been anything else."""
    return not book and not backup_file(path).exists()


def _take_over(path: Path, receipts: Receipts, clock: Clock) -> OpenReport:
    finish_rebuild(path)
    book = receipts.book()
    found = examine(path)
    if found is Soundness.NEWER:
        raise ProfileTooNewError(path.name)
    if found is Soundness.OLDER:
        keep_old_schema(path)
    if found is Soundness.EMPTY and _is_new(path, book):
        receipts.begin()
        found = Soundness.OLDER
    if found is Soundness.OLDER:
        _migrate(path)
        found = examine(path)
    if found is not Soundness.SOUND:
        return OpenReport(rebuilt=rebuild(path, book, clock.now()))
    database = Database(path)
    try:
        mended = _catch_up(database, book)
    finally:
        database.close()
    keep_backup(path, clock.now())
    return OpenReport(mended=mended)


def _migrate(path: Path) -> None:
    with database_disk():
        connection = connect(path)
        try:
            migrate(connection)
        finally:
            connection.close()


def _catch_up(database: Database, book: ReceiptBook) -> int:
    """Mend the rows of a sound database that are behind their receipts; how many were.

    That is so after a crash between a receipt and its commit, or with an older copy of the file.
    """
    with database.reading() as connection:
        rows = connection.execute("SELECT id, request_id, state FROM jobs").fetchall()
    found = {job_id: (_text(request_id), state) for job_id, request_id, state in rows}
    lost, behind, unsent = [], [], []
    for job_id in book:
        request_id, state = found.get(job_id, (None, None))
        if state is not None and book.confirms(job_id, state, request_id):
            continue
        job = book.job(job_id)
        if job is None:
            continue
        if state is None:
            lost.append(restored(job))
        elif job.request_id is not None and request_id != job.request_id:
            behind.append(job)
        elif state == JobState.PREPARED.value and (
            job.state is JobState.UNKNOWN or job.state in FINAL
        ):
            unsent.append(job)
    added = [row for row in lost if row is not None]
    if added or behind or unsent:
        with database.writing() as connection:
            for row in added:
                add_job(connection, row)
            for job in behind:
                _mend(connection, job)
            for job in unsent:
                # Sent, or over, as far as its receipts know: it must not go out unasked.
                row = job_of_id(connection, job.id)
                mended = ended(row, job) if job.state in FINAL else doubted(row, job)
                change_job(connection, row, mended)
    return len(added) + len(behind) + len(unsent)


def _text(value: str | bytes | None) -> str | None:
    return None if value is None else text_of(value)


def _mend(connection: sqlite3.Connection, known: Job) -> None:
    row = job_of_id(connection, known.id)
    mended = caught_up(row, known)
    change_job(connection, row, mended)
    close_attempt(connection, mended, known.changed, SubmitClass.ACCEPTED)
