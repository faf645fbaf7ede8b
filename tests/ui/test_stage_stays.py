"""A stage stays up until somebody asks for something else, whatever was asked before."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from dreamina_desktop.core.mark import Mark
from dreamina_desktop.ui.compare.compare_stage import CompareStage
from dreamina_desktop.ui.library.library_events import JobSeen
from dreamina_desktop.ui.library.list_filter import JobGroup
from dreamina_desktop.ui.ports import Background
from dreamina_desktop.ui.unfinished_jobs import JobDone
from dreamina_desktop.ui.wall.wall import Wall
from tests.practice_server import PracticeServer, PracticeStart
from tests.ui.review_desk import FRAMES, click, judge, listed, made, player, press, select
from tests.ui.test_keys import at, cards
from tests.ui.test_wall_hanging import hanging, press_at_player, settle
from tests.ui.window_desk import WindowDesk

KEY, PLAIN = Qt.Key, Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def practice(start_practice: PracticeStart) -> PracticeServer:
    return start_practice(frames_override=FRAMES)


@contextmanager
def held(background: Background) -> Iterator[None]:
    """Whatever is asked of it meanwhile is answered only afterwards."""
    gate = threading.Event()
    background.run(gate.wait, lambda _: None)
    try:
        yield
    finally:
        gate.set()


def shows(person: WindowDesk, job_id: str) -> bool:
    watch = person.session.furniture.watch
    return watch.stage is None and watch.shown_job_id == job_id


def test_a_card_chosen_before_the_stage_came_up(
    person: WindowDesk, practice: PracticeServer
) -> None:
    furniture = judge(person, practice, ("Cup.", 3)).furniture
    watch = furniture.watch
    first, second, third = (job.id for job in made(person))

    # A wall of cards.
    with held(furniture.rows):
        click(person, second, PLAIN)
        click(person, third, CONTROL)
        press_at_player(person, KEY.Key_W)
        assert hanging(person) == [third, second]
    settle(person)
    assert hanging(person) == [third, second]
    # Somebody asks for another clip once it is up; and what is asked last is shown.
    click(person, first, PLAIN)
    person.until(partial(shows, person, first))

    # A comparison. What had been asked for is shown when it has gone.
    with held(furniture.rows):
        click(person, second, PLAIN)
        press_at_player(person, KEY.Key_B)
        person.until(lambda: isinstance(watch.stage, CompareStage))
    settle(person)
    assert isinstance(watch.stage, CompareStage)
    assert watch.shown_job_id == first
    press(KEY.Key_B)
    person.until(partial(shows, person, second))

    # A card that has gone meanwhile takes nothing down either.
    with held(furniture.rows):
        click(person, first, PLAIN)
        furniture.profile.repository.delete(first)
        select(person, second, third)
        press_at_player(person, KEY.Key_W)
    settle(person)
    assert hanging(person) == [third, second]
    furniture.profile.repository.undelete(first)
    watch.leave_stage()

    # A stage that is left while the card is still on its way, and another in its place.
    select(person, second, third)
    press_at_player(person, KEY.Key_W)
    with held(furniture.rows):
        click(person, first, PLAIN)
        watch.leave_stage()
        select(person, second, third)
        press_at_player(person, KEY.Key_W)
    settle(person)
    assert hanging(person) == [third, second]


def test_a_card_chosen_before_the_stage_is_there(
    person: WindowDesk, practice: PracticeServer
) -> None:
    furniture = judge(person, practice, ("Cup.", 2)).furniture
    first, second = (job.id for job in made(person))
    # It is the later wish, so that there is no wall of siblings any more.
    with held(furniture.rows):
        press(KEY.Key_W)
        click(person, second, PLAIN)
    person.until(partial(shows, person, second))
    settle(person)
    assert shows(person, second)
    # Nor a comparison with the picture.
    with held(furniture.files):
        press_at_player(person, KEY.Key_B)
        click(person, first, PLAIN)
        person.until(partial(shows, person, first))
        click(person, second, PLAIN)
        person.until(partial(shows, person, second))
    told: list[object] = []
    furniture.files.run(lambda: None, told.append)
    person.until(lambda: bool(told))
    assert shows(person, second)


def test_deleting_and_undoing_while_a_wall_is_up(
    person: WindowDesk, practice: PracticeServer
) -> None:
    furniture = judge(person, practice, ("Cup.", 4), ("Other.", 2)).furniture
    cups, others = [job.id for job in made(person)[:4]], [job.id for job in made(person)[4:]]
    press(KEY.Key_W)
    person.until(lambda: hanging(person) == cups)

    def undo() -> None:
        person.find(Wall, "wall").setFocus()
        press(KEY.Key_Z, CONTROL)
        settle(person)
        person.until(lambda: len(listed(person)) == 6)
        settle(person)

    # Some that do not hang, some that do, and the one that was on show before.
    for deleted in (others, cups[1:3], [cups[0], others[0]], cups[:3]):
        select(person, *deleted)
        QTest.keyClick(at(person, "libraryView"), KEY.Key_Delete)
        kept = [job_id for job_id in hanging(person) if job_id not in deleted]
        # Their rows are not believed until the deletion is over.
        for job in made(person):
            if job.id in deleted:
                furniture.library.job_seen.emit(JobSeen(job.id, job))
        settle(person)
        assert hanging(person) == kept
        undo()
        assert set(hanging(person)) == set(cups)
        assert hanging(person)[: len(kept)] == kept

    # Of cards that somebody has chosen, too, and of these only.
    furniture.watch.leave_stage()
    select(person, cups[0], cups[1], others[0])
    press_at_player(person, KEY.Key_W)
    select(person, cups[0], cups[2])
    QTest.keyClick(at(person, "libraryView"), KEY.Key_Delete)
    settle(person)
    assert set(hanging(person)) == {cups[1], others[0]}
    undo()
    assert set(hanging(person)) == {cups[0], cups[1], others[0]}


def test_a_list_that_runs_empty_while_a_wall_is_up(
    person: WindowDesk, practice: PracticeServer
) -> None:
    furniture = judge(person, practice, ("Cup.", 2), ("Other.", 1)).furniture
    watch = furniture.watch
    cups, other = [job.id for job in made(person)[:2]], made(person)[2]
    (clip,) = other.clips
    furniture.library.toggle_mark(other, clip, Mark.STARRED)
    press(KEY.Key_W)
    person.until(lambda: hanging(person) == cups)
    person.find(QComboBox, "libraryFilter").setCurrentIndex(list(JobGroup).index(JobGroup.STARRED))
    person.until(lambda: [job.id for job in listed(person)] == [other.id])
    # The only card is deleted; no other is to be shown, and what hangs need not be listed.
    view = at(person, "libraryView")
    QTest.keyClick(view, KEY.Key_Return)
    cards(person).choose(cards(person).model().index_of(other.id))
    person.until(partial(shows, person, other.id))
    watch.show_stage(person.find(Wall, "wall"))
    QTest.keyClick(view, KEY.Key_Delete)
    settle(person)
    assert isinstance(watch.stage, Wall)
    watch.leave_stage()
    assert watch.shown_job_id is None
    assert player(person).isVisible()


def test_a_take_that_is_done_before_the_stage_came_up(
    person: WindowDesk, practice: PracticeServer
) -> None:
    furniture = judge(person, practice, ("Cup.", 2)).furniture
    watch, takes = furniture.watch, made(person)
    read: list[bool] = []
    cards(person).model().list_read.connect(partial(read.append, True))
    person.find(QComboBox, "libraryFilter").setCurrentIndex(list(JobGroup).index(JobGroup.REJECTED))
    person.until(lambda: bool(read))
    watch.show_nothing()
    # It is not listed, so that its row is read before it is told of.
    with held(furniture.rows):
        furniture.unfinished.job_done.emit(JobDone(takes[0]))
        furniture.reviewing.wall.hang(takes)
    settle(person)
    assert hanging(person) == [job.id for job in takes]
    watch.leave_stage()
    person.until(partial(shows, person, takes[0].id))
    # Asked for, the same one takes a stage down.
    person.find(QComboBox, "libraryFilter").setCurrentIndex(0)
    person.until(lambda: len(listed(person)) == len(takes))
    furniture.reviewing.wall.hang(takes)
    cards(person).choose(cards(person).model().index_of(takes[0].id))
    QTest.keyClick(at(person, "libraryView"), KEY.Key_Return)
    person.until(partial(shows, person, takes[0].id))
