"""The keys are the window's again when what was in front of it is closed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QPlainTextEdit, QWidget

from dreamina_desktop.app.focus_return import FocusReturn
from tests.ui.conftest import Show, Until


@pytest.fixture
def window(application: QApplication, show: Show, until: Until) -> QMainWindow:
    """With an editor in it that has the focus."""
    made = QMainWindow()
    made.setCentralWidget(QPlainTextEdit())
    FocusReturn(application, made)
    show(made, 300, 200)
    made.activateWindow()
    made.centralWidget().setFocus()
    until(made.isActiveWindow)
    return made


def open_dialog(parent: QWidget, until: Until) -> QDialog:
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    until(dialog.isActiveWindow)
    return dialog


def test_a_dialog_gives_the_keys_back_every_time(window: QMainWindow, until: Until) -> None:
    for _ in range(2):
        QTest.keyClick(open_dialog(window, until), Qt.Key.Key_Escape)
        until(window.isActiveWindow)
        assert window.centralWidget().hasFocus()


def test_a_dialog_over_a_dialog_gives_them_to_that_one(window: QMainWindow, until: Until) -> None:
    below = open_dialog(window, until)
    QTest.keyClick(open_dialog(below, until), Qt.Key.Key_Escape)
    until(below.isActiveWindow)


def test_a_window_of_its_own_gives_them_back(window: QMainWindow, show: Show, until: Until) -> None:
    full = show(QWidget(), 300, 200)
    full.activateWindow()
    until(full.isActiveWindow)
    full.close()
    until(window.isActiveWindow)


def test_nobody_is_called_back_from_elsewhere(window: QMainWindow, until: Until) -> None:
    dialog = open_dialog(window, until)
    other = open_dialog(window, until)
    # It was not the one with the keys.
    dialog.close()
    assert QGuiApplication.focusWindow() == other.windowHandle()


def test_a_window_that_is_gone_is_not_called(window: QMainWindow, until: Until) -> None:
    dialog = open_dialog(window, until)
    window.hide()
    dialog.close()
    assert not window.isVisible()
    assert not window.isActiveWindow()
