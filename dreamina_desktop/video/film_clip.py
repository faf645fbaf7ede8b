"""A clip as a part of a film."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dreamina_desktop.core.job import Clip, Job
from dreamina_desktop.core.origin import FrameOrigin


@dataclass(frozen=True, slots=True)
class FilmClip:
    """A file and, where that is known, whose clip it is: ``job_id`` is None for a file alone.

    ``origin`` is the frame that the clip was made from, None where that is not known.
    """

    path: Path
    job_id: str | None = None
    ordinal: int = 0
    origin: FrameOrigin | None = None

    def goes_on_from(self, before: FilmClip) -> bool | None:
        """Whether ``origin`` is a frame of that clip; None where nobody can tell."""
        if self.origin is None or before.job_id is None:
            return None
        return (self.origin.job_id, self.origin.ordinal) == (before.job_id, before.ordinal)


def film_clip(job: Job, clip: Clip) -> FilmClip:
    """``clip`` is one of ``job.clips`` and has landed."""
    origin = None if job.spec is None else job.spec.picture.origin
    return FilmClip(Path(clip.path or ""), job.id, clip.ordinal, origin)
