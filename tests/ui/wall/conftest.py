"""Fixtures of the wall tests: nine files of one clip, a frame store, a wall on top of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dreamina_desktop.core.job import Job
from dreamina_desktop.ui.background_thread import BackgroundThread
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import Theme
from dreamina_desktop.ui.wall.wall import Wall
from dreamina_desktop.ui.watch.frame_source import FrameSource
from dreamina_desktop.ui.watch.playback import Playback
from dreamina_desktop.words import Phrasebook
from tests.ui.conftest import Show, Until
from tests.ui.wall.wall_desk import FRAMES, Clock, WallDesk, take
from tests.ui.watch.stage import LARGE, NOW
from tests.video.clips import make_clip

type NewWall = Callable[..., WallDesk]


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """Nine clips of 24 frames that carry their number, each file by itself."""
    folder = tmp_path_factory.mktemp("wall")
    first = make_clip(folder / "take-1.mp4", FRAMES)
    copies = [folder / f"take-{number}.mp4" for number in range(2, 10)]
    for copy in copies:
        shutil.copyfile(first, copy)
    return (first, *copies)


@pytest.fixture
def nine(clips: tuple[Path, ...]) -> tuple[Job, ...]:
    return tuple(take(number, clip) for number, clip in enumerate(clips, 1))


@pytest.fixture
def new_wall(
    background: BackgroundThread,
    words: Phrasebook,
    theme: Theme,
    icons: Icons,
    show: Show,
    until: Until,
) -> Iterator[NewWall]:
    """``new_wall(jobs, width, height, budget=…, waits=…)``: on the screen, focused, decoded."""
    made: list[tuple[Wall, FrameSource]] = []

    def make(
        jobs: tuple[Job, ...],
        width: int = 560,
        height: int = 400,
        *,
        budget: int = LARGE,
        waits: bool = True,
    ) -> WallDesk:
        frames, clock = FrameSource(budget), Clock()
        playback = Playback(clock)
        wall = Wall(
            frames, background, playback, words, theme, icons, autoplay=False, now=lambda: NOW
        )
        playback.setParent(wall)
        made.append((wall, frames))
        desk = WallDesk(wall, playback, clock)
        wall.set_takes(jobs)
        show(wall, width, height)
        wall.activateWindow()
        wall.setFocus()
        if waits:
            until(lambda: desk.is_ready)
        return desk

    yield make
    for wall, frames in made:
        wall.clear()
        frames.close()
