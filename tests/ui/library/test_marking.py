"""Star and reject: one key there and back, seen at once, kept in the rows, in the filter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from dreamina_desktop.core.errors import DiskError
from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.core.mark import Mark
from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.ui.library.job_actions import JobActions
from dreamina_desktop.ui.library.job_rules import Deed
from dreamina_desktop.ui.library.library_events import JobChosen
from dreamina_desktop.ui.library.library_pane import LibraryPane
from dreamina_desktop.ui.library.list_filter import JobGroup
from dreamina_desktop.ui.library.price_tags import PriceTags
from dreamina_desktop.ui.notice import NoticeTone
from tests.ui.library.person import Person
from tests.ui.library.rows import Rows, a_job, done

S, X = Qt.Key.Key_S, Qt.Key.Key_X
LISTED = Qt.ItemDataRole.AccessibleTextRole


def marks(repository: SqliteJobRepository) -> list[Mark]:
    """Newest first, as the cards are."""
    return [job.mark for job in repository.all()]


def shown(person: Person) -> list[Mark]:
    model = person.view.model()
    return [
        model.index(row, 0).data(Qt.ItemDataRole.UserRole + 1).mark
        for row in range(model.rowCount())
    ]


def spoken(person: Person, row: int) -> str:
    text = person.view.model().index(row, 0).data(LISTED)
    assert isinstance(text, str)
    return text


@pytest.fixture
def three(person: Person, rows: Rows) -> Person:
    rows.put(done(1), done(2), done(3))
    person.open_library(3)
    return person


def test_s_and_x_mark_and_take_back(three: Person, repository: SqliteJobRepository) -> None:
    three.click_card(1)
    for key, mark in ((S, Mark.STARRED), (X, Mark.REJECTED), (X, Mark.NONE), (S, Mark.STARRED)):
        three.press(key)
        three.until(lambda mark=mark: shown(three)[1] is mark)  # type: ignore[misc]
        assert marks(repository) == [Mark.NONE, mark, Mark.NONE]
    assert "starred" in spoken(three, 1).splitlines()[0]
    assert "starred" not in spoken(three, 0)
    # The card is still the one that was chosen, and nothing was read but its row.
    assert [job.id for job in three.view.selected_jobs()] == ["job-00002"]
    assert {seen.job_id for seen in three.heard.seen} == {"job-00002"}


def test_quick_fingers_are_not_judged_by_old_rows(
    three: Person, repository: SqliteJobRepository
) -> None:
    """Each press is answered as if the one before were written, which it is only later."""
    three.click_card(0)
    for _ in range(5):
        three.press(S)
    three.until(lambda: len(three.heard.seen) >= 1 and shown(three)[0] is Mark.STARRED)
    for _ in range(2):
        three.press(X)
    three.until(lambda: shown(three)[0] is Mark.NONE)
    assert marks(repository)[0] is Mark.NONE


def test_a_key_that_is_held_down_does_not_flicker(
    three: Person, repository: SqliteJobRepository
) -> None:
    three.click_card(0)
    three.press(S)
    held = QKeyEvent(QEvent.Type.KeyPress, S, Qt.KeyboardModifier.NoModifier, "s", True)
    QApplication.sendEvent(three.view, held)
    assert held.isAccepted()
    three.until(lambda: shown(three)[0] is Mark.STARRED)
    assert marks(repository)[0] is Mark.STARRED


def test_several_at_once(three: Person, repository: SqliteJobRepository) -> None:
    three.click_card(0)
    three.press(S)
    three.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    three.press(S)
    three.until(lambda: shown(three) == [Mark.STARRED] * 3)
    three.press(S)
    three.until(lambda: shown(three) == [Mark.NONE] * 3)
    assert marks(repository) == [Mark.NONE] * 3


def test_one_clip_is_toggled_by_what_stands_or_will(
    three: Person, repository: SqliteJobRepository
) -> None:
    """Whoever looks at it may have read its job before it was marked."""
    before = repository.get("job-00002")
    (clip,) = before.clips
    for _ in range(3):
        three.pane.toggle_mark(before, clip, Mark.STARRED)
    three.until(lambda: shown(three)[1] is Mark.STARRED)
    three.pane.toggle_mark(before, clip, Mark.STARRED)
    three.until(lambda: shown(three)[1] is Mark.NONE)
    assert marks(repository) == [Mark.NONE] * 3


def test_what_is_left_of_a_selection_nobody_has_asked_for(
    three: Person, repository: SqliteJobRepository
) -> None:
    combo = three.pane.findChild(QComboBox, "libraryFilter")
    assert combo is not None
    read: list[bool] = []
    three.view.model().list_read.connect(lambda: read.append(True))
    combo.setCurrentIndex(list(JobGroup).index(JobGroup.NOT_REJECTED))
    three.until(lambda: bool(read))
    three.view.setFocus()
    three.click_card(0)
    three.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    three.heard.chosen.clear()
    for number in (3, 2):
        job = repository.get(f"job-0000{number}")
        three.pane.toggle_mark(job, job.clips[0], Mark.REJECTED)
    three.until(lambda: three.listed() == ["job-00001"])
    assert three.heard.chosen == [JobChosen("job-00001", is_asked=False)]


def test_what_has_no_clip_says_so(person: Person, rows: Rows) -> None:
    rows.put(a_job(1, JobState.RUNNING))
    person.open_library(1)
    person.pane.star()
    person.click_card(0)
    person.press(X)
    assert person.heard.texts == ["Select a card first.", "There is no file yet."]


def test_typing_marks_nothing(three: Person, repository: SqliteJobRepository) -> None:
    three.click_card(0)
    three.pane.focus_search()
    three.press(S)
    three.press(X)
    search = three.pane.findChild(QLineEdit, "librarySearch")
    assert search is not None
    assert search.text() == "sx"
    assert marks(repository) == [Mark.NONE] * 3


def test_the_filter_lists_by_mark(three: Person, pane: LibraryPane) -> None:
    groups = pane.findChild(QComboBox, "libraryFilter")
    assert groups is not None
    three.click_card(0)
    three.press(S)
    three.click_card(2)
    three.press(X)
    three.until(lambda: shown(three) == [Mark.STARRED, Mark.NONE, Mark.REJECTED])
    for label, found in (
        ("Starred", ["job-00003"]),
        ("Rejected", ["job-00001"]),
        ("Not rejected", ["job-00003", "job-00002"]),
    ):
        groups.setCurrentText(label)
        three.until(lambda found=found: three.listed() == found)  # type: ignore[misc]
    # Rejected now, it leaves the list at once; the same key brings it back.
    three.click_card(1)
    three.view.setFocus()
    three.press(X)
    three.until(lambda: three.listed() == ["job-00003"])
    assert three.view.selected_jobs() == ()
    three.press(X)
    three.until(lambda: three.listed() == ["job-00003", "job-00002"])
    groups.setCurrentText("Rejected")
    three.click_card(0)
    three.until(lambda: three.listed() == ["job-00001"])
    three.click_card(0)
    three.press(X)
    three.until(lambda: three.listed() == [])
    assert three.label("emptyLibraryText") == "No clip is rejected."


@pytest.mark.parametrize(
    ("group", "belonging"),
    [
        (JobGroup.STARRED, {Mark.STARRED}),
        (JobGroup.REJECTED, {Mark.REJECTED}),
        (JobGroup.NOT_REJECTED, {Mark.NONE, Mark.STARRED}),
        (JobGroup.ALL, set(Mark)),
    ],
)
def test_groups_hold_what_the_store_lists(group: JobGroup, belonging: set[Mark]) -> None:
    assert {mark for mark in Mark if group.holds(marked(done(1), mark))} == belonging


def marked(job: Job, mark: Mark) -> Job:
    return replace(job, clips=(replace(job.clips[0], mark=mark),))


def test_a_disk_that_refuses_is_told_and_nothing_is_believed(
    three: Person, repository: SqliteJobRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise DiskError("database")

    monkeypatch.setattr("dreamina_desktop.store.job_repository.write_mark", refuse)
    three.click_card(0)
    three.press(S)
    three.until(lambda: bool(three.heard.notices) and bool(three.heard.seen))
    assert three.heard.notices[0].tone is NoticeTone.BAD
    monkeypatch.undo()
    three.press(S)
    three.until(lambda: shown(three)[0] is Mark.STARRED)
    assert marks(repository)[0] is Mark.STARRED


def test_labels_say_what_the_next_press_does(application: QApplication, spec: ModelSpec) -> None:
    del application
    actions = JobActions(PriceTags(spec), lambda _deed, _jobs: None)
    plain, starred = done(1), marked(done(2), Mark.STARRED)
    rejected = marked(done(3), Mark.REJECTED)
    assert actions.one(Deed.STAR, (plain, starred)).label == "Star"
    assert actions.one(Deed.STAR, (starred,)).label == "Take the star back"
    assert actions.one(Deed.REJECT, (plain,)).label == "Reject"
    assert actions.one(Deed.REJECT, (rejected,)).label == "Reject no more"
    assert [actions.one(deed, (plain,)).key for deed in (Deed.STAR, Deed.REJECT)] == ["S", "X"]
