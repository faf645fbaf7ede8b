"""What the window brings to the player: its buttons, and entries of its menu."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QToolButton, QWidget

from tests.practice_server import PracticeServer, PracticeStart
from tests.ui.review_desk import FRAMES, hint, judge, made, player, select
from tests.ui.test_wall_hanging import hanging
from tests.ui.window_desk import WindowDesk

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
OFFERED = ["wallAction", "exportClipEntry", "findLoopEntry"]
JOIN = "joinClipsAction"


@pytest.fixture
def practice(start_practice: PracticeStart) -> PracticeServer:
    return start_practice(frames_override=FRAMES)


def window_of(person: WindowDesk) -> QWidget:
    """The one that has the clip: of the player, or its full screen."""
    tops = [w for w in QApplication.topLevelWidgets() if w.objectName() == "fullScreenWindow"]
    return next((w for w in tops if w.isVisible()), person.window)


def click(person: WindowDesk, name: str) -> None:
    """A button of the player where it is shown just now."""
    pane = window_of(person)
    found = pane.findChild(QToolButton, name)
    assert found is not None
    assert found.isVisible()
    QTest.mouseClick(found, LEFT)


def menu(person: WindowDesk) -> QMenu:
    click(person, "playerMenuButton")
    (found,) = (m for m in window_of(person).findChildren(QMenu, "playerMenu") if m.isVisible())
    return found


def entries(shown: QMenu) -> dict[str, QAction]:
    return {entry.objectName(): entry for entry in shown.actions() if entry.objectName()}


def choose(shown: QMenu, name: str) -> None:
    place = shown.actionGeometry(entries(shown)[name]).center()
    QTest.mouseClick(shown, LEFT, pos=place)


def offered(shown: QMenu) -> list[str]:
    return [name for name in entries(shown) if name in (*OFFERED, JOIN)]


def dialogs(person: WindowDesk) -> list[str]:
    found = person.window.findChildren(QDialog)
    return [dialog.objectName() for dialog in found if dialog.isVisible()]


def close_all(person: WindowDesk) -> None:
    for dialog in person.window.findChildren(QDialog):
        dialog.close()


def test_buttons_and_entries_do_what_the_keys_do(
    person: WindowDesk, practice: PracticeServer
) -> None:
    session = judge(person, practice, ("Cup.", 2))
    watch = session.furniture.watch
    session.window.resize(1600, 900)
    first, second = (job.id for job in made(person))
    person.until(lambda: person.find(QToolButton, "exportButton").isVisible())

    click(person, "wallButton")
    person.until(lambda: hanging(person) == [first, second])
    # Once more as with the key: back to the clip.
    click(person, "wallButton")
    assert hanging(person) == []
    assert watch.stage is None
    click(person, "exportButton")
    assert dialogs(person) == ["exportDialog"]
    close_all(person)

    shown = menu(person)
    assert offered(shown) == OFFERED
    texts = [entries(shown)[name].text().replace("&", "") for name in OFFERED]
    assert texts == ["Wall of takes\tW", "Export clip…\tCtrl+E", "Find the best loop\tCtrl+L"]
    assert all(entries(shown)[name].isEnabled() for name in OFFERED)
    choose(shown, "wallAction")
    person.until(lambda: hanging(person) == [first, second])
    watch.leave_stage()
    choose(menu(person), "findLoopEntry")
    assert dialogs(person) == ["exportDialog"]
    close_all(person)

    # To join there must be something to join.
    select(person, first, second)
    shown = menu(person)
    assert offered(shown) == [*OFFERED, JOIN]
    choose(shown, JOIN)
    assert dialogs(person) == ["joinDialog"]
    close_all(person)

    # From the full screen, where a dialog of the window would not be seen.
    for act in (lambda: click(person, "exportButton"), lambda: choose(menu(person), JOIN)):
        QTest.keyClick(player(person), KEY.Key_F11)
        assert watch.is_full_screen
        act()
        assert not watch.is_full_screen
        assert len(dialogs(person)) == 1
        close_all(person)

    # Without a clip they say why not.
    watch.show_nothing()
    select(person, first)
    watch.show_nothing()
    assert not person.find(QToolButton, "exportButton").isEnabled()
    shown = menu(person)
    for name in OFFERED[1:]:
        assert not entries(shown)[name].isEnabled()
        assert "There is no clip" in entries(shown)[name].toolTip()
    shown.close()
    click(person, "wallButton")
    assert hint(person) == "There is no take to show on a wall yet."


def test_the_menu_has_what_has_no_room(person: WindowDesk, practice: PracticeServer) -> None:
    session = judge(person, practice, ("Cup.", 2))
    session.window.resize(1024, 700)
    transport = person.find(QWidget, "wallButton").parentWidget()
    person.until(lambda: person.find(QToolButton, "exportButton").isHidden())
    for name in ("compareButton", "wallButton", "useFrameButton", "loopButton"):
        button = person.find(QToolButton, name)
        assert button.isVisible(), name
        assert transport.rect().contains(button.geometry())
    shown = menu(person)
    names = entries(shown)
    assert {"useFrameAction", "compareAction", "captureFrameAction", *OFFERED} <= set(names)
    assert names["wallAction"].isVisible()
    shown.close()
