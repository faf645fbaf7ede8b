"""B in the real window: a clip against its picture, two cards against each other, or why not."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMenu, QTextEdit, QWidget

from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.core.mark import Mark
from dreamina_desktop.ui.compare.compare_stage import CompareStage
from dreamina_desktop.ui.library.reviews import Review, ReviewWanted
from dreamina_desktop.ui.wall.wall import Wall
from tests.practice.caller import Caller
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
from tests.ui.test_keys import at, cards, posts, prompt_of
from tests.ui.window_desk import WindowDesk
from tests.ui.workplaces import SAMPLE

KEY, MODIFIER = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def practice(start_practice: PracticeStart) -> PracticeServer:
    return start_practice(frames_override=FRAMES)


def stage_of(person: WindowDesk) -> CompareStage:
    return person.find(CompareStage, "compareStage")


def is_ready(person: WindowDesk) -> bool:
    """Whether two images are on show."""
    stage = person.session.furniture.watch.stage
    return isinstance(stage, CompareStage) and bool(stage.count) and stage.canvas.is_complete


def test_a_clip_against_its_picture_and_back(person: WindowDesk, practice: PracticeServer) -> None:
    session = judge(person, practice, ("One.", 2))
    watch, details = session.furniture.watch, person.find(QWidget, "clipDetails")
    usual = room_below(person)
    assert details.isVisible()
    press(KEY.Key_B)
    person.until(partial(is_ready, person))
    stage = stage_of(person)
    # The picture is called as it was when it was chosen.
    assert stage.canvas.lines == (
        f"A 1/{FRAMES} · seed 7 · {watch.viewed.path.name}",
        f"B · the picture · {SAMPLE.name}",
    )
    assert watch.meant == watch.viewed
    # Where the details were is the stage's now.
    assert not details.isVisible()
    person.until(lambda: room_below(person) < usual / 4)
    assert stage.height() > watch.height() / 2

    # Marks are put as ever, which is no reason for the details to come back.
    press(KEY.Key_S)
    person.until(lambda: watch.viewed.clip.mark is Mark.STARRED)
    hold(KEY.Key_S, "s")
    told: list[object] = []
    session.furniture.rows.run(lambda: None, told.append)
    person.until(lambda: bool(told))
    assert made(person)[0].mark is Mark.STARRED
    watch.set_theme(person.switch.theme, person.switch.icons)
    assert not details.isVisible()
    QTest.keyClicks(at(person, "promptEdit"), "bsxw")
    assert prompt_of(person) == "bsxw"
    assert watch.stage is stage

    # From anywhere in the window keys are about what is shown.
    QTest.keyClick(at(person, "playButton"), KEY.Key_W)
    assert stage.canvas.lines[0] == f"A · the picture · {SAMPLE.name}"
    assert watch.stage is stage
    stage.setFocus()
    press(KEY.Key_B)
    assert watch.stage is None
    assert player(person).hasFocus()
    assert details.isVisible()
    assert room_below(person) == usual
    person.until(lambda: watch.playback.position.count == FRAMES)
    assert posts(practice) == 2


def test_two_cards_against_each_other(person: WindowDesk, practice: PracticeServer) -> None:
    session = judge(person, practice, ("One.", 2), ("Two.", 1))
    furniture = session.furniture
    watch, details = furniture.watch, person.find(QWidget, "clipDetails")
    one, other, two = made(person)
    select(person, one.id, two.id)
    QTest.keyClick(at(person, "libraryView"), KEY.Key_B)
    person.until(partial(is_ready, person))
    stage = stage_of(person)
    # In the order of the cards, the latest first.
    assert [str(half.path) for half in stage.canvas.pair.halves] == [two.file, one.file]
    # Keys and entries are about A, which is meant, and not about both selected cards; nor does it
    # matter that the stage has read it before it was marked.
    marks = session.room.fittings.actions
    for mark in (Mark.STARRED, Mark.NONE):
        press(KEY.Key_S)
        person.until(lambda mark=mark: [j.mark for j in made(person)] == 2 * [Mark.NONE] + [mark])  # type: ignore[misc]
    marks.of("reject").trigger()
    person.until(lambda: [j.mark for j in made(person)] == 2 * [Mark.NONE] + [Mark.REJECTED])
    marks.of("reject").trigger()
    draft = session.furniture.draft
    draft.set_prompt("")
    press(KEY.Key_R)
    person.until(lambda: draft.prompt == "Two.")
    draft.set_prompt("")
    edit = person.find(QMenu, "editMenu")
    edit.aboutToShow.emit()
    next(entry for entry in edit.actions() if entry.objectName() == "loadSettingsEntry").trigger()
    person.until(lambda: draft.prompt == "Two.")
    person.until(lambda: made(person)[2].mark is Mark.NONE)
    press(KEY.Key_D)
    table = person.find(QTextEdit, "compareDifferences")
    if not table.isVisible():
        press(KEY.Key_D)
    assert table.isVisible()
    assert "−Two +One." in table.toPlainText()
    press(KEY.Key_Escape)
    assert watch.stage is None
    assert details.isVisible()

    click(person, other.id, MODIFIER.ControlModifier)
    assert len(cards(person).selected_jobs()) == 3
    QTest.keyClick(at(person, "mainWindow"), KEY.Key_B)
    assert hint(person) == "Select exactly two finished clips to compare them with each other."
    assert watch.stage is None

    # The wall takes the place of a comparison: the details stay away.
    select(person, one.id, two.id)
    player(person).setFocus()
    press(KEY.Key_B)
    person.until(partial(is_ready, person))
    session.room.fittings.actions.of("wall").trigger()
    assert isinstance(watch.stage, Wall)
    assert not details.isVisible()
    watch.leave_stage()
    assert details.isVisible()

    # From the menu of the cards, whatever is on show just then.
    wanted = furniture.library.review_wanted
    wanted.emit(ReviewWanted(Review.WALL, (one, two)))
    assert [take.id for take in watch.stage.takes] == [one.id, two.id]
    wanted.emit(ReviewWanted(Review.WALL, (two, other)))
    assert {take.id for take in watch.stage.takes} == {two.id, other.id}
    wanted.emit(ReviewWanted(Review.COMPARE, (other, one)))
    assert watch.stage is stage
    assert [str(half.path) for half in stage.canvas.pair.halves] == [other.file, one.file]
    wanted.emit(ReviewWanted(Review.COMPARE, (one, two)))
    assert [str(half.path) for half in stage.canvas.pair.halves] == [one.file, two.file]
    for review, jobs, name in (
        (Review.EXPORT, (other,), "exportDialog"),
        (Review.JOIN, (one, two), "joinDialog"),
    ):
        wanted.emit(ReviewWanted(review, jobs))
        dialog = person.find(QDialog, name)
        assert dialog.isVisible()
        dialog.reject()
    session.window.activateWindow()
    watch.leave_stage()

    # What was made elsewhere has no picture here.
    with Caller(practice) as caller:
        request_id = caller.submit()
    told: list[Job] = []
    furniture.rows.run(
        partial(furniture.profile.commands.adopt, request_id),
        lambda outcome: told.append(outcome.get()),
    )
    person.until(lambda: bool(told))
    (adopted,) = told
    furniture.library.row_changed(adopted.id)
    furniture.job_thread.look()
    person.until(lambda: listed(person)[0].state is JobState.DONE)
    furniture.library.choose(adopted.id)
    person.until(lambda: watch.shown_job_id == adopted.id and watch.viewed is not None)
    player(person).setFocus()
    press(KEY.Key_B)
    assert hint(person).startswith("The picture of this clip is not on this computer.")
    assert watch.stage is None

    # What is deleted is not compared any more.
    select(person, one.id, two.id)
    player(person).setFocus()
    press(KEY.Key_B)
    person.until(partial(is_ready, person))
    QTest.keyClick(at(person, "libraryView"), KEY.Key_Delete)
    assert watch.stage is None
