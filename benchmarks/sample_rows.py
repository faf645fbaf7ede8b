"""Profiles with jobs in them, as the engine would have left them."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from dreamina_desktop.composition import Options, Profile, open_profile
from dreamina_desktop.core.job import Clip, ClipKind, Job, JobSpec, JobState, SentPicture
from dreamina_desktop.pictures.prepare import PillowPreparer
from dreamina_desktop.practice.render_order import RenderOrder
from dreamina_desktop.practice.renderer import Renderer
from dreamina_desktop.resources import SAMPLE_PICTURE, resource
from dreamina_desktop.store.database import Database
from dreamina_desktop.store.job_table import add_job

FRAMES = 121
SAMPLE = resource(SAMPLE_PICTURE)


def make_clips(folder: Path, count: int, scale: float) -> list[Path]:
    """So many files of one practice clip; at scale 1 it has the model's full size."""
    folder.mkdir(parents=True)
    first = folder / "clip-0.mp4"
    order = RenderOrder(str(SAMPLE), str(first), "steam rises", 7, FRAMES, scale)
    Renderer().render(order, first)
    clips = [folder / f"clip-{number}.mp4" for number in range(count)]
    for clip in clips[1:]:
        shutil.copyfile(first, clip)
    return clips


def fill(folder: Path, count: int, clips: Sequence[Path], size: tuple[int, int]) -> list[str]:
    """Put so many finished jobs into the practice profile of ``folder``; ids, oldest first.

    Job N has clip N modulo their number; ``size`` is that of every clip in pixels.
    """
    with open_profile(Options(folder, practice=True), {}) as profile:
        picture = PillowPreparer(profile.spec).prepare(SAMPLE)
        profile.media.keep_picture(picture)
        sha256 = picture.sha256
        began = datetime.now(UTC) - timedelta(minutes=count + 5)
        jobs = [
            _job(
                profile,
                began + timedelta(minutes=number),
                number,
                sha256,
                clips[number % len(clips)],
                size,
            )
            for number in range(count)
        ]
        database = Database(profile.folder / "dreamina.sqlite")
        with database.writing() as connection:
            for job in jobs:
                add_job(connection, job)
        database.close()
    return [job.id for job in jobs]


def _job(
    profile: Profile,
    created: datetime,
    number: int,
    sha256: str,
    clip: Path,
    size: tuple[int, int],
) -> Job:
    return Job(
        id=f"job-{number:06}",
        state=JobState.DONE,
        realm=profile.realm,
        created=created,
        changed=created + timedelta(seconds=60),
        request_id=f"request-{number}",
        submitted=created,
        running=created + timedelta(seconds=5),
        completed=created + timedelta(seconds=60),
        cost=Decimal("0.40"),
        attempts=1,
        spec=JobSpec(
            model_id=profile.spec.model_id,
            prompt=f"Take {number}: steam rises slowly while the camera glides to the cup.",
            frames=FRAMES,
            seed=number,
            picture=SentPicture(str(SAMPLE), sha256, "image/png"),
        ),
        clips=(
            Clip(
                ordinal=0,
                kind=ClipKind.VIDEO,
                address=f"https://results.example/{number}.mp4",
                path=str(clip),
                size=clip.stat().st_size,
                sha256=f"{number:064x}",
                width=size[0],
                height=size[1],
                frames=FRAMES,
                landed=True,
            ),
        ),
    )
