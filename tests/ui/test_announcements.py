"""What is told while nobody looks, what is not told to whoever does, and undo's own notice."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QPlainTextEdit,
    QPushButton,
    QSystemTrayIcon,
    QWidget,
)

from dreamina_desktop.core.job import JobState
from dreamina_desktop.ui.job_events import ShowRequested
from dreamina_desktop.ui.library import deletion
from dreamina_desktop.ui.library.library_view import LibraryView
from dreamina_desktop.ui.notices import NoticeDeed
from tests.practice_server import PracticeServer, PracticeStart
from tests.ui.window_desk import OpenDesk, WindowDesk
from tests.ui.workplaces import SAMPLE

CONTROL = Qt.KeyboardModifier.ControlModifier
PLAIN = "Dreamina Desktop"


class Tray:
    """Says that there is a tray, and keeps what it was given to show."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.shown: list[str] = []
        self.icons: list[QSystemTrayIcon] = []
        tray = self

        def show_message(icon: QSystemTrayIcon, title: str, text: str, picture: QIcon) -> None:
            del title, picture
            tray.icons.append(icon)
            tray.shown.append(text)

        monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
        monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", staticmethod(lambda: True))
        monkeypatch.setattr(QSystemTrayIcon, "showMessage", show_message)
        monkeypatch.setattr(QSystemTrayIcon, "show", lambda _: None)

    def click(self) -> None:
        self.icons[-1].messageClicked.emit()


@pytest.fixture
def tray(monkeypatch: pytest.MonkeyPatch) -> Tray:
    return Tray(monkeypatch)


def begin(person: WindowDesk, prompt: str = "First.") -> None:
    """A window with a draft that can be sent."""
    person.open(str(SAMPLE), prompt)
    person.until(person.find(QPushButton, "generateButton").isEnabled)
    person.until(person.window.isActiveWindow)


def send(person: WindowDesk) -> None:
    """One more take, after the pause in which a double click buys nothing."""
    sending = person.session.furniture.sending
    count = len(person.jobs()) + 1
    rests = sending.findChildren(QTimer)
    person.until(lambda: not any(rest.isActive() for rest in rests))
    sending.generate()
    person.until(lambda: len(person.jobs()) == count)


def finish(person: WindowDesk) -> None:
    """The window has heard that all is done."""
    unfinished = person.session.furniture.unfinished
    person.until(lambda: all(job.state is JobState.DONE for job in person.jobs()))
    person.until(lambda: not unfinished.running)


def watch(person: WindowDesk) -> list[str]:
    """The ids of the jobs that the window has heard of as done, from now on."""
    heard: list[str] = []
    person.session.furniture.flow.job_finished.connect(lambda done: heard.append(done.job.id))
    return heard


# ---- who is told -------------------------------------------------------------------------------


def test_whoever_looks_elsewhere_is_told_and_the_title_counts(
    desk: OpenDesk, practice: PracticeServer, tray: Tray
) -> None:
    person = desk(practice)
    begin(person)
    person.window.showMinimized()
    send(person)
    finish(person)
    person.until(lambda: person.window.windowTitle() == f"(1) {PLAIN}")
    send(person)
    finish(person)
    person.until(lambda: person.window.windowTitle() == f"(2) {PLAIN}")
    assert tray.shown == ["First.", "First."]
    person.window.showNormal()
    person.until(lambda: person.window.windowTitle() == PLAIN)


def test_the_count_goes_when_the_window_gets_the_keys(
    desk: OpenDesk, practice: PracticeServer, tray: Tray
) -> None:
    person = desk(practice)
    begin(person)
    # Without a window manager nobody who looks has the keys when what had them is gone.
    other = QWidget(None, Qt.WindowType.SplashScreen)
    other.show()
    other.activateWindow()
    person.until(other.isActiveWindow)
    other.close()
    assert not person.window.isActiveWindow()
    send(person)
    finish(person)
    person.until(lambda: person.window.windowTitle() == f"(1) {PLAIN}")
    assert len(tray.shown) == 1
    person.window.activateWindow()
    person.until(lambda: person.window.windowTitle() == PLAIN)
    other.deleteLater()


def test_a_click_on_the_note_brings_window_and_clip(
    desk: OpenDesk, practice: PracticeServer, tray: Tray
) -> None:
    person = desk(practice)
    begin(person)
    person.window.showMinimized()
    send(person)
    finish(person)
    person.until(lambda: bool(tray.shown))
    tray.click()
    assert not person.window.isMinimized()
    person.until(lambda: person.window.windowTitle() == PLAIN)
    (job,) = person.jobs()
    person.until(lambda: person.session.furniture.watch.shown_job_id == job.id)


def test_whoever_looks_is_not_told(desk: OpenDesk, practice: PracticeServer, tray: Tray) -> None:
    person = desk(practice)
    begin(person)
    heard = watch(person)
    send(person)
    person.until(lambda: len(heard) == 1)
    assert tray.shown == []
    assert person.window.windowTitle() == PLAIN


def test_settings_in_front_are_a_window_of_ours(
    desk: OpenDesk, practice: PracticeServer, tray: Tray
) -> None:
    person = desk(practice)
    begin(person)
    heard = watch(person)
    QTest.keyClick(person.window, Qt.Key.Key_Comma, CONTROL)
    dialog = person.find(QWidget, "settingsDialog")
    dialog.activateWindow()
    person.until(dialog.isActiveWindow)
    assert not person.window.isActiveWindow()
    send(person)
    person.until(lambda: len(heard) == 1)
    assert tray.shown == []
    assert person.window.windowTitle() == PLAIN
    dialog.close()


