"""Fixtures of the watch tests: a real clip, a real frame store, the pane on top of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from dreamina_desktop.ui.background_thread import BackgroundThread
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import Theme
from dreamina_desktop.ui.watch.frame_source import FrameSource
from dreamina_desktop.ui.watch.watch_pane import WatchPane
from dreamina_desktop.words import Phrasebook
from tests.ui.conftest import Show
from tests.ui.watch.stage import FRAMES, HEIGHT, NOW, WIDTH
from tests.video.clips import make_clip

type NewPane = Callable[..., WatchPane]


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """48 frames that carry their number, with B-frames and a single key frame."""
    folder = tmp_path_factory.mktemp("watch")
    return make_clip(folder / "numbered.mp4", FRAMES, width=WIDTH, height=HEIGHT)


@pytest.fixture
def new_pane(
    frames: FrameSource,
    background: BackgroundThread,
    words: Phrasebook,
    theme: Theme,
    icons: Icons,
    show: Show,
) -> Iterator[NewPane]:
    """``new_pane(width, height, autoplay=…, clock=…, now=…)``: a pane on the screen."""

    panes: list[WatchPane] = []

    def make(
        width: int = 520,
        height: int = 640,
        *,
        autoplay: bool = False,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: NOW,
    ) -> WatchPane:
        pane = WatchPane(
            frames, background, words, theme, icons, autoplay=autoplay, clock=clock, now=now
        )
        show(pane, width, height)
        panes.append(pane)
        return pane

    yield make
    for pane in panes:
        pane.leave_full_screen()
        pane.playback.pause()
