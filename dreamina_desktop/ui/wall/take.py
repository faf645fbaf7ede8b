"""One take on the wall: a job, and its clip once that is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dreamina_desktop.core.job import Clip, ClipKind, Job
from dreamina_desktop.core.mark import Mark

MOST = 9
"""How many takes a wall has room for: as many as there are digits to call them by."""

_USUAL_SHAPE = 4, 3


@dataclass(frozen=True, slots=True)
class Take:
    """``clip`` is the job's first that has landed, None while there is none."""

    job: Job
    clip: Clip | None

    @property
    def id(self) -> str:
        """The job's id."""
        return self.job.id

    @property
    def path(self) -> Path | None:
        """Where its clip is."""
        return None if self.clip is None or self.clip.path is None else Path(self.clip.path)

    @property
    def mark(self) -> Mark:
        """What was thought of its clip."""
        return Mark.NONE if self.clip is None else self.clip.mark

    @property
    def seed(self) -> int | None:
        """None for a job adopted from elsewhere."""
        return None if self.job.spec is None else self.job.spec.seed

    @property
    def frames(self) -> int:
        """How many there are, as far as the job's row knows; 1 for a picture, 0 for no clip."""
        if self.clip is None:
            return 0
        return (self.clip.frames or 1) if self.clip.kind is ClipKind.VIDEO else 1

    @property
    def shape(self) -> tuple[int, int] | None:
        """Width and height of its clip in pixels."""
        if self.clip is None or not self.clip.width or not self.clip.height:
            return None
        return self.clip.width, self.clip.height

    def shows_same_as(self, other: Take) -> bool:
        """Whether both have the same file to show."""
        if self.clip is None or other.clip is None:
            return self.clip is other.clip
        return (self.clip.path, self.clip.sha256) == (other.clip.path, other.clip.sha256)


def take_of(job: Job) -> Take:
    """The job as a take."""
    landed = (clip for clip in job.clips if clip.landed and clip.path is not None)
    return Take(job, next(landed, None))


def in_place(before: Sequence[Take], jobs: Sequence[Job]) -> tuple[Take, ...]:
    """The takes of these jobs, each where it stood before; new ones behind, at most nine."""
    given = {job.id: take_of(job) for job in jobs}
    stayed = [given.pop(take.id) for take in before if take.id in given]
    return (*stayed, *given.values())[:MOST]


def shapes_of(takes: Sequence[Take]) -> list[tuple[int, int]]:
    """Width and height of each; one without a clip is likely to become as the others are."""
    known = next((take.shape for take in takes if take.shape is not None), _USUAL_SHAPE)
    return [take.shape or known for take in takes]
