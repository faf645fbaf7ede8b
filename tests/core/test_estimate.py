from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from dreamina_desktop.core.estimate import (
    UNHEARD_OF,
    Estimate,
    PastJob,
    Range,
    estimate,
    is_late,
    past_jobs,
)
from dreamina_desktop.core.job import Job, JobSpec, JobState, SentPicture


def test_nothing_is_made_up() -> None:
    assert estimate((), 121) is None
    two = (PastJob(121, 1, 60), PastJob(121, 2, 70))
    assert estimate(two, 121) is None
    assert estimate((*two, PastJob(241, 3, 90)), 121) is None


def test_a_range_between_jobs_that_happened() -> None:
    past = tuple(PastJob(121, n, 60 + n) for n in range(3))
    assert estimate(past, 121) == Estimate(Range(0, 2), Range(60, 62))


def test_late_is_beyond_what_was_learned_or_what_is_long_for_anybody() -> None:
    assert [is_late(at, Range(10, 70)) for at in (5, 70, 71)] == [False, False, True]
    assert [is_late(at, None) for at in (UNHEARD_OF, UNHEARD_OF + 1)] == [False, True]


def test_one_stuck_job_does_not_spoil_it_and_old_ones_are_forgotten() -> None:
    past = (PastJob(121, 1, 9999), *(PastJob(121, 1, 60) for _ in range(19)))
    assert estimate(past, 121) == Estimate(Range(1, 1), Range(60, 60))
    old = tuple(PastJob(121, 1, 60) for _ in range(50)) + tuple(
        PastJob(121, 900, 900) for _ in range(50)
    )
    assert estimate(old, 121) == Estimate(Range(1, 1), Range(60, 60))


def test_only_jobs_whose_times_were_seen_tell_something() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    spec = JobSpec("m", "p", 121, 7, SentPicture("a.png"))
    done = Job(
        "a",
        JobState.DONE,
        "realm",
        start,
        start,
        spec,
        submitted=start,
        running=start + timedelta(seconds=4),
        completed=start + timedelta(seconds=64),
    )
    silent = replace(done, running=None)
    adopted = replace(done, spec=None)
    failed = replace(done, state=JobState.FAILED)
    unseen = replace(done, running=done.completed)
    assert past_jobs([done, silent, adopted, failed, unseen]) == (PastJob(121, 4, 60),)
