"""Searching and filtering, by keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.filters import LibraryFilters
from dreamina_desktop.ui.library.list_filter import JobGroup, ListFilter
from dreamina_desktop.ui.theme import LIGHT, Theme
from tests.ui.conftest import Show, Until


@pytest.fixture
def filters(theme: Theme, icons: Icons, show: Show) -> LibraryFilters:
    filters = LibraryFilters(theme, icons)
    show(filters, 260, 40)
    filters.activateWindow()
    return filters


@pytest.fixture
def search(filters: LibraryFilters) -> QLineEdit:
    found = filters.findChild(QLineEdit, "librarySearch")
    assert isinstance(found, QLineEdit)
    found.setFocus()
    return found


@pytest.fixture
def groups(filters: LibraryFilters) -> QComboBox:
    found = filters.findChild(QComboBox, "libraryFilter")
    assert isinstance(found, QComboBox)
    return found


@pytest.fixture
def heard(filters: LibraryFilters) -> list[ListFilter]:
    heard: list[ListFilter] = []
    filters.filter_changed.connect(lambda: heard.append(filters.list_filter))
    return heard


def test_typing_searches_once_the_hand_rests(
    search: QLineEdit, heard: list[ListFilter], until: Until
) -> None:
    QTest.keyClicks(search, " waves ")
    assert heard == []
    until(lambda: bool(heard))
    assert heard == [ListFilter("waves")]


def test_enter_searches_at_once(search: QLineEdit, heard: list[ListFilter]) -> None:
    QTest.keyClicks(search, "waves")
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert heard == [ListFilter("waves")]
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert len(heard) == 1


def test_escape_clears_and_then_belongs_to_the_window(
    search: QLineEdit, heard: list[ListFilter]
) -> None:
    QTest.keyClicks(search, "waves")
    QTest.keyClick(search, Qt.Key.Key_Return)
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""
    assert heard == [ListFilter("waves"), ListFilter()]
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert len(heard) == 2


def test_the_mouse_clears_too(search: QLineEdit, heard: list[ListFilter]) -> None:
    (clear,) = [action for action in search.actions() if action.text()]
    assert not clear.isVisible()
    QTest.keyClicks(search, "waves")
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert clear.isVisible()
    clear.trigger()
    assert heard == [ListFilter("waves"), ListFilter()]
    assert not clear.isVisible()


def test_down_goes_on_to_the_cards(
    filters: LibraryFilters, search: QLineEdit, heard: list[ListFilter]
) -> None:
    left: list[int] = []
    filters.left_downwards.connect(lambda: left.append(len(heard)))
    QTest.keyClicks(search, "waves")
    QTest.keyClick(search, Qt.Key.Key_Down)
    assert left == [1]


def test_groups_by_keyboard(groups: QComboBox, heard: list[ListFilter]) -> None:
    groups.setFocus()
    for _ in range(3):
        QTest.keyClick(groups, Qt.Key.Key_Down)
    assert [found.group for found in heard] == [
        JobGroup.RUNNING,
        JobGroup.DONE,
        JobGroup.NEEDS_YOU,
    ]


def test_clear_lists_everything(
    filters: LibraryFilters, search: QLineEdit, groups: QComboBox, heard: list[ListFilter]
) -> None:
    search.setText("waves")
    groups.setCurrentIndex(2)
    filters.clear()
    assert filters.list_filter == ListFilter() == heard[-1]
    assert search.text() == ""


def test_names_and_tab_order(filters: LibraryFilters, search: QLineEdit, groups: QComboBox) -> None:
    assert search.accessibleName() == "Library search"
    assert groups.accessibleName() == "Library filter"
    assert "Ctrl+F" in search.toolTip()
    assert groups.toolTip()
    filters.setFocus()
    assert QApplication.focusWidget() is search
    QTest.keyClick(search, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is groups


def test_the_other_theme_changes_the_icons(filters: LibraryFilters) -> None:
    before = filters.grab().toImage()
    filters.set_theme(LIGHT, Icons(LIGHT))
    assert filters.grab().toImage() != before
