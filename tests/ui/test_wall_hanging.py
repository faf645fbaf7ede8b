"""W in the real window: which takes hang, and what becomes of what is wished for there."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.core.mark import Mark
from dreamina_desktop.ui.library.library_events import JobSeen
from dreamina_desktop.ui.library.list_filter import JobGroup
from dreamina_desktop.ui.unfinished_jobs import JobDone
from dreamina_desktop.ui.wall.wall import Wall
from dreamina_desktop.ui.wall_hanging import WallHanging
from tests.practice_server import PracticeServer, PracticeStart
from tests.ui.review_desk import (
    FRAMES,
    click,
    hint,
    hold,
    judge,
    listed,
    made,
    player,
    press,
    room_below,
    select,
)
from tests.ui.test_keys import LETTERS, at, cards, posts, prompt_of
from tests.ui.window_desk import WindowDesk

KEY, MODIFIER = Qt.Key, Qt.KeyboardModifier
DONE = JobState.DONE


@pytest.fixture
def practice(start_practice: PracticeStart) -> PracticeServer:
    return start_practice(frames_override=FRAMES)


def hanging(person: WindowDesk) -> list[str]:
    """The ids of the takes that hang, [] where there is no wall."""
    stage = person.session.furniture.watch.stage
    return [take.id for take in stage.takes] if isinstance(stage, Wall) else []


def current(person: WindowDesk) -> str:
    return person.find(Wall, "wall").current.id


def marks(person: WindowDesk) -> list[Mark]:
    return [job.mark for job in made(person)]


def has_marks(person: WindowDesk, *wanted: Mark) -> bool:
    """Whether the rows, the cards and the wall tell the same, oldest first."""
    on_cards = [job.mark for job in reversed(listed(person))]
    on_wall = [take.mark for take in person.find(Wall, "wall").takes]
    # To look into the rows takes the longest.
    return on_cards == on_wall == list(wanted) and marks(person) == on_wall


def test_siblings(person: WindowDesk, practice: PracticeServer) -> None:
    session = judge(person, practice, ("Cup.", 2))
    watch, draft = session.furniture.watch, session.furniture.draft
    first, second = (job.id for job in made(person))
    wide = room_below(person)
    hold(KEY.Key_W, "w")
    assert hanging(person) == []
    press(KEY.Key_W)
    person.until(lambda: hanging(person) == [first, second])
    person.until(lambda: room_below(person) < wide / 4)
    wall = person.find(Wall, "wall")
    assert wall.isAncestorOf(wall.focusProxy())
    person.until(wall.focusProxy().hasFocus)

    # What is thought of a take reaches its row and its card; a key that is held does not flicker.
    none = Mark.NONE
    assert current(person) == first
    press(KEY.Key_Right)
    press(KEY.Key_S)
    person.until(partial(has_marks, person, none, Mark.STARRED))
    hold(KEY.Key_S, "s")
    press(KEY.Key_Left)
    press(KEY.Key_X)
    person.until(partial(has_marks, person, Mark.REJECTED, Mark.STARRED))
    # Nor where the keys come to the wall by way of the window, from a button.
    button = at(person, "playButton")
    for key, text in ((KEY.Key_X, "x"), (KEY.Key_W, "w"), (KEY.Key_S, "s")):
        hold(key, text)
    assert watch.stage is wall
    wall.setFocus()
    press(KEY.Key_Right)
    QTest.keyClick(at(person, "playButton"), KEY.Key_S)
    person.until(partial(has_marks, person, Mark.REJECTED, none))
    assert not person.find(QWidget, "clipDetails").isVisible()

    # The settings of the take that one is at; then one more take of it joins by itself.
    draft.set_prompt("Something else.")
    QTest.keyClick(button, KEY.Key_R)
    seed = made(person)[1].spec.seed
    person.until(lambda: person.find(QLineEdit, "seedEdit").text() == str(seed))
    assert prompt_of(person) == "Cup."
    person.until(person.find(QPushButton, "generateButton").isEnabled)
    wall.setFocus()
    for letter in LETTERS:
        if letter.lower() not in "wxscfbu1234567890":
            QTest.keyClicks(wall.focusProxy(), letter)
    assert posts(practice) == 2
    QTest.keyClick(wall.focusProxy(), KEY.Key_Return, MODIFIER.ControlModifier)
    person.until(lambda: len(hanging(person)) == 3)
    third = made(person)[2].id
    assert hanging(person) == [first, second, third]
    person.until(lambda: wall.takes[2].clip is not None)
    assert posts(practice) == 3
    assert [row.prompt for row in practice.ledger()] == 3 * ["Cup."]

    # Enter opens the one that one is at.
    QTest.mouseClick(person.find(QWidget, "wallTile3"), Qt.MouseButton.LeftButton)
    assert current(person) == third
    press(KEY.Key_Return)
    assert watch.stage is None
    person.until(lambda: watch.shown_job_id == third)
    assert [job.id for job in cards(person).selected_jobs()] == [third]
    assert posts(practice) == 3

    # W and Esc leave, from where the keys are and from elsewhere.
    for place, key in (("", KEY.Key_W), ("", KEY.Key_Escape), ("mainWindow", KEY.Key_Escape)):
        player(person).setFocus()
        press(KEY.Key_W)
        person.until(lambda: len(hanging(person)) == 3)
        QTest.keyClick(at(person, place) if place else wall.focusProxy(), key)
        assert watch.stage is None
        assert person.find(QWidget, "clipDetails").isVisible()

    # What is deleted is taken down at once, and not hung again by what its row still says.
    press_at_player(person, KEY.Key_W)
    person.until(lambda: len(hanging(person)) == 3)
    select(person, first, second)
    # The card that is left is where the eye goes on.
    assert cards(person).currentIndex() == cards(person).model().index_of(third)
    assert len(hanging(person)) == 3
    QTest.keyClick(at(person, "libraryView"), KEY.Key_Delete)
    assert hanging(person) == [third]
    session.furniture.library.row_changed(third)
    told: list[object] = []
    session.furniture.rows.run(lambda: None, told.append)
    person.until(lambda: bool(told))
    assert hanging(person) == [third]
    QTest.keyClick(at(person, "libraryView"), KEY.Key_Delete)
    assert watch.stage is None
    player(person).setFocus()
    press(KEY.Key_Escape)
    press(KEY.Key_W)
    assert hint(person) == "There is no take to show on a wall yet."
    assert posts(practice) == 3


def press_at_player(person: WindowDesk, key: Qt.Key) -> None:
    player(person).setFocus()
    press(key)


def test_cards_and_why_there_is_no_wall(person: WindowDesk, practice: PracticeServer) -> None:
    session = judge(person, practice, ("Alone.", 1))
    watch, furniture = session.furniture.watch, session.furniture
    (alone,) = (job.id for job in made(person))
    press(KEY.Key_W)
    person.until(lambda: hint(person).startswith("This take has no siblings yet."))
    assert watch.stage is None

    # Nine more that wait in a queue: they have a place on the wall too.
    practice.trouble(queue_seconds=3600, frames_override=FRAMES)
    press(KEY.Key_R)
    person.until(lambda: prompt_of(person) == "Alone.")
    furniture.draft.set_prompt("Nine.")
    furniture.draft.set_takes(9)
    person.until(person.find(QPushButton, "generateButton").isEnabled)
    press(KEY.Key_Return, MODIFIER.ControlModifier)
    person.until(lambda: cards(person).model().rowCount() == 10)
    QTest.keyClick(at(person, "libraryView"), KEY.Key_A, MODIFIER.ControlModifier)
    assert len(cards(person).selected_jobs()) == 10
    QTest.keyClick(at(person, "libraryView"), KEY.Key_W)
    assert hint(person) == "The wall takes 9 takes; 10 are selected."
    assert watch.stage is None
    latest = made(person)[-1].id
    click(person, latest, MODIFIER.ControlModifier)
    QTest.keyClick(at(person, "libraryView"), KEY.Key_W)
    assert len(hanging(person)) == 9
    assert latest not in hanging(person)
    assert alone in hanging(person)
    watch.leave_stage()

    select(person, alone, latest)
    press_at_player(person, KEY.Key_W)
    assert hanging(person) == [latest, alone]
    # Whoever has chosen cards gets these and no others.
    furniture.library.row_changed(made(person)[3].id)
    (clip,) = made(person)[0].clips
    furniture.library.toggle_mark(made(person)[0], clip, Mark.STARRED)
    wall = person.find(Wall, "wall")
    person.until(lambda: wall.takes[1].mark is Mark.STARRED)
    assert hanging(person) == [latest, alone]
    assert len([job for job in made(person) if job.state is DONE]) == 1
    marked_by_an_entry(person, wall)
    left_up_by_what_nobody_chose(person, latest, alone)
    hung_where_there_are_more(person, made(person)[0])


def marked_by_an_entry(person: WindowDesk, wall: Wall) -> None:
    """The take that one is at, and not the cards, of which two are selected."""
    star = person.session.room.fittings.actions.of("star")
    star.trigger()
    assert hint(person) == "There is no clip here yet."
    press(KEY.Key_Right)
    for mark in (Mark.NONE, Mark.STARRED):
        star.trigger()
        person.until(lambda mark=mark: wall.takes[1].mark is mark)  # type: ignore[misc]


def left_up_by_what_nobody_chose(person: WindowDesk, latest: str, alone: str) -> None:
    """A wall of two selected cards, one of which goes from the list with its rejection."""
    furniture = person.session.furniture
    watch = furniture.watch
    read: list[bool] = []
    cards(person).model().list_read.connect(partial(read.append, True))
    person.find(QComboBox, "libraryFilter").setCurrentIndex(
        list(JobGroup).index(JobGroup.NOT_REJECTED)
    )
    person.until(lambda: bool(read))
    select(person, latest, alone)
    person.find(Wall, "wall").setFocus()
    press(KEY.Key_X)
    person.until(lambda: [job.id for job in cards(person).selected_jobs()] == [latest])
    settle(person)
    assert hanging(person) == [latest, alone]
    press(KEY.Key_X)
    person.until(lambda: cards(person).model().rowCount() == 10)

    # One of takes that are all still made, where nothing plays yet, while others are asked for
    # and done.
    wall = furniture.reviewing.wall
    wall.hang(tuple(made(person)[-2:]))
    assert not watch.playback.position.count
    furniture.sending.take_committed.emit(made(person)[5])
    settle(person)
    assert isinstance(watch.stage, Wall)
    # And one that was hung before any clip was shown.
    watch.show_nothing()
    wall.hang(tuple(made(person)[-2:]))
    furniture.unfinished.job_done.emit(JobDone(made(person)[0]))
    settle(person)
    assert isinstance(watch.stage, Wall)
    # Then what is left of the selection is shown.
    watch.leave_stage()
    person.until(lambda: watch.shown_job_id == latest)


def hung_where_there_are_more(person: WindowDesk, base: Job) -> None:
    """What there is to see comes before what failed; how many there are besides is said."""
    furniture = person.session.furniture
    watch, library = furniture.watch, furniture.library
    lost = [replace(base, id=f"lost-{n}", state=JobState.FAILED, clips=()) for n in range(9)]
    family = Family((base, *lost, replace(base, id="new")))
    wall = WallHanging(watch, library, family, furniture.rows, furniture.reviewing.wall._make_wall)
    wall.hint_wanted.connect(person.session.room.fittings.hint)
    library.choose(base.id)
    person.until(lambda: watch.shown_job_id == base.id)
    wall.toggle()
    # Somebody goes on to something else before it is known.
    watch.show_nothing()
    settle(person)
    assert watch.stage is None
    watch.show_job(base)
    wall.toggle()
    person.until(lambda: bool(hanging(person)))
    assert hanging(person) == [base.id, *(job.id for job in lost[2:]), "new"]
    said = "The wall takes 9 takes. Not on it, of the same picture and prompt: {0}."
    assert hint(person) == said.format(2)
    for n in range(8):
        library.job_seen.emit(JobSeen(f"later-{n}", replace(base, id=f"later-{n}")))
    assert [take for take in hanging(person) if take.startswith("lost")] == []
    assert "later-6" in hanging(person)
    assert "later-7" not in hanging(person)
    assert hint(person) == said.format(10)
    watch.leave_stage()


class Family:
    """``ports.JobReader``, of which nothing else is asked."""

    def __init__(self, jobs: tuple[Job, ...]) -> None:
        self._jobs = jobs

    def siblings(self, job_id: str) -> tuple[Job, ...]:
        assert any(job.id == job_id for job in self._jobs)
        return self._jobs


def settle(person: WindowDesk) -> None:
    """Whatever was asked of the rows is answered; twice, since an answer may ask again."""
    for _ in range(2):
        told: list[object] = []
        person.session.furniture.rows.run(lambda: None, told.append)
        person.until(partial(bool, told))
