"""The one screen of the first run: a key, or practice mode."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPushButton

from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.provider_pages import ACCOUNT_PAGE
from dreamina_desktop.ui.settings.first_run import FirstRun
from dreamina_desktop.ui.settings.key_page import KeyChanged
from dreamina_desktop.ui.side_threads import SideThreads
from dreamina_desktop.ui.theme import LIGHT, Theme
from dreamina_desktop.words import Phrasebook
from tests.ui.conftest import Show, Until
from tests.ui.settings.controls import control
from tests.ui.settings.key_desks import GOOD_KEY, OTHER_KEY, KeyDeskOfOne


@pytest.fixture
def first_run(
    desk: KeyDeskOfOne,
    side_threads: SideThreads,
    words: Phrasebook,
    theme: Theme,
    icons: Icons,
    show: Show,
) -> FirstRun:
    made = FirstRun(desk, side_threads, words, theme, icons)
    show(made, 1024, 640)
    return made


def test_a_pasted_key_begins(first_run: FirstRun, desk: KeyDeskOfOne, until: Until) -> None:
    changes: list[KeyChanged] = []
    first_run.key_changed.connect(changes.append)
    edit = control(first_run, QLineEdit, "apiKeyEdit")
    QTest.keyClicks(edit, f" {GOOD_KEY} ")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    until(lambda: bool(changes))
    assert changes == [KeyChanged(is_kept=True)]
    assert desk.held == GOOD_KEY


def test_a_refused_key_says_so_and_stays(
    first_run: FirstRun, desk: KeyDeskOfOne, until: Until
) -> None:
    changes: list[KeyChanged] = []
    first_run.key_changed.connect(changes.append)
    edit = control(first_run, QLineEdit, "apiKeyEdit")
    QTest.keyClicks(edit, OTHER_KEY)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    until(lambda: "refused" in control(first_run, QLabel, "keyAnswer").text())
    assert not changes
    assert edit.text() == OTHER_KEY


def test_practice_mode_is_one_key_press_away(first_run: FirstRun) -> None:
    asked: list[bool] = []
    first_run.practice_requested.connect(lambda: asked.append(True))
    practice = control(first_run, QAbstractButton, "practiceModeButton")
    assert practice.accessibleName()
    assert practice.toolTip()
    practice.setFocus()
    QTest.keyClick(practice, Qt.Key.Key_Space)
    assert asked == [True]


def test_tab_goes_through_all_of_it(first_run: FirstRun, until: Until) -> None:
    edit = control(first_run, QLineEdit, "apiKeyEdit")
    QTest.keyClicks(edit, GOOD_KEY)
    edit.setFocus()
    met = []
    for _ in range(8):
        focus = first_run.focusWidget()
        assert focus is not None
        met.append(focus.objectName())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    order = ["apiKeyEdit", "checkKeyButton", "keepKeyButton", "keysPageLink", "practiceModeButton"]
    assert [name for name in dict.fromkeys(met) if name in order] == order
    back = []
    for _ in range(8):
        focus = first_run.focusWidget()
        assert focus is not None
        back.append(focus.objectName())
        QTest.keyClick(focus, Qt.Key.Key_Backtab)
    assert set(order) <= set(back)


def test_the_keys_page_is_opened(first_run: FirstRun, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    link = control(first_run, QPushButton, "keysPageLink")
    link.setFocus()
    QTest.keyClick(link, Qt.Key.Key_Space)
    assert opened == [ACCOUNT_PAGE]


def test_takes_another_theme(first_run: FirstRun) -> None:
    before = first_run.grab().toImage()
    first_run.set_theme(LIGHT, Icons(LIGHT))
    assert first_run.grab().toImage() != before
