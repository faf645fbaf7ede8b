"""A clip made elsewhere is fetched by its request id; a wrong one leaves nothing behind."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from dreamina_desktop.core.errors import NoSuchRequestError
from dreamina_desktop.core.job import JobState
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.ui.adopt_dialog import AdoptDialog
from dreamina_desktop.ui.job_events import RequestChecked, RequestCheckWanted
from dreamina_desktop.ui.library.library_events import JobChosen
from dreamina_desktop.words import Phrasebook
from tests.ui.library.person import Person
from tests.ui.library.rows import Rows, a_job


def dialogs(person: Person) -> list[AdoptDialog]:
    return [one for one in person.pane.findChildren(AdoptDialog) if one.isVisible()]


def ask(person: Person, request_id: str) -> AdoptDialog:
    """The dialog, with an id typed and Enter pressed."""
    if not dialogs(person):
        person.pane.adopt_request()
    (dialog,) = dialogs(person)
    dialog.activateWindow()
    field = dialog.findChild(QLineEdit, "adoptRequestIdEdit")
    assert isinstance(field, QLineEdit)
    field.clear()
    QTest.keyClicks(field, request_id)
    QTest.keyClick(field, Qt.Key.Key_Return)
    return dialog


def answer(dialog: AdoptDialog) -> QLabel:
    found = dialog.findChild(QLabel, "adoptRequestAnswer")
    assert isinstance(found, QLabel)
    return found


def test_a_request_that_the_provider_knows_becomes_a_card(
    person: Person, repository: SqliteJobRepository
) -> None:
    person.open_library(0)
    ask(person, " elsewhere-1 ")
    person.until(lambda: person.heard.checks == [RequestCheckWanted("elsewhere-1")])
    # Nothing is followed before the provider has spoken.
    assert repository.all() == ()
    person.pane.request_checked(RequestChecked("elsewhere-1", is_known=True))
    person.until(lambda: not dialogs(person))
    person.until(lambda: person.view.model().rowCount() == 1)
    (job,) = repository.all()
    assert (job.state, job.request_id, job.spec) == (JobState.QUEUED, "elsewhere-1", None)
    person.until(lambda: person.heard.chosen == [JobChosen(job.id)])


def test_a_wrong_id_says_so_and_leaves_nothing(
    person: Person, repository: SqliteJobRepository, words: Phrasebook
) -> None:
    person.open_library(0)
    dialog = ask(person, "wrong")
    person.until(lambda: bool(person.heard.checks))
    person.pane.request_checked(RequestChecked("another", is_known=True))
    assert answer(dialog).text() == "Asking the provider…"
    error = NoSuchRequestError()
    person.pane.request_checked(RequestChecked("wrong", error=error))
    sentence = words.error(error)
    assert answer(dialog).text() == f"{sentence.text} {sentence.action}"
    assert repository.all() == ()
    # Nobody can be asked: then nothing is done either, and it can be tried again.
    ask(person, "elsewhere-1")
    person.until(lambda: len(person.heard.checks) == 2)
    person.pane.request_checked(RequestChecked("elsewhere-1"))
    assert "could not be asked" in answer(dialog).text()
    assert repository.all() == ()
    # Enter presses the button that has the focus, and asks nobody in passing.
    QTest.keyClick(dialog.findChild(QPushButton, "adoptCancelButton"), Qt.Key.Key_Return)
    assert len(person.heard.checks) == 2
    # An answer that comes late finds nobody.
    person.pane.request_checked(RequestChecked("elsewhere-1", is_known=True))
    assert not dialogs(person)
    assert repository.all() == ()


def test_one_that_is_followed_already_is_selected_without_a_question(
    person: Person, rows: Rows, repository: SqliteJobRepository
) -> None:
    rows.put(a_job(1, JobState.QUEUED), a_job(2, JobState.QUEUED))
    person.open_library(2)
    ask(person, "request-1")
    person.until(lambda: not dialogs(person))
    person.until(lambda: person.heard.chosen[-1:] == [JobChosen("job-00001")])
    assert person.heard.checks == []
    assert len(repository.all()) == 2


def test_a_doubt_that_may_be_meant_is_mentioned(person: Person, rows: Rows) -> None:
    rows.put(a_job(1, JobState.UNKNOWN))
    person.open_library(1)
    person.pane.adopt_request()
    (dialog,) = dialogs(person)
    hint = dialog.findChild(QLabel, "adoptDoubtHint")
    assert isinstance(hint, QLabel)
    person.until(hint.isVisible)
    # One dialog is enough.
    person.pane.adopt_request()
    assert dialogs(person) == [dialog]
    dialog.reject()


def test_every_control_has_a_name_and_a_hint(person: Person) -> None:
    person.open_library(0)
    person.pane.adopt_request()
    (dialog,) = dialogs(person)
    for control in (*dialog.findChildren(QPushButton), *dialog.findChildren(QLineEdit)):
        assert control.objectName()
        assert control.accessibleName()
        assert control.toolTip()
    dialog.reject()
