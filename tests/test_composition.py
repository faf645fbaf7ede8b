"""What a profile does for all of its jobs, whatever it is opened for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from dreamina_desktop.composition import Options, Profile
from dreamina_desktop.core.job import Clip, ClipKind, Job, JobError, JobState


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
