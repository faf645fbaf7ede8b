"""The wall as a stage of the watch pane: one transport, one set of keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from dreamina_desktop.core.job import Job
from dreamina_desktop.ui.background_thread import BackgroundThread
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import Theme
from dreamina_desktop.ui.wall.wall import Wall
from dreamina_desktop.ui.watch.frame_source import FrameSource
from dreamina_desktop.ui.watch.watch_pane import WatchPane
from dreamina_desktop.words import Phrasebook
from tests.ui.conftest import Show, Until
from tests.ui.wall.wall_desk import FRAMES, Clock
from tests.ui.watch.stage import LARGE, NOW


@pytest.fixture
def frames(application: QApplication) -> Iterator[FrameSource]:
    del application
    source = FrameSource(LARGE)
    yield source
    source.close()


def test_it_plays_once_it_is_filled_and_the_player_has_its_keys(
    frames: FrameSource,
    background: BackgroundThread,
    words: Phrasebook,
    theme: Theme,
    icons: Icons,
    show: Show,
    until: Until,
    nine: tuple[Job, ...],
) -> None:
    clock = Clock()
    pane = WatchPane(frames, background, words, theme, icons, autoplay=False, clock=clock)
    show(pane, 700, 700)
    playback = pane.playback
    wall = Wall(frames, background, playback, words, theme, icons, now=lambda: NOW, parent=pane)
    wall.set_takes(nine[:4])
    pane.show_stage(wall)
    pane.activateWindow()
    until(lambda: playback.position.is_playing and not playback.is_held)
    assert (playback.position.count, playback.position.frames_per_second) == (FRAMES, 24)
    tile = wall.focusProxy()
    assert tile.hasFocus()
    clock.seconds += 3 / 24
    playback.catch_up()
    assert playback.position.index == 3
    QTest.keyClick(tile, Qt.Key.Key_Space)
    assert not playback.position.is_playing
    QTest.keyClick(tile, Qt.Key.Key_Period)
    QTest.keyClick(tile, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert playback.position.index == 14
    QTest.keyClick(tile, Qt.Key.Key_Right)
    assert playback.position.index == 14
    assert wall.current.id == "take-2"
    left = QSignalSpy(pane.stage_left)
    QTest.keyClick(wall.focusProxy(), Qt.Key.Key_Escape)
    assert left.count() == 1
    assert pane.stage is None
    assert wall.takes == ()
    assert not playback.is_held
