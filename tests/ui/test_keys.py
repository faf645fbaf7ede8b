"""The keys of the design in the real window, pressed where the focus is."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from dreamina_desktop.app.session import Session
from dreamina_desktop.app.workplace import Workplace
from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.ui.library.library_view import LibraryView
from tests.practice_server import PracticeServer
from tests.ui.window_desk import OpenDesk, WindowDesk
from tests.ui.workplaces import SAMPLE, a_profile, a_take

KEY, MODIFIER = Qt.Key, Qt.KeyboardModifier
NONE, SHIFT = MODIFIER.NoModifier, MODIFIER.ShiftModifier
ALT, CONTROL = MODIFIER.AltModifier, MODIFIER.ControlModifier
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789,.<>-+"
# Without those that decode or load: what wants no letters hands them to the window anyway.
QUIET = LETTERS.translate({ord(letter): None for letter in "bcfruwBCFRUW"})
# Keys that mean something to the player, and to whoever writes.
PLAYING = [
    KEY.Key_Space, KEY.Key_J, KEY.Key_K, KEY.Key_L, KEY.Key_Comma, KEY.Key_Period, KEY.Key_Left,
    KEY.Key_Right, KEY.Key_Up, KEY.Key_Down, KEY.Key_Home, KEY.Key_End, KEY.Key_PageUp,
    KEY.Key_PageDown, KEY.Key_I, KEY.Key_O, KEY.Key_0, KEY.Key_Less, KEY.Key_Greater,
]  # fmt: skip
STEPS = [
    (KEY.Key_Comma, NONE, 49), (KEY.Key_Period, NONE, 51),
    (KEY.Key_Comma, SHIFT, 40), (KEY.Key_Period, SHIFT, 60),
]  # fmt: skip
ARROWS = [
    (KEY.Key_Left, NONE, 49), (KEY.Key_Right, NONE, 51), (KEY.Key_Left, SHIFT, 40),
    (KEY.Key_Right, SHIFT, 60), (KEY.Key_Home, NONE, 0), (KEY.Key_End, NONE, 120),
]  # fmt: skip


@pytest.fixture
def person(practice: PracticeServer, desk: OpenDesk) -> WindowDesk:
    """With a key for that server, and nothing on the clipboard."""
    QApplication.clipboard().clear()
    return desk(practice)


def take(person: WindowDesk, server: PracticeServer, *prompts: str) -> tuple[Job, ...]:
    """Rows of takes that the next window carries."""
    profile = a_profile(person.profile, server)
    place = Workplace(profile)
    place.hold()
    rows = tuple(a_take(profile, person.profile.parent / "clips", prompt) for prompt in prompts)
    place.close()
    return rows


def watch(person: WindowDesk, server: PracticeServer, *prompts: str) -> Session:
    """All of these takes are made; the clip of the first is on show, paused."""
    first, *_ = take(person, server, *prompts)
    session = person.open()
    view = cards(person)
    done = JobState.DONE
    person.until(lambda: [job.state for job in person.jobs()] == len(prompts) * [done])
    person.until(lambda: bool(session.furniture.watch.playback.position.count))
    session.furniture.library.choose(first.id)
    person.until(lambda: [(j.id, j.state) for j in view.selected_jobs()] == [(first.id, done)])
    person.until(lambda: session.furniture.watch.shown_job_id == first.id)
    person.until(lambda: session.furniture.watch.playback.position.is_playing)
    session.furniture.watch.playback.pause()
    return session


def cards(person: WindowDesk) -> LibraryView:
    return person.find(LibraryView, "libraryView")


def prompt_of(person: WindowDesk) -> str:
    return person.find(QPlainTextEdit, "promptEdit").toPlainText()


def at(person: WindowDesk, name: str) -> QWidget:
    """Put the focus there, as the keyboard does; the window itself has it when nothing has."""
    widget = person.window if name == "mainWindow" else person.find(QWidget, name)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    assert widget.hasFocus(), name
    return widget


def posts(server: PracticeServer) -> int:
    """How many requests came that may have cost money or changed something."""
    return sum(row.method == "POST" for row in server.requests())


# ---- the picture ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["promptEdit", "libraryFilter", "player"])
def test_ctrl_o_asks_for_a_picture(person: WindowDesk, name: str) -> None:
    session = person.open()
    QTest.keyClick(at(person, name), KEY.Key_O, CONTROL)
    dialog = person.find(QFileDialog, "chooseImageDialog")
    assert dialog.isVisible()
    dialog.filesSelected.emit([str(SAMPLE)])
    dialog.close()
    person.until(lambda: session.furniture.draft.picture.prepared is not None)


@pytest.mark.parametrize("name", ["mainWindow", "imageDrop", "player", "libraryFilter"])
def test_ctrl_v_outside_text_takes_the_picture(person: WindowDesk, name: str) -> None:
    session = person.open()
    picture = QImage(640, 480, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkCyan)
    QApplication.clipboard().setImage(picture)
    QTest.keyClick(at(person, name), KEY.Key_V, CONTROL)
    person.until(lambda: session.furniture.draft.picture.prepared is not None)
    facts = session.furniture.draft.picture.facts
    assert (facts.width, facts.height) == (640, 480)


def test_ctrl_v_in_text_is_text(person: WindowDesk) -> None:
    session = person.open()
    QApplication.clipboard().setText("https://example.org/a.png")
    for name in ("promptEdit", "librarySearch"):
        QTest.keyClick(at(person, name), KEY.Key_V, CONTROL)
    assert prompt_of(person) == "https://example.org/a.png"
    assert person.find(QLineEdit, "librarySearch").text() == "https://example.org/a.png"
    assert not session.furniture.draft.picture.is_there


# ---- what is sent --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "press",
    [
        ("promptEdit", KEY.Key_Return, CONTROL),
        ("promptEdit", KEY.Key_Enter, CONTROL | MODIFIER.KeypadModifier),
        ("seedEdit", KEY.Key_Return, CONTROL),
        ("librarySearch", KEY.Key_Enter, CONTROL),
        ("player", KEY.Key_Return, CONTROL),
    ],
)
def test_ctrl_enter_generates(
    person: WindowDesk, practice: PracticeServer, press: tuple[str, Qt.Key, Qt.KeyboardModifier]
) -> None:
    name, key, modifiers = press
    person.open(str(SAMPLE), "A prompt.")
    person.until(person.find(QPushButton, "generateButton").isEnabled)
    QTest.keyClick(at(person, name), key, modifiers)
    person.until(lambda: any(job.state is JobState.DONE for job in person.jobs()))
    assert [row.prompt for row in practice.ledger()] == ["A prompt."]
    assert posts(practice) == 1
    assert prompt_of(person) == "A prompt."


def test_no_letter_and_no_plain_enter_sends(person: WindowDesk, practice: PracticeServer) -> None:
    session = watch(person, practice, "Already made.")
    session.furniture.draft.take_file(SAMPLE)
    session.furniture.draft.set_prompt("Ready.")
    button = person.find(QPushButton, "generateButton")
    person.until(button.isEnabled)
    stop: QWidget = at(person, "imageDrop")
    stops: list[QWidget] = []
    while stop not in stops:
        stops.append(stop)
        QTest.keyClick(stop, KEY.Key_Tab)
        stop = QApplication.focusWidget() or person.window
    assert len(stops) > 20
    for stop in [*stops, person.window]:
        has_all = stop.objectName() in ("player", "libraryView", "generateButton", "mainWindow")
        for letter in LETTERS if has_all else QUIET:
            stop.setFocus()
            QTest.keyClicks(stop, letter)
            if letter in "fF" and (larger := person.window.findChild(QDialog, "framingDialog")):
                # It shows the picture larger, which sends nothing either.
                QTest.keyClick(larger, KEY.Key_Return)
                larger.close()
                QCoreApplication.sendPostedEvents(larger, QEvent.Type.DeferredDelete)
            assert QApplication.activeWindow() is person.window, (stop.objectName(), letter)
    person.find(QLineEdit, "librarySearch").clear()
    person.window.activateWindow()
    person.until(lambda: person.window.isActiveWindow() and cards(person).isVisible())
    for name in ("promptEdit", "seedEdit", "librarySearch", "libraryView", "player"):
        for key in (KEY.Key_Return, KEY.Key_Enter):
            for held in (NONE, SHIFT, ALT):
                QTest.keyClick(at(person, name), key, held)
    assert prompt_of(person).endswith("\n")
    # What comes now comes after whatever those keys had begun.
    told: list[object] = []
    session.furniture.rows.run(lambda: None, told.append)
    person.until(lambda: bool(told))
    session.furniture.draft.take_file(SAMPLE)
    session.furniture.draft.set_seed_text("")
    session.furniture.draft.set_prompt("Sent at last.")
    person.until(button.isEnabled)
    QTest.keyClick(at(person, "promptEdit"), KEY.Key_Return, CONTROL)
    person.until(lambda: [job.state for job in person.jobs()] == 2 * [JobState.DONE])
    assert [row.prompt for row in practice.ledger()] == ["Already made.", "Sent at last."]
    assert posts(practice) == 2


# ---- the prompt ----------------------------------------------------------------------------


def test_alt_up_and_down_bring_earlier_prompts(
    person: WindowDesk, practice: PracticeServer
) -> None:
    take(person, practice, "First.", "Second.")
    session = person.open(prompt="My own.")
    person.until(lambda: len(session.furniture.prompts.prompts()) == 2)
    prompt = at(person, "promptEdit")
    seen = []
    for key in (KEY.Key_Up, KEY.Key_Up, KEY.Key_Up, KEY.Key_Down, KEY.Key_Down, KEY.Key_Down):
        QTest.keyClick(prompt, key, ALT)
        seen.append(prompt_of(person))
    assert seen == ["Second.", "First.", "First.", "Second.", "My own.", "My own."]
    QTest.keyClick(prompt, KEY.Key_Up, ALT)
    QTest.keyClick(prompt, KEY.Key_Z, CONTROL)
    assert prompt_of(person) == "My own."


def test_the_player_is_deaf_while_somebody_types(
    person: WindowDesk, practice: PracticeServer
) -> None:
    playback = watch(person, practice, "Made.").furniture.watch.playback
    playback.seek(50)
    before = playback.position
    # At the end of a text and in an empty one an arrow has nothing to do, and is still no player's.
    for name, texts in (
        ("promptEdit", ("", "One two")),
        ("seedEdit", ("", "12")),
        ("librarySearch", ("", "e")),
    ):
        for text in texts:
            field = at(person, name)
            field.selectAll()
            QTest.keyClick(field, KEY.Key_Delete)
            QTest.keyClicks(field, text)
            for key in PLAYING:
                for held in (NONE, SHIFT):
                    # The first press may find something to do, the second is at the edge.
                    QTest.keyClick(at(person, name), key, held)
                    QTest.keyClick(at(person, name), key, held)
                    assert playback.position == before, (name, text, key, held)


# ---- the window ----------------------------------------------------------------------------


def test_ctrl_comma_opens_the_settings(person: WindowDesk) -> None:
    person.open()
    QTest.keyClick(at(person, "promptEdit"), KEY.Key_Comma, CONTROL)
    dialog = person.find(QWidget, "settingsDialog")
    assert dialog.isVisible()
    QTest.keyClick(dialog, KEY.Key_Escape)
    assert not dialog.isVisible()


def test_ctrl_f_searches(person: WindowDesk, practice: PracticeServer) -> None:
    take(person, practice, "Steam rises.", "Rain falls.")
    person.open()
    person.until(lambda: cards(person).model().rowCount() == 2)
    QTest.keyClick(at(person, "promptEdit"), KEY.Key_F, CONTROL)
    search = person.find(QLineEdit, "librarySearch")
    assert search.hasFocus()
    QTest.keyClicks(search, "rain")
    person.until(lambda: cards(person).model().rowCount() == 1)
    QTest.keyClick(search, KEY.Key_Down)
    person.until(lambda: cards(person).hasFocus())
    assert [job.spec.prompt for job in cards(person).selected_jobs()] == ["Rain falls."]


@pytest.mark.parametrize(
    ("name", "sign"), [("promptEdit", ""), ("player", ""), ("player", "?"), ("imageDrop", "?")]
)
def test_the_key_list(person: WindowDesk, name: str, sign: str) -> None:
    person.open()
    # Where "?" is on a keyboard differs: it goes by what it types.
    QTest.keyClick(at(person, name), sign or KEY.Key_F1)
    keys = person.find(QWidget, "keyList")
    assert keys.isVisible()
    QTest.keyClick(keys, KEY.Key_Escape)
    assert not keys.isVisible()


def test_f11_gives_the_clip_the_screen(person: WindowDesk, practice: PracticeServer) -> None:
    session = watch(person, practice, "Made.")
    for name, leave in (("promptEdit", KEY.Key_F11), ("libraryView", KEY.Key_Escape)):
        QTest.keyClick(at(person, name), KEY.Key_F11)
        assert session.furniture.watch.is_full_screen
        person.until(lambda: QApplication.activeWindow() is not session.window)
        screen = QApplication.activeWindow()
        assert screen.objectName() == "fullScreenWindow"
        QTest.keyClick(QApplication.focusWidget(), leave)
        assert not session.furniture.watch.is_full_screen
        assert not screen.isVisible()
        person.until(session.window.isActiveWindow)


# ---- the player ----------------------------------------------------------------------------


def test_the_keys_of_the_player(person: WindowDesk, practice: PracticeServer) -> None:
    playback = watch(person, practice, "Made.").furniture.watch.playback
    label = person.find(QLabel, "frameLabel")
    places = {
        "player": (*STEPS, *ARROWS),
        "positionSlider": (*STEPS, *ARROWS),
        "mainWindow": (*STEPS, *ARROWS),
        "playButton": STEPS,
        # Arrows are for the cards, the length, the text; these step everywhere.
        "libraryView": STEPS,
        "imageDrop": STEPS,
        "clipDetails": STEPS,
        "frames121Button": STEPS,
        "foldWatchButton": STEPS,
    }
    for name, steps in places.items():
        for key, held, index in steps:
            playback.seek(50)
            QTest.keyClick(at(person, name), key, held)
            assert playback.position.index == index, (name, key, held)
            assert label.text().startswith(f"{index + 1}/121"), (name, key, held)
    for name in ("player", "positionSlider", "libraryView", "mainWindow"):
        for is_playing in (True, False):
            QTest.keyClick(at(person, name), KEY.Key_Space)
            assert playback.position.is_playing is is_playing, name


def test_the_signs_step_even_at_a_list_of_choices(
    person: WindowDesk, practice: PracticeServer
) -> None:
    playback = watch(person, practice, "Made.").furniture.watch.playback
    playback.seek(50)
    QTest.keyClick(at(person, "libraryFilter"), KEY.Key_Period)
    assert playback.position.index == 51


# ---- the library ---------------------------------------------------------------------------


def test_arrows_go_through_the_cards(person: WindowDesk, practice: PracticeServer) -> None:
    session = watch(person, practice, "Old.", "New.")
    watch_pane, view = session.furniture.watch, cards(person)
    old = watch_pane.shown_job_id
    at(person, "libraryView")
    QTest.keyClick(view, KEY.Key_Home)
    (newer,) = view.selected_jobs()
    assert newer.spec.prompt == "New."
    person.until(lambda: watch_pane.shown_job_id == newer.id)
    watch_pane.playback.pause()
    QTest.keyClick(view, KEY.Key_End)
    person.until(lambda: watch_pane.shown_job_id == old)


def test_delete_hides_and_ctrl_z_brings_back(person: WindowDesk, practice: PracticeServer) -> None:
    watch(person, practice, "Made.")
    view = cards(person)
    (job,) = person.jobs()
    for undo_at in ("emptyLibrary", "player", "mainWindow"):
        person.until(view.isVisible)
        view.choose(view.model().index(0, 0))
        QTest.keyClick(at(person, "libraryView"), KEY.Key_Delete)
        assert view.model().rowCount() == 0
        person.until(person.find(QWidget, "noticeBar").isVisible)
        # In a text it is that text's own.
        QTest.keyClick(at(person, "promptEdit"), KEY.Key_Z, CONTROL)
        QTest.keyClick(at(person, "librarySearch"), KEY.Key_Z, CONTROL)
        assert view.model().rowCount() == 0
        QTest.keyClick(at(person, undo_at), KEY.Key_Z, CONTROL)
        person.until(lambda: view.model().rowCount() == 1)
        assert Path(job.file or "").is_file()
        person.until(lambda: person.find(QWidget, "noticeBar").isHidden())


@pytest.mark.parametrize("name", ["libraryView", "player", "mainWindow"])
def test_r_loads_the_settings_of_the_clip(
    person: WindowDesk, practice: PracticeServer, name: str
) -> None:
    session = watch(person, practice, "Of the clip.")
    draft = session.furniture.draft
    QTest.keyClicks(at(person, "promptEdit"), "r")
    assert prompt_of(person) == "r"
    QTest.keyClick(at(person, name), KEY.Key_R)
    person.until(lambda: prompt_of(person) == "Of the clip." and bool(draft.picture.prepared))
    assert person.find(QLineEdit, "seedEdit").text() == "7"
    assert draft.frames == 121
    assert posts(practice) == 1
