"""Frames a second and dropped frames: from what was painted, not from what was meant to be."""

from __future__ import annotations

import pytest

from dreamina_desktop.ui.watch.paint_count import PaintTally
from dreamina_desktop.ui.watch.play_position import PlayMode
from dreamina_desktop.ui.watch.playback import Playback
from tests.ui.watch.playback_desk import RATE, Desk

pytestmark = pytest.mark.usefixtures("application")


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.playback.note_painted(0)
    desk.playback.play()
    return desk


def paint_due(desk: Desk, frames: float) -> None:
    desk.playback.note_painted(desk.at(frames))


def test_every_frame_in_time(desk: Desk) -> None:
    for tick in range(1, 200):
        paint_due(desk, tick)
    tally = desk.playback.tally
    assert tally.frames_per_second == pytest.approx(RATE)
    assert (tally.painted, tally.dropped) == (199, 0)


def test_what_was_due_and_never_painted_is_dropped(desk: Desk) -> None:
    for tick in range(2, 100, 2):
        paint_due(desk, tick)
    tally = desk.playback.tally
    assert tally.frames_per_second == pytest.approx(RATE / 2)
    assert (tally.painted, tally.dropped) == (49, 49)


def test_a_late_frame_is_not_dropped_and_one_overtaken_is(desk: Desk) -> None:
    desk.at(1)
    desk.at(2)
    desk.playback.note_painted(1)
    desk.playback.note_painted(2)
    assert desk.playback.tally.dropped == 0
    desk.at(3)
    desk.at(4)
    desk.playback.note_painted(4)
    desk.playback.note_painted(3)
    assert (desk.playback.tally.painted, desk.playback.tally.dropped) == (3, 1)


def test_round_the_end_and_to_and_fro(desk: Desk) -> None:
    desk.playback.set_mode(PlayMode.PING_PONG)
    for tick in range(1, 400):
        paint_due(desk, tick)
    assert (desk.playback.tally.painted, desk.playback.tally.dropped) == (399, 0)


def test_to_jump_is_not_to_drop(desk: Desk) -> None:
    paint_due(desk, 1)
    desk.playback.seek(80)
    desk.playback.note_painted(80)
    desk.clock.now += 1 / RATE
    desk.playback.catch_up()
    desk.playback.note_painted(81)
    assert (desk.playback.tally.painted, desk.playback.tally.dropped) == (3, 0)


def test_it_begins_anew_with_each_playing_and_each_clip(desk: Desk) -> None:
    paint_due(desk, 5)
    assert desk.playback.tally.dropped == 4
    desk.playback.pause()
    desk.clock.now += 2
    assert desk.playback.tally == PaintTally(0.0, 1, 4)
    desk.playback.play()
    assert desk.playback.tally == PaintTally()
    desk.playback.load(10, 24.0)
    assert desk.playback.tally == PaintTally()


def test_without_playing_nothing_is_counted() -> None:
    playback = Playback()
    playback.load(10, 24.0)
    for index in (0, 3, 9):
        playback.seek(index)
        playback.note_painted(index)
    assert playback.tally == PaintTally()
