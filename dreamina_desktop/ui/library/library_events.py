"""What the library pane tells the window."""

from __future__ import annotations

from dataclasses import dataclass

from dreamina_desktop.core.errors import DiskError
from dreamina_desktop.core.job import Hold, Job, JobSpec


@dataclass(frozen=True, slots=True)
class JobChosen:
    """One card was selected: its clip is to be shown.

    ``is_asked`` is False where nobody has selected it, but others have gone from beside it.
    """

    job_id: str
    is_asked: bool = True


@dataclass(frozen=True, slots=True)
class LoadRequested:
    """These settings are to be loaded into the compose pane."""

    job_id: str
    spec: JobSpec


@dataclass(frozen=True, slots=True)
class JobsDeleted:
    """Jobs were hidden, and can be brought back until ``DeletionLapsed``; ``text`` says so."""

    job_ids: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class DeletionLapsed:
    """A deletion can no longer be undone: it was undone, or the files are in the trash."""

    job_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JobsRestored:
    """Deleted jobs were brought back; their rows are about to be read again."""

    job_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JobReleased:
    """The user let a job go on that was held for ``hold``, or was resting (None)."""

    job_id: str
    hold: Hold | None


@dataclass(frozen=True, slots=True)
class JobAdopted:
    """A request made elsewhere is followed by this job, since just now or already."""

    job_id: str


@dataclass(frozen=True, slots=True)
class JobSeen:
    """A changed row was read again; ``job`` is None when there is no such job any more."""

    job_id: str
    job: Job | None


@dataclass(frozen=True, slots=True)
class ReadingFailed:
    """The rows could not be read."""

    error: DiskError
