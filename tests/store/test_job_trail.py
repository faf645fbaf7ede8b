from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from dreamina_desktop.core.job import Hold, Job, JobError, JobState
from dreamina_desktop.core.submit_class import SubmitClass
from dreamina_desktop.store.job_trail import caught_up, restored, salvaged, trails
from dreamina_desktop.store.receipt import Receipt, ReceiptKind
from tests.store.sample_jobs import NOON, adopted, landed, prepared

SENT = replace(prepared(), state=JobState.SUBMITTING, attempts=1)
ACCEPTED = replace(SENT, state=JobState.QUEUED, request_id="request-1")
DONE = replace(ACCEPTED, state=JobState.DONE, clips=(landed(),), cost=Decimal("0.3"))

ATTEMPT = Receipt(ReceiptKind.ATTEMPT, NOON, SENT)
ACCEPT = Receipt(ReceiptKind.ACCEPTED, NOON + timedelta(seconds=1), ACCEPTED)
MISTAKE = Receipt(ReceiptKind.MISTAKEN, NOON, replace(SENT, state=JobState.UNKNOWN))
END = Receipt(ReceiptKind.ENDED, NOON + timedelta(seconds=2), DONE)


def closed(outcome: SubmitClass, error: JobError | None = None) -> Receipt:
    return Receipt(ReceiptKind.CLOSED, NOON, replace(SENT, error=error), outcome)


def trail(*receipts: Receipt) -> Job:
    (found,) = trails(receipts).values()
    return found


def brief(job: Job | None) -> tuple[JobState, str | None, Hold | None] | None:
    return None if job is None else (job.state, job.request_id, job.hold)


@pytest.mark.parametrize(
    ("receipts", "found"),
    [
        ((ATTEMPT,), (JobState.UNKNOWN, None, None)),
        ((ATTEMPT, ACCEPT), (JobState.QUEUED, "request-1", None)),
        ((ACCEPT,), (JobState.QUEUED, "request-1", None)),
        ((ATTEMPT, ACCEPT, END), (JobState.DONE, "request-1", None)),
        ((END,), (JobState.DONE, "request-1", None)),
        (
            (ATTEMPT, closed(SubmitClass.NOT_SENT)),
            (JobState.PREPARED, None, Hold.CONFIRM),
        ),
        ((ATTEMPT, closed(SubmitClass.HELD)), (JobState.PREPARED, None, Hold.CONFIRM)),
        ((ATTEMPT, closed(SubmitClass.REJECTED)), (JobState.REJECTED, None, None)),
        ((ATTEMPT, closed(SubmitClass.UNKNOWN)), (JobState.UNKNOWN, None, None)),
        (
            (ATTEMPT, closed(SubmitClass.NOT_SENT), ATTEMPT),
            (JobState.UNKNOWN, None, None),
        ),
        (
            (ATTEMPT, ACCEPT, closed(SubmitClass.NOT_SENT)),
            (JobState.QUEUED, "request-1", None),
        ),
        # The id that a person named was not this job's, and the right one is named later.
        ((ATTEMPT, ACCEPT, MISTAKE), (JobState.UNKNOWN, None, None)),
        ((ATTEMPT, ACCEPT, MISTAKE, ACCEPT), (JobState.QUEUED, "request-1", None)),
        (
            (ATTEMPT, ACCEPT, MISTAKE, closed(SubmitClass.NOT_SENT)),
            (JobState.PREPARED, None, Hold.CONFIRM),
        ),
        ((ATTEMPT, ACCEPT, ATTEMPT), (JobState.QUEUED, "request-1", None)),
    ],
)
def test_what_the_receipts_alone_would_have(
    receipts: tuple[Receipt, ...], found: tuple[JobState, str | None, Hold | None]
) -> None:
    job = restored(trail(*receipts))
    assert brief(job) == found
    assert job is not None
    assert job.spec == prepared().spec


