"""The notification as the window uses it: over a real bus, from the tray, and where neither is."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from dreamina_desktop.ui.clip_done import ClipDone
from dreamina_desktop.ui.desktop_note import DesktopNote
from dreamina_desktop.ui.icons import Icons
from tests.ui.conftest import Until

if sys.platform == "linux":
    from tests.ui.note_desk import DAEMON, Bus, NoteDesk

DONE = ClipDone("job-1", "Clip done", "Steam rises")
OTHER = ClipDone("job-2", "Clip done", "Rain")


class Tray:
    """Says that there is a tray, and keeps what it was given to show."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.shown: list[tuple[str, str]] = []
        self.icons: list[QSystemTrayIcon] = []
        tray = self

        def show_message(icon: QSystemTrayIcon, title: str, text: str, picture: QIcon) -> None:
            tray.icons.append(icon)
            tray.shown.append((title, text))

        monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
        monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", staticmethod(lambda: True))
        monkeypatch.setattr(QSystemTrayIcon, "showMessage", show_message)
        monkeypatch.setattr(QSystemTrayIcon, "show", lambda _: None)


@pytest.fixture
def picture(application: QApplication, icons: Icons) -> QIcon:
    return icons.icon("application")


@pytest.fixture
def bus() -> Iterator[Bus]:
    if sys.platform != "linux" or DAEMON is None:
        pytest.skip("no dbus-daemon here")
    made = Bus()
    yield made
    made.stop()


@pytest.fixture
def desk(bus: Bus) -> Iterator[NoteDesk]:
    made = NoteDesk(bus.address)
    yield made
    made.close()


def test_a_click_on_the_note_opens_its_clip(
    bus: Bus, desk: NoteDesk, picture: QIcon, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    note = DesktopNote(picture, bus.address, is_silent=False)
    opened: list[ClipDone] = []
    note.opened.connect(opened.append)
    note.show(DONE)
    until(lambda: len(desk.shown) == 1)
    assert (desk.shown[0].title, desk.shown[0].text) == ("Clip done", "Steam rises")
    desk.click(desk.shown[0].number, token="wayland-9")
    until(lambda: bool(opened))
    assert opened == [DONE]
    assert os.environ["XDG_ACTIVATION_TOKEN"] == "wayland-9"
    note.close()


def test_is_silent_when_told(bus: Bus, desk: NoteDesk, picture: QIcon, until: Until) -> None:
    note = DesktopNote(picture, bus.address, is_silent=True)
    note.show(DONE)
    note.silence(is_silent=False)
    note.show(OTHER)
    until(lambda: bool(desk.shown))
    assert [shown.text for shown in desk.shown] == ["Rain"]
    note.close()
    note.show(DONE)
    assert len(desk.shown) == 1


def test_the_tray_shows_what_the_bus_will_not(
    bus: Bus, desk: NoteDesk, picture: QIcon, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    tray = Tray(monkeypatch)
    desk.refuses = True
    note = DesktopNote(picture, bus.address, is_silent=False)
    note.show(DONE)
    until(lambda: bool(tray.shown))
    assert tray.shown == [("Clip done", "Steam rises")]
    note.close()


def test_the_tray_stands_in_where_there_is_no_bus(
    picture: QIcon, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    tray = Tray(monkeypatch)
    note = DesktopNote(picture, "", is_silent=False)
    opened: list[ClipDone] = []
    note.opened.connect(opened.append)
    note.show(DONE)
    note.show(OTHER)
    assert len(tray.shown) == 2
    tray.icons[-1].messageClicked.emit()
    assert opened == [OTHER]
    note.close()


def test_a_bus_that_is_gone_leaves_the_rest_to_the_tray(
    picture: QIcon, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    tray = Tray(monkeypatch)
    note = DesktopNote(picture, "unix:path=/nowhere/bus", is_silent=False)
    note.show(DONE)
    until(lambda: len(tray.shown) == 1)
    note.show(OTHER)
    until(lambda: len(tray.shown) == 2)
    note.close()


def test_nothing_happens_where_there_is_neither(picture: QIcon) -> None:
    assert not QSystemTrayIcon.isSystemTrayAvailable()
    note = DesktopNote(picture, "", is_silent=False)
    note.show(DONE)
    note.close()
