"""Takes that come and go, and come to nothing: the others neither move nor wait."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.core.mark import Mark
from tests.ui.conftest import Until
from tests.ui.wall.conftest import NewWall
from tests.ui.wall.wall_desk import FRAMES, marked, running, take

Key = Qt.Key


def test_a_take_that_arrives_joins_in_step_while_the_others_play_on(
    new_wall: NewWall, nine: tuple[Job, ...], until: Until
) -> None:
    desk = new_wall((*nine[:3], running(4)))
    desk.playback.play()
    desk.let_pass(2 / 24)
    desk.press(Key.Key_Right)
    places = [desk.place(number) for number in range(1, 5)]
    assert desk.numbers() == [2, 2, 2]
    desk.wall.set_takes(nine[:4])
    assert not desk.playback.is_held
    assert desk.tile(4).accessibleName() == "Take 4, seed 104, Getting ready"
    desk.let_pass(1 / 24)
    assert desk.numbers()[:3] == [3, 3, 3]
    until(lambda: desk.tile(4).accessibleName() == "Take 4, seed 104")
    desk.let_pass(1 / 24)
    assert desk.numbers() == [4] * 4
    assert [desk.place(number) for number in range(1, 5)] == places
    assert desk.current == "take-2"


def test_takes_keep_their_numbers_however_the_library_sorts_them(
    new_wall: NewWall, nine: tuple[Job, ...]
) -> None:
    desk = new_wall(nine[:3], waits=False)
    desk.wall.set_takes((nine[4], nine[2], nine[1], nine[3], nine[0]))
    assert [shown.id for shown in desk.wall.takes] == [
        "take-1",
        "take-2",
        "take-3",
        "take-5",
        "take-4",
    ]


def test_one_alone_stays_alone_when_another_arrives(
    new_wall: NewWall, nine: tuple[Job, ...], until: Until
) -> None:
    desk = new_wall(nine[:3])
    desk.press(Key.Key_2)
    place = desk.place(2)
    desk.wall.set_takes(nine[:5])
    assert [n for n in range(1, 6) if desk.tile(n).isVisible()] == [2]
    assert desk.place(2) == place
    assert desk.current == "take-2"
    desk.press(Key.Key_2)
    until(lambda: desk.is_ready)
    assert len(set(desk.numbers())) == 1


def test_the_focus_goes_to_the_next_when_its_take_goes(
    new_wall: NewWall, nine: tuple[Job, ...], until: Until
) -> None:
    desk = new_wall(nine[:3])
    desk.press(Key.Key_2)
    desk.wall.set_takes((nine[0], nine[2]))
    assert desk.current == "take-3"
    assert desk.tile(1).isVisible()
    desk.wall.set_takes((nine[0],))
    assert desk.current == "take-1"
    until(lambda: desk.is_ready)
    desk.wall.clear()
    assert desk.wall.takes == ()
    assert desk.wall.current is None
    assert desk.wall.count == 0
    assert not desk.playback.is_held


def test_only_nine_find_room(new_wall: NewWall, nine: tuple[Job, ...], clips: tuple[Path]) -> None:
    desk = new_wall((*nine, take(10, clips[0])), waits=False)
    assert [shown.id for shown in desk.wall.takes] == [job.id for job in nine]


def test_while_it_rests_it_holds_nothing_and_asks_for_nothing(
    new_wall: NewWall, nine: tuple[Job, ...], until: Until
) -> None:
    desk = new_wall(nine, waits=False)
    desk.wall.set_resting(is_resting=True)
    assert not desk.playback.is_held
    desk.wall.set_resting(is_resting=False)
    until(lambda: desk.is_ready)
    desk.wall.hide()
    desk.playback.seek(5)
    assert desk.lockstep.shown == 0
    desk.wall.show()
    until(lambda: desk.is_ready)
    assert desk.numbers() == [5] * 9


def test_a_clip_that_is_gone_does_not_hold_up_the_others(
    new_wall: NewWall, nine: tuple[Job, ...], tmp_path: Path, clips: tuple[Path], until: Until
) -> None:
    lost = tmp_path / "lost.mp4"
    desk = new_wall((nine[0], take(2, lost)))
    until(lambda: "not there any more" in desk.tile(2).accessibleName())
    desk.playback.play()
    desk.let_pass(3 / 24)
    assert desk.lockstep.shown == 3
    assert desk.playback.position.count == FRAMES
    # Fetched anew.
    lost.write_bytes(clips[0].read_bytes())
    desk.wall.set_takes((nine[0], marked(take(2, lost), Mark.STARRED)))
    until(lambda: desk.canvas._hung[1].picture.has_joined)
    desk.let_pass(1 / 24)
    until(lambda: desk.numbers() == [4, 4])


def test_what_is_being_made_says_how_it_stands(new_wall: NewWall, nine: tuple[Job, ...]) -> None:
    desk = new_wall((nine[0], running(2), running(3, JobState.QUEUED)), waits=False)
    assert desk.tile(1).accessibleName() == "Take 1, seed 101"
    assert desk.tile(2).accessibleName() == "Take 2, seed 102, Being made"
    assert desk.tile(3).accessibleName() == "Take 3, seed 103, In the queue"
    desk.wall.set_takes((marked(nine[0], Mark.REJECTED), running(2)))
    assert desk.tile(1).accessibleName() == "Take 1, seed 101, Rejected"
