"""Rows in any state, and what the tables and the receipts say of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dreamina_desktop.core.job import TRANSITIONS, Job, JobState
from dreamina_desktop.store.database import connect
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.store.receipt import ReceiptKind
from dreamina_desktop.store.receipts import Receipts
from tests.store.sample_jobs import (
    adopted,
    prepared,
)


def kinds(profile: Path) -> list[ReceiptKind]:
    return [receipt.kind for receipt in Receipts(profile).read()]


def attempts(profile: Path) -> list[tuple[object, ...]]:
    connection = connect(profile / "dreamina.sqlite")
    try:
        rows = connection.execute(
            "SELECT job_id, number, outcome, request_id, error_code FROM attempts ORDER BY 1, 2"
        ).fetchall()
        return [tuple(row) for row in rows]
    finally:
        connection.close()


def put(repository: SqliteJobRepository, state: JobState, name: str = "job") -> Job:
    """A row in any state, along the table's own arrows."""
    ways: dict[JobState, tuple[JobState, ...]] = {
        JobState.PREPARED: (JobState.PREPARED,),
        JobState.QUEUED: (JobState.QUEUED,),
    }
    while state not in ways:
        for known, way in list(ways.items()):
            for after in TRANSITIONS[known]:
                ways.setdefault(after, (*way, after))
    begin, *rest = ways[state]
    job = prepared(name) if begin is JobState.PREPARED else adopted(name, name)
    repository.add(job)
    for after in rest:
        if after is JobState.SUBMITTING:
            job = repository.begin_attempt(job)
        else:
            job = repository.change(job, replace(job, state=after))
    return job
