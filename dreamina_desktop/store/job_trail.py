"""What the receipts say about each job, and how a row that is behind them is mended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dreamina_desktop.core.job import FINAL, Hold, Job, JobError, JobState
from dreamina_desktop.core.submit_class import (
    INTERRUPTED_SUBMIT,
    SUBMIT_UNCERTAIN,
    SubmitClass,
)
from dreamina_desktop.store.receipt import Receipt, ReceiptKind

_INTERRUPTED = JobError(INTERRUPTED_SUBMIT)
_UNCERTAIN = JobError(SUBMIT_UNCERTAIN)
_NEVER_SENT = frozenset({JobState.PREPARED, JobState.CANCELLED})
_NEEDS_REQUEST = frozenset(
    {
        JobState.QUEUED,
        JobState.RUNNING,
        JobState.RESULT_SAVED,
        JobState.DOWNLOADING,
        JobState.EXPIRED,
    }
)


def trails(receipts: Iterable[Receipt]) -> dict[str, Job]:
    """Every job that has a receipt, as the receipts alone would have it, by its id."""
    found: dict[str, Job] = {}
    for receipt in receipts:
        found[receipt.job.id] = _follow(found.get(receipt.job.id), receipt)
    return found


def restored(known: Job) -> Job | None:
    """A row for a job of which only receipts are left; None when they do not make one."""
    # Without its spec a job cannot be sent, and there is nothing of it at the provider.
    return None if known.state is JobState.PREPARED and known.spec is None else known


def caught_up(row: Job, known: Job) -> Job:
    """A row with the request id that its receipts know for certain; the row itself if it has it.

    A checksum guards the receipt, so it is the receipt that is believed.
    """
    if known.request_id is None or row.request_id == known.request_id:
        return row
    if row.request_id is not None:
        return replace(row, request_id=known.request_id)
    return replace(
        row,
        state=JobState.QUEUED,
        request_id=known.request_id,
        submitted=row.submitted or known.submitted,
        hold=None,
        error=None,
        not_before=None,
        attempts=max(row.attempts, known.attempts),
    )


def doubted(row: Job, known: Job) -> Job:
    """A row that says "never sent", of a job that its receipts have sent to an unknown end."""
    attempts = max(row.attempts, known.attempts)
    return replace(row, state=JobState.UNKNOWN, error=known.error, attempts=attempts, hold=None)


def in_doubt(job: Job) -> Job:
    """A click of which nobody can say any more whether it was sent."""
    return replace(job, state=JobState.UNKNOWN, error=_UNCERTAIN, hold=None)


def salvaged(row: Job, known: Job | None) -> Job:
    """A row read out of a damaged database, as it may be believed.

    It may be older than the receipts; and nothing that was found like that is sent unasked.
    """
    if known is not None:
        if known.state in FINAL and row.state not in FINAL:
            return ended(row, known)
        row = caught_up(row, known)
        if known.state is JobState.UNKNOWN and row.state in _NEVER_SENT:
            row = doubted(row, known)
    if row.request_id is None and row.state in _NEEDS_REQUEST:
        row = in_doubt(row)
    return replace(row, hold=Hold.CONFIRM) if row.state is JobState.PREPARED else row


def ended(row: Job, known: Job) -> Job:
    """A row of a job that has come to its end, as its receipts know."""
    return replace(
        row,
        state=known.state,
        request_id=known.request_id,
        error=known.error,
        completed=known.completed,
        cost=known.cost,
        clips=known.clips or row.clips,
        hold=None,
        cancel_wanted=False,
    )


def _follow(known: Job | None, receipt: Receipt) -> Job:
    job = receipt.job
    if known is not None:
        job = replace(
            job,
            spec=job.spec or known.spec,
            submitted=known.submitted,
            request_id=job.request_id or known.request_id,
        )
    match receipt.kind:
        case ReceiptKind.ENDED:
            return job
        case ReceiptKind.ACCEPTED:
            return replace(job, state=JobState.QUEUED, submitted=receipt.at, error=None)
        case ReceiptKind.MISTAKEN:
            return replace(
                job,
                state=JobState.UNKNOWN,
                request_id=None,
                submitted=None,
                error=job.error or _UNCERTAIN,
            )
        case _ if known is not None and known.request_id is not None:
            # Whatever came later does not undo that the provider has it.
            return known
        case ReceiptKind.CLOSED:
            return _closed(job, receipt.outcome)
        case _:
            return replace(job, state=JobState.UNKNOWN, error=_INTERRUPTED)


def _closed(job: Job, outcome: SubmitClass | None) -> Job:
    match outcome:
        case SubmitClass.NOT_SENT | SubmitClass.HELD:
            return replace(job, state=JobState.PREPARED, hold=Hold.CONFIRM)
        case SubmitClass.REJECTED:
            return replace(job, state=JobState.REJECTED)
        case _:
            return replace(job, state=JobState.UNKNOWN, error=job.error or _UNCERTAIN)
