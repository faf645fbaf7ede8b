"""A new database out of what a damaged one still gives and what the receipts say."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from dreamina_desktop.core.job import Job
from dreamina_desktop.store.attempt_table import add_attempt
from dreamina_desktop.store.database import connect
from dreamina_desktop.store.disk_faults import database_disk, disk
from dreamina_desktop.store.durable_files import sync_folder
from dreamina_desktop.store.job_table import add_job
from dreamina_desktop.store.job_trail import restored, salvaged
from dreamina_desktop.store.migrations import migrate
from dreamina_desktop.store.price_table import add_price
from dreamina_desktop.store.salvage import Salvage, salvage

_JOURNAL = "-journal"


def rebuild(
    path: Path, known: Mapping[str, Job], now: datetime
) -> tuple[tuple[Job, ...], Path | None]:
    """Put a new database in the place of a damaged or missing one, which is set aside.

    Returns the jobs that are in it, and where the damaged file is now, None if there was none.
    Killed at any moment it leaves either the damaged file or the finished new one in place, or
    for an instant none: then the receipts and ``finish_rebuild`` have it all.
    Raises DiskError.
    """
    rescued = salvage(path)
    jobs = _jobs(rescued, known)
    fresh = _fresh(path)
    _remove(fresh)
    with database_disk():
        connection = connect(fresh)
        try:
            migrate(connection)
            _fill(connection, jobs, rescued)
        finally:
            connection.close()
    with disk("database"):
        aside = _set_aside(path, now)
        _move_in(fresh, path)
    return jobs, aside


def finish_rebuild(path: Path) -> None:
    """Go on where a rebuild was killed between its two last steps. Raises DiskError."""
    fresh, journal = _fresh(path), _journal(_fresh(path))
    with disk("database"):
        # The old file goes last of all, so the new one is complete; a journal with something in
        # it says that it never was.
        unfinished = journal.exists() and journal.stat().st_size > 0
        if fresh.exists() and not path.exists() and not unfinished:
            _move_in(fresh, path)


def _jobs(rescued: Salvage, known: Mapping[str, Job]) -> tuple[Job, ...]:
    requests = {job.request_id for job in known.values()} - {None}
    jobs = {
        job.id: salvaged(job, known.get(job.id))
        for job in rescued.jobs
        # A damaged id makes a second row of a request that the receipts know by its right one.
        if job.id in known or job.request_id not in requests
    }
    for receipted in known.values():
        row = restored(receipted)
        if receipted.id not in jobs and row is not None:
            jobs[row.id] = row
    return tuple(sorted(jobs.values(), key=lambda job: (job.created, job.id)))


def _fill(connection: sqlite3.Connection, jobs: tuple[Job, ...], rescued: Salvage) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for job in jobs:
        add_job(connection, job)
    ids = {job.id for job in jobs}
    for attempt in rescued.attempts:
        if attempt.job_id in ids:
            add_attempt(connection, attempt)
    for price in rescued.prices:
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
