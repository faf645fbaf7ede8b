"""A new database out of what a damaged one still gives and what the receipts say."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.store.attempt_table import add_attempt
from dreamina_desktop.store.backup import opened_backup
from dreamina_desktop.store.database import connect
from dreamina_desktop.store.disk_faults import database_disk, disk
from dreamina_desktop.store.durable_files import sync_folder
from dreamina_desktop.store.hosted_table import add_hosted
from dreamina_desktop.store.job_table import add_job
from dreamina_desktop.store.job_trail import in_doubt, restored, salvaged
from dreamina_desktop.store.mark_table import add_mark
from dreamina_desktop.store.migrations import migrate
from dreamina_desktop.store.price_table import add_price
from dreamina_desktop.store.receipt_book import ReceiptBook
from dreamina_desktop.store.salvage import Salvage, salvage, salvaged_from

_JOURNAL = "-journal"


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild brought back, of all that anything still tells of; clips are landed ones.

    ``set_aside`` is where the damaged file is now, None if there was none.
    """

    jobs: int
    of_jobs: int
    clips: int
    of_clips: int
    set_aside: Path | None


def rebuild(path: Path, book: ReceiptBook, now: datetime) -> Rebuilt:
    """Put a new database in the place of a damaged or missing one, which is set aside.

    Killed at any moment it leaves either the damaged file or the finished new one in place, or
    for an instant none: then the receipts and ``finish_rebuild`` have it all.
    Raises DiskError.
    """
    known = book.jobs()
    rescued = salvage(path)
    with opened_backup(path) as connection:
        saved = salvaged_from(connection)
    jobs = _jobs(rescued, saved, known, _Unsent(rescued, saved, known, is_whole=book.is_whole))
    fresh = _fresh(path)
    _remove(fresh)
    with database_disk():
        connection = connect(fresh)
        try:
            migrate(connection)
            _fill(connection, jobs, rescued, saved)
        finally:
            connection.close()
    with disk("database"):
        aside = _set_aside(path, now)
        _move_in(fresh, path)
    everything = (*rescued.jobs, *saved.jobs, *known.values())
    return Rebuilt(
        jobs=len(jobs),
        of_jobs=len({job.id for job in jobs} | rescued.job_ids | saved.job_ids | known.keys()),
        clips=len(_landed(jobs)),
        of_clips=len(_landed(everything)),
        set_aside=aside,
    )


def finish_rebuild(path: Path) -> None:
    """Go on where a rebuild was killed between its two last steps. Raises DiskError."""
    fresh, journal = _fresh(path), _journal(_fresh(path))
    with disk("database"):
        # The old file goes last of all, so the new one is complete; a journal with something in
        # it says that it never was.
        unfinished = journal.exists() and journal.stat().st_size > 0
        if fresh.exists() and not path.exists() and not unfinished:
            _move_in(fresh, path)


class _Unsent:
    """Whether a click that a copy calls unsent can have been sent since: then it is in doubt."""

    def __init__(
        self, rescued: Salvage, saved: Salvage, known: Mapping[str, Job], *, is_whole: bool
    ) -> None:
        # A submit without a receipt: some are missing of which no torn line tells.
        begun = (job.id for job in (*rescued.jobs, *saved.jobs) if job.attempts)
        self._is_sure = is_whole and all(job_id in known for job_id in begun)

    def judged(self, job: Job) -> Job:
        """The job as it may be believed."""
        sure = self._is_sure or job.state is not JobState.PREPARED
        return job if sure else in_doubt(job)


def _jobs(
    rescued: Salvage, saved: Salvage, known: Mapping[str, Job], unsent: _Unsent
) -> tuple[Job, ...]:
    requests = {job.request_id for job in known.values()} - {None}
    jobs = {
        job.id: salvaged(job, known.get(job.id))
        for job in rescued.jobs
        # A damaged id makes a second row of a request that the receipts know by its right one.
        if job.id in known or job.request_id not in requests
    }
    requests |= {job.request_id for job in jobs.values()} - {None}
    for job in saved.jobs:
        if job.id not in jobs and (job.id in known or job.request_id not in requests):
            jobs[job.id] = unsent.judged(salvaged(job, known.get(job.id)))
    for receipted in known.values():
        row = restored(receipted)
        if receipted.id not in jobs and row is not None:
            jobs[row.id] = row
    return tuple(sorted(jobs.values(), key=lambda job: (job.created, job.id)))


def _landed(jobs: Iterable[Job]) -> frozenset[tuple[str, int]]:
    return frozenset((job.id, clip.ordinal) for job in jobs for clip in job.clips if clip.landed)


def _fill(
    connection: sqlite3.Connection, jobs: tuple[Job, ...], rescued: Salvage, saved: Salvage
) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for job in jobs:
        add_job(connection, job)
    ids = {job.id for job in jobs}
    # What the damaged file has of the same is newer.
    attempts = {(one.job_id, one.number): one for one in (*saved.attempts, *rescued.attempts)}
    for attempt in attempts.values():
        if attempt.job_id in ids:
            add_attempt(connection, attempt)
    hosted = {one.name: one for one in (*saved.hosted, *rescued.hosted)}
    for picture in hosted.values():
        if picture.job_id in ids:
            add_hosted(connection, picture)
    # One that was taken back since the copy must not come again.
    known = {job.id for job in rescued.jobs} if rescued.has_all_marks else set[str]()
    older = (one for one in saved.marks if one.job_id not in known)
    marks = {(one.job_id, one.ordinal): one for one in (*older, *rescued.marks)}
    for mark in marks.values():
        if mark.job_id in ids:
            add_mark(connection, mark)
    prices = {(one.model_id, one.at): one for one in (*saved.prices, *rescued.prices)}
    for price in prices.values():
        add_price(connection, price)
    connection.execute("COMMIT")


def _set_aside(path: Path, now: datetime) -> Path | None:
    stamp = now.astimezone(UTC).strftime("%Y-%m-%dT%H%M%SZ")
    number, aside = 1, path.with_stem(f"{path.stem}.damaged-{stamp}")
    while aside.exists() or _journal(aside).exists():
        number += 1
        aside = path.with_stem(f"{path.stem}.damaged-{stamp}-{number}")
    if _journal(path).exists():
        # Left behind, it would be rolled back into the new database.
        _journal(path).rename(_journal(aside))
    if not path.exists() or (path.is_file() and path.stat().st_size == 0):
        return None
    try:
        # A second name first: the database is then never missing.
        os.link(path, aside)
    except OSError:
        path.rename(aside)
    return aside


def _move_in(fresh: Path, path: Path) -> None:
    fresh.replace(path)
    sync_folder(path.parent)
    with suppress(OSError):
        _journal(fresh).unlink(missing_ok=True)


def _remove(path: Path) -> None:
    with disk("database"):
        path.unlink(missing_ok=True)
        _journal(path).unlink(missing_ok=True)


def _fresh(path: Path) -> Path:
    return path.with_stem(f"{path.stem}.rebuilding")


def _journal(path: Path) -> Path:
    return path.with_name(path.name + _JOURNAL)
