"""The balance around a submit, on disk."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from dreamina_desktop.core.answers import Balance
from dreamina_desktop.core.errors import DiskError
from dreamina_desktop.core.evidence import OVER_AFTER, SETTLED_AFTER, SeenBalance
from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.core.submit_class import SubmitClass
from dreamina_desktop.store.database import Database, connect
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.store.migrations import migrate
from dreamina_desktop.store.salvage import salvage
from tests.store.sample_jobs import NOON, HandClock, accept, prepared

LATER = NOON + timedelta(hours=1)


def seen(amount: str, asked: datetime = LATER) -> SeenBalance:
    return SeenBalance(Balance(Decimal(amount), "USD"), asked)


def doubt(repository: SqliteJobRepository, name: str, before: SeenBalance | None = None) -> Job:
    repository.add(prepared(name))
    sent = repository.begin_attempt(repository.get(name), before)
    after = replace(sent, state=JobState.UNKNOWN)
    return repository.end_attempt(sent, after, SubmitClass.UNKNOWN)


def test_before_is_on_disk_with_the_attempt(repository: SqliteJobRepository) -> None:
    before = seen("24.20", NOON)
    repository.add(prepared())
    repository.begin_attempt(prepared(), before)
    found = repository.evidence("job-1", "nobody")["job-1"]
    assert (found.before, found.after, found.ended) == (before, None, None)
    # While the submit is out nothing is "after" it.
    assert not repository.note_balance("job-1", seen("23.80"))
    assert not repository.note_balance("nobody", seen("23.80"))
    assert list(repository.evidence("job-1", "nobody")) == ["job-1"]


def test_after_is_kept_and_replaced_while_nothing_else_was_sent(
    repository: SqliteJobRepository,
) -> None:
    doubt(repository, "job-1", seen("24.20", NOON))
    # An answer to a question from before the end of the submit says nothing.
    assert not repository.note_balance("job-1", seen("99", NOON))
    assert repository.note_balance("job-1", seen("24.20"))
    assert repository.note_balance("job-1", seen("23.80"))
    found = repository.evidence("job-1")["job-1"]
    assert (found.charged, found.alone) == (Decimal("0.40"), True)


def test_what_others_may_have_been_charged_for_is_not_taken_for_evidence(
    repository: SqliteJobRepository, clock: HandClock
) -> None:
    doubt(repository, "job-1", seen("24.20", NOON))
    assert repository.note_balance("job-1", seen("23.80", clock.now()))
    repository.add(prepared("job-2"))
    refused = repository.begin_attempt(repository.get("job-2"))
    repository.end_attempt(refused, replace(refused, state=JobState.REJECTED), SubmitClass.REJECTED)
    # That one cost nothing.
    assert repository.note_balance("job-1", seen("23.80", clock.now()))
    repository.add(prepared("job-3"))
    accept(repository, repository.get("job-3"), "request-3")
    assert not repository.note_balance("job-1", seen("23.40"))
    assert repository.evidence("job-1")["job-1"].charged == Decimal("0.40")
    # A first answer is better than none, and says that it is not alone.
    doubt(repository, "job-4")
    doubt(repository, "job-5")
    assert repository.note_balance("job-4", seen("23.40"))
    assert repository.evidence("job-4")["job-4"].alone is False
    assert repository.evidence("job-5")["job-5"].alone is True


def test_what_was_sent_earlier_may_be_charged_late(
    repository: SqliteJobRepository, clock: HandClock
) -> None:
    def is_alone(name: str) -> bool:
        doubt(repository, name, seen("24.20", clock.now()))
        assert repository.note_balance(name, seen("23.80", clock.now()))
        # Nothing was sent since: a later answer says more.
        assert repository.note_balance(name, seen("23.80", clock.now()))
        found = repository.evidence(name)[name]
        assert found.charged == Decimal("0.40")
        # For the next one it is as if this one had not been.
        job = repository.get(name)
        again = repository.change(job, replace(job, state=JobState.PREPARED))
        repository.change(again, replace(again, state=JobState.CANCELLED))
        clock.moment += SETTLED_AFTER
        return found.alone

    repository.add(prepared("early"))
    early = accept(repository, repository.get("early"), "request-1")
    assert not is_alone("job-1")
    # It is over, and waits for its folder: but its charge may still come.
    saved = replace(early, state=JobState.RESULT_SAVED, completed=clock.now())
    repository.change(early, saved)
    assert not is_alone("job-2")
    assert is_alone("job-3")
    # Nobody will ever hear of this one: it counts for as long as it can run.
    doubt(repository, "lost")
    assert not is_alone("job-4")
    clock.moment += OVER_AFTER
    assert is_alone("job-5")


def test_an_earlier_attempt_of_the_same_job_may_be_charged_late(
    repository: SqliteJobRepository, clock: HandClock
) -> None:
    job = doubt(repository, "job-1", seen("24.20", NOON))
    again = repository.change(job, replace(job, state=JobState.PREPARED))
    sent = repository.begin_attempt(again, seen("24.20", clock.now()))
    repository.end_attempt(sent, replace(sent, state=JobState.UNKNOWN), SubmitClass.UNKNOWN)
    repository.note_balance("job-1", seen("23.80", clock.now()))
    assert repository.evidence("job-1")["job-1"].alone is False


def test_a_later_attempt_has_its_own(repository: SqliteJobRepository) -> None:
    job = doubt(repository, "job-1", seen("24.20", NOON))
    repository.note_balance("job-1", seen("24.20"))
    again = repository.change(job, replace(job, state=JobState.PREPARED))
    repository.begin_attempt(again)
    found = repository.evidence("job-1")["job-1"]
    assert (found.before, found.after) == (None, None)


def test_it_survives_damage(repository: SqliteJobRepository, profile: Path) -> None:
    doubt(repository, "job-1", seen("24.20", NOON))
    repository.note_balance("job-1", seen("23.80"))
    repository.close()
    (attempt,) = salvage(profile / "dreamina.sqlite").attempts
    assert (attempt.before, attempt.after) == (seen("24.20", NOON), seen("23.80"))


def test_an_unreadable_amount_is_a_disk_error(
    repository: SqliteJobRepository, profile: Path
) -> None:
    doubt(repository, "job-1", seen("24.20", NOON))
    database = Database(profile / "dreamina.sqlite")
    with database.writing() as connection:
        connection.execute("UPDATE attempts SET before_amount = 'much'")
    database.close()
    with pytest.raises(DiskError, match="unreadable"):
        repository.evidence("job-1")
    with pytest.raises(DiskError, match="unreadable"):
        repository.note_balance("job-1", seen("1"))


def test_a_damaged_database_of_an_older_schema_gives_its_attempts(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    connection = connect(path)
    migrate(connection, steps=1)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(
        "INSERT INTO jobs (id, state, realm, created, changed, word, cancel_wanted, resting,"
        " asked_again, attempts) VALUES ('job-1', 'submitting', 'x', '2026-03-01T12:00:00+00:00',"
        " '2026-03-01T12:00:00+00:00', '', 0, 0, 0, 1)"
    )
    connection.execute(
        "INSERT INTO attempts (job_id, number, began)"
        " VALUES ('job-1', 1, '2026-03-01T12:00:00+00:00')"
    )
    connection.close()
    (attempt,) = salvage(path).attempts
    assert (attempt.number, attempt.before, attempt.after) == (1, None, None)
