"""F11 with several clips on show, in the real window: the screen is theirs, and given back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGraphicsOpacityEffect, QMenu, QWidget

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


def controls(person: WindowDesk) -> dict[str, bool]:
    """Which of what is not the stage can be seen."""
    names = ["positionSlider", "playButton", "balanceLabel", "practiceBanner", "compareLeaveButton"]
    found = {name: person.window.findChild(QWidget, name) for name in names}
    seen = {name: widget.isVisible() for name, widget in found.items() if widget is not None}
    return seen | {"menus": person.session.room.fittings.menus.isVisible()}


def test_controls_fade_there_too(person: WindowDesk, practice: PracticeServer) -> None:
    session = judge(person, practice, ("Cup.", 2))
    watch, screen = session.furniture.watch, session.furniture.reviewing.screen
    # A menu that another test has left open would be one of somebody who is at it.
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    for key in (KEY.Key_W, KEY.Key_B):
        session.window.activateWindow()
        player(person).setFocus()
        QTest.keyClick(player(person), key)
        person.until(lambda: watch.stage is not None and watch.stage.count == FRAMES)
        stage = watch.stage
        before = controls(person)
        assert all(before.values())
        stage.setFocus()
        QTest.keyClick(stage, KEY.Key_F11)
        move_mouse(person, stage, QPoint(30, 30))
        place = stage.geometry()
        screen.fading.rest()
        person.until(lambda: not any(controls(person).values()))
        # The takes stand still, and the keys go on.
        assert stage.geometry() == place
        assert has_blank_mouse(stage)
        QTest.keyClick(stage, KEY.Key_I)
        assert watch.playback.position.in_point is not None
        assert not any(controls(person).values())
        # The mouse brings them back, and so does whoever reaches for them with the keyboard.
        move_mouse(person, stage, QPoint(40, 40))
        assert controls(person) == before
        assert not has_blank_mouse(stage)
        screen.fading.rest()
        person.until(lambda: not any(controls(person).values()))
        QTest.keyClick(session.window.windowHandle(), KEY.Key_Tab)
        assert controls(person) == before
        # Not while somebody is at them: with the keys, with the mouse, in a menu of theirs.
        at(person, "playButton")
        stays(person, before)
        stage.setFocus()
        button = person.find(QWidget, "playButton")
        move_mouse(person, button, button.rect().center())
        stays(person, before)
        move_mouse(person, stage, QPoint(50, 50))
        menu = QMenu(session.window)
        menu.addAction("Anything")
        menu.popup(session.window.mapToGlobal(QPoint(60, 60)))
        stays(person, before)
        menu.close()
        # While they fade, too, they are there again at once; and once the screen is given back.
        for leave in (False, True):
            screen.fading.rest()
            person.until(lambda: 0 < veil(person) < 1)
            if leave:
                QTest.keyClick(stage, KEY.Key_F11)
            else:
                move_mouse(person, stage, QPoint(60, 60))
            assert controls(person) == before
        assert screen.fading is None
        assert veil(person) == 1
        watch.leave_stage()


def move_mouse(person: WindowDesk, widget: QWidget, where: QPoint) -> None:
    """As the system tells of it: to the window. Where it was already, it would not have moved."""
    for place in (where + QPoint(1, 1), where):
        QTest.mouseMove(person.window.windowHandle(), widget.mapTo(person.window, place))


def stays(person: WindowDesk, before: dict[str, bool]) -> None:
    screen = person.session.furniture.reviewing.screen
    screen.fading.rest()
    assert veil(person) == 1
    assert controls(person) == before


def veil(person: WindowDesk) -> float:
    """How much is to be seen of the timeline."""
    effect = person.find(QWidget, "positionSlider").graphicsEffect()
    is_on = isinstance(effect, QGraphicsOpacityEffect) and effect.isEnabled()
    return effect.opacity() if is_on else 1


def has_blank_mouse(stage: QWidget) -> bool:
    everyone = [stage, *stage.findChildren(QWidget)]
    return any(widget.cursor().shape() is Qt.CursorShape.BlankCursor for widget in everyone)


def has_kept_screen(person: WindowDesk, geometry: str) -> bool:
    """Whether a window that stands so again would have the screen to itself."""
    from dreamina_desktop.ui.main_window import MainWindow

    window = MainWindow(is_practice=False)
    window.stand_as(geometry)
    is_full = window.isFullScreen()
    window.deleteLater()
    return is_full
