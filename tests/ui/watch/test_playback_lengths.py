"""What becomes of frame, points and speed when what is played turns out longer, or is another."""

from __future__ import annotations

import pytest

from dreamina_desktop.ui.watch.play_position import PlayPosition
from tests.ui.watch.playback_desk import COUNT, RATE, Desk

pytestmark = pytest.mark.usefixtures("application")


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_what_is_measured_anew_changes_nothing_but_the_length(desk: Desk) -> None:
    playback = desk.playback
    playback.set_marks(20, 110)
    playback.seek(60)
    playback.shuttle_back()
    playback.shuttle_back()
    playback.measure(118, RATE)
    position = playback.position
    assert (position.index, position.in_point, position.out_point) == (60, 20, 110)
    assert (position.is_playing, position.speed, position.count) == (True, -2, 118)
    desk.clock.now += 5 / (2 * RATE)
    playback.catch_up()
    assert desk.index == 55
    playback.measure(40, RATE)
    position = playback.position
    assert (position.index, position.in_point, position.out_point) == (39, 20, 39)
    assert position.speed == -2
    playback.measure(1, RATE)
    position = playback.position
    assert (position.is_playing, position.speed, position.index) == (False, 1, 0)
    playback.measure(0, 0.0)
    assert playback.position == PlayPosition()


def test_a_new_rate_loses_no_part_of_a_frame(desk: Desk) -> None:
    desk.playback.play()
    assert desk.at(10.5) == 10
    desk.playback.measure(COUNT, 12.0)
    # Frame 10 was due half a frame ago: the rest of it takes its time at the new rate.
    desk.clock.now += 0.5 / RATE + 0.4 / 12
    desk.playback.catch_up()
    assert desk.index == 10
    desk.clock.now += 0.15 / 12
    desk.playback.catch_up()
    assert desk.index == 11


def test_something_else_ends_a_scrub(desk: Desk) -> None:
    ended: list[None] = []
    desk.playback.scrub_ended.connect(lambda: ended.append(None))
    desk.playback.play()
    desk.playback.begin_scrub()
    desk.playback.load(10, RATE)
    assert (desk.playback.is_scrubbing, desk.playback.is_moving) == (False, False)
    assert len(ended) == 1
    desk.playback.end_scrub()
    assert len(ended) == 1
    assert not desk.playback.position.is_playing


def test_it_stands_as_before_as_far_as_there_are_frames(desk: Desk) -> None:
    before = PlayPosition(30, 100, RATE, in_point=8, out_point=60)
    desk.playback.stand_as(before)
    position = desk.playback.position
    assert (position.index, position.in_point, position.out_point) == (30, 8, 60)
    desk.playback.load(20, RATE)
    desk.playback.stand_as(before)
    position = desk.playback.position
    assert (position.index, position.in_point, position.out_point) == (19, 8, None)
