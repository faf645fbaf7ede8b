"""The clock of playing, driven by a clock that the test turns."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreamina_desktop.ui.watch.play_position import PlayMode, PlayPosition
from dreamina_desktop.ui.watch.playback import Playback
from tests.ui.conftest import Until
from tests.ui.watch.playback_desk import COUNT, RATE, Desk, HandClock

pytestmark = pytest.mark.usefixtures("application")


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_every_frame_once_in_order_and_round_again(desk: Desk) -> None:
    desk.playback.play()
    shown = [desk.at(tick) for tick in range(3 * COUNT)]
    assert shown == [tick % COUNT for tick in range(3 * COUNT)]
    assert [told.index for told in desk.told[1:]] == shown[1:]


@given(rate=st.floats(1, 120), start=st.floats(0, 1e7), ticks=st.integers(1, 400))
def test_no_frame_is_missed_or_doubled_at_any_rate(rate: float, start: float, ticks: int) -> None:
    clock = HandClock()
    clock.now = start
    playback = Playback(clock)
    playback.load(97, rate)
    playback.play()
    for tick in range(ticks):
        clock.now = start + tick / rate
        playback.catch_up()
        assert playback.position.index == tick % 97
    playback.pause()


def test_late_ticks_drop_frames_and_never_drift(desk: Desk) -> None:
    desk.playback.play()
    late = Fraction(0)
    for step in range(1, 5000):
        late += Fraction(step % 7 + 1, 3)
        assert desk.at(float(late)) == int(late) % COUNT


def test_an_hour_of_sleep_is_no_trouble(desk: Desk) -> None:
    desk.playback.play()
    assert desk.at(3600 * 24 + 5.5) == (3600 * 24 + 5) % COUNT


def test_backwards_round(desk: Desk) -> None:
    desk.playback.shuttle_back()
    assert [desk.at(tick) for tick in range(2 * COUNT)] == [
        -tick % COUNT for tick in range(2 * COUNT)
    ]


def test_shuttle_doubles_up_to_four(desk: Desk) -> None:
    speeds = []
    for _ in range(4):
        desk.playback.shuttle_forward()
        speeds.append(desk.playback.position.speed)
    for _ in range(4):
        desk.playback.shuttle_back()
        speeds.append(desk.playback.position.speed)
    assert speeds == [1, 2, 4, 4, -1, -2, -4, -4]
    desk.playback.pause()
    assert not desk.playback.position.is_playing
    desk.playback.shuttle_back()
    assert desk.playback.position.speed == -1


def test_a_change_of_speed_loses_no_part_of_a_frame(desk: Desk) -> None:
    desk.playback.play()
    assert desk.at(10.75) == 10
    desk.playback.shuttle_forward()
    # Three quarters of frame 10 had passed at single speed: counted at the new one, it is over.
    assert desk.at(10.75) == 11
    assert desk.at(11) == 12
    assert desk.at(20) == 30


def test_pause_stands_at_the_frame_that_is_due(desk: Desk) -> None:
    desk.playback.play()
    desk.clock.now += 7.5 / RATE
    desk.playback.pause()
    assert desk.index == 7
    assert desk.at(50) == 7
    desk.playback.toggle()
    assert desk.playback.position.is_playing
    desk.playback.toggle()
    assert not desk.playback.position.is_playing


def test_without_looping_it_stops_at_the_end_and_begins_again(desk: Desk) -> None:
    desk.playback.set_mode(PlayMode.ONCE)
    desk.playback.play()
    assert desk.at(500) == COUNT - 1
    assert not desk.playback.position.is_playing
    desk.playback.play()
    assert desk.index == 0
    desk.playback.pause()
    desk.playback.shuttle_back()
    assert desk.index == COUNT - 1
    desk.playback.next_mode()
    assert desk.playback.position.mode is PlayMode.PING_PONG
    desk.playback.next_mode()
    assert desk.playback.position.is_looping


def test_backwards_without_looping_stops_at_the_beginning(desk: Desk) -> None:
    desk.playback.set_mode(PlayMode.ONCE)
    desk.playback.seek(5)
    desk.playback.shuttle_back()
    assert desk.at(500) == 0
    assert not desk.playback.position.is_playing


def test_only_the_marked_range_is_looped(desk: Desk) -> None:
    desk.playback.seek(30)
    desk.playback.mark_in()
    desk.playback.seek(40)
    desk.playback.mark_out()
    desk.playback.play()
    assert [desk.at(tick) for tick in range(30)] == [30 + (10 + tick) % 11 for tick in range(30)]
    desk.playback.clear_marks()
    position = desk.playback.position
    assert (position.in_point, position.out_point) == (None, None)
    before = desk.index
    assert [desk.at(29 + tick) for tick in range(90)] == [
        (before + tick) % COUNT for tick in range(90)
    ]


def test_playing_begins_inside_the_marked_range(desk: Desk) -> None:
    desk.playback.seek(30)
    desk.playback.mark_in()
    desk.playback.seek(100)
    desk.playback.play()
    assert desk.index == 100
    desk.playback.pause()
    desk.playback.seek(3)
    desk.playback.play()
    assert desk.index == 30
    desk.playback.seek(3)
    assert desk.index == 30, "while playing, nothing outside of the range"
    desk.playback.pause()
    desk.playback.seek(3)
    assert desk.index == 3, "but to look at, any frame"
    desk.playback.shuttle_back()
    assert desk.index == 120


def test_a_mark_on_the_wrong_side_drops_the_other(desk: Desk) -> None:
    desk.playback.seek(50)
    desk.playback.mark_in()
    desk.playback.seek(20)
    desk.playback.mark_out()
    assert (desk.playback.position.in_point, desk.playback.position.out_point) == (None, 20)
    desk.playback.seek(60)
    desk.playback.mark_in()
    assert (desk.playback.position.in_point, desk.playback.position.out_point) == (60, None)
    desk.playback.mark_out()
    assert (desk.playback.position.in_point, desk.playback.position.out_point) == (60, 60)
    desk.playback.play()
    assert {desk.at(tick) for tick in range(9)} == {60}


def test_steps_pause_and_stay_inside(desk: Desk) -> None:
    desk.playback.play()
    desk.at(3)
    moves: list[tuple[Callable[[], None], int]] = [
        (desk.playback.step_forward, 4),
        (desk.playback.step_forward, 5),
        (desk.playback.step_back, 4),
        (desk.playback.leap_forward, 14),
        (desk.playback.leap_back, 4),
        (desk.playback.leap_back, 0),
        (desk.playback.step_back, 0),
        (desk.playback.go_to_end, 120),
        (desk.playback.step_forward, 120),
        (desk.playback.go_to_start, 0),
    ]
    for move, index in moves:
        move()
        assert desk.index == index
        assert not desk.playback.position.is_playing


def test_scrubbing_stands_still_and_goes_on(desk: Desk) -> None:
    desk.playback.play()
    desk.playback.begin_scrub()
    for index in (7, 3, 90):
        desk.playback.seek(index)
        assert desk.index == index
        assert not desk.playback.position.is_playing
    desk.playback.end_scrub()
    assert desk.playback.position.is_playing
    assert desk.index == 90
    desk.playback.pause()
    desk.playback.begin_scrub()
    desk.playback.end_scrub()
    assert not desk.playback.position.is_playing


def test_what_the_file_tells_is_taken_up_without_a_jump(desk: Desk) -> None:
    desk.playback.seek(100)
    desk.playback.play()
    told = len(desk.told)
    desk.playback.measure(COUNT, RATE)
    assert len(desk.told) == told, "nothing new"
    desk.playback.measure(50, 30.0)
    position = desk.playback.position
    assert (position.count, position.frames_per_second, position.index) == (50, 30.0, 49)
    assert position.is_playing


@pytest.mark.parametrize(("count", "rate"), [(0, 0.0), (1, 0.0), (1, 24.0)])
def test_nothing_to_play(count: int, rate: float) -> None:
    desk = Desk(count, rate)
    for act in (
        desk.playback.play,
        desk.playback.shuttle_back,
        desk.playback.mark_in,
        desk.playback.mark_out,
        desk.playback.step_forward,
        desk.playback.go_to_end,
        desk.playback.catch_up,
    ):
        act()
        assert desk.playback.position.index == 0
        assert not desk.playback.position.is_playing
        assert desk.playback.position.in_point is None
    assert desk.told == []


def test_another_clip_begins_paused_and_keeps_the_choice_of_looping(desk: Desk) -> None:
    desk.playback.set_mode(PlayMode.ONCE)
    desk.playback.seek(9)
    desk.playback.mark_in()
    desk.playback.play()
    desk.playback.load(10, 12.0)
    assert desk.playback.position == PlayPosition(0, 10, 12.0, mode=PlayMode.ONCE)
    desk.playback.unload()
    assert desk.playback.position == PlayPosition(mode=PlayMode.ONCE)


def test_the_timer_plays_by_itself_in_order(until: Until) -> None:
    playback = Playback()
    playback.load(1000, 100.0)
    told: list[int] = []
    playback.position_changed.connect(lambda position: told.append(position.index))
    playback.play()
    until(lambda: len(told) > 20)
    playback.pause()
    assert all(before <= after for before, after in pairwise(told))


def test_to_and_fro(desk: Desk) -> None:
    desk.playback.load(4, RATE)
    desk.playback.set_mode(PlayMode.PING_PONG)
    desk.playback.play()
    assert [desk.at(tick) for tick in range(13)] == [0, 1, 2, 3, 2, 1, 0, 1, 2, 3, 2, 1, 0]
    desk.playback.pause()
    assert desk.playback.position.speed == 1


def test_held_it_stands_still_although_it_plays(desk: Desk) -> None:
    desk.playback.play()
    assert desk.at(5) == 5
    desk.playback.hold()
    desk.playback.hold()
    assert desk.playback.is_held
    assert desk.at(50) == 5
    assert desk.playback.position.is_playing
    desk.begin = desk.clock.now
    desk.playback.release()
    desk.playback.release()
    assert [desk.at(tick) for tick in range(4)] == [5, 6, 7, 8]


def test_held_it_can_be_moved_and_begun(desk: Desk) -> None:
    desk.playback.hold()
    desk.playback.play()
    desk.playback.seek(30)
    assert desk.at(9) == 30
    desk.begin = desk.clock.now
    desk.playback.release()
    assert desk.at(2) == 32


def test_chosen_speed_stays_and_shuttling_leaves_it(desk: Desk) -> None:
    desk.playback.set_speed(0.25)
    desk.playback.play()
    assert desk.at(8) == 2
    desk.playback.shuttle_forward()
    assert desk.playback.position.speed == 1
    desk.playback.pause()
    assert desk.playback.position.speed == 0.25
    desk.playback.shuttle_back()
    desk.playback.set_speed(4.0)
    assert desk.playback.position.speed == -4
    desk.playback.load(10, 12.0)
    assert desk.playback.position.speed == 4


def test_crawling_halves_down_to_a_quarter(desk: Desk) -> None:
    speeds = []
    for act in (
        desk.playback.crawl_forward,
        desk.playback.crawl_forward,
        desk.playback.crawl_forward,
        desk.playback.crawl_back,
        desk.playback.shuttle_back,
    ):
        act()
        speeds.append(desk.playback.position.speed)
    assert speeds == [0.5, 0.25, 0.25, -0.5, -1]


def test_scrubbing_counts_as_moving(desk: Desk) -> None:
    ended: list[None] = []
    desk.playback.scrub_ended.connect(lambda: ended.append(None))
    assert not desk.playback.is_moving
    desk.playback.begin_scrub()
    assert desk.playback.is_moving
    desk.playback.end_scrub()
    assert not desk.playback.is_moving
    assert len(ended) == 1


def test_points_can_be_set_together(desk: Desk) -> None:
    desk.playback.set_marks(7, 9)
    desk.playback.play()
    assert [desk.at(tick) for tick in range(4)] == [7, 8, 9, 7]
