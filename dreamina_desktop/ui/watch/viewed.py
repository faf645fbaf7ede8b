"""A clip to look at, together with the job that it came from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dreamina_desktop.core.job import Clip, Job


@dataclass(frozen=True, slots=True)
class Viewed:
    """``clip`` is one of ``job.clips`` and has landed."""

    job: Job
    clip: Clip

    @property
    def path(self) -> Path:
        """Where its file is, absolute."""
        return Path(self.clip.path or "")


def viewed_of(job: Job) -> Viewed | None:
    """A job's first clip that is there; None for none."""
    landed = (clip for clip in job.clips if clip.landed and clip.path is not None)
    clip = next(landed, None)
    return None if clip is None else Viewed(job, clip)


@dataclass(frozen=True, slots=True)
class UseFrame:
    """The user wants frame ``index`` (from 0) of a clip as the next picture."""

    viewed: Viewed
    index: int
