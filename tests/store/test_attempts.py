from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dreamina_desktop.core.errors import DiskError, StateChangedError
from dreamina_desktop.core.job import Hold, JobError, JobState
from dreamina_desktop.core.submit_class import SubmitClass
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.store.receipt import ReceiptKind
from dreamina_desktop.store.receipts import Receipts
from tests.store.full_disk import refusing
from tests.store.rows import attempts, kinds, put
from tests.store.sample_jobs import (
    NOON,
    accept,
    adopted,
    finish,
    landed,
    prepared,
)


def test_begin_attempt(repository: SqliteJobRepository, profile: Path) -> None:
    job = replace(prepared(), error=JobError("not_sent"), hold=Hold.KEY, not_before=NOON)
    repository.add(job)
    sent = repository.begin_attempt(job)
    assert sent == repository.get(job.id)
    assert (sent.state, sent.attempts) == (JobState.SUBMITTING, 1)
    assert (sent.error, sent.hold, sent.not_before) == (None, None, None)
    assert attempts(profile) == [("job-1", 1, None, None, None)]
    (receipt,) = Receipts(profile).read()
    assert (receipt.kind, receipt.job.spec) == (ReceiptKind.ATTEMPT, job.spec)
    with pytest.raises(StateChangedError):
        repository.begin_attempt(job)
    assert len(Receipts(profile).read()) == 1


def test_begin_attempt_only_of_a_prepared_job(repository: SqliteJobRepository) -> None:
    repository.add(adopted())
    with pytest.raises(ValueError, match="queued"):
        repository.begin_attempt(adopted())


def test_what_is_to_be_cancelled_is_not_sent(repository: SqliteJobRepository) -> None:
    job = prepared()
    repository.add(job)
    repository.want_cancel(job.id)
    with pytest.raises(StateChangedError):
        repository.begin_attempt(job)
    assert repository.get(job.id).state is JobState.PREPARED


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (SubmitClass.NOT_SENT, JobState.PREPARED),
        (SubmitClass.HELD, JobState.PREPARED),
        (SubmitClass.REJECTED, JobState.REJECTED),
        (SubmitClass.UNKNOWN, JobState.UNKNOWN),
    ],
)
def test_end_attempt_without_an_id(
    repository: SqliteJobRepository, profile: Path, outcome: SubmitClass, state: JobState
) -> None:
    repository.add(prepared())
    sent = repository.begin_attempt(prepared())
    ended = repository.end_attempt(sent, replace(sent, state=state, error=JobError("why")), outcome)
    assert ended == repository.get("job-1")
    assert ended.state is state
    assert attempts(profile) == [("job-1", 1, outcome.value, None, "why")]
    assert Receipts(profile).read()[-1].outcome is outcome


def test_attempts_are_counted_on(repository: SqliteJobRepository, profile: Path) -> None:
    repository.add(prepared())
    sent = repository.begin_attempt(prepared())
    back = repository.end_attempt(
        sent, replace(sent, state=JobState.PREPARED, attempts=0), SubmitClass.NOT_SENT
    )
    accept(repository, back, "request-1")
    assert attempts(profile) == [
        ("job-1", 1, "not_sent", None, None),
        ("job-1", 2, "accepted", "request-1", None),
    ]
    assert kinds(profile) == ["attempt", "closed", "attempt", "accepted"]


def test_the_receipt_of_an_accepted_submit_comes_before_the_database(
    repository: SqliteJobRepository, profile: Path
) -> None:
    repository.add(prepared())
    sent = repository.begin_attempt(prepared())
    after = replace(sent, state=JobState.QUEUED, request_id="request-1")
    repository._database._connection().execute("PRAGMA query_only = ON")
    with pytest.raises(DiskError, match="READONLY"):
        repository.end_attempt(sent, after, SubmitClass.ACCEPTED)
    assert Receipts(profile).read()[-1].job.request_id == "request-1"
    repository._database._connection().execute("PRAGMA query_only = OFF")
    assert repository.end_attempt(sent, after, SubmitClass.ACCEPTED).request_id == "request-1"


@pytest.mark.parametrize(
    ("outcome", "request_id"), [(SubmitClass.ACCEPTED, None), (SubmitClass.UNKNOWN, "request")]
)
def test_only_an_accepted_submit_has_an_id(
    repository: SqliteJobRepository, outcome: SubmitClass, request_id: str | None
) -> None:
    repository.add(prepared())
    sent = repository.begin_attempt(prepared())
    after = replace(sent, state=JobState.UNKNOWN, request_id=request_id)
    with pytest.raises(ValueError, match=outcome.value):
        repository.end_attempt(sent, after, outcome)


def test_an_attempt_that_never_began_does_not_end(repository: SqliteJobRepository) -> None:
    repository.add(prepared())
    with pytest.raises(ValueError, match="unknown"):
        repository.end_attempt(prepared(), prepared(), SubmitClass.UNKNOWN)


def test_receipts_of_doubts_and_ends(repository: SqliteJobRepository, profile: Path) -> None:
    repository.add(prepared())
    sent = repository.begin_attempt(prepared())
    doubt = repository.end_attempt(sent, replace(sent, state=JobState.UNKNOWN), SubmitClass.UNKNOWN)
    back = repository.change(doubt, replace(doubt, state=JobState.PREPARED))
    repository.change(back, replace(back, state=JobState.CANCELLED))
    assert kinds(profile) == ["attempt", "closed", "closed", "ended"]
    assert Receipts(profile).read()[2].outcome is SubmitClass.NOT_SENT


def test_adoption_writes_a_receipt(repository: SqliteJobRepository, profile: Path) -> None:
    doubt = put(repository, JobState.UNKNOWN)
    taken = replace(doubt, state=JobState.QUEUED, request_id="request-1")
    repository.change(doubt, taken)
    repository.add(adopted())
    assert [receipt.job.request_id for receipt in Receipts(profile).read()[-2:]] == [
        "request-1",
        "request-a",
    ]
    assert kinds(profile)[-2:] == ["accepted", "accepted"]


def test_done_writes_where_the_file_is(repository: SqliteJobRepository, profile: Path) -> None:
    repository.add(adopted())
    finish(repository, adopted(), landed())
    (clip,) = Receipts(profile).read()[-1].job.clips
    assert (clip.path, clip.sha256) == ("/videos/clip.mp4", "cd" * 32)
    assert b"sign=" not in (profile / "receipts.jsonl").read_bytes()


def test_a_full_disk_at_any_moment_is_a_pause(
    repository: SqliteJobRepository, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever call fails, the row is as before, and the same call succeeds later."""
    for number in range(1, 6):
        job = prepared(f"job-{number}")
        repository.add(job)
        with refusing(monkeypatch, number), pytest.raises(DiskError):
            repository.begin_attempt(job)
        assert repository.get(job.id) == job
        sent = repository.begin_attempt(job)
        after = replace(sent, state=JobState.QUEUED, request_id=f"request-{number}")
        with refusing(monkeypatch, number), pytest.raises(DiskError):
            repository.end_attempt(sent, after, SubmitClass.ACCEPTED)
        assert repository.get(job.id) == sent
        repository.end_attempt(sent, after, SubmitClass.ACCEPTED)
    found = {one.job.request_id for one in Receipts(profile).read() if one.kind == "accepted"}
    assert found == {f"request-{number}" for number in range(1, 6)}
