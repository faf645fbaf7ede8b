"""Return on a button that has the focus."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from dreamina_desktop.ui.return_key import SPENDS, press_with_return
from tests.practice_server import PracticeServer
from tests.ui.window_desk import WindowDesk
from tests.ui.workplaces import SAMPLE

KEY, MODIFIER = Qt.Key, Qt.KeyboardModifier
ENTERS = [(KEY.Key_Return, MODIFIER.NoModifier), (KEY.Key_Enter, MODIFIER.KeypadModifier)]


def pressed(key: Qt.Key, held: Qt.KeyboardModifier, *, is_repeat: bool = False) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, held, "\r", is_repeat)


@pytest.mark.parametrize(("key", "held"), ENTERS)
def test_return_presses_a_button_once(
    application: QApplication, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    for kind in (QPushButton, QToolButton):
        button = kind()
        button.setCheckable(True)
        assert press_with_return(button, pressed(key, held))
        assert press_with_return(button, pressed(key, held, is_repeat=True))
        assert button.isChecked()


def test_return_presses_nothing_else(application: QApplication) -> None:
    button = QPushButton()
    button.setCheckable(True)
    for held in (MODIFIER.ControlModifier, MODIFIER.ShiftModifier, MODIFIER.AltModifier):
        assert not press_with_return(button, pressed(KEY.Key_Return, held))
    assert not press_with_return(button, pressed(KEY.Key_A, MODIFIER.NoModifier))
    button.setProperty(SPENDS, True)
    assert not press_with_return(button, pressed(KEY.Key_Return, MODIFIER.NoModifier))
    assert not button.isChecked()
    for other in (QLineEdit(), None):
        assert not press_with_return(other, pressed(KEY.Key_Return, MODIFIER.NoModifier))


@pytest.mark.parametrize(("key", "held"), ENTERS)
def test_return_presses_the_buttons_of_the_window(
    person: WindowDesk, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    session = person.open(str(SAMPLE))
    draft = session.furniture.draft

    def press(name: str) -> None:
        button = person.find(QWidget, name)
        button.setFocus(Qt.FocusReason.TabFocusReason)
        assert button.hasFocus(), name
        QTest.keyClick(button, key, held)

    press("randomSeedButton")
    assert draft.seed is not None
    press("frames241Button" if draft.frames == 121 else "frames121Button")
    assert draft.frames == 241
    press("clearImageButton")
    assert not draft.picture.is_there
    assert person.window.findChild(QFileDialog, "chooseImageDialog") is None
    press("foldWatchButton")
    assert not person.find(QWidget, "watchPane").isVisible()
    press("addressFoldButton")
    assert person.find(QLineEdit, "imageUrlEdit").hasFocus()
    press("chooseImageButton")
    dialog = person.find(QFileDialog, "chooseImageDialog")
    assert dialog.isVisible()
    dialog.close()


def test_a_reason_is_cured_with_return(person: WindowDesk) -> None:
    person.open(str(SAMPLE))
    reasons = person.find(QWidget, "generateReasons")
    rows = reasons.findChildren(QPushButton)
    person.until(lambda: [row.text() for row in rows if row.isVisible()] == ["Write"])
    (way,) = (row for row in rows if row.isVisible())
    way.setFocus()
    QTest.keyClick(way, KEY.Key_Return)
    assert person.find(QPlainTextEdit, "promptEdit").hasFocus()


def test_return_never_generates_at_the_button_itself(
    person: WindowDesk, practice: PracticeServer
) -> None:
    session = person.open(str(SAMPLE), "A prompt.")
    button = person.find(QPushButton, "generateButton")
    person.until(button.isEnabled)
    asked: list[bool] = []
    session.furniture.compose.generate_requested.connect(lambda: asked.append(True))
    button.setFocus()
    for key, held in ENTERS:
        QTest.keyClick(button, key, held)
    # Some desktops have every button be pressed by Return.
    button.setAutoDefault(True)
    QTest.keyClick(button, KEY.Key_Return)
    assert not asked
    QTest.keyClick(button, KEY.Key_Return, MODIFIER.ControlModifier)
    assert asked == [True]
    person.until(lambda: len(practice.ledger()) == 1)


def test_return_at_the_buttons_of_the_settings(person: WindowDesk) -> None:
    person.open()
    QTest.keyClick(person.window, KEY.Key_Comma, MODIFIER.ControlModifier)
    dialog = person.find(QWidget, "settingsDialog")
    person.until(dialog.isActiveWindow)
    check = person.find(QPushButton, "checkKeyButton")
    person.until(check.isEnabled)
    check.setFocus()
    QTest.keyClick(check, KEY.Key_Return)
    person.until(lambda: "takes the key" in person.find(QLabel, "keyAnswer").text())
    assert dialog.isVisible()
    choose = person.find(QPushButton, "chooseFolderButton")
    choose.setFocus()
    QTest.keyClick(choose, KEY.Key_Return)
    folders = person.find(QFileDialog, "folderDialog")
    assert folders.isVisible()
    folders.close()
    close = person.find(QPushButton, "closeSettingsButton")
    close.setFocus()
    QTest.keyClick(close, KEY.Key_Return)
    assert not dialog.isVisible()
