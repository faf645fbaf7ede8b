"""How takes can be judged and used together, by how many are selected: rules without words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dreamina_desktop.core.job import ClipKind, Job
from dreamina_desktop.ui.wall.take import MOST
from dreamina_desktop.ui.watch.viewed import Viewed, viewed_of

FEWEST = 2
"""Of fewer there is nothing to be hung beside, and no film to be made."""


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
    films = len(joinable(jobs))
    can = {
        Review.WALL: FEWEST <= len(jobs) <= MOST,
        Review.COMPARE: len(jobs) == 2 and all(job.file is not None for job in jobs),
        Review.JOIN: films >= FEWEST,
        Review.EXPORT: len(jobs) == films == 1,
    }
    return tuple(review for review in Review if can[review])


def joinable(jobs: tuple[Job, ...]) -> tuple[Viewed, ...]:
    """The clips of these jobs, of which a film can be made where there are ``FEWEST``."""
    found = (viewed_of(job) for job in jobs)
    return tuple(one for one in found if one is not None and one.clip.kind is ClipKind.VIDEO)
