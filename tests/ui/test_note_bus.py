"""Notes over a real bus to a server that is as strict as the desktops' own."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("D-Bus is Linux's", allow_module_level=True)

from dreamina_desktop.ui.clip_done import ClipDone
from dreamina_desktop.ui.note_bus import NoteBus, NoteFailed, NoteOpened, session_bus
from tests.ui.note_desk import DAEMON, Bus, NoteDesk

needs_daemon = pytest.mark.skipif(DAEMON is None, reason="no dbus-daemon here")
DONE = ClipDone("job-1", "Clip done", "Steam rises & <curls>")
OTHER = ClipDone("job-2", "Clip done", "Rain")

type MakeDesk = Callable[..., NoteDesk]


def wait(predicate: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not predicate():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.002)


@pytest.fixture
def bus() -> Iterator[Bus]:
    made = Bus()
    yield made
    made.stop()


@pytest.fixture
def make_desk(bus: Bus) -> Iterator[MakeDesk]:
    made: list[NoteDesk] = []

    def make(*abilities: str) -> NoteDesk:
        made.append(NoteDesk(bus.address, abilities))
        return made[-1]

    yield make
    for desk in made:
        desk.close()


class Ear:
    """A bus's client with what it heard."""

    def __init__(self, address: str) -> None:
        self.heard: list[NoteOpened | NoteFailed] = []
        self.notes = NoteBus(address, "Show the clip", self.heard.append)
        self.notes.start()

    def close(self) -> None:
        self.notes.close()
        self.notes.join(10)
        assert not self.notes.is_alive()


@pytest.fixture
def ear(bus: Bus) -> Iterator[Ear]:
    made = Ear(bus.address)
    yield made
    made.close()


@needs_daemon
def test_shows_a_note_with_its_action_and_without_a_sound(make_desk: MakeDesk, ear: Ear) -> None:
    desk = make_desk("actions", "body")
    assert ear.notes.post(DONE)
    wait(lambda: len(desk.shown) == 1)
    shown = desk.shown[0]
    assert (shown.program, shown.title, shown.replaces) == ("Dreamina Desktop", "Clip done", 0)
    assert shown.text == "Steam rises & <curls>"
    assert shown.actions == ("default", "Show the clip")
    assert shown.hints["suppress-sound"] is True
    assert not ear.heard


@needs_daemon
def test_a_prompt_is_no_markup(make_desk: MakeDesk, ear: Ear) -> None:
    desk = make_desk("body-markup")
    ear.notes.post(DONE)
    wait(lambda: len(desk.shown) == 1)
    assert desk.shown[0].text == "Steam rises &amp; &lt;curls&gt;"
    assert desk.shown[0].actions == ()


@needs_daemon
def test_tells_which_note_was_clicked(make_desk: MakeDesk, ear: Ear) -> None:
    desk = make_desk("actions")
    ear.notes.post(DONE)
    ear.notes.post(OTHER)
    wait(lambda: len(desk.shown) == 2)
    desk.click(desk.shown[1].number, token="wayland-9")
    wait(lambda: len(ear.heard) == 1)
    desk.click(desk.shown[0].number)
    wait(lambda: len(ear.heard) == 2)
    assert ear.heard == [NoteOpened(OTHER, "wayland-9"), NoteOpened(DONE, "")]


@needs_daemon
def test_other_programs_notes_and_closed_ones_are_not_ours(make_desk: MakeDesk, ear: Ear) -> None:
    desk = make_desk("actions")
    ear.notes.post(DONE)
    ear.notes.post(OTHER)
    wait(lambda: len(desk.shown) == 2)
    desk.click(4242)
    desk.vanish(desk.shown[0].number)
    desk.click(desk.shown[0].number)
    desk.click(desk.shown[1].number)
    wait(lambda: bool(ear.heard))
    assert ear.heard == [NoteOpened(OTHER)]


@needs_daemon
def test_fails_a_note_while_nobody_shows_them_and_tries_the_next(
    make_desk: MakeDesk, ear: Ear
) -> None:
    ear.notes.post(DONE)
    wait(lambda: bool(ear.heard))
    assert ear.heard == [NoteFailed(DONE)]
    desk = make_desk("actions")
    assert ear.notes.post(OTHER)
    wait(lambda: len(desk.shown) == 1)
    assert desk.shown[0].text == "Rain"


@needs_daemon
def test_fails_a_note_that_the_desktop_refuses(make_desk: MakeDesk, ear: Ear) -> None:
    desk = make_desk("actions")
    desk.refuses = True
    ear.notes.post(DONE)
    wait(lambda: bool(ear.heard))
    assert ear.heard == [NoteFailed(DONE)]


@needs_daemon
def test_survives_the_end_of_the_bus(bus: Bus, make_desk: MakeDesk, ear: Ear) -> None:
    desk = make_desk("actions")
    ear.notes.post(DONE)
    wait(lambda: len(desk.shown) == 1)
    bus.stop()
    wait(lambda: not ear.notes.is_alive())
    assert not ear.notes.post(OTHER)


@pytest.mark.parametrize("address", ["unix:path=/nowhere/bus", "tcp:host=a", "nonsense"])
def test_an_address_where_nobody_is_fails_the_note(address: str) -> None:
    heard: list[NoteOpened | NoteFailed] = []
    notes = NoteBus(address, "Show the clip", heard.append)
    assert notes.post(DONE)
    notes.start()
    notes.join(10)
    assert heard == [NoteFailed(DONE)]
    assert not notes.post(OTHER)


def test_fails_notes_where_the_library_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jeepney.io.threading", None)
    heard: list[NoteOpened | NoteFailed] = []
    notes = NoteBus("unix:path=/nowhere/bus", "Show the clip", heard.append)
    notes.start()
    notes.join(10)
    assert not notes.post(DONE)


@needs_daemon
def test_closing_ends_the_thread_and_takes_no_more(ear: Ear) -> None:
    ear.notes.close()
    ear.notes.join(10)
    assert not ear.notes.is_alive()
    assert not ear.notes.post(DONE)


def test_finds_the_bus_where_the_session_has_it(tmp_path: Path) -> None:
    named = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/a", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert session_bus(named) == "unix:path=/a"
    assert session_bus({"XDG_RUNTIME_DIR": str(tmp_path)}) == ""
    (tmp_path / "bus").touch()
    assert session_bus({"XDG_RUNTIME_DIR": str(tmp_path)}) == f"unix:path={tmp_path}/bus"
    assert session_bus({}) == ""
