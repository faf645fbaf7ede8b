"""What differs between two clips."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from dreamina_desktop.core.differences import Differences, Pair, differences
from dreamina_desktop.core.job import Clip, ClipKind, Job, JobSpec, JobState, SentPicture

NOW = datetime(2026, 11, 21, tzinfo=UTC)
CLIP = Clip(0, ClipKind.VIDEO, "https://clips.example/1", frames=121)
SPEC = JobSpec("model", "Steam rises", 121, 7, SentPicture("cup.png", "b" * 64))
JOB = Job("a", JobState.DONE, "realm", NOW, NOW, SPEC, completed=NOW, cost=Decimal("0.40"))


def differing(found: Differences) -> set[str]:
    return {name for name in Differences.__slots__ if getattr(found, name).differs}


def test_a_clip_does_not_differ_from_itself() -> None:
    assert not differing(differences((JOB, CLIP), (JOB, CLIP)))


def test_each_fact_is_told_apart() -> None:
    other = replace(
        JOB,
        spec=JobSpec("other", "Steam falls", 241, 8, SentPicture("cup.png", "c" * 64)),
        completed=NOW + timedelta(hours=1),
        cost=Decimal("0.80"),
    )
    found = differences((JOB, CLIP), (other, replace(CLIP, frames=None)))
    assert differing(found) == set(Differences.__slots__)
    assert found.prompt == Pair("Steam rises", "Steam falls")
    assert found.frames == Pair(121, 241)
    assert found.seed == Pair(7, 8)


def test_the_same_bytes_are_the_same_picture() -> None:
    renamed = replace(JOB, spec=replace(SPEC, picture=SentPicture("copy.png", "b" * 64)))
    assert not differences((JOB, CLIP), (renamed, CLIP)).picture.differs
    here, there = (
        replace(JOB, spec=replace(SPEC, picture=SentPicture(a, address=a)))
        for a in ("https://one.example", "https://two.example")
    )
    assert differences((here, CLIP), (there, CLIP)).picture.differs


def test_what_is_not_known_may_differ() -> None:
    adopted = replace(JOB, spec=None, cost=None)
    found = differences((JOB, CLIP), (adopted, replace(CLIP, frames=None)))
    assert differing(found) == {"prompt", "picture", "seed", "frames", "model", "cost"}
    assert found.frames == Pair(121, None)