def test_the_full_screen_is_a_window_of_ours(
    desk: OpenDesk, practice: PracticeServer, tray: Tray
) -> None:
    person = desk(practice)
    begin(person)
    send(person)
    furniture = person.session.furniture
    person.until(lambda: furniture.watch.playback.position.is_playing)
    finish(person)
    heard = watch(person)
    QTest.keyClick(person.find(QPlainTextEdit, "promptEdit"), Qt.Key.Key_F11)
    assert furniture.watch.is_full_screen
    person.until(lambda: not person.window.isActiveWindow())
    send(person)
    person.until(lambda: len(heard) == 1)
    assert tray.shown == []
    assert person.window.windowTitle() == PLAIN


def test_the_setting_silences_note_and_count(
    desk: OpenDesk, practice: PracticeServer, tray: Tray
) -> None:
    person = desk(practice)
    begin(person)
    QTest.keyClick(person.window, Qt.Key.Key_Comma, CONTROL)
    dialog = person.find(QWidget, "settingsDialog")
    switch = person.find(QCheckBox, "notificationsCheck")
    switch.click()
    assert person.session.furniture.preferences.current.silence_notifications
    dialog.close()
    heard = watch(person)
    person.window.showMinimized()
    send(person)
    person.until(lambda: len(heard) == 1)
    assert tray.shown == []
    assert person.window.windowTitle() == PLAIN


# ---- closed is closed --------------------------------------------------------------------------


def test_nothing_brings_a_closed_window_back(
    desk: OpenDesk, start_practice: PracticeStart, tray: Tray
) -> None:
    server = start_practice()
    person = desk(server)
    begin(person)
    person.window.showMinimized()
    send(person)
    finish(person)
    person.until(lambda: len(tray.shown) == 1)
    server.trouble({"on": "submit", "do": {"delay": 2}})
    send(person)
    person.until(lambda: any(job.state is JobState.SUBMITTING for job in person.jobs()))
    session, window = person.session, person.window
    source = session.furniture.draft.picture.source
    window.close()
    assert session.furniture.job_thread.isRunning()
    # An old note is clicked, and another start had rung a moment before.
    tray.click()
    session._on_show_requested(ShowRequested("https://example.com/a.png"))
    assert not window.isVisible()
    person.until(lambda: session in person.ended)
    assert not window.isVisible()
    assert session.furniture.draft.picture.source == source
    assert len(tray.shown) == 1


# ---- undo --------------------------------------------------------------------------------------


@pytest.fixture
def three_clips(
    desk: OpenDesk,
    practice: PracticeServer,
) -> WindowDesk:
    """Two of them deleted together, then the third by itself."""
    person = desk(practice)
    begin(person)
    for _ in range(3):
        send(person)
    finish(person)
    view = person.find(LibraryView, "libraryView")
    person.until(lambda: view.model().rowCount() == 3)
    view.setCurrentIndex(view.model().index(0, 0))
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(view.selected_jobs()) == 2
    delete(person, left=1)
    view.setCurrentIndex(view.model().index(0, 0))
    delete(person, left=0)
    assert offered(person) == "Deleted."
    return person


def delete(person: WindowDesk, *, left: int) -> None:
    view = person.find(LibraryView, "libraryView")
    QTest.keyClick(view, Qt.Key.Key_Delete)
    person.until(lambda: sum(job.deleted is None for job in person.jobs()) == left)
    person.until(lambda: view.model().rowCount() == left)


def offered(person: WindowDesk) -> str:
    """What the notice says that Undo would bring back; "" where it stands there no more."""
    current = person.session.room.notices.current
    return current.notice.text if current is not None and current.deed is NoticeDeed.UNDO else ""


def lapse(person: WindowDesk, number: int) -> None:
    """Let the ten seconds of the n-th deletion be over, as its timer sees it."""
    whole = deletion.UNDO_SECONDS * 1000
    timers = person.session.furniture.library.findChildren(QTimer)
    running = [timer for timer in timers if timer.interval() == whole and timer.isActive()]
    lapsed: list[object] = []
    person.session.furniture.library.deletion_lapsed.connect(lapsed.append)
    running[number].setInterval(0)
    person.until(lambda: bool(lapsed))


def press_undo(person: WindowDesk) -> None:
    button = person.find(QPushButton, "noticeActionButton")
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_one_deletion_that_lapses_leaves_undo_to_the_other(three_clips: WindowDesk) -> None:
    person = three_clips
    lapse(person, 0)
    assert offered(person) == "Deleted."
    press_undo(person)
    person.until(lambda: sum(job.deleted is None for job in person.jobs()) == 1)
    assert offered(person) == ""


def test_a_deletion_that_is_undone_leaves_undo_to_the_one_before(three_clips: WindowDesk) -> None:
    person = three_clips
    press_undo(person)
    assert offered(person) == "Deleted 2 jobs."
    press_undo(person)
    person.until(lambda: all(job.deleted is None for job in person.jobs()))
    assert offered(person) == ""


def test_undo_is_offered_no_more_when_all_have_lapsed(three_clips: WindowDesk) -> None:
    person = three_clips
    lapse(person, 0)
    lapse(person, 0)
    assert offered(person) == ""
