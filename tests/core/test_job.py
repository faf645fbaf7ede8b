from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dreamina_desktop.core.job import (
    AT_PROVIDER,
    FINAL,
    TRANSITIONS,
    Clip,
    ClipKind,
    Job,
    JobSpec,
    JobState,
    SentPicture,
    may_become,
)
from dreamina_desktop.core.settings import Travel

S = JobState


def test_every_state_is_in_the_table_and_leads_to_states_in_it() -> None:
    assert set(TRANSITIONS) == set(JobState)
    for state in set(JobState) - {S.DRAFT}:
        assert any(state in following for following in TRANSITIONS.values()), state


def test_the_final_states() -> None:
    assert set(FINAL) == {S.DONE, S.FAILED, S.CANCELLED, S.REJECTED}
    assert S.UNKNOWN not in AT_PROVIDER


def test_only_prepared_is_ever_submitted_and_doubt_never_becomes_a_submit() -> None:
    assert [s for s in JobState if may_become(s, S.SUBMITTING)] == [S.PREPARED]
    assert not may_become(S.UNKNOWN, S.SUBMITTING)
    # What the provider has spoken of is never in doubt again.
    assert [s for s in JobState if may_become(s, S.UNKNOWN)] == [S.SUBMITTING, S.QUEUED]
    # Nothing that may have been accepted leads back to a submit but by the user's word.
    assert {s for s in JobState if may_become(s, S.PREPARED)} == {S.DRAFT, S.SUBMITTING, S.UNKNOWN}


def test_names_on_disk_are_the_states_in_lower_case() -> None:
    assert all(state.value == state.name.lower() for state in JobState)


def test_the_file_is_the_first_clip_that_is_there() -> None:
    now = datetime.now(UTC)
    job = Job("a", S.DONE, "realm", now, now)
    assert job.file is None
    waiting = Clip(0, ClipKind.VIDEO, "https://x/a", path="/a.mp4")
    there = Clip(1, ClipKind.VIDEO, "https://x/b", path="/b.mp4", landed=True)
    assert replace(job, clips=(waiting, there)).file == "/b.mp4"


def test_the_picture_of_a_job_is_that_of_its_spec() -> None:
    now = datetime.now(UTC)
    adopted = Job("job-1", JobState.QUEUED, "realm", created=now, changed=now)
    with pytest.raises(ValueError, match="job-1"):
        _ = adopted.picture
    spec = JobSpec("maker/model", "It moves.", 121, 7, SentPicture("a.png"))
    assert replace(adopted, spec=spec).picture == SentPicture("a.png", travel=Travel.INLINE)
