"""The library as a person uses it: looking, choosing, searching."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPushButton,
    QWidget,
)

from dreamina_desktop.core.job import Hold, JobState
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.library_events import (
    JobChosen,
)
from dreamina_desktop.ui.library.library_model import PAGE
from dreamina_desktop.ui.notice import NoticeTone
from dreamina_desktop.ui.theme import LIGHT
from tests.ui.library.person import Person, change
from tests.ui.library.rows import Rows, a_job, done, many
from tests.video.clips import make_clip

BAR = ("loadSettingsButton", "cancelJobButton", "retryJobButton", "resolveJobButton")


# ---- looking ---------------------------------------------------------------------------------


def test_a_click_chooses_a_card_once(person: Person, rows: Rows) -> None:
    rows.put(*many(6))
    person.open_library(6)
    assert person.heard.chosen == []
    person.click_card(2)
    person.click_card(2)
    assert person.heard.chosen == [JobChosen("job-00003")]
    person.press(Qt.Key.Key_Right)
    assert person.heard.chosen[-1] == JobChosen("job-00002")
    person.press(Qt.Key.Key_Return)
    assert person.heard.chosen[-2:] == [JobChosen("job-00002")] * 2


def test_return_on_a_card_that_only_has_the_focus_chooses_it(person: Person, rows: Rows) -> None:
    rows.put(*many(3))
    person.open_library(3)
    person.press(Qt.Key.Key_Return)
    assert person.heard.chosen == [JobChosen("job-00002")]


def test_a_choice_survives_changes_and_new_lists(person: Person, rows: Rows) -> None:
    rows.put(*many(6))
    person.open_library(6)
    person.click_card(2)
    change(rows, person, a_job(50))
    assert [job.id for job in person.view.selected_jobs()] == ["job-00003"]
    person.pane.read()
    change(rows, person, a_job(51))
    assert [job.id for job in person.view.selected_jobs()] == ["job-00003"]
    assert len(person.heard.chosen) == 1


def test_choosing_from_outside(person: Person, rows: Rows) -> None:
    rows.put(*many(PAGE + 10))
    person.open_library(PAGE)
    person.pane.choose("job-00100")
    assert person.heard.chosen == [JobChosen("job-00100")]
    person.pane.focus_search()
    person.press(Qt.Key.Key_9)
    person.press(Qt.Key.Key_9)
    person.press(Qt.Key.Key_Return)
    person.until(lambda: "job-00100" not in person.listed())
    person.pane.choose("job-00105")
    person.until(lambda: len(person.heard.chosen) == 2)
    assert person.heard.chosen[-1] == JobChosen("job-00105")
    assert [job.id for job in person.view.selected_jobs()] == ["job-00105"]
    # Too old for the first page, and still to be watched.
    person.pane.choose("job-00003")
    person.until(lambda: len(person.heard.chosen) == 3)
    assert person.heard.chosen[-1] == JobChosen("job-00003")


def search_for_prompt_9(person: Person) -> None:
    person.pane.focus_search()
    person.press(Qt.Key.Key_9)
    person.press(Qt.Key.Key_Return)
    person.until(lambda: person.listed() == ["job-00009"])


def test_a_job_that_comes_up_by_itself_leaves_the_search_alone(person: Person, rows: Rows) -> None:
    rows.put(*many(12))
    person.open_library(12)
    search_for_prompt_9(person)
    person.click_card(0)
    person.pane.follow("job-00004")
    person.until(lambda: person.heard.chosen[-1] == JobChosen("job-00004"))
    search = person.pane.findChild(QLineEdit, "librarySearch")
    assert isinstance(search, QLineEdit)
    assert search.text() == "9"
    assert person.listed() == ["job-00009"]
    # The card that is listed is not the one that is shown, and a click says that it shall be.
    assert person.view.selected_jobs() == ()
    person.click_card(0)
    assert person.heard.chosen[-1] == JobChosen("job-00009")
    person.pane.follow("job-00004")
    person.until(lambda: person.heard.chosen[-1] == JobChosen("job-00004"))
    search.clear()
    person.until(lambda: len(person.listed()) == 12)
    assert [job.id for job in person.view.selected_jobs()] == ["job-00004"]
    person.pane.follow("job-00005")
    assert person.heard.chosen[-1] == JobChosen("job-00005")
    assert [job.id for job in person.view.selected_jobs()] == ["job-00005"]


def test_somebody_who_asks_for_a_job_gets_its_card(person: Person, rows: Rows) -> None:
    rows.put(*many(12))
    person.open_library(12)
    search_for_prompt_9(person)
    person.pane.choose("job-00004")
    person.until(lambda: person.heard.chosen == [JobChosen("job-00004")])
    assert len(person.listed()) == 12
    assert [job.id for job in person.view.selected_jobs()] == ["job-00004"]


def test_a_deleted_job_is_not_shown(
    person: Person, rows: Rows, repository: SqliteJobRepository
) -> None:
    rows.put(*many(3))
    repository.delete("job-00001")
    person.open_library(2)
    person.click_card(1)
    person.pane.choose("job-00001")
    # The list is read anew without it.
    person.until(lambda: person.view.selected_jobs() == ())
    person.until(lambda: len(person.view.selected_jobs()) == 1)
    person.pane.follow("job-00001")
    # Behind it, in the same thread.
    person.pane.follow("job-nobody-knows")
    person.until(lambda: bool(person.heard.notices))
    assert person.heard.chosen == [JobChosen("job-00000")]
    assert [job.id for job in person.view.selected_jobs()] == ["job-00000"]


def test_all_cards_deleted_and_more_behind_them(
    person: Person, rows: Rows, repository: SqliteJobRepository
) -> None:
    rows.put(*many(PAGE + 5))
    person.open_library(PAGE)
    person.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    person.press(Qt.Key.Key_Delete)
    person.until(lambda: person.listed() == [f"job-{number:05}" for number in (4, 3, 2, 1, 0)])
    assert person.label("emptyLibraryText") == ""
    assert person.view.isVisible()
    change(rows, person, a_job(500))
    assert person.listed()[0] == "job-00500"
    person.until(lambda: len(repository.page(PAGE)) == 6)
    person.pane.undo()
    person.until(lambda: len(person.listed()) == PAGE + 6)


def test_search_and_filter_by_keyboard(person: Person, rows: Rows) -> None:
    rows.put(*many(4), done(5, prompt="waves"), a_job(6, JobState.UNKNOWN, "waves"))
    person.open_library(6)
    person.pane.focus_search()
    for key in (Qt.Key.Key_W, Qt.Key.Key_A, Qt.Key.Key_V):
        person.press(key)
    person.until(lambda: person.listed() == ["job-00006", "job-00005"])
    person.press(Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QComboBox)
    for _ in range(3):
        person.press(Qt.Key.Key_Down)
    person.until(lambda: person.listed() == ["job-00006"])
    person.pane.focus_search()
    person.press(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is person.view
    assert person.heard.chosen == [JobChosen("job-00006")]


def test_an_empty_library_says_so(person: Person) -> None:
    person.pane.activateWindow()
    person.pane.read()
    person.until(lambda: person.label("emptyLibraryText") == "Your clips will appear here.")
    assert "Generate" in person.label("emptyLibraryHint")
    person.pane.focus_search()
    person.press(Qt.Key.Key_X)
    person.until(lambda: person.label("emptyLibraryText") == "Nothing matches “x”.")
    assert person.label("emptyLibraryHint") == ""
    # Down leads nowhere where there are no cards.
    person.press(Qt.Key.Key_Down)
    assert isinstance(QApplication.focusWidget(), QLineEdit)


def test_the_first_job_takes_the_place_of_the_empty_text(person: Person, rows: Rows) -> None:
    person.pane.read()
    person.until(lambda: bool(person.label("emptyLibraryText")))
    change(rows, person, a_job(1))
    assert person.label("emptyLibraryText") == ""
    assert person.view.isVisible()


@pytest.mark.parametrize(
    ("downs", "text"),
    [(1, "Nothing is running."), (2, "No clip is done yet."), (3, "Nothing needs you.")],
)
def test_an_empty_filter_offers_the_way_out(
    person: Person, rows: Rows, downs: int, text: str
) -> None:
    rows.put(a_job(1, JobState.FAILED))
    person.open_library(1)
    groups = person.pane.findChild(QComboBox, "libraryFilter")
    assert isinstance(groups, QComboBox)
    groups.setFocus()
    for _ in range(downs):
        person.press(Qt.Key.Key_Down)
    person.until(lambda: person.label("emptyLibraryText") == text)
    out = person.pane.findChild(QPushButton, "emptyLibraryButton")
    assert isinstance(out, QPushButton)
    assert out.text() == out.accessibleName() == "Show all"
    out.setFocus()
    person.press(Qt.Key.Key_Space)
    person.until(lambda: person.listed() == ["job-00001"])


def test_a_disk_that_cannot_be_read_is_told(
    person: Person, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows.put(a_job(1))

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as broken:
        broken.setattr("dreamina_desktop.store.job_library.find_jobs", fail)
        person.pane.read()
        person.until(lambda: bool(person.heard.notices))
    assert person.heard.notices[0].tone is NoticeTone.BAD
    assert "disk" in person.label("emptyLibraryText").lower()
    again = person.pane.findChild(QPushButton, "emptyLibraryButton")
    assert isinstance(again, QPushButton)
    assert again.text() == "Read again"
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    person.until(lambda: person.listed() == ["job-00001"])


# ---- names -----------------------------------------------------------------------------------


def test_every_control_has_its_name_and_says_what_it_is(person: Person, rows: Rows) -> None:
    rows.put(a_job(1))
    person.open_library(1)
    for name in ("librarySearch", "libraryFilter", "libraryView", *BAR):
        control = person.pane.findChild(QWidget, name)
        assert isinstance(control, QWidget), name
        assert control.accessibleName(), name
        assert control.isVisible(), name
    assert person.pane.objectName() == "libraryPane"
    assert person.pane.accessibleName()


def test_the_bar_says_why_nothing_can_be_done(person: Person, rows: Rows) -> None:
    rows.put(a_job(1))
    person.open_library(1)
    for name in BAR:
        button = person.button(name)
        assert not button.isEnabled()
        assert "Select a card first." in button.toolTip()
        assert button.accessibleDescription() == "Select a card first."


def test_the_bar_keeps_to_the_panes_width(person: Person, rows: Rows) -> None:
    rows.put(replace(a_job(1), hold=Hold.BALANCE))
    person.open_library(1)
    person.click_card(0)
    for width in (260, 300, 420):
        person.pane.resize(width, 640)
        QApplication.processEvents()
        last = person.button("resolveJobButton")
        assert person.pane.width() == width
        assert last.mapTo(person.pane, QPoint(last.width(), 0)).x() <= width
        style = person.button("retryJobButton").toolButtonStyle()
        # The price stands on the button at every width.
        assert style is Qt.ToolButtonStyle.ToolButtonTextBesideIcon


def test_the_other_theme_reaches_everything(person: Person, rows: Rows) -> None:
    rows.put(*many(3))
    person.open_library(3)
    before = person.pane.grab().toImage()
    person.pane.set_theme(LIGHT, Icons(LIGHT))
    assert person.pane.grab().toImage() != before


# ---- what past jobs teach --------------------------------------------------------------------


def test_three_done_jobs_give_a_range(person: Person, rows: Rows) -> None:
    rows.put(*(done(number) for number in range(2)), a_job(9, JobState.QUEUED))
    person.open_library(3)
    index = person.view.model().index(0, 0)
    assert "usually" not in index.data(Qt.ItemDataRole.ToolTipRole)
    change(rows, person, done(5))
    person.until(lambda: "usually 0:20 to 0:20" in index.data(Qt.ItemDataRole.ToolTipRole))


# ---- thumbnails ------------------------------------------------------------------------------


def test_a_card_shows_the_clips_first_frame(person: Person, rows: Rows, tmp_path: Path) -> None:
    rows.put(done(1, make_clip(tmp_path / "a.mp4", 3)))
    person.open_library(1)
    cell = person.view.visualRect(person.view.model().index(0, 0))
    place = person.view.itemDelegate().places(cell).thumbnail  # type: ignore[attr-defined]

    def shown() -> bool:
        image = person.view.viewport().grab().toImage()
        ramp = place.left() + place.width() // 2, place.bottom() - 5
        return image.pixelColor(*ramp).lightness() > 35

    person.until(shown)
