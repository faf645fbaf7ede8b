from __future__ import annotations

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from dreamina_desktop.core.job import Hold, JobError, JobState
from dreamina_desktop.jobs.engine import Engine
from dreamina_desktop.store.profile_lock import ProfileLock
from dreamina_desktop.ui.notice_bar import SETTLED
from tests.practice_server import PracticeServer
from tests.ui.conftest import Until
from tests.ui.window_desk import OpenDesk, WindowDesk
from tests.ui.workplaces import SAMPLE


def compose(desk: WindowDesk, prompt: str = "Steam rises from the cup.") -> None:
    """Drop the sample picture and type a prompt, as a person does."""
    desk.drop(SAMPLE)
    editor = desk.find(QPlainTextEdit, "promptEdit")
    QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton)
    QTest.keyClicks(editor, prompt)
    button = desk.find(QPushButton, "generateButton")
    desk.until(button.isEnabled)


def generate(desk: WindowDesk) -> None:
    editor = desk.find(QPlainTextEdit, "promptEdit")
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_without_a_key_there_is_one_screen_and_one_choice(
    desk: OpenDesk, practice: PracticeServer, until: Until
) -> None:
    person = desk(practice, key="")
    session = person.open()
    until(lambda: session.window.findChild(QWidget, "firstRun") is not None)
    assert not person.find(QWidget, "composePane").isVisible()
    assert practice.requests() == []
    person.find(QLineEdit, "apiKeyEdit").setText(practice.key)
    QTest.mouseClick(person.find(QPushButton, "sessionKeyButton"), Qt.MouseButton.LeftButton)
    until(person.find(QWidget, "composePane").isVisible)
    until(lambda: person.find(QLabel, "connectionLabel").text() == "Connected")
    person.close()
    written = [path for path in person.profile.rglob("*") if path.is_file()]
    assert written
    assert not [path for path in written if practice.key.encode() in path.read_bytes()]


def test_practice_mode_is_a_session_of_its_own(
    desk: OpenDesk, practice: PracticeServer, until: Until
) -> None:
    person = desk(practice, key="")
    session = person.open()
    until(lambda: session.window.findChild(QWidget, "practiceModeButton") is not None)
    QTest.mouseClick(person.find(QPushButton, "practiceModeButton"), Qt.MouseButton.LeftButton)
    until(lambda: session in person.ended)
    assert session.next_wish is not None
    session = person.open_wish(session.next_wish)
    until(person.find(QWidget, "practiceBanner").isVisible)
    until(lambda: person.find(QLabel, "connectionLabel").text() == "Practice server")
    assert session.window.windowTitle() == "Dreamina Desktop — practice"
    leave = person.find(QPushButton, "leavePracticeButton")
    QTest.mouseClick(leave, Qt.MouseButton.LeftButton)
    until(lambda: session in person.ended)
    assert session.next_wish.practice is False
    assert practice.requests() == []


def test_a_refused_key_stops_generate_and_says_what_to_do(
    desk: OpenDesk, practice: PracticeServer, until: Until
) -> None:
    person = desk(practice, key="wrong")
    session = person.open(str(SAMPLE), "A prompt.")
    bar = person.find(QWidget, "noticeBar")
    until(bar.isVisible)
    assert person.find(QLabel, "connectionLabel").text() == "Key refused"
    until(lambda: not person.find(QPushButton, "generateButton").isEnabled())
    assert person.find(QPushButton, "noticeActionButton").text() == "Open settings"
    QTest.mouseClick(person.find(QPushButton, "noticeActionButton"), Qt.MouseButton.LeftButton)
    assert person.find(QWidget, "settingsDialog").isVisible()
    assert session.room.notices.current is None
    person.find(QWidget, "settingsDialog").close()
    assert len(practice.requests()) == 1


