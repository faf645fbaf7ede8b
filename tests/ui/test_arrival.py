"""What a person meets first, and who holds the profile meanwhile."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from dreamina_desktop.composition import Options, Profile
from dreamina_desktop.core.errors import DiskError
from dreamina_desktop.store.settings import SettingsFile
from dreamina_desktop.ui.notices import NoticeDeed
from tests.practice_server import PracticeServer
from tests.ui.conftest import Until
from tests.ui.window_desk import OpenDesk, WindowDesk
from tests.ui.workplaces import SAMPLE


@pytest.fixture
def person(practice: PracticeServer, desk: OpenDesk) -> WindowDesk:
    """Without a key."""
    return desk(practice, key="")


def test_the_profile_is_free_for_others_until_somebody_is_welcome(
    person: WindowDesk, practice: PracticeServer, until: Until
) -> None:
    session = person.open()
    until(lambda: session.window.findChild(QWidget, "firstRun") is not None)
    # A command in a terminal can take it, and would carry its own jobs.
    with Profile(Options(person.profile, practice.url), {}).hold():
        pass
    person.find(QLineEdit, "apiKeyEdit").setText(practice.key)
    QTest.mouseClick(person.find(QPushButton, "sessionKeyButton"), Qt.MouseButton.LeftButton)
    until(lambda: session.furniture.workplace.is_holder)
    until(session.furniture.job_thread.isRunning)


def test_settings_that_cannot_be_read_are_told_and_tried_again(
    person: WindowDesk, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, refused = SettingsFile.load, threading.Event()

    def load(file: SettingsFile) -> object:
        if not refused.is_set():
            raise DiskError("settings")
        return usual(file)

    monkeypatch.setattr(SettingsFile, "load", load)
    monkeypatch.setattr(person, "_has_page", lambda: session_has_notice(person))
    session = person.open()
    assert session.furniture is None
    current = session.room.notices.current
    assert current.deed is NoticeDeed.RETRY_WORK
    refused.set()
    QTest.mouseClick(person.find(QPushButton, "noticeActionButton"), Qt.MouseButton.LeftButton)
    until(lambda: session.furniture is not None)
    assert session.room.notices.current is None
    until(lambda: session.window.findChild(QWidget, "firstRun") is not None)


def test_an_address_that_is_none_is_told(
    person: WindowDesk, practice: PracticeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    del practice
    monkeypatch.setattr(type(person.server), "url", "http://[::1")
    monkeypatch.setattr(person, "_has_page", lambda: session_has_notice(person))
    session = person.open()
    assert "https://" in session.room.notices.current.notice.text


def session_has_notice(person: WindowDesk) -> bool:
    room = person.session.room
    return room is not None and room.notices.current is not None


def test_the_window_is_gone_before_what_is_slow_is_waited_for(
    person: WindowDesk, practice: PracticeServer, until: Until
) -> None:
    person.key = practice.key
    session = person.open()
    until(lambda: session.furniture.workplace.is_holder)
    gate, seen = threading.Event(), []

    def slow() -> None:
        gate.wait()

    session.furniture.files.run(slow, lambda outcome: outcome.get())
    session.ended.connect(lambda: seen.append(session.window.isVisible()))
    session.close()
    assert not session.window.isVisible()
    gate.set()
    until(lambda: bool(seen))
    assert seen == [False]


def test_an_engine_that_hangs_does_not_keep_the_program_for_ever(
    person: WindowDesk, practice: PracticeServer, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    class LeftError(Exception):
        """Stands for the process's end."""

    left: list[int] = []

    def leave(code: int) -> None:
        left.append(code)
        raise LeftError

    monkeypatch.setattr("dreamina_desktop.app.session.os._exit", leave)
    practice.trouble({"on": "submit", "do": {"delay": 3}})
    person.key = practice.key
    session = person.open(str(SAMPLE), "Steam rises.")
    until(person.find(QPushButton, "generateButton").isEnabled)
    QTest.mouseClick(person.find(QPushButton, "generateButton"), Qt.MouseButton.LeftButton)
    until(lambda: bool(practice.requests("/image-to-video")))
    with pytest.raises(LeftError):
        session._on_out_of_patience()
    assert left == [0]