def test_each_job_has_its_own_trail() -> None:
    other = Receipt(ReceiptKind.ACCEPTED, NOON, adopted())
    found = trails((ATTEMPT, other, ACCEPT))
    assert set(found) == {"job-1", "job-a"}
    assert found["job-a"].spec is None
    assert found["job-1"].submitted == ACCEPT.at


def test_a_spec_in_any_receipt_is_enough() -> None:
    bare = replace(ACCEPT, job=replace(ACCEPTED, spec=None))
    assert trail(ATTEMPT, bare).spec == prepared().spec


def test_a_doubt_says_why() -> None:
    assert trail(ATTEMPT).error == JobError("interrupted_submit")
    assert trail(closed(SubmitClass.UNKNOWN)).error == JobError("submit_uncertain")
    lost = JobError("answer_lost")
    assert trail(closed(SubmitClass.UNKNOWN, lost)).error == lost


def test_what_was_never_sent_needs_its_spec() -> None:
    bare = replace(closed(SubmitClass.HELD), job=replace(SENT, spec=None))
    assert restored(trail(bare)) is None


@pytest.mark.parametrize(
    ("row", "after"),
    [
        (replace(SENT, hold=Hold.KEY), (JobState.QUEUED, "request-1", None)),
        (replace(SENT, state=JobState.UNKNOWN), (JobState.QUEUED, "request-1", None)),
        (prepared(), (JobState.QUEUED, "request-1", None)),
        (
            replace(ACCEPTED, state=JobState.RUNNING, request_id="altered"),
            (JobState.RUNNING, "request-1", None),
        ),
        (replace(ACCEPTED, state=JobState.RUNNING), (JobState.RUNNING, "request-1", None)),
    ],
)
def test_a_row_catches_up(row: Job, after: tuple[JobState, str | None, Hold | None]) -> None:
    caught = caught_up(row, trail(ATTEMPT, ACCEPT))
    assert brief(caught) == after
    assert caught.attempts == 1 or row.attempts == caught.attempts


def test_a_row_that_has_it_all_stays_itself() -> None:
    assert caught_up(ACCEPTED, trail(ATTEMPT, ACCEPT)) is ACCEPTED
    assert caught_up(SENT, trail(ATTEMPT)) is SENT


@pytest.mark.parametrize(
    ("row", "receipts", "after"),
    [
        (prepared(), (), (JobState.PREPARED, None, Hold.CONFIRM)),
        (prepared(), (ATTEMPT,), (JobState.UNKNOWN, None, None)),
        (prepared(), (ATTEMPT, closed(SubmitClass.UNKNOWN)), (JobState.UNKNOWN, None, None)),
        (
            prepared(),
            (ATTEMPT, closed(SubmitClass.HELD)),
            (JobState.PREPARED, None, Hold.CONFIRM),
        ),
        (SENT, (ATTEMPT,), (JobState.SUBMITTING, None, None)),
        (SENT, (ATTEMPT, ACCEPT), (JobState.QUEUED, "request-1", None)),
        (SENT, (ATTEMPT, ACCEPT, END), (JobState.DONE, "request-1", None)),
        (
            replace(ACCEPTED, request_id=None),
            (),
            (JobState.UNKNOWN, None, None),
        ),
        (ACCEPTED, (), (JobState.QUEUED, "request-1", None)),
        (DONE, (ATTEMPT, ACCEPT), (JobState.DONE, "request-1", None)),
    ],
)
def test_what_was_salvaged_is_believed_with_care(
    row: Job,
    receipts: tuple[Receipt, ...],
    after: tuple[JobState, str | None, Hold | None],
) -> None:
    assert brief(salvaged(row, trail(*receipts) if receipts else None)) == after


def test_a_salvaged_end_keeps_what_only_the_row_knew() -> None:
    row = replace(ACCEPTED, state=JobState.DOWNLOADING, result="{}", word="completed")
    job = salvaged(row, trail(ATTEMPT, ACCEPT, END))
    assert (job.state, job.result, job.word, job.cost) == (
        JobState.DONE,
        "{}",
        "completed",
        Decimal("0.3"),
    )
    assert job.file == "/videos/clip.mp4"
