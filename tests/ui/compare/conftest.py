"""Fixtures of the compare tests: real clips, a real frame store, the stage on top of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from dreamina_desktop.ui.background_thread import BackgroundThread
from dreamina_desktop.ui.compare.compare_stage import CompareStage
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import Theme
from dreamina_desktop.ui.watch.frame_source import FrameSource
from dreamina_desktop.ui.watch.playback import Playback
from tests.ui.compare.clips_to_compare import (
    DARK_LUMA,
    HEIGHT,
    LIGHT_LUMA,
    LONG,
    SHORT,
    WIDTH,
    plain_clip,
)
from tests.ui.conftest import Show
from tests.video.clips import make_clip

type NewStage = Callable[..., CompareStage]


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="session")
def numbered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """24 and 18 frames that carry their number."""
    folder = tmp_path_factory.mktemp("compare")
    long, short = (
        make_clip(folder / f"{frames}.mp4", frames, width=WIDTH, height=HEIGHT)
        for frames in (LONG, SHORT)
    )
    return long, short


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A dark and a light one."""
    folder = tmp_path_factory.mktemp("plain")
    return (
        plain_clip(folder / "dark.mkv", DARK_LUMA),
        plain_clip(folder / "light.mkv", LIGHT_LUMA),
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def playback(application: QApplication, clock: Clock) -> Iterator[Playback]:
    del application
    playback = Playback(clock)
    yield playback
    playback.pause()


@pytest.fixture
def new_stage(
    frames: FrameSource,
    background: BackgroundThread,
    playback: Playback,
    theme: Theme,
    icons: Icons,
    show: Show,
) -> NewStage:
    """``new_stage(width, height, blinks=…)``: on the screen, its playback measured by it."""

    def make(width: int = 480, height: int = 420, *, blinks: bool = False) -> CompareStage:
        stage = CompareStage(frames, background, playback, theme, icons, blinks=blinks)
        # As the watch pane does.
        stage.measured.connect(lambda: playback.measure(stage.count, stage.frames_per_second))
        show(stage, width, height)
        stage.activateWindow()
        stage.canvas.setFocus()
        return stage

    return make
