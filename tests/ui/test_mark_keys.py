"""S and X in the real window: on the clip that is shown, never while somebody types."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from dreamina_desktop.core.mark import Mark
from tests.practice_server import PracticeServer
from tests.ui.test_keys import at, posts, prompt_of, watch
from tests.ui.window_desk import WindowDesk


@pytest.mark.parametrize("name", ["player", "mainWindow"])
def test_s_and_x_mark_the_clip_and_take_it_back(
    person: WindowDesk, practice: PracticeServer, name: str
) -> None:
    watch(person, practice, "Of the clip.")
    QTest.keyClicks(at(person, "promptEdit"), "sx")
    assert prompt_of(person) == "sx"
    assert person.jobs()[0].mark is Mark.NONE
    for key, mark in (
        (Qt.Key.Key_S, Mark.STARRED),
        (Qt.Key.Key_X, Mark.REJECTED),
        (Qt.Key.Key_X, Mark.NONE),
    ):
        QTest.keyClick(at(person, name), key)
        person.until(lambda mark=mark: person.jobs()[0].mark is mark)  # type: ignore[misc]
    assert posts(practice) == 1
