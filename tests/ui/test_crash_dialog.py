"""The dialog about bugs of ours: one for all, in nobody's way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from dreamina_desktop.ui.crash import CrashRecorded
from dreamina_desktop.ui.crash_dialog import CrashDialog
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import LIGHT, Theme
from tests.ui.conftest import Show, Until, dispose

LEFT = Qt.MouseButton.LeftButton
ONE = CrashRecorded("ValueError canvas.py:12", Path("/profile/crash.log"), "Traceback one\n")
OTHER = CrashRecorded("KeyError draft.py:3", Path("/profile/crash.log"), "Traceback other\n")


@pytest.fixture
def opened() -> list[Path]:
    return []


@pytest.fixture
def window(show: Show) -> QLineEdit:
    """A window in which somebody is typing."""
    edit = QLineEdit()
    show(edit, 300, 60)
    edit.activateWindow()
    edit.setFocus()
    assert QTest.qWaitForWindowActive(edit)
    return edit


@pytest.fixture
def dialog(
    window: QLineEdit, opened: list[Path], theme: Theme, icons: Icons
) -> Iterator[CrashDialog]:
    made = CrashDialog("1.2", opened.append, theme, icons, window)
    yield made
    made.deleteLater()
    dispose()


def button(dialog: QWidget, name: str) -> QAbstractButton:
    found = dialog.findChild(QAbstractButton, name)
    assert found is not None, name
    return found


def text(dialog: QWidget, name: str) -> str:
    return dialog.findChild(QLabel, name).text()


def test_several_bugs_are_told_of_in_one_dialog(dialog: CrashDialog) -> None:
    dialog.tell(ONE)
    assert dialog.isVisible()
    assert not dialog.isModal()
    assert text(dialog, "crashText").startswith("Something went wrong")
    assert "/profile/crash.log" in text(dialog, "crashPlace")
    dialog.tell(OTHER)
    assert text(dialog, "crashText").startswith("2 different things")
    assert dialog.report == (
        "Dreamina Desktop 1.2 · ValueError canvas.py:12\nTraceback one\n\n"
        "Dreamina Desktop 1.2 · KeyError draft.py:3\nTraceback other\n"
    )
    assert [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog)] == [dialog]


def test_whoever_types_goes_on_typing(dialog: CrashDialog, window: QLineEdit) -> None:
    QTest.keyClicks(window, "be")
    dialog.tell(ONE)
    QApplication.processEvents()
    assert window.isActiveWindow()
    assert QApplication.focusWidget() is window
    for key in (Qt.Key.Key_F, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_O):
        QTest.keyClick(QApplication.focusWidget(), key)
    assert window.text() == "bef o"
    assert dialog.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape])
def test_a_stray_key_only_goes_on(
    dialog: CrashDialog, opened: list[Path], key: Qt.Key, until: Until
) -> None:
    QApplication.clipboard().setText("mine")
    dialog.tell(ONE)
    dialog.activateWindow()
    until(dialog.isActiveWindow)
    QTest.keyClick(dialog, key)
    assert not dialog.isVisible()
    assert opened == []
    assert QApplication.clipboard().text() == "mine"


def test_copy_folder_and_details(dialog: CrashDialog, opened: list[Path]) -> None:
    dialog.tell(ONE)
    QTest.mouseClick(button(dialog, "copyReportButton"), LEFT)
    assert QApplication.clipboard().text() == dialog.report
    assert button(dialog, "copyReportButton").text() == "Copied"
    QTest.mouseClick(button(dialog, "openReportFolderButton"), LEFT)
    assert opened == [Path("/profile")]
    details = dialog.findChild(QPlainTextEdit, "crashDetails")
    height = dialog.height()
    assert not details.isVisible()
    QTest.mouseClick(button(dialog, "crashDetailsButton"), LEFT)
    assert details.isVisible()
    assert details.toPlainText() == dialog.report
    assert dialog.height() > height
    QTest.keyClick(button(dialog, "crashDetailsButton"), Qt.Key.Key_Return)
    assert not details.isVisible()
    assert dialog.height() == height
    assert dialog.isVisible()


def test_what_comes_behind_go_on_is_counted_anew(dialog: CrashDialog) -> None:
    dialog.tell(ONE)
    QTest.mouseClick(button(dialog, "goOnButton"), LEFT)
    assert not dialog.isVisible()
    dialog.tell(OTHER)
    assert dialog.isVisible()
    assert text(dialog, "crashText").startswith("Something went wrong")
    assert "one" not in dialog.report


def test_it_waits_behind_another_dialog(
    dialog: CrashDialog, window: QLineEdit, until: Until
) -> None:
    settings = QDialog(window)
    settings.open()
    dialog.tell(ONE)
    dialog.tell(OTHER)
    assert not dialog.isVisible()
    QTest.qWait(300)
    assert not dialog.isVisible()
    settings.close()
    until(dialog.isVisible)
    assert text(dialog, "crashText").startswith("2 different things")
    settings.deleteLater()


def test_it_follows_the_theme(dialog: CrashDialog) -> None:
    dialog.tell(ONE)
    picture: Callable[[], object] = lambda: dialog.findChild(QLabel).pixmap().toImage()  # noqa: E731
    before = picture()
    dialog.set_theme(LIGHT, Icons(LIGHT))
    assert picture() != before


def test_every_control_has_a_name_and_a_tip(dialog: CrashDialog) -> None:
    dialog.tell(ONE)
    controls = dialog.findChildren(QAbstractButton)
    assert len(controls) == 4
    for one in controls:
        assert one.objectName()
        assert one.accessibleName()
        assert one.toolTip()
