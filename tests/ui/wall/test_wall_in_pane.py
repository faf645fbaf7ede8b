"""The wall as a stage of the watch pane: one transport, one set of keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from dreamina_desktop.core.job import Job
from dreamina_desktop.ui.background_thread import BackgroundThread
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import Theme
from dreamina_desktop.ui.wall.wall import Wall
from dreamina_desktop.ui.watch.frame_source import FrameSource
from dreamina_desktop.ui.watch.player_deeds import ClipDeedWanted
from dreamina_desktop.ui.watch.watch_pane import WatchPane
from dreamina_desktop.words import Phrasebook
from tests.ui.conftest import Show, Until
from tests.ui.wall.wall_desk import FRAMES, Clock, running, take
from tests.ui.watch.stage import NOW, canvas_of
from tests.video.clips import make_clip


@pytest.fixture
def hung(
    frames: FrameSource,
    background: BackgroundThread,
    words: Phrasebook,
    theme: Theme,
    icons: Icons,
    show: Show,
) -> Iterator[tuple[WatchPane, Wall]]:
    """A pane on the screen, and a wall for it that does not play by itself."""
    pane = WatchPane(frames, background, words, theme, icons, autoplay=False)
    show(pane, 500, 400)
    wall = Wall(
        frames, background, pane.playback, words, theme, icons, autoplay=False, now=lambda: NOW
    )
    yield pane, wall
    pane.leave_stage()
    wall.deleteLater()


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


def test_its_keys_mean_what_is_seen_on_it(
    hung: tuple[WatchPane, Wall],
    until: Until,
    clips: tuple[Path, ...],
    tmp_path: Path,
) -> None:
    pane, wall = hung
    longer = make_clip(tmp_path / "longer.mp4", FRAMES + 4)
    wall.set_takes((take(1, clips[0]), take(2, longer, frames=FRAMES + 4), running(3)))
    pane.show_stage(wall)
    pane.activateWindow()
    asked: list[ClipDeedWanted] = []
    pane.clip_deed_wanted.connect(asked.append)
    until(lambda: pane.playback.position.is_playable)
    assert pane.playback.position.count == FRAMES + 4

    # A number is typed, and the keys are the wall's again: nobody else gets them in between.
    tile, focused = wall.focusProxy(), []
    QTest.keyClick(tile, Qt.Key.Key_G)
    field = pane.findChild(QLineEdit, "goToFrameEdit")
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.focusChanged.connect(lambda _, now: focused.append(now))
    QTest.keyClicks(field, str(FRAMES + 3))
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert focused == [tile]
    assert pane.playback.position.index == FRAMES + 2

    # The shorter one stands at its last frame, which is the one that is meant.
    QTest.keyClick(tile, Qt.Key.Key_C)
    QTest.keyClick(tile, Qt.Key.Key_Right)
    QTest.keyClick(wall.focusProxy(), Qt.Key.Key_C)
    assert [(one.viewed.job.id, one.index) for one in asked] == [
        ("take-1", FRAMES - 1),
        ("take-2", FRAMES + 2),
    ]
    note = pane.findChild(QWidget, "passingNote")
    QTest.keyClick(wall.focusProxy(), Qt.Key.Key_Right)
    assert wall.shown_frame is None
    QTest.keyClick(wall.focusProxy(), Qt.Key.Key_C)
    assert note.isVisible()
    note.hide()
    assert len(asked) == 2

    before = canvas_of(pane).zoom
    QTest.keyClick(wall.focusProxy(), Qt.Key.Key_Z)
    assert note.isVisible()
    assert canvas_of(pane).zoom == before


def test_a_click_on_another_take_while_a_number_is_typed_goes_to_that_take(
    hung: tuple[WatchPane, Wall],
    until: Until,
    nine: tuple[Job, ...],
) -> None:
    pane, wall = hung
    wall.set_takes(nine[:2])
    pane.show_stage(wall)
    pane.activateWindow()
    until(lambda: pane.playback.position.is_playable)
    QTest.keyClick(wall.focusProxy(), Qt.Key.Key_G)
    field = pane.findChild(QLineEdit, "goToFrameEdit")
    assert field.hasFocus()
    tile = pane.findChild(QWidget, "wallTile2")
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert not field.isVisible()
    assert tile.hasFocus()
    assert wall.current.id == "take-2"
