"""No balance: a click is kept, says why it waits, and is offered again when there is money."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from dreamina_desktop.core.job import Hold, JobState
from tests.practice_server import PracticeServer
from tests.ui.window_desk import WindowDesk
from tests.ui.workplaces import SAMPLE

LEFT = Qt.MouseButton.LeftButton
NO_BALANCE = {
    "on": "submit",
    "times": None,
    "do": {"status": 402, "body": {"code": 402001, "message": "Insufficient balance"}},
}


def test_each_click_that_is_kept_says_why(practice: PracticeServer, person: WindowDesk) -> None:
    practice.trouble(NO_BALANCE)
    person.open()
    person.drop(SAMPLE)
    editor = person.find(QPlainTextEdit, "promptEdit")
    editor.setPlainText("Steam rises.")
    generate = person.find(QPushButton, "generateButton")
    person.until(generate.isEnabled)
    QTest.mouseClick(generate, LEFT)
    bar = person.find(QWidget, "noticeBar")
    text = person.find(QLabel, "noticeText")
    person.until(lambda: "no balance" in text.text())
    # What the account holds is asked at once; that it is not nothing does not make it enough.
    balance = person.find(QLabel, "balanceLabel")
    person.until(lambda: "25.00" in balance.text())
    person.until(lambda: sum("balance" in one.path for one in practice.requests()) >= 2)
    QTest.mouseClick(person.find(QToolButton, "dismissNoticeButton"), LEFT)
    assert not bar.isVisible()
    # A key that follows presses no other control, not even when the window comes back.
    assert QApplication.focusWidget() is person.window
    person.until(generate.isEnabled)
    QTest.qWait(500)
    assert not bar.isVisible()
    asked = sum("balance" in one.path for one in practice.requests())
    QTest.mouseClick(generate, LEFT)
    person.until(lambda: len(person.jobs()) == 2)
    person.until(lambda: bar.isVisible() and "no balance" in text.text())
    # A fresh click is tried: the account may have been filled meanwhile. This one was not.
    person.until(lambda: all(job.hold is Hold.BALANCE for job in person.jobs()))
    assert {job.state for job in person.jobs()} == {JobState.PREPARED}
    person.until(lambda: sum("balance" in one.path for one in practice.requests()) > asked)
    QTest.qWait(100)
    assert bar.isVisible()
    assert "no balance" in text.text()
