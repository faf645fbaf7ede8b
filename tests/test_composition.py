"""What a profile does for all of its jobs, whatever it is opened for."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dreamina_desktop.composition import Options, Profile
from dreamina_desktop.core.bucket_keys import BucketKeys
from dreamina_desktop.core.errors import KeyringError
from dreamina_desktop.core.events import EngineEvent, SendingHeld
from dreamina_desktop.core.job import Clip, ClipKind, Job, JobError, JobState
from dreamina_desktop.core.settings import BucketPlace, Travel
from dreamina_desktop.jobs.preparation import TakeRequest
from dreamina_desktop.pictures.prepare import PillowPreparer
from dreamina_desktop.resources import SAMPLE_PICTURE, resource
from tests.practice_server import PracticeServer


def test_a_whole_clip_outlives_a_command_for_another_api(tmp_path: Path) -> None:
    """It is paid for, and waits in the profile for a folder that is gone."""
    now = datetime.now(UTC)
    profile = Profile(Options(tmp_path), {})
    with profile.hold():
        repository = profile.repository
        queued = Job("job-1", JobState.QUEUED, profile.realm, created=now, changed=now,
                     request_id="r-1", submitted=now)  # fmt: skip
        repository.add(queued)
        clip = Clip(0, ClipKind.VIDEO, "https://results.example/clip.mp4")
        saved = replace(queued, state=JobState.RESULT_SAVED, result="{}", clips=(clip,))
        waiting = replace(
            repository.change(queued, saved),
            state=JobState.DOWNLOADING,
            error=JobError("folder_missing", "/media/gone"),
        )
        repository.change(repository.get("job-1"), waiting)
        part = profile.media.part("job-1", 0)
        part.write_bytes(b"a whole clip")
        stray = profile.media.part("job-of-nobody", 0)
        stray.write_bytes(b"left by a crash")
    profile.close()
    other = Profile(Options(tmp_path, "https://other.example"), {})
    with other.hold():
        assert other.repository.unfinished(other.realm) == ()
        assert part.read_bytes() == b"a whole clip"
        assert not stray.exists()
    other.close()


async def test_a_keyring_that_is_locked_holds_up_only_what_goes_by_bucket(
    tmp_path: Path, practice: PracticeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The provider's key is another matter: nothing else may wait for this one."""
    profile = Profile(Options(tmp_path, practice.url), {"RUNCOMFY_API_TOKEN": practice.key})

    def locked(place: BucketPlace) -> BucketKeys:
        raise KeyringError("locked")

    monkeypatch.setattr(profile.bucket_keys, "needed", locked)
    picture = PillowPreparer(profile.spec).prepare(resource(SAMPLE_PICTURE))
    take = TakeRequest("coffee.png", picture, "It moves.", 121)
    events: list[EngineEvent] = []
    with profile.hold():
        by_bucket = profile.preparation.prepare(replace(take, travel=Travel.BUCKET))
        inline = profile.preparation.prepare(take)
        async with profile.working(events.append), asyncio.timeout(60):
            while profile.repository.get(inline.id).state is not JobState.DONE:
                await asyncio.sleep(0.05)
        waiting = profile.repository.get(by_bucket.id)
    profile.close()
    assert (waiting.state, waiting.resting, waiting.hold) == (JobState.PREPARED, True, None)
    assert waiting.error == JobError("bucket_keys_missing")
    assert not any(isinstance(event, SendingHeld) for event in events)
