"""The settings as a person changes them: everything holds at once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit

from dreamina_desktop.core.settings import Settings
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.preferences import Preferences
from dreamina_desktop.ui.theme import DARK, LIGHT
from tests.ui.conftest import Until, dispose
from tests.ui.settings.conftest import BEFORE, Open
from tests.ui.settings.controls import control


def test_the_theme_holds_at_once_and_nothing_else_changes(
    open_dialog: Open, preferences: Preferences
) -> None:
    dialog = open_dialog()
    choice = control(dialog, QComboBox, "themeChoice")
    assert choice.currentData() == "desktop"
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Down)
    assert preferences.current == Settings(theme="light", draft=BEFORE.draft)
    dialog.set_theme(LIGHT, Icons(LIGHT))
    dialog.set_theme(DARK, Icons(DARK))


def test_notifications_can_be_silenced_by_keyboard(
    open_dialog: Open, preferences: Preferences
) -> None:
    switch = control(open_dialog(), QCheckBox, "notificationsCheck")
    assert switch.isChecked()
    switch.setFocus()
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert preferences.current.silence_notifications
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert not preferences.current.silence_notifications


def test_a_typed_folder_is_taken(
    open_dialog: Open, preferences: Preferences, tmp_path: Path, until: Until
) -> None:
    (tmp_path / "films").mkdir()
    edit = control(open_dialog(), QLineEdit, "outputFolderEdit")
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, str(tmp_path / "films"))
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    until(lambda: preferences.current.output_folder == str(tmp_path / "films"))


@pytest.mark.skipif(sys.platform != "linux", reason="a folder where even root makes no files")
def test_a_folder_that_cannot_be_written_is_refused_with_a_sentence(
    open_dialog: Open, preferences: Preferences, until: Until
) -> None:
    dialog = open_dialog()
    edit = control(dialog, QLineEdit, "outputFolderEdit")
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, "/proc/self")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    answer = control(dialog, QLabel, "folderAnswer")
    until(lambda: "Nothing can be written there." in answer.text())
    assert preferences.current.output_folder is None


def test_half_a_path_is_not_taken(open_dialog: Open, preferences: Preferences) -> None:
    edit = control(open_dialog(), QLineEdit, "outputFolderEdit")
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, "films")
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert preferences.current.output_folder is None


def test_esc_closes_it_for_good(open_dialog: Open) -> None:
    dialog = open_dialog()
    gone: list[bool] = []
    dialog.destroyed.connect(lambda: gone.append(True))
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    dispose()
    assert gone == [True]


def test_practice_mode_asks_for_no_key(open_dialog: Open) -> None:
    dialog = open_dialog(practice=True)
    assert dialog.findChild(QLineEdit, "apiKeyEdit") is None
    assert control(dialog, QComboBox, "themeChoice").isVisible()
