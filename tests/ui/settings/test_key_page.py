"""The key's page: real mouse and keys, a desk with a keyring and a provider behind it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from dreamina_desktop.core.errors import KeyringError, NotSentError
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.ports import KeyInUse, KeyOrigin
from dreamina_desktop.ui.settings.key_page import KeyChanged, KeyPage
from dreamina_desktop.ui.side_threads import SideThreads
from dreamina_desktop.ui.theme import Theme
from dreamina_desktop.words import Phrasebook
from tests.ui.conftest import Show, Until
from tests.ui.settings.controls import control
from tests.ui.settings.key_desks import GOOD_KEY, OTHER_KEY, KeyDeskOfOne

LEFT = Qt.MouseButton.LeftButton

type MakePage = Callable[[], KeyPage]


@pytest.fixture
def make_page(
    desk: KeyDeskOfOne,
    side_threads: SideThreads,
    words: Phrasebook,
    theme: Theme,
    icons: Icons,
    show: Show,
) -> MakePage:
    def make() -> KeyPage:
        page = KeyPage(desk, side_threads, words, theme, icons)
        show(page, 560, 240)
        page.look()
        return page

    return make


def edit(page: QWidget) -> QLineEdit:
    return control(page, QLineEdit, "apiKeyEdit")


def button(page: QWidget, name: str) -> QAbstractButton:
    return control(page, QAbstractButton, name)


def text(page: QWidget, name: str) -> str:
    return page.findChild(QLabel, name).text()


def everything_said(page: QWidget) -> str:
    said = [label.text() for label in page.findChildren(QLabel)]
    tips = [one.toolTip() + one.accessibleDescription() for one in page.findChildren(QWidget)]
    return " ".join(said + tips)


@pytest.mark.parametrize(
    ("in_use", "said"),
    [
        (KeyInUse(KeyOrigin.ENVIRONMENT, "RUNCOMFY_API_TOKEN"), "RUNCOMFY_API_TOKEN"),
        (KeyInUse(KeyOrigin.KEYRING), "keyring"),
        (KeyInUse(KeyOrigin.SESSION), "this session only"),
        (KeyInUse(KeyOrigin.NONE), "no key"),
    ],
)
def test_says_where_the_key_comes_from_and_never_shows_it(
    desk: KeyDeskOfOne, make_page: MakePage, until: Until, in_use: KeyInUse, said: str
) -> None:
    desk.in_use, desk.held = in_use, GOOD_KEY
    page = make_page()
    until(lambda: said in text(page, "keyOriginLabel"))
    assert edit(page).text() == ""
    assert GOOD_KEY not in everything_said(page)


def test_the_key_is_hidden_until_the_eye_is_pressed(make_page: MakePage) -> None:
    page = make_page()
    QTest.keyClicks(edit(page), GOOD_KEY)
    assert edit(page).displayText() != GOOD_KEY
    eye = next(one for one in edit(page).actions() if one.objectName() == "showKeyAction")
    eye.trigger()
    assert edit(page).displayText() == GOOD_KEY
    eye.trigger()
    assert edit(page).displayText() != GOOD_KEY


def test_check_asks_with_what_was_typed_and_keeps_nothing(
    desk: KeyDeskOfOne, make_page: MakePage, until: Until
) -> None:
    page = make_page()
    QTest.keyClicks(edit(page), GOOD_KEY)
    QTest.mouseClick(button(page, "checkKeyButton"), LEFT)
    until(lambda: "$12.50" in text(page, "keyAnswer"))
    assert desk.held == ""
    assert edit(page).text() == GOOD_KEY
    assert GOOD_KEY not in everything_said(page)


def test_a_key_in_use_that_is_good_again_lets_everything_go_on(
    desk: KeyDeskOfOne, make_page: MakePage, until: Until
) -> None:
    desk.in_use, desk.held = KeyInUse(KeyOrigin.ENVIRONMENT, "RUNCOMFY_API_TOKEN"), GOOD_KEY
    page = make_page()
    changes: list[KeyChanged] = []
    page.key_changed.connect(changes.append)
    until(lambda: "check or keep" in edit(page).placeholderText())
    QTest.mouseClick(button(page, "checkKeyButton"), LEFT)
    until(lambda: "$12.50" in text(page, "keyAnswer"))
    assert changes == [KeyChanged(is_kept=True)]
    # What was only typed changes nothing.
    QTest.keyClicks(edit(page), GOOD_KEY)
    QTest.mouseClick(button(page, "checkKeyButton"), LEFT)
    until(lambda: "$12.50" in text(page, "keyAnswer"))
    assert changes == [KeyChanged(is_kept=True)]


def test_a_refused_key_is_not_kept(desk: KeyDeskOfOne, make_page: MakePage, until: Until) -> None:
    page = make_page()
    QTest.keyClicks(edit(page), OTHER_KEY)
    QTest.mouseClick(button(page, "keepKeyButton"), LEFT)
    until(lambda: "refused" in text(page, "keyAnswer"))
    assert desk.held == ""
    assert OTHER_KEY not in everything_said(page)


def test_enter_saves_the_key_and_clears_the_field(
    desk: KeyDeskOfOne, make_page: MakePage, until: Until
) -> None:
    page = make_page()
    changes: list[KeyChanged] = []
    page.key_changed.connect(changes.append)
    QTest.keyClicks(edit(page), GOOD_KEY)
    QTest.keyClick(edit(page), Qt.Key.Key_Return)
    until(lambda: bool(changes))
    assert changes == [KeyChanged(is_kept=True)]
    assert desk.held == GOOD_KEY
    assert edit(page).text() == ""
    until(lambda: "keyring" in text(page, "keyOriginLabel"))


def test_a_saved_key_cannot_be_brought_back_into_the_field(
    desk: KeyDeskOfOne, make_page: MakePage, until: Until
) -> None:
    page = make_page()
    changes: list[KeyChanged] = []
    page.key_changed.connect(changes.append)
    eye = next(one for one in edit(page).actions() if one.objectName() == "showKeyAction")
    eye.trigger()
    QTest.keyClicks(edit(page), GOOD_KEY)
    QTest.keyClick(edit(page), Qt.Key.Key_Return)
    until(lambda: bool(changes))
    assert desk.held == GOOD_KEY
    # The next one is hidden, as every key is at first; a hidden one has no undo anyway.
    assert not eye.isChecked()
    eye.trigger()
    assert not edit(page).isUndoAvailable()
    QTest.keyClick(edit(page), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert edit(page).text() == ""


def test_offline_the_key_is_kept_and_said_to_be_unchecked(
    desk: KeyDeskOfOne, make_page: MakePage, until: Until
) -> None:
    desk.network = NotSentError("no route")
    page = make_page()
    QTest.keyClicks(edit(page), OTHER_KEY)
    QTest.mouseClick(button(page, "keepKeyButton"), LEFT)
    until(lambda: "not checked" in text(page, "keyAnswer"))
    assert desk.held == OTHER_KEY


def test_a_keyring_that_fails_offers_this_session(
    desk: KeyDeskOfOne, make_page: MakePage, until: Until
) -> None:
    desk.keyring = KeyringError("not_safe")
    page = make_page()
    QTest.keyClicks(edit(page), GOOD_KEY)
    QTest.mouseClick(button(page, "keepKeyButton"), LEFT)
    until(lambda: button(page, "sessionKeyButton").isVisible())
    assert desk.held == ""
    assert "keyring" in text(page, "keyAnswer")
    QTest.mouseClick(button(page, "sessionKeyButton"), LEFT)
    until(lambda: "this session only" in text(page, "keyOriginLabel"))
    assert desk.held == GOOD_KEY


def test_forgets_the_key(desk: KeyDeskOfOne, make_page: MakePage, until: Until) -> None:
    desk.keep(GOOD_KEY)
    page = make_page()
    changes: list[KeyChanged] = []
    page.key_changed.connect(changes.append)
    until(lambda: button(page, "forgetKeyButton").isVisible())
    QTest.mouseClick(button(page, "forgetKeyButton"), LEFT)
    until(lambda: bool(changes))
    assert changes == [KeyChanged(is_kept=False)]
    assert desk.held == ""
    until(lambda: not button(page, "forgetKeyButton").isVisible())


def test_every_control_has_a_name_and_a_tip(make_page: MakePage) -> None:
    page = make_page()
    controls = [*page.findChildren(QAbstractButton), edit(page)]
    named = [one for one in controls if one.parent() is not edit(page)]
    assert len(named) == 6
    for one in named:
        assert one.objectName()
        assert one.accessibleName()
        assert one.toolTip()
