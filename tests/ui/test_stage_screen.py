"""F11 with several clips on show, in the real window: the screen is theirs, and given back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from dreamina_desktop.app.window_program import load_settings
from dreamina_desktop.app.window_wish import WindowWish
from dreamina_desktop.ui.workbench import PaneName
from tests.practice_server import PracticeServer, PracticeStart
from tests.ui.review_desk import FRAMES, judge, player, press
from tests.ui.test_keys import at
from tests.ui.window_desk import WindowDesk

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def practice(start_practice: PracticeStart) -> PracticeServer:
    return start_practice(frames_override=FRAMES)


def panes(person: WindowDesk) -> list[bool]:
    """Which of the three can be seen."""
    bench = person.session.furniture.workbench
    return [bench.pane(name).isVisible() for name in PaneName]


def has_screen(person: WindowDesk) -> bool:
    return person.window.isFullScreen()


def test_the_screen_is_taken_and_given_back(person: WindowDesk, practice: PracticeServer) -> None:
    session = judge(person, practice, ("Cup.", 2))
    watch, size = session.furniture.watch, person.window.size()
    every, alone = [True, True, True], [False, True, False]
    stages = {KEY.Key_B: KEY.Key_F11, KEY.Key_W: KEY.Key_Escape}
    for key, leave in stages.items():
        player(person).setFocus()
        press(key)
        person.until(lambda: watch.stage is not None and watch.stage.count == FRAMES)
        stage = watch.stage
        assert panes(person) == every
        press(KEY.Key_F11)
        assert (panes(person), has_screen(person)) == (alone, True)
        assert not watch.is_full_screen
        assert watch.stage is stage
        press(leave)
        assert (panes(person), has_screen(person)) == (every, False)
        # Esc leaves all at once, F11 what it took.
        assert (watch.stage is None) is (leave == KEY.Key_Escape)
        watch.leave_stage()
        person.until(lambda: person.window.size() == size)

    # What was folded before stays so, and a screen that the window had already, too.
    QTest.keyClick(at(person, "mainWindow"), KEY.Key_1, CONTROL)
    person.window.showFullScreen()
    player(person).setFocus()
    press(KEY.Key_W)
    person.until(lambda: watch.stage is not None)
    QTest.keyClick(at(person, "playButton"), KEY.Key_F11)
    assert panes(person) == alone
    QTest.keyClick(at(person, "playButton"), KEY.Key_F11)
    assert (panes(person), has_screen(person)) == ([False, True, True], True)
    person.window.showNormal()
    QTest.keyClick(at(person, "mainWindow"), KEY.Key_1, CONTROL)

    # The window is closed meanwhile: the next one stands as this one did before.
    QTest.keyClick(at(person, "playButton"), KEY.Key_F11)
    assert (panes(person), has_screen(person)) == (alone, True)
    person.close()
    kept = load_settings(WindowWish(person.profile, practice.url, False, "", "")).window
    assert not kept.folded
    assert not has_kept_screen(person, kept.geometry)


def has_kept_screen(person: WindowDesk, geometry: str) -> bool:
    """Whether a window that stands so again would have the screen to itself."""
    from dreamina_desktop.ui.main_window import MainWindow

    window = MainWindow(is_practice=False)
    window.stand_as(geometry)
    is_full = window.isFullScreen()
    window.deleteLater()
    return is_full
