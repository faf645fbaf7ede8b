"""How long a clip may take, learned from this profile's own past jobs, or nothing at all.

An estimate is a range between two jobs that really happened; with fewer than three there is none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dreamina_desktop.core.job import Job, JobState

ENOUGH_JOBS = 3
RECENT_JOBS = 50
UNHEARD_OF = 1800.0
"""Seconds in the queue, or of being made, that are long even where nothing is learned yet."""


@dataclass(frozen=True, slots=True)
class PastJob:
    """One finished job; seconds it waited in the queue and seconds it was being made."""

    frames: int
    waited: float
    rendered: float


@dataclass(frozen=True, slots=True)
class Range:
    """From … to, in seconds."""

    shortest: float
    longest: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is left, as two ranges."""

    waiting: Range
    rendering: Range


def past_jobs(jobs: Iterable[Job]) -> tuple[PastJob, ...]:
    """What finished jobs tell; those whose times were not seen tell nothing.

    One that was made while nobody looked seems to have begun and ended in the same moment.
    """
    return tuple(
        PastJob(
            job.spec.frames,
            (job.running - job.submitted).total_seconds(),
            (job.completed - job.running).total_seconds(),
        )
        for job in jobs
        if job.state is JobState.DONE
        and job.spec is not None
        and job.submitted is not None
        and job.running is not None
        and job.completed is not None
        and job.running < job.completed
    )


def estimate(past: tuple[PastJob, ...], frames: int) -> Estimate | None:
    """Ranges for a new job of so many frames; ``past`` newest first. None when too little known."""
    alike = [job for job in past if job.frames == frames][:RECENT_JOBS]
    if len(alike) < ENOUGH_JOBS:
        return None
    return Estimate(
        _middle(sorted(job.waited for job in alike)),
        _middle(sorted(job.rendered for job in alike)),
    )


def is_late(elapsed: float, usual: Range | None) -> bool:
    """Whether so many seconds are more than usual. It says so; nothing ends by that."""
    return elapsed > (UNHEARD_OF if usual is None else usual.longest)


def _middle(ordered: list[float]) -> Range:
    # The outermost tenth on each side is left out: one stuck job shall not spoil the range.
    cut = len(ordered) // 10
    return Range(ordered[cut], ordered[len(ordered) - 1 - cut])
