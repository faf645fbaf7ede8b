"""What a person does with jobs: cancel, send, resolve, load, and the menu of it all."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
)

from dreamina_desktop.core.answers import Price
from dreamina_desktop.core.errors import NoSuchJobError
from dreamina_desktop.core.job import Hold, Job, JobError, JobState
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.ui.library.job_menu import JobMenu
from dreamina_desktop.ui.library.library_events import (
    JobReleased,
    LoadRequested,
)
from dreamina_desktop.ui.library.library_needs import LibraryNeeds
from dreamina_desktop.ui.library.reviews import Review, ReviewWanted
from dreamina_desktop.ui.notice import NoticeTone
from tests.ui.library.conftest import Bell
from tests.ui.library.person import Person, change
from tests.ui.library.rows import Rows, a_job, done

REVIEWS = [f"{review}Jobs" for review in Review]

# ---- cancel, the truth -----------------------------------------------------------------------


def test_what_was_not_sent_is_cancelled_at_once(
    person: Person, rows: Rows, repository: SqliteJobRepository, bell: Bell
) -> None:
    rows.put(a_job(1))
    person.open_library(1)
    person.click_card(0)
    person.use_by_keyboard("cancelJobButton")
    person.until(lambda: person.heard.texts == ["Cancelled."])
    assert repository.get("job-00001").state is JobState.CANCELLED
    assert bell.rung == 1
    assert not person.button("cancelJobButton").isEnabled()


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (JobState.CANCELLED, ["Cancelled."]),
        (JobState.RUNNING, ["Too late: it is already being made and will arrive."]),
        (JobState.DONE, ["Too late: it is already being made and will arrive."]),
        (JobState.UNKNOWN, []),
        (JobState.FAILED, []),
    ],
)
def test_the_provider_has_the_last_word_on_cancelling(
    person: Person,
    rows: Rows,
    repository: SqliteJobRepository,
    answer: JobState,
    text: list[str],
) -> None:
    rows.put(a_job(1, JobState.QUEUED))
    person.open_library(1)
    person.click_card(0)
    QTest.mouseClick(person.button("cancelJobButton"), Qt.MouseButton.LeftButton)
    person.until(lambda: bool(person.heard.seen))
    wanted = repository.get("job-00001")
    assert wanted.cancel_wanted
    assert person.heard.texts == []
    assert "being asked" in person.button("cancelJobButton").toolTip()
    change(rows, person, replace(wanted, state=answer, cancel_wanted=False))
    assert person.heard.texts == text
    # Said once; what happens later is no answer any more.
    change(rows, person, replace(wanted, state=JobState.CANCELLED, cancel_wanted=False))
    assert person.heard.texts == text


def test_a_cancel_that_the_provider_refuses_is_told_in_its_words(
    person: Person, rows: Rows, repository: SqliteJobRepository
) -> None:
    rows.put(a_job(1, JobState.QUEUED))
    person.open_library(1)
    person.click_card(0)
    person.use_by_keyboard("cancelJobButton")
    person.until(lambda: bool(person.heard.seen))
    refused = replace(
        repository.get("job-00001"), cancel_wanted=False, error=JobError("cancel_refused", "no way")
    )
    change(rows, person, refused)
    (notice,) = person.heard.notices
    assert "no way" in notice.text
    assert "Too late" not in notice.text


def test_the_round_button_on_the_card_cancels_too(
    person: Person, rows: Rows, repository: SqliteJobRepository
) -> None:
    rows.put(a_job(1), a_job(2))
    person.open_library(2)
    cell = person.view.visualRect(person.view.model().index(1, 0))
    delegate = person.view.itemDelegate()
    glyph = delegate.places(cell).glyph.center()  # type: ignore[attr-defined]
    QTest.mouseClick(
        person.view.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        glyph,
    )
    person.until(lambda: person.heard.texts == ["Cancelled."])
    assert repository.get("job-00001").state is JobState.CANCELLED
    assert repository.get("job-00002").state is JobState.PREPARED


def test_cancelling_what_vanished_is_told(
    person: Person, rows: Rows, needs: LibraryNeeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows.put(a_job(1))
    person.open_library(1)
    person.click_card(0)

    def gone(job_id: str) -> Job:
        raise NoSuchJobError(job_id)

    monkeypatch.setattr(needs.commands, "cancel", gone)
    person.use_by_keyboard("cancelJobButton")
    person.until(lambda: bool(person.heard.notices))
    assert person.heard.notices[0].tone is NoticeTone.BAD


# ---- retry, resolve, load --------------------------------------------------------------------


def test_a_held_job_is_sent_for_a_price_that_stands_on_the_button(
    person: Person, rows: Rows, repository: SqliteJobRepository, bell: Bell
) -> None:
    rows.put(replace(a_job(1), hold=Hold.BALANCE, error=JobError("no_balance")))
    person.open_library(1)
    person.click_card(0)
    assert person.button("retryJobButton").text() == "Send · price unknown"
    person.pane.set_price(Price(Decimal("0.08"), "second"))
    assert person.button("retryJobButton").text() == "Send · $0.40"
    person.use_by_keyboard("retryJobButton")
    person.until(lambda: bool(person.heard.released) and bool(person.heard.seen))
    assert person.heard.released == [JobReleased("job-00001", Hold.BALANCE)]
    row = repository.get("job-00001")
    assert (row.hold, row.error) == (None, None)
    assert bell.rung == 1
    assert not person.button("retryJobButton").isEnabled()


def test_a_resting_download_is_tried_again_for_nothing(
    person: Person, rows: Rows, repository: SqliteJobRepository
) -> None:
    rows.put(
        replace(a_job(1, JobState.DOWNLOADING), resting=True, error=JobError("address_refused"))
    )
    person.open_library(1)
    person.click_card(0)
    assert person.button("retryJobButton").text() == "Try again"
    person.use_by_keyboard("retryJobButton")
    person.until(lambda: bool(person.heard.released))
    assert not repository.get("job-00001").resting


def test_a_release_that_comes_too_late_does_no_harm(
    person: Person, rows: Rows, needs: LibraryNeeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = replace(a_job(1), hold=Hold.BALANCE)
    rows.put(held)
    person.open_library(1)
    person.click_card(0)
    real_release = needs.commands.release

    def slow(job: Job) -> Job:
        rows.put(replace(held, state=JobState.CANCELLED))
        return real_release(job)

    monkeypatch.setattr(needs.commands, "release", slow)
    person.use_by_keyboard("retryJobButton")
    person.until(lambda: person.heard.texts == ["The job has moved on in the meantime."])
    assert person.heard.released == []


@pytest.mark.parametrize("way", ["key", "button", "window"])
def test_settings_are_loaded_above_all_from_a_failed_one(
    person: Person, rows: Rows, way: str
) -> None:
    failed = a_job(1, JobState.FAILED, "the statue opens its eyes")
    rows.put(failed)
    person.open_library(1)
    person.click_card(0)
    if way == "key":
        person.press(Qt.Key.Key_R)
    elif way == "window":
        person.pane.load_settings()
    else:
        person.use_by_keyboard("loadSettingsButton")
    assert failed.spec is not None
    assert person.heard.loads == [LoadRequested(failed.id, failed.spec)]


def test_a_key_that_cannot_do_anything_says_why(person: Person, rows: Rows) -> None:
    rows.put(a_job(1, JobState.UNKNOWN), replace(a_job(2, JobState.QUEUED), spec=None))
    person.open_library(2)
    person.press(Qt.Key.Key_R)
    person.click_card(0)
    person.press(Qt.Key.Key_R)
    person.click_card(1)
    person.press(Qt.Key.Key_Delete)
    assert person.heard.texts == [
        "Select a card first.",
        "This request was adopted; its settings are not known.",
        "Nobody knows whether it was sent. Resolve that first.",
    ]
    assert person.heard.loads == []
    assert len(person.listed()) == 2


# ---- the menu --------------------------------------------------------------------------------


def opened_menu(person: Person) -> JobMenu:
    """The context menu, by the keyboard's own key."""
    place = person.view.visualRect(person.view.currentIndex()).center()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard, place, person.view.viewport().mapToGlobal(place)
    )
    QApplication.sendEvent(person.view.viewport(), event)
    menus = [menu for menu in person.pane.findChildren(JobMenu) if menu.isVisible()]
    assert len(menus) == 1
    return menus[0]


