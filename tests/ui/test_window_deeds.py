"""The menus, and keys that can do nothing, in the real window: each says why."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget

from dreamina_desktop.app.session import Session
from dreamina_desktop.app.workplace import Workplace
from dreamina_desktop.core.job import JobState
from dreamina_desktop.ui.library.library_view import LibraryView
from tests.practice_server import PracticeServer
from tests.ui.conftest import Until
from tests.ui.window_desk import OpenDesk, WindowDesk
from tests.ui.workplaces import SAMPLE, a_profile, a_take

KEY, MODIFIER = Qt.Key, Qt.KeyboardModifier
ALT, CONTROL = MODIFIER.AltModifier, MODIFIER.ControlModifier


@pytest.fixture
def person(practice: PracticeServer, desk: OpenDesk) -> WindowDesk:
    """With a key for that server, and nothing on the clipboard."""
    QApplication.clipboard().clear()
    return desk(practice)


def with_a_clip(person: WindowDesk, server: PracticeServer) -> Session:
    """A clip is on show, paused, and its card selected."""
    profile = a_profile(person.profile, server)
    place = Workplace(profile)
    place.hold()
    a_take(profile, person.profile.parent / "clips", "Made.")
    place.close()
    session = person.open()
    view = person.find(LibraryView, "libraryView")
    person.until(lambda: [job.state for job in view.selected_jobs()] == [JobState.DONE])
    playback = session.furniture.watch.playback
    person.until(lambda: playback.position.is_playing)
    playback.pause()
    return session


def entries(person: WindowDesk, menu: str) -> dict[str, QAction]:
    """What stands in a menu, by its words."""
    found = person.find(QMenu, menu)
    assert found.toolTipsVisible()
    actions = (action for action in found.actions() if not action.isSeparator())
    return {action.text().partition("\t")[0].replace("&", ""): action for action in actions}


def entry(person: WindowDesk, menu: str, words: str) -> QAction:
    return entries(person, menu)[words]


def at(person: WindowDesk, name: str) -> QWidget:
    """Put the focus there."""
    widget = person.window if name == "mainWindow" else person.find(QWidget, name)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    assert widget.hasFocus(), name
    return widget


def hint(person: WindowDesk) -> str:
    """What the notice says, "" for nothing."""
    bar = person.find(QWidget, "noticeBar")
    return "" if bar.isHidden() else person.find(QLabel, "noticeText").text()


# ---- entries -------------------------------------------------------------------------------


def test_without_a_clip_entries_are_off_and_say_why(person: WindowDesk) -> None:
    person.open()
    said = {
        ("fileMenu", "Generate"): "There is no picture yet.\nThere is no prompt yet.",
        ("editMenu", "Undo delete"): "Nothing was deleted that could come back.",
        ("editMenu", "Load this clip's settings"): "Select a card first.",
    }
    for (menu, words), reason in said.items():
        found = entry(person, menu, words)
        assert not found.isEnabled(), words
        assert found.toolTip() == found.statusTip() == reason
    playing = entries(person, "playbackMenu")
    assert len(playing) > 10
    for words, found in playing.items():
        assert not found.isEnabled(), words
        assert found.toolTip().startswith("There is no clip to"), words
    for words in ("Open picture…", "Paste picture"):
        assert entry(person, "fileMenu", words).isEnabled()


def test_with_a_clip_entries_do_what_they_say(person: WindowDesk, practice: PracticeServer) -> None:
    session = with_a_clip(person, practice)
    playback = session.furniture.watch.playback
    playing = entries(person, "playbackMenu")
    assert all(found.isEnabled() for found in playing.values())
    assert playing["Frame on"].toolTip() == "Frame on"
    playback.seek(50)
    playing["Frame on"].trigger()
    assert playback.position.index == 51
    load = entry(person, "editMenu", "Load this clip's settings")
    assert load.isEnabled()
    load.trigger()
    person.until(lambda: session.furniture.draft.prompt == "Made.")
    undo = entry(person, "editMenu", "Undo delete")
    assert not undo.isEnabled()
    view = at(person, "libraryView")
    QTest.keyClick(view, KEY.Key_Delete)
    assert undo.isEnabled()
    assert undo.statusTip() == ""
    assert not load.isEnabled()
    person.until(lambda: not any(found.isEnabled() for found in playing.values()))
    undo.trigger()
    person.until(lambda: view.model().rowCount() == 1)
    assert not undo.isEnabled()


def test_generate_is_on_in_the_menu_as_the_button_is(
    person: WindowDesk, practice: PracticeServer
) -> None:
    session = person.open(str(SAMPLE), "A prompt.")
    generate = entry(person, "fileMenu", "Generate")
    person.until(generate.isEnabled)
    session.furniture.draft.set_prompt("")
    assert not generate.isEnabled()
    assert generate.toolTip() == "There is no prompt yet."
    session.furniture.draft.set_prompt("Another.")
    generate.trigger()
    person.until(lambda: [row.prompt for row in practice.ledger()] == ["Another."])


def test_no_letter_generates_through_the_menu(person: WindowDesk) -> None:
    session = person.open(str(SAMPLE), "A prompt.")
    person.until(entry(person, "fileMenu", "Generate").isEnabled)
    asked: list[bool] = []
    session.furniture.compose.generate_requested.connect(lambda: asked.append(True))
    menu = person.find(QMenu, "fileMenu")
    for letter in "generat":
        QTest.keyClick(person.window, KEY.Key_F, ALT)
        person.until(menu.isVisible)
        QTest.keyClicks(menu, letter)
        menu.close()
    assert not asked


def test_on_the_first_screen_nothing_of_the_panes_is_on(
    application: QApplication, until: Until, practice: PracticeServer, tmp_path: Path
) -> None:
    made = WindowDesk(application, until, tmp_path / "profile", practice)
    made.open()
    try:
        until(lambda: made.window.findChild(QWidget, "firstRun") is not None)
        edit = made.find(QWidget, "apiKeyEdit")
        assert edit.hasFocus()
        assert not entry(made, "fileMenu", "Generate").isEnabled()
        assert not any(found.isEnabled() for found in entries(made, "editMenu").values())
        assert not any(found.isEnabled() for found in entries(made, "playbackMenu").values())
        assert entry(made, "fileMenu", "Quit").isEnabled()
    finally:
        made.close()


# ---- keys ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["mainWindow", "player", "librarySearch"])
def test_ctrl_enter_goes_to_what_is_in_its_way(person: WindowDesk, name: str) -> None:
    person.open()
    QTest.keyClick(at(person, name), KEY.Key_Return, CONTROL)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QPushButton)
    assert person.find(QWidget, "generateReasons").isAncestorOf(focus)


@pytest.mark.parametrize("name", ["mainWindow", "player", "promptEdit", "libraryFilter"])
def test_f11_without_a_clip_says_why(person: WindowDesk, name: str) -> None:
    session = person.open()
    QTest.keyClick(at(person, name), KEY.Key_F11)
    assert hint(person) == "There is no clip to show"
    assert not session.furniture.watch.is_full_screen


def test_r_without_a_card_says_why(person: WindowDesk) -> None:
    person.open()
    QTest.keyClick(at(person, "player"), KEY.Key_R)
    assert hint(person) == "Select a card first."


@pytest.mark.parametrize("name", ["mainWindow", "imageDrop", "player"])
@pytest.mark.parametrize("kind", ["nothing", "words"])
def test_ctrl_v_of_no_picture_says_so(person: WindowDesk, name: str, kind: str) -> None:
    session = person.open()
    if kind == "words":
        QApplication.clipboard().setText("No picture at all.")
    QTest.keyClick(at(person, name), KEY.Key_V, CONTROL)
    assert hint(person).startswith("The clipboard holds no picture")
    assert not session.furniture.draft.picture.is_there


def test_what_is_typed_at_once_stays_where_it_is_typed(
    person: WindowDesk, practice: PracticeServer
) -> None:
    """The answer of the keyring comes later, and shows the same panes again."""
    session = person.open()
    search = at(person, "librarySearch")
    bench, compose = session.furniture.workbench, session.furniture.compose
    session.window.show_page(bench, compose.prompt_editor)
    assert search.hasFocus()
    person.close()
    # The next time the panes are there before that answer.
    person.open()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == "promptEdit"
