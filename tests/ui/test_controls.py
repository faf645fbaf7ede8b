"""Every control of the design in the real window: named, spoken, by keyboard, never dumb."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenuBar,
    QPlainTextEdit,
    QPushButton,
    QScrollBar,
    QToolButton,
    QWidget,
)

from dreamina_desktop.app.session import Session
from dreamina_desktop.app.workplace import Workplace
from dreamina_desktop.core.job import JobState
from dreamina_desktop.ui.library.library_view import LibraryView
from tests.practice_server import PracticeServer
from tests.ui.conftest import Until
from tests.ui.window_desk import WindowDesk
from tests.ui.workplaces import SAMPLE, a_profile, a_take

# What holds controls, or words to read: there is nothing to do with it itself.
GROUPS = [
    "composePane", "watchPane", "libraryPane", "framesChoice", "generateReasons", "noticeBar",
]  # fmt: skip
WORDS = [
    "imageVerdicts", "promptMeter", "frameLabel", "balanceLabel", "spendLabel", "connectionLabel",
]  # fmt: skip
DOING = [
    "imageDrop", "chooseImageButton", "clearImageButton", "fixImageButton", "imageUrlEdit",
    "promptEdit", "frames121Button", "frames241Button", "seedEdit", "randomSeedButton",
    "lastSeedButton", "generateButton", "player", "playButton", "previousFrameButton",
    "nextFrameButton", "positionSlider", "loopButton", "fullScreenButton", "clipDetails",
    "librarySearch", "libraryFilter", "libraryView", "loadSettingsButton", "cancelJobButton",
    "retryJobButton", "resolveJobButton", "noticeActionButton",
]  # fmt: skip
IN_SETTINGS = ["apiKeyEdit", "checkKeyButton", "outputFolderEdit", "themeChoice"]

# In the order in which people go through them: from the picture to what comes of it.
ORDER = [
    "imageDrop", "chooseImageButton", "clearImageButton", "promptEdit", "frames121Button",
    "seedEdit", "randomSeedButton", "lastSeedButton", "generateButton", "player", "positionSlider",
    "previousFrameButton", "playButton", "nextFrameButton", "loopButton", "fullScreenButton",
    "clipDetails", "librarySearch", "libraryFilter", "libraryView", "loadSettingsButton",
]  # fmt: skip
ORDER_WITHOUT_ANYTHING = [
    "imageDrop", "chooseImageButton", "promptEdit", "frames121Button", "seedEdit",
    "randomSeedButton", "reasonActionButton", "player", "librarySearch", "libraryFilter",
]  # fmt: skip
MORE_THAN_ALL = 100
CONTROL = Qt.KeyboardModifier.ControlModifier


def with_a_clip(person: WindowDesk, server: PracticeServer) -> Session:
    """Ready for the next take, with a clip on show and its card selected."""
    profile = a_profile(person.profile, server)
    place = Workplace(profile)
    place.hold()
    a_take(profile, person.profile.parent / "clips")
    place.close()
    session = person.open(str(SAMPLE), "A prompt.")
    view = person.find(LibraryView, "libraryView")
    person.until(lambda: [job.state for job in view.selected_jobs()] == [JobState.DONE])
    playback = session.furniture.watch.playback
    person.until(lambda: playback.position.is_playing)
    playback.pause()
    person.until(person.find(QPushButton, "generateButton").isEnabled)
    return session


def spoken(widget: QWidget) -> str:
    """All that an assistive tool reads of it."""
    face = QAccessible.queryAccessibleInterface(widget)
    kinds = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value)
    return "\n".join(face.text(kind) for kind in kinds)


def named(widget: QWidget, name: str) -> bool:
    """Whether it has words of its own, in place of its objectName."""
    words = widget.accessibleName()
    return bool(words.strip()) and words != name and not words.endswith(("Button", "Edit"))


def hint(widget: QWidget) -> str:
    """What it says beyond its own name."""
    own = {widget.accessibleName()}
    if isinstance(widget, QAbstractButton):
        own.add(widget.text())
    lines = (widget.toolTip() or widget.accessibleDescription()).splitlines()
    return "\n".join(line for line in lines if line.strip() and line not in own)


def hints(root: QWidget, *, enabled: bool) -> dict[str, str]:
    """What each control in sight says that can be used, or cannot."""
    kinds = (QAbstractButton, QAbstractSlider, QComboBox, QLineEdit, QPlainTextEdit)
    return {
        widget.objectName(): hint(widget)
        for widget in root.findChildren(QWidget)
        if isinstance(widget, kinds)
        and not isinstance(widget, QScrollBar)
        and widget.objectName()
        and widget.isVisible()
        and widget.isEnabled() is enabled
    }


def walk(start: QWidget, key: Qt.Key) -> list[QWidget]:
    """Where the focus goes from there, until it comes back."""
    start.setFocus(Qt.FocusReason.TabFocusReason)
    stops = [start]
    for _ in range(MORE_THAN_ALL):
        QTest.keyClick(stops[-1], key)
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus is start:
            return stops
        stops.append(focus)
    raise AssertionError([stop.objectName() for stop in stops])


def names_of(stops: list[QWidget]) -> list[str]:
    return [stop.objectName() for stop in stops]


def in_order(wanted: list[str], stops: list[str]) -> bool:
    """Whether they are all there, in this order, whatever stands between."""
    rest = iter(stops)
    return all(name in rest for name in wanted)


@pytest.mark.parametrize("name", ["nothing", "clip"])
def test_every_control_is_there_and_has_its_name_in_words(
    person: WindowDesk, practice: PracticeServer, name: str
) -> None:
    person.open() if name == "nothing" else with_a_clip(person, practice)
    for control in (*GROUPS, *WORDS, *DOING):
        found = person.window.findChildren(QWidget, control)
        assert len(found) == 1, control
        assert named(found[0], control), control


def test_every_control_can_have_the_focus_by_keyboard(
    person: WindowDesk, practice: PracticeServer
) -> None:
    with_a_clip(person, practice)
    # Of the two lengths Qt lets Tab go to the chosen one; arrows go to the other.
    for name in sorted(set(DOING) - {"frames241Button"}):
        policy = person.find(QWidget, name).focusPolicy()
        assert policy & Qt.FocusPolicy.TabFocus, name
    short = person.find(QPushButton, "frames121Button")
    short.setFocus()
    QTest.keyClick(short, Qt.Key.Key_Right)
    long = person.find(QPushButton, "frames241Button")
    assert long.hasFocus()
    assert long.isChecked()
    assert person.session.furniture.draft.frames == 241


def test_what_is_folded_away_is_opened_by_keyboard(person: WindowDesk) -> None:
    person.open()
    fold = person.find(QToolButton, "addressFoldButton")
    fold.setFocus()
    QTest.keyClick(fold, Qt.Key.Key_Space)
    edit = person.find(QLineEdit, "imageUrlEdit")
    assert edit.hasFocus()
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert not edit.hasFocus()


def test_what_can_only_be_read_is_told_to_assistive_tools(
    person: WindowDesk, practice: PracticeServer
) -> None:
    session = with_a_clip(person, practice)
    person.until(lambda: session.furniture.draft.picture.prepared is not None)
    verdicts = person.find(QListWidget, "imageVerdicts")
    rows = [verdicts.item(row).text() for row in range(verdicts.count())]
    assert rows
    assert verdicts.accessibleDescription().splitlines() == rows
    # The facts are text to walk through and to copy.
    assert "$0.40" in spoken(person.find(QWidget, "clipDetails"))
    assert person.find(QLabel, "connectionLabel").text() in spoken(
        person.find(QLabel, "connectionLabel")
    )


def test_the_words_of_a_label_are_told_to_assistive_tools(
    person: WindowDesk, practice: PracticeServer
) -> None:
    with_a_clip(person, practice)
    names = ("promptMeter", "frameLabel", "balanceLabel", "spendLabel")
    labels = [person.find(QLabel, name) for name in names]
    silent = [label.objectName() for label in labels if label.text() not in spoken(label)]
    assert not silent


def test_settings_by_keyboard(person: WindowDesk, until: Until) -> None:
    person.open()
    QTest.keyClick(person.window, Qt.Key.Key_Comma, CONTROL)
    dialog = person.find(QWidget, "settingsDialog")
    assert named(dialog, "settingsDialog")
    until(lambda: QApplication.focusWidget() is not None and dialog.isActiveWindow())
    stops = walk(person.find(QWidget, "apiKeyEdit"), Qt.Key.Key_Tab)
    assert in_order(IN_SETTINGS, names_of(stops)), names_of(stops)
    for name in IN_SETTINGS:
        assert named(person.find(QWidget, name), name), name
    dumb = [name for name, said in hints(dialog, enabled=False).items() if not said]
    assert not dumb
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_banner_of_practice_mode(
    application: QApplication, until: Until, tmp_path: Path
) -> None:
    made = WindowDesk(application, until, tmp_path / "profile", None, practice=True)
    made.open()
    try:
        banner = made.find(QWidget, "practiceBanner")
        until(banner.isVisible)
        assert named(banner, "practiceBanner")
        assert any(label.text() for label in banner.findChildren(QLabel))
        leave = made.find(QWidget, "leavePracticeButton")
        assert named(leave, "leavePracticeButton")
        stops = walk(made.find(QWidget, "promptEdit"), Qt.Key.Key_Tab)
        assert "leavePracticeButton" in names_of(stops)
    finally:
        made.close()


def test_whatever_cannot_be_used_says_why(
    person: WindowDesk, practice: PracticeServer, until: Until
) -> None:
    session = person.open()
    until(lambda: person.find(QLabel, "connectionLabel").text() == "Connected")
    empty = hints(session.window, enabled=False)
    assert {"generateButton", "lastSeedButton", "playButton", "cancelJobButton"} <= set(empty)
    lively = hints(session.window, enabled=True)
    person.close()
    with_a_clip(person, practice)
    full = hints(person.window, enabled=False)
    assert {"cancelJobButton", "retryJobButton", "resolveJobButton"} <= set(full)
    lively_later = hints(person.window, enabled=True)
    assert {"generateButton", "lastSeedButton", "playButton"} <= set(lively_later)
    for dead in (empty, full):
        for name, said in dead.items():
            assert said, name
            # What it does is no reason why it cannot.
            assert said not in (lively.get(name), lively_later.get(name)), name


def test_what_cannot_be_used_on_the_first_screen_says_why(
    application: QApplication, until: Until, practice: PracticeServer, tmp_path: Path
) -> None:
    made = WindowDesk(application, until, tmp_path / "profile", practice)
    made.open()
    try:
        until(lambda: made.window.findChild(QWidget, "firstRun") is not None)
        stops = names_of(walk(made.find(QWidget, "apiKeyEdit"), Qt.Key.Key_Tab))
        assert in_order(["apiKeyEdit", "checkKeyButton", "practiceModeButton"], stops), stops
        dead = hints(made.window, enabled=False)
        assert dead
        assert all(dead.values()), dead
    finally:
        made.close()


def test_each_reason_against_generate_has_its_words_and_a_way_out(person: WindowDesk) -> None:
    person.open()
    button = person.find(QPushButton, "generateButton")
    reasons = person.find(QWidget, "generateReasons")
    assert reasons.isVisible()
    said = button.toolTip().splitlines()
    assert said == ["There is no picture yet.", "There is no prompt yet."]
    assert reasons.accessibleDescription().splitlines() == said
    ways = [way for way in reasons.findChildren(QPushButton) if way.isVisible()]
    assert len(ways) == len(said)
    for way in ways:
        assert way.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert way.accessibleName()
    ways[-1].setFocus()
    QTest.keyClick(ways[-1], Qt.Key.Key_Space)
    assert person.find(QPlainTextEdit, "promptEdit").hasFocus()


@pytest.mark.parametrize("name", ["nothing", "clip"])
def test_tab_goes_round_in_the_order_of_the_work(
    person: WindowDesk, practice: PracticeServer, name: str
) -> None:
    wanted = ORDER if name == "clip" else ORDER_WITHOUT_ANYTHING
    person.open() if name == "nothing" else with_a_clip(person, practice)
    start = person.find(QWidget, "imageDrop")
    onwards = walk(start, Qt.Key.Key_Tab)
    assert in_order(wanted, names_of(onwards)), names_of(onwards)
    # Each once, and the way back is the same way.
    assert len(set(onwards)) == len(onwards)
    back = walk(start, Qt.Key.Key_Backtab)
    assert back[1:] == onwards[:0:-1]
    # The prompt lets Tab out, and keeps none of it.
    assert "\t" not in person.find(QPlainTextEdit, "promptEdit").toPlainText()
    for stop in onwards:
        assert stop.isVisible(), stop.objectName()
        assert stop.isEnabled(), stop.objectName()
        assert stop.accessibleName(), stop.objectName()


def test_a_notice_is_on_the_way_round(
    person: WindowDesk, practice: PracticeServer, until: Until
) -> None:
    with_a_clip(person, practice)
    view = person.find(LibraryView, "libraryView")
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Delete)
    undo = person.find(QPushButton, "noticeActionButton")
    until(undo.isVisible)
    stops = walk(person.find(QWidget, "imageDrop"), Qt.Key.Key_Tab)
    assert undo in stops
    undo.setFocus()
    QTest.keyClick(undo, Qt.Key.Key_Space)
    until(lambda: view.model().rowCount() == 1)


def test_folding_a_pane_leaves_no_hole_in_the_way_round(person: WindowDesk) -> None:
    session = person.open()
    switch = person.find(QToolButton, "foldWatchButton")
    switch.setFocus()
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert not person.find(QWidget, "watchPane").isVisible()
    stops = walk(person.find(QWidget, "promptEdit"), Qt.Key.Key_Tab)
    assert not [stop for stop in stops if session.furniture.watch.isAncestorOf(stop)]
    assert {"imageDrop", "librarySearch", "foldWatchButton"} <= set(names_of(stops))


def test_no_two_letters_with_alt_are_the_same(person: WindowDesk) -> None:
    person.open()
    texts = [action.text() for action in person.find(QMenuBar, "").actions()]
    texts += [label.text() for label in person.window.findChildren(QLabel) if label.buddy()]
    letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert sorted(set(letters)) == sorted(letters)


def test_people_begin_with_words(person: WindowDesk) -> None:
    person.open()
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "Steam.")
    assert person.find(QPlainTextEdit, "promptEdit").toPlainText() == "Steam."