def entry(menu: JobMenu, name: str) -> QAction:
    (found,) = [action for action in menu.actions() if action.objectName() == name]
    return found


@pytest.mark.parametrize(
    ("job", "names"),
    [
        (a_job(1, JobState.RUNNING), ["cancelJob", "loadSettings", "copyJobDetails"]),
        (a_job(1, JobState.UNKNOWN), ["resolveJob", "loadSettings", "copyJobDetails"]),
        (
            done(1),
            [
                "loadSettings",
                "exportJobs",
                "starJob",
                "rejectJob",
                "revealFile",
                "saveFileAs",
                "copyJobDetails",
                "deleteJob",
            ],
        ),
        (
            replace(a_job(1, JobState.EXPIRED), resting=True),
            ["retryJob", "loadSettings", "copyJobDetails", "deleteJob"],
        ),
    ],
    ids=["running", "in doubt", "done", "expired"],
)
def test_the_menu_holds_what_can_be_done_and_nothing_else(
    person: Person, rows: Rows, job: Job, names: list[str]
) -> None:
    rows.put(job)
    person.open_library(1)
    person.click_card(0)
    menu = opened_menu(person)
    entries = [action for action in menu.actions() if not action.isSeparator()]
    assert [action.objectName() for action in entries] == [f"{name}Action" for name in names]
    assert all(action.isEnabled() for action in entries)
    assert menu.toolTipsVisible()
    assert all(action.toolTip() for action in entries)
    menu.close()


