"""Opening a profile's database: looked at, mended or rebuilt, and brought to the schema."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dreamina_desktop.core.errors import ProfileTooNewError
from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.core.ports import Clock
from dreamina_desktop.core.submit_class import SubmitClass
from dreamina_desktop.store.attempt_table import close_attempt
from dreamina_desktop.store.database import Database, connect
from dreamina_desktop.store.disk_faults import database_disk, disk
from dreamina_desktop.store.durable_files import make_private_folder
from dreamina_desktop.store.job_library import job_of_id
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.store.job_table import add_job, change_job
from dreamina_desktop.store.job_trail import caught_up, doubted, restored, trails
from dreamina_desktop.store.migrations import migrate
from dreamina_desktop.store.profile_lock import ProfileLock
from dreamina_desktop.store.rebuild import finish_rebuild, rebuild
from dreamina_desktop.store.receipts import Receipts
from dreamina_desktop.store.soundness import Soundness, examine, glance
from dreamina_desktop.store.stored_text import stored


@dataclass(frozen=True, slots=True)
class OpenReport:
    """What opening had to do beyond opening.

    ``recovered`` counts the jobs brought over into a rebuilt database, or else the rows mended
    from their receipts. ``set_aside`` is where a damaged file lies now.
    """

    rebuilt: bool = False
    recovered: int = 0
    set_aside: Path | None = None


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
    if found is Soundness.EMPTY and not receipts.read():
        # The first start of all. Two processes may both begin with the tables: one is first.
        _migrate(path)
        return True
    return found is Soundness.SOUND


def _take_over(path: Path, receipts: Receipts, clock: Clock) -> OpenReport:
    finish_rebuild(path)
    known = trails(receipts.read())
    found = examine(path)
    if found is Soundness.NEWER:
        raise ProfileTooNewError(path.name)
    if found is Soundness.OLDER or (found is Soundness.EMPTY and not known):
        _migrate(path)
        found = examine(path)
    if found is not Soundness.SOUND:
        jobs, aside = rebuild(path, known, clock.now())
        return OpenReport(rebuilt=True, recovered=len(jobs), set_aside=aside)
    database = Database(path)
    try:
        return OpenReport(recovered=_catch_up(database, known.values()))
    finally:
        database.close()


def _migrate(path: Path) -> None:
    with database_disk():
        connection = connect(path)
        try:
            migrate(connection)
        finally:
            connection.close()


def _catch_up(database: Database, known: Iterable[Job]) -> int:
    """Mend the rows of a sound database that are behind their receipts; how many were.

    That is so after a crash between a receipt and its commit, or with an older copy of the file.
    """
    with database.reading() as connection:
        rows = connection.execute("SELECT id, request_id, state FROM jobs").fetchall()
    requests = {row["id"]: row["request_id"] for row in rows}
    unsent = {row["id"] for row in rows if row["state"] == JobState.PREPARED.value}
    lost, behind, doubtful = [], [], []
    for job in known:
        if job.id not in requests:
            lost.append(restored(job))
        elif job.request_id is not None and requests[job.id] != stored(job.request_id):
            behind.append(job)
        elif job.state is JobState.UNKNOWN and job.id in unsent:
            doubtful.append(job)
    added = [row for row in lost if row is not None]
    if added or behind or doubtful:
        with database.writing() as connection:
            for row in added:
                add_job(connection, row)
            for job in behind:
                _mend(connection, job)
            for job in doubtful:
                # Sent, as far as its receipts know: it must not go out a second time unasked.
                row = job_of_id(connection, job.id)
                change_job(connection, row, doubted(row, job))
    return len(added) + len(behind) + len(doubtful)


def _mend(connection: sqlite3.Connection, known: Job) -> None:
    row = job_of_id(connection, known.id)
    mended = caught_up(row, known)
    change_job(connection, row, mended)
    close_attempt(connection, mended, known.changed, SubmitClass.ACCEPTED)