def test_offline_is_said_and_nothing_is_lost(
    desk: OpenDesk, practice: PracticeServer, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dreamina_desktop.ui.account_watch.PATIENCE", 50)
    practice.stop()
    person = desk(practice)
    person.open()
    label = person.find(QLabel, "connectionLabel")
    until(lambda: label.text().startswith("Provider not reached, since "))
    assert "everything is kept" in label.toolTip()
    compose(person)
    assert "price unknown" in person.find(QPushButton, "generateButton").text()
    until(person.find(QWidget, "noticeBar").isVisible)
    generate(person)
    until(lambda: len(person.jobs()) == 1)
    practice.restart()
    QTest.mouseClick(person.find(QPushButton, "noticeActionButton"), Qt.MouseButton.LeftButton)
    until(lambda: person.find(QLabel, "connectionLabel").text() == "Connected")
    until(lambda: "$0.40" in person.find(QPushButton, "generateButton").text())


def test_a_lost_answer_is_in_doubt_and_can_be_resolved(
    desk: OpenDesk, practice: PracticeServer, until: Until
) -> None:
    person = desk(practice)
    session = person.open()
    practice.trouble({"on": "submit", "do": {"drop": "after"}})
    compose(person)
    generate(person)
    until(lambda: bool(person.jobs()) and person.jobs()[0].state is JobState.UNKNOWN)
    button = person.find(QPushButton, "noticeActionButton")
    until(lambda: button.isVisible() and button.text() == "Resolve…")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    until(lambda: session.window.findChild(QWidget, "resolveDialog") is not None)
    person.find(QLineEdit, "requestIdEdit").setText(practice.accepted()[0].request_id)
    QTest.mouseClick(person.find(QPushButton, "adoptButton"), Qt.MouseButton.LeftButton)
    until(lambda: person.jobs()[0].state is JobState.DONE)
    until(lambda: session.room.notices.current is None)
    assert len(practice.accepted()) == 1


def test_old_clicks_are_sent_after_one_question(
    desk: OpenDesk, practice: PracticeServer, until: Until
) -> None:
    person = desk(practice, key="wrong")
    session = person.open(str(SAMPLE), "Kept.")
    furniture = session.furniture
    until(lambda: furniture.draft.picture.prepared is not None)
    until(lambda: session.room.notices.current is not None)
    furniture.sending.generate()
    until(lambda: len(person.jobs()) == 1)
    row = person.jobs()[0]
    furniture.profile.repository.change(row, replace(row, hold=Hold.CONFIRM))
    person.close()
    person.key = practice.key
    session = person.open()
    button = person.find(QPushButton, "noticeActionButton")
    until(lambda: button.isVisible() and button.text() == "Send it · $0.40")
    QTest.qWait(2 * SETTLED)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    until(lambda: person.jobs()[0].state is JobState.DONE)


def test_letters_are_dead_while_typing(
    desk: OpenDesk, practice: PracticeServer, until: Until
) -> None:
    person = desk(practice)
    session = person.open()
    playback = session.furniture.watch.playback
    playback.load(121, 24.0)
    editor = person.find(QPlainTextEdit, "promptEdit")
    editor.setFocus()
    QTest.keyClicks(editor, "jkl r?,. 0")
    assert editor.toPlainText() == "jkl r?,. 0"
    assert not playback.position.is_playing
    session.window.setFocus()
    QTest.keyClicks(session.window, "l")
    assert playback.position.is_playing
    QTest.keyClicks(session.window, "k.")
    assert not playback.position.is_playing


@pytest.mark.parametrize("sign", ["", "?"])
def test_the_key_list_and_esc(
    desk: OpenDesk, practice: PracticeServer, until: Until, sign: str
) -> None:
    person = desk(practice)
    session = person.open()
    session.window.setFocus()
    if sign:
        QTest.keyClicks(session.window, sign)
    else:
        QTest.keyClick(session.window, Qt.Key.Key_F1)
    dialog = person.find(QWidget, "keyList")
    assert dialog.isVisible()
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert "Ctrl+O" in texts
    assert "Play or pause" in texts
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    until(lambda: session.window.findChild(QWidget, "keyList") is None)


def test_the_draft_is_kept_a_moment_after_it_changes(
    desk: OpenDesk, practice: PracticeServer, until: Until
) -> None:
    person = desk(practice)
    person.open()
    editor = person.find(QPlainTextEdit, "promptEdit")
    editor.setFocus()
    QTest.keyClicks(editor, "Not lost.")
    path = person.profile / "settings.json"
    until(lambda: path.exists() and json.loads(path.read_text())["draft"]["prompt"] == "Not lost.")


def test_another_process_carries_the_jobs_until_it_ends(
    desk: OpenDesk, practice: PracticeServer, until: Until
) -> None:
    person = desk(practice)
    lock = ProfileLock(person.profile)
    lock.acquire()
    session = person.open(str(SAMPLE), "Beside.")
    label = person.find(QLabel, "connectionLabel")
    until(lambda: label.text() == "Another process carries the jobs")
    until(lambda: session.furniture.draft.picture.prepared is not None)
    session.furniture.sending.generate()
    until(lambda: len(person.jobs()) == 1)
    assert practice.accepted() == []
    lock.release()
    until(lambda: person.jobs()[0].state is JobState.DONE)
    assert label.text() == "Connected"


def test_the_menu_shows_every_deed_and_its_key(desk: OpenDesk, practice: PracticeServer) -> None:
    person = desk(practice)
    person.open()
    actions = {action.objectName(): action for action in person.window.findChildren(QAction)}
    assert actions["generateAction"].shortcut().toString() == "Ctrl+Return"
    assert actions["playAction"].text() == "Play or pause\tSpace"
    assert actions["loadSettingsAction"].text().endswith("\tR")
    assert actions["loadSettingsAction"].shortcut().isEmpty()


def test_try_now_wakes_the_jobs_too(
    desk: OpenDesk, practice: PracticeServer, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not the account alone: a job would wait for its next try for up to a minute."""
    woken: list[Engine] = []
    usual = Engine.wake

    def wake(engine: Engine) -> None:
        woken.append(engine)
        usual(engine)

    monkeypatch.setattr(Engine, "wake", wake)
    person = desk(practice)
    session = person.open()
    label = person.find(QLabel, "connectionLabel")
    until(lambda: label.text() == "Connected")
    asked = len(practice.requests())
    notices, errors = session.room.notices, session.furniture.errors
    notices.post(errors.of_job_error(JobError("offline")))
    button = person.find(QPushButton, "noticeActionButton")
    until(button.isVisible)
    assert button.text() == "Try now"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    until(lambda: bool(woken) and len(practice.requests()) > asked)
