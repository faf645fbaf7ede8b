"""What a person meets first, and who holds the profile meanwhile."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from dreamina_desktop.app.workplace import Workplace
from dreamina_desktop.composition import Options, Profile
from dreamina_desktop.core.errors import DiskError
from dreamina_desktop.store.profile_lock import ProfileLock
from dreamina_desktop.store.settings import SettingsFile
from dreamina_desktop.ui.library.library_view import LibraryView
from dreamina_desktop.ui.notices import NoticeDeed
from tests.practice_server import PracticeServer
from tests.store.profiles import DATABASE, fill
from tests.ui.conftest import Until
from tests.ui.window_desk import OpenDesk, WindowDesk
from tests.ui.workplaces import SAMPLE, a_profile, a_take


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


def test_settings_that_can_be_read_again_fill_the_window(
    person: WindowDesk, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, tries, is_well = SettingsFile.load, [], threading.Event()

    def load(file: SettingsFile) -> object:
        tries.append(file)
        if not is_well.is_set():
            raise DiskError("settings")
        return usual(file)

    monkeypatch.setattr("dreamina_desktop.app.session.REFILL", 20)
    monkeypatch.setattr(SettingsFile, "load", load)
    monkeypatch.setattr(person, "_has_page", lambda: session_has_notice(person))
    session = person.open()
    notices = session.room.notices
    notices.dismiss()
    told: list[object] = []
    notices.current_changed.connect(lambda: told.append(notices.current))
    count = len(tries)
    until(lambda: len(tries) > count + 3)
    assert told == []
    is_well.set()
    until(lambda: session.furniture is not None)
    until(lambda: session.window.findChild(QWidget, "firstRun") is not None)


def test_a_disk_that_does_not_let_the_profile_be_held_is_tried_again(
    person: WindowDesk, practice: PracticeServer, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, tries, is_full = Workplace.hold, [], threading.Event()
    is_full.set()

    def hold(workplace: Workplace) -> object:
        tries.append(workplace)
        if is_full.is_set():
            raise DiskError("database")
        return usual(workplace)

    monkeypatch.setattr("dreamina_desktop.app.profile_opening.RETRY", 20)
    monkeypatch.setattr(Workplace, "hold", hold)
    person.key = practice.key
    session = person.open()
    notices = session.room.notices
    until(lambda: notices.current is not None)
    assert notices.current.topic == "disk"
    notices.dismiss()
    until(lambda: len(tries) > 4)
    assert notices.current is None
    # Whoever tries it without waiting is told again.
    session.furniture.notice_deeds.retry_requested.emit()
    until(lambda: notices.current is not None)
    is_full.clear()
    until(lambda: session.furniture.workplace.is_holder)
    until(lambda: notices.current is None)
    until(session.furniture.job_thread.isRunning)


def test_a_profile_is_not_held_twice(
    person: WindowDesk, practice: PracticeServer, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, tries = Workplace.hold, []

    def hold(workplace: Workplace) -> object:
        tries.append(workplace)
        return usual(workplace)

    monkeypatch.setattr(Workplace, "hold", hold)
    person.key = practice.key
    session = person.open()
    session.furniture.opening.begin()
    session.furniture.opening.begin()
    until(lambda: session.furniture.workplace.is_holder)
    person.close()
    assert len(tries) == 1


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


def test_what_came_back_of_a_damaged_list_is_told(
    person: WindowDesk, practice: PracticeServer, until: Until
) -> None:
    person.key = practice.key
    fill(person.profile, 10)
    (person.profile / DATABASE).write_bytes(b"no database")
    session = person.open()
    until(lambda: session.furniture.workplace.is_holder)
    notices = session.room.notices
    until(lambda: notices.current is not None and notices.current.topic == "rebuilt")
    told = notices.current
    assert "9 of 9 jobs came back, with 2 of 2 clips" in told.notice.text
    (aside,) = person.profile.glob("*damaged*")
    assert str(aside) in told.notice.details
    assert (told.deed, told.subject) == (NoticeDeed.OPEN_FOLDER, str(person.profile))


def test_a_window_beside_another_holder_sees_its_new_jobs(
    person: WindowDesk, practice: PracticeServer, until: Until, tmp_path: Path
) -> None:
    person.key = practice.key
    other = a_profile(person.profile, practice)
    with other.hold():
        session = person.open()
        model = person.find(LibraryView, "libraryView").model()
        until(lambda: session.furniture.opening._is_beside)
        assert not session.furniture.workplace.is_holder
        a_take(other, tmp_path / "clips", "First.")
        until(lambda: model.rowCount() == 1)
        a_take(other, tmp_path / "clips", "Second.")
        until(lambda: model.rowCount() == 2)
        other.close()


def test_of_two_windows_the_second_hands_its_wish_over_and_goes(
    person: WindowDesk, practice: PracticeServer, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Begun before the first could be found."""
    person.key = practice.key
    first = person.open()
    # This second one did not look before it began.
    monkeypatch.setattr(person, "_has_page", lambda: True)
    second = person.open(str(SAMPLE), "Steam.")
    until(lambda: second in person.ended)
    assert first not in person.ended
    until(lambda: first.furniture.draft.prompt == "Steam.")
    assert second.furniture is None
    person.sessions.pop()
    second.deleteLater()


def test_a_window_that_does_not_answer_does_not_keep_the_next_away(
    person: WindowDesk, practice: PracticeServer, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dreamina_desktop.app.window_bell.PATIENCE", 0.2)
    person.key = practice.key
    place = ProfileLock(person.profile, "window.lock")
    place.acquire()
    session = person.open()
    until(lambda: session.furniture is not None)
    place.release()
    # Sooner or later the place is its own.
    until((person.profile / "window.json").exists)
