"""What the dialog says and does when it is closed, or meant to be, too early."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFileDialog, QLabel, QLineEdit

from dreamina_desktop.ui.preferences import Preferences
from dreamina_desktop.ui.settings.key_page import KeyChanged
from tests.ui.conftest import Until, dispose
from tests.ui.settings.conftest import Open
from tests.ui.settings.controls import control
from tests.ui.settings.key_desks import GOOD_KEY, KeyDeskOfOne

LEFT = Qt.MouseButton.LeftButton


def test_ok_takes_the_folder_that_was_just_typed(
    open_dialog: Open,
    preferences: Preferences,
    tmp_path: Path,
    until: Until,
) -> None:
    dialog = open_dialog()
    edit = control(dialog, QLineEdit, "outputFolderEdit")
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, str(tmp_path / "new"))
    ok = control(dialog, QAbstractButton, "closeSettingsButton")
    ok.setFocus()
    QTest.mouseClick(ok, LEFT)
    until(lambda: preferences.current.output_folder == str(tmp_path / "new"))
    until(dialog.isHidden)


def test_ok_stays_with_a_folder_that_will_not_do(
    open_dialog: Open,
    preferences: Preferences,
    until: Until,
) -> None:
    dialog = open_dialog()
    edit = control(dialog, QLineEdit, "outputFolderEdit")
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, "/proc/self")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert dialog.isVisible()
    answer = control(dialog, QLabel, "folderAnswer")
    until(lambda: "Nothing can be written" in answer.text())
    assert preferences.current.output_folder is None
    assert dialog.isVisible()


def test_a_key_that_is_being_saved_is_told_though_the_dialog_is_closed(
    open_dialog: Open,
    desk: KeyDeskOfOne,
    until: Until,
) -> None:
    dialog = open_dialog()
    changes: list[KeyChanged] = []
    gone: list[bool] = []
    dialog.key_changed.connect(changes.append)
    dialog.destroyed.connect(lambda: gone.append(True))
    desk.answering.clear()
    edit = control(dialog, QLineEdit, "apiKeyEdit")
    QTest.keyClicks(edit, GOOD_KEY)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    dispose()
    assert not gone
    desk.answering.set()
    until(lambda: bool(changes))
    dispose()
    assert changes == [KeyChanged(is_kept=True)]
    assert gone == [True]


def test_a_chosen_folder_is_tried_and_taken(
    open_dialog: Open, preferences: Preferences, tmp_path: Path, until: Until
) -> None:
    (tmp_path / "films").mkdir()
    dialog = open_dialog()
    QTest.mouseClick(control(dialog, QAbstractButton, "chooseFolderButton"), LEFT)
    asking = control(dialog, QFileDialog, "folderDialog")
    asking.fileSelected.emit(str(tmp_path / "films"))
    asking.close()
    until(lambda: preferences.current.output_folder == str(tmp_path / "films"))
    assert "go here" in control(dialog, QLabel, "folderAnswer").text()


def test_the_focus_stays_where_it_was_while_the_provider_is_asked(
    open_dialog: Open,
    desk: KeyDeskOfOne,
    until: Until,
) -> None:
    dialog = open_dialog()
    QTest.keyClicks(control(dialog, QLineEdit, "apiKeyEdit"), GOOD_KEY)
    check = control(dialog, QAbstractButton, "checkKeyButton")
    check.setFocus()
    QTest.keyClick(check, Qt.Key.Key_Space)
    until(lambda: "$12.50" in control(dialog, QLabel, "keyAnswer").text())
    assert check.hasFocus()


def test_memory_is_automatic_unless_chosen(open_dialog: Open, preferences: Preferences) -> None:
    choice = control(open_dialog(), QComboBox, "memoryChoice")
    assert choice.currentText() == "Automatic (990 MB)"
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Down)
    assert preferences.current.memory_budget_mb == 512
    QTest.keyClick(choice, Qt.Key.Key_Up)
    assert preferences.current.memory_budget_mb is None


def test_a_button_that_is_off_says_why(open_dialog: Open) -> None:
    save = control(open_dialog(), QAbstractButton, "keepKeyButton")
    assert not save.isEnabled()
    assert save.toolTip() == "Paste a key first."
