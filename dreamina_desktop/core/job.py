"""A job: one click on Generate, from the frozen request to its clip, and how it may change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from dreamina_desktop.core.mark import Mark
from dreamina_desktop.core.origin import FrameOrigin
from dreamina_desktop.core.settings import Travel


class JobState(StrEnum):
    """Where a job stands. The values are a contract: on disk, in JSON, in the ledger's tests."""

    DRAFT = "draft"
    PREPARED = "prepared"
    SUBMITTING = "submitting"
    QUEUED = "queued"
    RUNNING = "running"
    RESULT_SAVED = "result_saved"
    DOWNLOADING = "downloading"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REJECTED = "rejected"
    UNKNOWN = "unknown"


TRANSITIONS: dict[JobState, frozenset[JobState]] = {
    # A draft becomes a row: as a new request, or as one adopted from elsewhere.
    JobState.DRAFT: frozenset({JobState.PREPARED, JobState.QUEUED}),
    JobState.PREPARED: frozenset({JobState.SUBMITTING, JobState.CANCELLED}),
    JobState.SUBMITTING: frozenset(
        {JobState.QUEUED, JobState.RUNNING, JobState.PREPARED, JobState.REJECTED, JobState.UNKNOWN}
    ),
    # Back in doubt: the request id that a person named is not the provider's.
    JobState.QUEUED: frozenset(
        {
            JobState.RUNNING,
            JobState.RESULT_SAVED,
            JobState.FAILED,
            JobState.CANCELLED,
            JobState.UNKNOWN,
        }
    ),
    # The provider may put a running request back into its queue.
    JobState.RUNNING: frozenset(
        {JobState.QUEUED, JobState.RESULT_SAVED, JobState.FAILED, JobState.CANCELLED}
    ),
    JobState.RESULT_SAVED: frozenset({JobState.DOWNLOADING, JobState.EXPIRED}),
    JobState.DOWNLOADING: frozenset({JobState.DONE, JobState.EXPIRED}),
    JobState.EXPIRED: frozenset({JobState.QUEUED}),
    JobState.UNKNOWN: frozenset({JobState.QUEUED, JobState.PREPARED}),
    JobState.DONE: frozenset(),
    JobState.FAILED: frozenset(),
    JobState.CANCELLED: frozenset(),
    JobState.REJECTED: frozenset(),
}
"""The one transition table; every arrow is one committed transaction."""

AT_PROVIDER = frozenset({JobState.SUBMITTING, JobState.QUEUED, JobState.RUNNING})
"""States in which the provider has, or is being given, the request."""

FINAL = frozenset(state for state, following in TRANSITIONS.items() if not following)
"""States that nothing leaves."""


def may_become(before: JobState, after: JobState) -> bool:
    """Whether the table has the arrow."""
    return after in TRANSITIONS[before]


class Hold(StrEnum):
    """Why a PREPARED job is not sent by itself."""

    KEY = "key"
    BALANCE = "balance"
    CONFIRM = "confirm"


class ClipKind(StrEnum):
    """What an output of the model is."""

    VIDEO = "video"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class SentPicture:
    """The picture of a request, frozen.

    Either a local one (``sha256`` and ``media_type`` of exactly the bytes that are sent, kept in
    the profile under that name), or a public one (``address``). ``source`` is what the user
    named: a path or an address. ``travel`` is how a local one gets to the provider. ``origin`` is
    the frame that it was, of an earlier clip.
    """

    source: str
    sha256: str | None = None
    media_type: str | None = None
    address: str | None = None
    travel: Travel = Travel.INLINE
    origin: FrameOrigin | None = None


@dataclass(frozen=True, slots=True)
class JobSpec:
    """Everything that decides a clip. ``seed`` is concrete, never -1."""

    model_id: str
    prompt: str
    frames: int
    seed: int
    picture: SentPicture


@dataclass(frozen=True, slots=True)
class JobError:
    """Why a job stands where it stands: our error code and the provider's words ("" for none)."""

    code: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Clip:
    """One output of a job. Paths are absolute; ``sha256`` is of the bytes that were downloaded.

    ``path`` is set, together with size and sha256, before the file appears under that name;
    ``landed`` says that it is there whole. Width and height in pixels; ``frames`` 0 for a picture.
    ``mark`` is read along; it is written by itself, see ``store.mark_table``.
    """

    ordinal: int
    kind: ClipKind
    address: str
    path: str | None = None
    size: int | None = None
    sha256: str | None = None
    width: int | None = None
    height: int | None = None
    frames: int | None = None
    landed: bool = False
    mark: Mark = Mark.NONE


@dataclass(frozen=True, slots=True)
class Job:
    """One row. Times are UTC.

    ``realm`` names the API that the job belongs to, so that a request is never asked for, nor
    sent, elsewhere. ``not_before`` is the earliest time of the next try, ``confirmed`` the last
    time that the user said "send it". ``word`` is the
    provider's own word for the state; ``attempts`` counts submits that may have left.
    ``spec`` is None for a job adopted from elsewhere. ``folder`` is where this job's clips go,
    None for the profile's usual place. ``resting`` says that nothing more happens by itself until
    the user asks again.
    """

    id: str
    state: JobState
    realm: str
    created: datetime
    changed: datetime
    spec: JobSpec | None = None
    folder: str | None = None
    request_id: str | None = None
    hold: Hold | None = None
    error: JobError | None = None
    not_before: datetime | None = None
    confirmed: datetime | None = None
    queue_position: int | None = None
    word: str = ""
    submitted: datetime | None = None
    running: datetime | None = None
    completed: datetime | None = None
    result: str | None = None
    cost: Decimal | None = None
    cancel_wanted: bool = False
    resting: bool = False
    asked_again: int = 0
    attempts: int = 0
    clips: tuple[Clip, ...] = ()
    deleted: datetime | None = None

    @property
    def file(self) -> str | None:
        """The first output that is there, as an absolute path."""
        return next((clip.path for clip in self.clips if clip.landed), None)

    @property
    def mark(self) -> Mark:
        """What stands for the whole job: starred if any clip is, else rejected if any is."""
        marks = {clip.mark for clip in self.clips}
        return next((mark for mark in (Mark.STARRED, Mark.REJECTED) if mark in marks), Mark.NONE)

    @property
    def picture(self) -> SentPicture:
        """What is sent of the picture. Raises ValueError for a job whose spec is not known."""
        if self.spec is None:
            raise ValueError(self.id)
        return self.spec.picture
