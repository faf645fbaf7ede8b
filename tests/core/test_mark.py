from __future__ import annotations

from dataclasses import replace

import pytest

from dreamina_desktop.core.job import Clip, ClipKind, Job, JobState
from dreamina_desktop.core.mark import Mark
from tests.store.sample_jobs import NOON

CLIP = Clip(0, ClipKind.VIDEO, "")


def test_asking_again_takes_it_back() -> None:
    assert Mark.NONE.toggled(Mark.STARRED) is Mark.STARRED
    assert Mark.REJECTED.toggled(Mark.STARRED) is Mark.STARRED
    assert Mark.STARRED.toggled(Mark.STARRED) is Mark.NONE


@pytest.mark.parametrize(
    ("marks", "whole"),
    [
        ((), Mark.NONE),
        ((Mark.NONE, Mark.NONE), Mark.NONE),
        ((Mark.NONE, Mark.REJECTED), Mark.REJECTED),
        ((Mark.REJECTED, Mark.STARRED), Mark.STARRED),
    ],
)
def test_of_a_whole_job(marks: tuple[Mark, ...], whole: Mark) -> None:
    clips = tuple(replace(CLIP, ordinal=number, mark=mark) for number, mark in enumerate(marks))
    job = Job("job", JobState.DONE, "realm", NOON, NOON, clips=clips)
    assert job.mark is whole
