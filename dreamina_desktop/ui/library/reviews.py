"""How takes can be judged and used together, by how many are selected: rules without words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dreamina_desktop.core.job import ClipKind, Job
from dreamina_desktop.ui.wall.take import MOST

_FEWEST = 2


class Review(StrEnum):
    """What the rest of the window does with selected cards; in the order of the menu."""

    WALL = "wall"
    COMPARE = "compare"
    JOIN = "join"
    EXPORT = "export"


@dataclass(frozen=True, slots=True)
class ReviewWanted:
    """Do that with these jobs, which are in the list's order."""

    review: Review
    jobs: tuple[Job, ...]


def reviews_of(jobs: tuple[Job, ...]) -> tuple[Review, ...]:
    """What can be done with them; () for nothing."""
    films = sum(_is_film(job) for job in jobs)
    can = {
        Review.WALL: _FEWEST <= len(jobs) <= MOST,
        Review.COMPARE: len(jobs) == 2 and all(job.file is not None for job in jobs),
        Review.JOIN: films >= _FEWEST,
        Review.EXPORT: len(jobs) == films == 1,
    }
    return tuple(review for review in Review if can[review])


def _is_film(job: Job) -> bool:
    clip = next((clip for clip in job.clips if clip.landed), None)
    return clip is not None and clip.kind is ClipKind.VIDEO
