"""Tiles never differ by a frame: read off photographs of the wall."""

from __future__ import annotations

from pathlib import Path

from dreamina_desktop.core.job import Job
from tests.ui.conftest import Until
from tests.ui.wall.conftest import NewWall
from tests.ui.wall.wall_desk import FRAMES, RATE, WallDesk, take
from tests.video.clips import make_clip

SECONDS = 20


def seen(desk: WallDesk) -> int:
    """The one number that every tile shows."""
    numbers = desk.numbers()
    assert len(numbers) == len(desk.wall.takes)
    assert len(set(numbers)) == 1, numbers
    return numbers[0]


def test_nine_takes_show_every_frame_for_twenty_seconds(
    new_wall: NewWall, nine: tuple[Job, ...]
) -> None:
    desk = new_wall(nine)
    desk.playback.play()
    for frame in range(1, int(SECONDS * RATE) + 1):
        desk.let_pass(1 / RATE)
        assert seen(desk) == frame % FRAMES
    assert not desk.playback.is_held


def test_it_is_in_step_backwards_at_four_times_the_rate_and_after_any_jump(
    new_wall: NewWall, nine: tuple[Job, ...]
) -> None:
    desk = new_wall(nine)
    playback = desk.playback
    for index in (17, 3, FRAMES - 1, 0, 9):
        playback.seek(index)
        assert seen(desk) == index
    for _ in range(3):
        playback.shuttle_back()
    for passed in range(1, 13):
        desk.let_pass(1 / RATE)
        assert seen(desk) == (9 - 4 * passed) % FRAMES


def test_without_memory_for_all_it_is_slow_and_still_in_step(
    new_wall: NewWall, nine: tuple[Job, ...], until: Until
) -> None:
    # A ninth of a clip for each, even at half the size.
    size = 175 * 105 * 3 // 2
    desk = new_wall(nine, budget=9 * size * FRAMES // 36)
    desk.playback.play()
    shown = set()
    for _ in range(10):
        desk.let_pass(3 / RATE)
        shown.add(seen(desk))
        until(lambda: desk.lockstep.shown == desk.playback.position.index)
        shown.add(seen(desk))
    assert len(shown) > 5


def test_frames_that_are_missing_hold_the_clock_for_all(
    new_wall: NewWall, nine: tuple[Job, ...], until: Until
) -> None:
    desk = new_wall(nine, waits=False)
    until(lambda: desk.playback.position.frames_per_second > 0)
    desk.playback.play()
    # As much time as decoding took: no frame of it is lost.
    while desk.playback.is_held:
        desk.clock.seconds += 0.3
        until(lambda: True)
        desk.lockstep.step()
    assert desk.playback.position.index == 0
    assert seen(desk) == 0
    desk.let_pass(1 / RATE)
    assert seen(desk) == 1


def test_a_shorter_take_stands_at_its_last_frame(
    new_wall: NewWall, clips: tuple[Path, ...], tmp_path: Path, until: Until
) -> None:
    short = make_clip(tmp_path / "short.mp4", 8)
    desk = new_wall((take(1, clips[0]), take(2, short, frames=8)))
    assert desk.playback.position.count == FRAMES
    desk.playback.seek(5)
    until(lambda: desk.numbers() == [5, 5])
    desk.playback.seek(15)
    until(lambda: desk.numbers() == [15, 7])


def test_a_larger_window_waits_as_one_and_goes_on(
    new_wall: NewWall, nine: tuple[Job, ...], until: Until
) -> None:
    desk = new_wall(nine)
    desk.playback.play()
    desk.let_pass(5 / RATE)
    desk.wall.resize(800, 600)
    assert seen(desk) == 5
    until(lambda: desk.playback.is_held)
    desk.let_pass(3 / RATE)
    assert seen(desk) == 5
    until(lambda: not desk.playback.is_held)
    desk.let_pass(1 / RATE)
    assert seen(desk) == 6