def test_the_menu_does_what_it_says(person: Person, rows: Rows, bell: Bell, tmp_path: Path) -> None:
    clip = tmp_path / "a.mp4"
    rows.put(done(1, clip))
    person.open_library(1)
    person.click_card(0)
    menu = opened_menu(person)
    entry(menu, "revealFileAction").trigger()
    assert bell.revealed == [clip]
    entry(menu, "copyJobDetailsAction").trigger()
    copied = QApplication.clipboard().text()
    for fact in ("steam rises", "1001", "request-1", "job-00001", "$0.40", str(clip), "121"):
        assert fact in copied
    assert person.heard.texts == ["Details copied."]
    entry(menu, "saveFileAsAction").trigger()
    (dialog,) = person.pane.findChildren(QFileDialog)
    assert dialog.isVisible()
    dialog.reject()
    menu.close()


def test_the_menu_shows_takes_together(person: Person, rows: Rows) -> None:
    rows.put(done(1), done(2), a_job(3))
    person.open_library(3)
    asked: list[ReviewWanted] = []
    person.pane.review_wanted.connect(asked.append)
    listed = tuple(person.view.model().job(job_id) for job_id in person.listed())
    for selected, offered in (
        (listed[1:], ["wallJobs", "compareJobs", "joinJobs"]),
        (listed[:2], ["wallJobs"]),
        (listed, ["wallJobs", "joinJobs"]),
        (listed[:1], []),
    ):
        person.view.choose(*(person.view.model().index_of(job.id) for job in selected))
        menu = opened_menu(person)
        names = [action.objectName().removesuffix("Action") for action in menu.actions()]
        assert [name for name in names if name in REVIEWS] == offered
        asked.clear()
        for name in offered:
            entry(menu, f"{name}Action").trigger()
        assert asked == [
            ReviewWanted(Review(name.removesuffix("Jobs")), selected) for name in offered
        ]
        menu.close()
        QCoreApplication.sendPostedEvents(menu, QEvent.Type.DeferredDelete)


def test_there_is_no_menu_of_nothing(person: Person, rows: Rows) -> None:
    rows.put(a_job(1))
    person.open_library(1)
    person.view.customContextMenuRequested.emit(QPoint(5, 5))
    assert person.pane.findChildren(JobMenu) == []
