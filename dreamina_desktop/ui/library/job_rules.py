"""What can be done with a job, and why not: rules without words."""

from __future__ import annotations

from enum import StrEnum

from dreamina_desktop.core.job import FINAL, Job, JobState

_CANCELLABLE = frozenset(
    {JobState.PREPARED, JobState.SUBMITTING, JobState.QUEUED, JobState.RUNNING}
)
_MADE = frozenset({JobState.RESULT_SAVED, JobState.DOWNLOADING, JobState.EXPIRED})


class Deed(StrEnum):
    """What a person can do with a job."""

    CANCEL = "cancel"
    RETRY = "retry"
    RESOLVE = "resolve"
    LOAD = "load"
    STAR = "star"
    REJECT = "reject"
    REVEAL = "reveal"
    SAVE_AS = "save_as"
    COPY_DETAILS = "copy_details"
    DELETE = "delete"


class WhyNot(StrEnum):
    """Why something cannot be done with a job."""

    NOTHING_CHOSEN = "nothing_chosen"
    ONE_AT_A_TIME = "one_at_a_time"
    ENDED = "ended"
    MADE = "made"
    BEING_CANCELLED = "being_cancelled"
    IN_DOUBT = "in_doubt"
    NOT_IN_DOUBT = "not_in_doubt"
    GOES_ON_BY_ITSELF = "goes_on_by_itself"
    NO_SETTINGS = "no_settings"
    NO_FILE = "no_file"
    LIVE = "live"


def why_not(deed: Deed, job: Job) -> WhyNot | None:
    """What is in the way of doing it with this job; None for nothing."""
    match deed:
        case Deed.CANCEL:
            return _to_cancelling(job)
        case Deed.RETRY:
            return _to_retrying(job)
        case Deed.RESOLVE:
            return None if job.state is JobState.UNKNOWN else WhyNot.NOT_IN_DOUBT
        case Deed.LOAD:
            return None if job.spec is not None else WhyNot.NO_SETTINGS
        case Deed.REVEAL | Deed.SAVE_AS | Deed.STAR | Deed.REJECT:
            return None if job.file is not None else WhyNot.NO_FILE
        case Deed.DELETE:
            return _to_deleting(job)
        case Deed.COPY_DETAILS:
            return None


def spends(deed: Deed, job: Job) -> bool:
    """Whether doing it sends a request that costs money."""
    return deed is Deed.RETRY and job.state is JobState.PREPARED


def glyph_deed(job: Job) -> Deed | None:
    """What the button on the card does; None for no button.

    What costs money is not on it: there is no room for the price.
    """
    for deed in (Deed.RESOLVE, Deed.RETRY, Deed.CANCEL):
        if why_not(deed, job) is None and not spends(deed, job):
            return deed
    return None


def _to_cancelling(job: Job) -> WhyNot | None:
    if job.state is JobState.UNKNOWN:
        return WhyNot.IN_DOUBT
    if job.state in _MADE:
        return WhyNot.MADE
    if job.state not in _CANCELLABLE:
        return WhyNot.ENDED
    return WhyNot.BEING_CANCELLED if job.cancel_wanted else None


def _to_retrying(job: Job) -> WhyNot | None:
    if job.state is JobState.UNKNOWN:
        return WhyNot.IN_DOUBT
    if job.state in FINAL:
        return WhyNot.ENDED
    return None if job.hold is not None or job.resting else WhyNot.GOES_ON_BY_ITSELF


def _to_deleting(job: Job) -> WhyNot | None:
    if job.state is JobState.UNKNOWN:
        return WhyNot.IN_DOUBT
    # An expired one that rests is over unless the user says otherwise; the store agrees.
    if job.state in FINAL or (job.state is JobState.EXPIRED and job.resting):
        return None
    return WhyNot.LIVE
