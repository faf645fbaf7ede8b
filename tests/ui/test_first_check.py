"""The first run's key on a computer that does not reach the provider."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from dreamina_desktop.core.errors import AnswerLostError, NotSentError, WireError
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.settings.first_run import FirstRun
from dreamina_desktop.ui.side_threads import SideThreads
from dreamina_desktop.ui.theme import Theme
from dreamina_desktop.words import Phrasebook
from tests.ui.conftest import Show, Until
from tests.ui.settings.controls import control
from tests.ui.settings.key_desks import GOOD_KEY, KeyDeskOfOne


@pytest.fixture
def side(application: QApplication) -> Iterator[SideThreads]:
    made = SideThreads()
    yield made
    made.close()


@pytest.mark.parametrize("trouble", [NotSentError("no route"), AnswerLostError("timed out")])
@pytest.mark.parametrize("press", ["checkKeyButton", "keepKeyButton"])
def test_a_key_that_could_not_be_checked(
    side: SideThreads,
    words: Phrasebook,
    theme: Theme,
    icons: Icons,
    show: Show,
    until: Until,
    trouble: WireError,
    press: str,
) -> None:
    desk = KeyDeskOfOne()
    desk.network = trouble
    page = FirstRun(desk, side, words, theme, icons)
    show(page, 1024, 640)
    QTest.keyClicks(control(page, QLineEdit, "apiKeyEdit"), GOOD_KEY)
    QTest.keyClick(control(page, QPushButton, press), Qt.Key.Key_Space)
    answer = control(page, QLabel, "keyAnswer")
    until(lambda: "The provider was not reached." in answer.text())
    # A key is no request: none is kept, sent later, lost or charged.
    assert not [word for word in ("request", "charged", "later") if word in answer.text()]
    assert desk.held == (GOOD_KEY if press == "keepKeyButton" else "")
