"""From the dialog about a job in doubt to what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton

from dreamina_desktop.core.answers import Balance, Price
from dreamina_desktop.core.errors import NoSuchRequestError
from dreamina_desktop.core.evidence import SeenBalance
from dreamina_desktop.core.job import JobError, JobState
from dreamina_desktop.core.submit_class import SubmitClass
from dreamina_desktop.jobs.commands import ID_UNPROVED
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.ui.job_events import RequestChecked, RequestCheckWanted
from dreamina_desktop.ui.library.resolve_dialog import ResolveDialog
from dreamina_desktop.words import Phrasebook
from tests.ui.library.person import Person
from tests.ui.library.rows import NOON, Rows, a_job, done


def doubtful(person: Person, rows: Rows) -> ResolveDialog:
    """One job in doubt, and the dialog about it."""
    rows.put(replace(a_job(1, JobState.UNKNOWN), error=JobError("answer_lost")))
    person.open_library(1)
    person.click_card(0)
    person.pane.set_price(Price(Decimal("0.08"), "second"))
    person.use_by_keyboard("resolveJobButton")
    dialog = person.pane.findChild(ResolveDialog)
    assert isinstance(dialog, ResolveDialog)
    dialog.activateWindow()
    return dialog


def dialogs(person: Person) -> list[ResolveDialog]:
    return [one for one in person.pane.findChildren(ResolveDialog) if one.isVisible()]


def test_a_wrong_request_id_comes_back_and_changes_nothing(
    person: Person, rows: Rows, repository: SqliteJobRepository, words: Phrasebook
) -> None:
    dialog = doubtful(person, rows)
    field_ = dialog.findChild(QLineEdit, "requestIdEdit")
    answer = dialog.findChild(QLabel, "requestIdAnswer")
    assert isinstance(field_, QLineEdit)
    assert isinstance(answer, QLabel)
    QTest.keyClicks(field_, "wrong")
    QTest.keyClick(field_, Qt.Key.Key_Return)
    # What was asked by somebody else is no answer to this.
    person.pane.request_checked(RequestChecked("another", is_known=True))
    assert answer.text() == "Asking the provider…"
    error = NoSuchRequestError()
    person.pane.request_checked(RequestChecked("wrong", error=error))
    sentence = words.error(error)
    assert answer.text() == f"{sentence.text} {sentence.action}"
    assert dialog.isVisible()
    assert repository.get("job-00001").state is JobState.UNKNOWN


def test_the_balance_is_asked_again_and_shown_as_evidence(
    person: Person, rows: Rows, repository: SqliteJobRepository
) -> None:
    rows.put(a_job(1, JobState.PREPARED))
    before = SeenBalance(Balance(Decimal("24.20"), "USD"), NOON - timedelta(minutes=1))
    sent = repository.begin_attempt(repository.get("job-00001"), before)
    repository.end_attempt(sent, replace(sent, state=JobState.UNKNOWN), SubmitClass.UNKNOWN)
    person.open_library(1)
    person.click_card(0)
    person.pane.set_price(Price(Decimal("0.08"), "second"))
    person.use_by_keyboard("resolveJobButton")
    assert person.heard.balances == ["balance"]
    (dialog,) = dialogs(person)
    shown = dialog.findChild(QLabel, "balanceEvidence")
    assert isinstance(shown, QLabel)
    person.until(shown.isVisible)
    assert "$24.20" in shown.text()
    seen = SeenBalance(Balance(Decimal("23.80"), "USD"), NOON + timedelta(minutes=1))
    assert repository.note_balance("job-00001", seen)
    person.pane.row_changed("job-00001")
    person.until(lambda: "$0.40 less, the price of this clip" in shown.text())
    # Whoever resolves it elsewhere closes the question.
    rows.put(a_job(1, JobState.RUNNING))
    person.pane.row_changed("job-00001")
    person.until(lambda: not dialogs(person))


def test_a_doubt_is_resolved_with_the_request_id(
    person: Person, rows: Rows, repository: SqliteJobRepository
) -> None:
    dialog = doubtful(person, rows)
    field_ = dialog.findChild(QLineEdit, "requestIdEdit")
    assert isinstance(field_, QLineEdit)
    QTest.keyClicks(field_, "0d9f-request")
    QTest.keyClick(field_, Qt.Key.Key_Return)
    assert person.heard.checks == [RequestCheckWanted("0d9f-request")]
    person.pane.request_checked(RequestChecked("0d9f-request", is_known=True))
    person.until(lambda: not dialogs(person))
    person.until(lambda: bool(person.heard.seen))
    row = repository.get("job-00001")
    # Whether the provider has such a request shows when it is asked.
    expected = (JobState.QUEUED, "0d9f-request", ID_UNPROVED)
    assert (row.state, row.request_id, row.error) == expected
    assert person.heard.notices == []


def test_a_doubt_that_is_filtered_out_can_be_resolved_too(person: Person, rows: Rows) -> None:
    rows.put(a_job(1, JobState.UNKNOWN), done(2))
    person.open_library(2)
    groups = person.pane.findChild(QComboBox, "libraryFilter")
    assert groups is not None
    groups.setCurrentIndex(2)
    person.until(lambda: person.listed() == ["job-00002"])
    person.pane.resolve("job-00001")
    person.until(lambda: bool(person.pane.findChildren(ResolveDialog)))
    (dialog,) = person.pane.findChildren(ResolveDialog)
    assert dialog.isVisible()
    dialog.reject()


def test_a_request_that_another_card_follows_is_not_followed_twice(
    person: Person, rows: Rows, repository: SqliteJobRepository
) -> None:
    dialog = doubtful(person, rows)
    rows.put(a_job(7, JobState.QUEUED))
    field_ = dialog.findChild(QLineEdit, "requestIdEdit")
    assert isinstance(field_, QLineEdit)
    QTest.keyClicks(field_, "request-7")
    QTest.keyClick(field_, Qt.Key.Key_Return)
    # Nobody can be asked here: whoever carries the jobs will.
    person.pane.request_checked(RequestChecked("request-7"))
    answer = dialog.findChild(QLabel, "requestIdAnswer")
    assert isinstance(answer, QLabel)
    person.until(lambda: answer.text().startswith("Another card"))
    assert repository.get("job-00001").state is JobState.UNKNOWN


def test_a_doubt_is_resolved_by_sending_again_for_a_price(
    person: Person, rows: Rows, repository: SqliteJobRepository
) -> None:
    dialog = doubtful(person, rows)
    again = dialog.findChild(QPushButton, "sendAgainButton")
    assert isinstance(again, QPushButton)
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    confirm = dialog.findChild(QPushButton, "confirmSendAgainButton")
    assert isinstance(confirm, QPushButton)
    assert confirm.text() == "Send again · $0.40"
    QTest.mouseClick(confirm, Qt.MouseButton.LeftButton)
    person.until(lambda: bool(person.heard.seen))
    assert repository.get("job-00001").state is JobState.PREPARED


@pytest.mark.parametrize("name", ["adoptButton", "sendAgainButton"])
def test_somebody_else_resolved_it_first(
    person: Person, rows: Rows, repository: SqliteJobRepository, name: str
) -> None:
    dialog = doubtful(person, rows)
    rows.put(a_job(1, JobState.RUNNING))
    field_ = dialog.findChild(QLineEdit, "requestIdEdit")
    assert isinstance(field_, QLineEdit)
    QTest.keyClicks(field_, "0d9f-request")
    button = dialog.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    if name == "adoptButton":
        person.pane.request_checked(RequestChecked("0d9f-request", is_known=True))
    else:
        confirm = dialog.findChild(QPushButton, "confirmSendAgainButton")
        assert isinstance(confirm, QPushButton)
        QTest.mouseClick(confirm, Qt.MouseButton.LeftButton)
    person.until(lambda: person.heard.texts == ["The job has moved on in the meantime."])
    assert repository.get("job-00001").state is JobState.RUNNING
