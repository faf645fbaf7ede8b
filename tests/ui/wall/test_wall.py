"""The wall by keys and by mouse: what each of them means, and what stays where it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QMenu

from dreamina_desktop.core.job import Job
from dreamina_desktop.core.mark import Mark
from dreamina_desktop.ui.wall.wall_wishes import MarkWanted, OpenWanted, SettingsWanted
from dreamina_desktop.ui.watch.viewed import Viewed
from tests.ui.conftest import Until
from tests.ui.wall.conftest import NewWall
from tests.ui.wall.wall_desk import WallDesk, marked, running

Key = Qt.Key


def wishes(spy: QSignalSpy) -> list[object]:
    return [spy.at(number)[0] for number in range(spy.count())]


# Moving.


def test_arrows_move_between_tiles_and_stop_at_the_edges(
    new_wall: NewWall, nine: tuple[Job, ...]
) -> None:
    desk = new_wall(nine, 700, 400)
    assert desk.current == "take-1"
    path = {
        Key.Key_Right: "take-2",
        Key.Key_Down: "take-5",
        Key.Key_Left: "take-4",
        Key.Key_Up: "take-1",
    }
    for key, id_ in path.items():
        desk.press(key)
        assert desk.current == id_
    desk.press(Key.Key_Up)
    desk.press(Key.Key_Left)
    assert desk.current == "take-1"
    # Along the rows one key reaches every take.
    for number in range(2, 10):
        desk.press(Key.Key_Right)
        assert desk.current == f"take-{number}"
    desk.press(Key.Key_Right)
    desk.press(Key.Key_Down)
    assert desk.current == "take-9"


def test_tab_stops_at_the_current_tile_only(new_wall: NewWall, nine: tuple[Job, ...]) -> None:
    desk = new_wall(nine)
    desk.press(Key.Key_Right)
    stops = [
        number
        for number in range(1, 10)
        if desk.tile(number).focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert stops == [2]


def test_a_click_goes_to_a_tile(new_wall: NewWall, nine: tuple[Job, ...]) -> None:
    desk = new_wall(nine)
    QTest.mouseClick(desk.tile(6), Qt.MouseButton.LeftButton)
    assert desk.current == "take-6"


# Alone.


def test_a_digit_shows_one_alone_and_again_all(
    new_wall: NewWall, nine: tuple[Job, ...], until: Until
) -> None:
    desk = new_wall(nine)
    small = desk.place(5).size()
    desk.press(Key.Key_5)
    assert desk.current == "take-5"
    assert [n for n in range(1, 10) if desk.tile(n).isVisible()] == [5]
    assert desk.place(5).width() > 2 * small.width()
    desk.playback.seek(7)
    until(lambda: desk.lockstep.shown == 7)
    desk.press(Key.Key_5)
    assert [n for n in range(1, 10) if desk.tile(n).isVisible()] == list(range(1, 10))
    until(lambda: desk.is_ready)
    assert desk.numbers() == [7] * 9
    assert desk.current == "take-5"


def test_alone_other_digits_and_arrows_change_to_another(
    new_wall: NewWall, nine: tuple[Job, ...]
) -> None:
    desk = new_wall(nine)
    for key, number in ((Key.Key_2, 2), (Key.Key_8, 8), (Key.Key_Left, 7), (Key.Key_Up, 4)):
        desk.press(key)
        assert desk.current == f"take-{number}"
        assert [n for n in range(1, 10) if desk.tile(n).isVisible()] == [number]


def test_alone_it_is_exact_at_the_large_size(
    new_wall: NewWall, nine: tuple[Job, ...], until: Until
) -> None:
    desk = new_wall(nine)
    desk.press(Key.Key_3)
    until(lambda: shown_size(desk, 3) == desk.place(3).size())


def shown_size(desk: WallDesk, number: int) -> object:
    hung = desk.canvas._hung[number - 1]
    assert hung.picture is not None
    assert hung.picture.shot is not None
    return hung.picture.shot.image.size()


def test_escape_goes_back_to_all_and_then_leaves(new_wall: NewWall, nine: tuple[Job, ...]) -> None:
    desk = new_wall(nine)
    spy = QSignalSpy(desk.wall.left)
    desk.press(Key.Key_4)
    desk.press(Key.Key_Escape)
    assert spy.count() == 0
    assert desk.tile(1).isVisible()
    desk.press(Key.Key_Escape)
    assert spy.count() == 1


# Deeds.


@pytest.mark.parametrize(
    ("before", "key", "asked"),
    [
        (Mark.NONE, Key.Key_S, Mark.STARRED),
        (Mark.STARRED, Key.Key_S, Mark.STARRED),
        (Mark.REJECTED, Key.Key_S, Mark.STARRED),
        (Mark.NONE, Key.Key_X, Mark.REJECTED),
        (Mark.REJECTED, Key.Key_X, Mark.REJECTED),
    ],
)
def test_s_asks_for_a_star_and_x_to_reject_whatever_the_row_says(
    new_wall: NewWall,
    nine: tuple[Job, ...],
    before: Mark,
    key: Qt.Key,
    asked: Mark,
) -> None:
    desk = new_wall((nine[0], marked(nine[1], before)), waits=False)
    spy = QSignalSpy(desk.wall.mark_wanted)
    desk.press(Key.Key_Right)
    desk.press(key)
    # Its row is read again only later: whether the second takes it back others know.
    desk.press(key)
    assert wishes(spy) == 2 * [MarkWanted("take-2", 0, asked)]


def test_r_loads_and_enter_opens(new_wall: NewWall, nine: tuple[Job, ...]) -> None:
    desk = new_wall(nine[:3], waits=False)
    settings, opened = QSignalSpy(desk.wall.settings_wanted), QSignalSpy(desk.wall.open_wanted)
    desk.press(Key.Key_R)
    desk.press(Key.Key_Right)
    desk.press(Key.Key_Return)
    desk.press(Key.Key_Right)
    desk.press(Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert wishes(settings) == [SettingsWanted("take-1")]
    assert wishes(opened) == [OpenWanted("take-2"), OpenWanted("take-3")]


def test_a_double_click_opens(new_wall: NewWall, nine: tuple[Job, ...]) -> None:
    desk = new_wall(nine, waits=False)
    spy = QSignalSpy(desk.wall.open_wanted)
    QTest.mouseDClick(desk.tile(4), Qt.MouseButton.LeftButton)
    # Which QTest leaves to its caller.
    QTest.mouseRelease(desk.tile(4), Qt.MouseButton.LeftButton)
    assert wishes(spy) == [OpenWanted("take-4")]


def test_keys_of_the_player_and_the_window_pass(new_wall: NewWall, nine: tuple[Job, ...]) -> None:
    desk = new_wall(nine[:2], waits=False)
    spies = [
        QSignalSpy(signal)
        for signal in (
            desk.wall.mark_wanted,
            desk.wall.open_wanted,
            desk.wall.settings_wanted,
            desk.wall.left,
        )
    ]
    ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    keys = {
        Key.Key_Space: Qt.KeyboardModifier.NoModifier,
        Key.Key_J: Qt.KeyboardModifier.NoModifier,
        Key.Key_Comma: Qt.KeyboardModifier.NoModifier,
        Key.Key_0: Qt.KeyboardModifier.NoModifier,
        Key.Key_3: Qt.KeyboardModifier.NoModifier,
        Key.Key_Home: Qt.KeyboardModifier.NoModifier,
        Key.Key_Left: shift,
        Key.Key_Return: ctrl,
        Key.Key_S: ctrl,
    }
    for key, modifiers in keys.items():
        event = QKeyEvent(QEvent.Type.KeyPress, key, modifiers)
        QApplication.sendEvent(desk.tile(1), event)
        # Whoever is behind the wall gets it: the pane, and then the window.
        assert not event.isAccepted(), key
    assert all(spy.count() == 0 for spy in spies)
    assert desk.current == "take-1"


def test_the_clip_that_keys_act_on_is_the_one_viewed(
    new_wall: NewWall, nine: tuple[Job, ...]
) -> None:
    desk = new_wall((nine[0], running(2)), waits=False)
    assert desk.wall.viewed == Viewed(nine[0], nine[0].clips[0])
    desk.press(Key.Key_Right)
    assert desk.wall.viewed is None


def test_a_key_held_down_marks_once(new_wall: NewWall, nine: tuple[Job, ...]) -> None:
    desk = new_wall(nine[:2], waits=False)
    spy = QSignalSpy(desk.wall.mark_wanted)
    for repeats in (False, True, True):
        event = QKeyEvent(
            QEvent.Type.KeyPress, Key.Key_X, Qt.KeyboardModifier.NoModifier, "x", repeats
        )
        QApplication.sendEvent(desk.tile(1), event)
    assert spy.count() == 1


def test_nine_takes_are_culled_in_under_a_minute_by_keys_alone(
    new_wall: NewWall, nine: tuple[Job, ...], until: Until
) -> None:
    """Each take is looked at alone, judged, and the best is opened: a key a second is enough."""
    desk = new_wall(nine)
    jobs = {job.id: job for job in nine}

    def keep(wanted: MarkWanted) -> None:
        job = jobs[wanted.job_id]
        jobs[wanted.job_id] = marked(job, job.mark.toggled(wanted.asked))
        desk.wall.set_takes(tuple(jobs.values()))

    desk.wall.mark_wanted.connect(keep)
    opened = QSignalSpy(desk.wall.open_wanted)
    presses = 0

    def press(key: Qt.Key) -> None:
        nonlocal presses
        presses += 1
        desk.press(key)

    best = 6
    press(Key.Key_1)
    for number in range(1, 10):
        until(lambda: desk.lockstep.shown == desk.playback.position.index)
        press(Key.Key_S if number == best else Key.Key_X)
        press(Key.Key_Right)
    press(Key.Key_9)
    press(Key.Key_6)
    press(Key.Key_Return)
    assert [shown.mark for shown in desk.wall.takes] == [
        Mark.STARRED if number == best else Mark.REJECTED for number in range(1, 10)
    ]
    assert wishes(opened) == [OpenWanted("take-6")]
    assert presses <= 30


# The menu.


def menu_of(desk: WallDesk) -> QMenu:
    found = desk.wall.findChild(QMenu, "wallMenu")
    assert found is not None
    return found


def test_the_menu_does_the_same_for_the_mouse(
    new_wall: NewWall, nine: tuple[Job, ...], until: Until
) -> None:
    desk = new_wall((nine[0], marked(nine[1], Mark.STARRED)), waits=False)
    spy = QSignalSpy(desk.wall.mark_wanted)
    tile = desk.tile(2)
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, QPoint(9, 9), tile.mapToGlobal(QPoint(9, 9))
    )
    QApplication.sendEvent(tile, event)
    menu = menu_of(desk)
    assert [action.text() for action in menu.actions() if action.text()] == [
        "Show alone\t2",
        "Take the star back\tS",
        "Reject\tX",
        "Load this take's settings\tR",
        "Open in the player\tReturn",
    ]
    QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Return)
    assert wishes(spy) == [MarkWanted("take-2", 0, Mark.STARRED)]
    assert desk.current == "take-2"


def test_the_menu_of_a_take_being_made_has_only_what_it_allows(
    new_wall: NewWall, nine: tuple[Job, ...]
) -> None:
    desk = new_wall((nine[0], running(2)), waits=False)
    desk.press(Key.Key_Right)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
    QApplication.sendEvent(desk.tile(2), event)
    menu = menu_of(desk)
    names = [action.objectName() for action in menu.actions() if action.objectName()]
    assert names == ["wallSoloEntry", "wallSettingsEntry", "wallOpenEntry"]
    menu.close()


# Hovering.


def test_hovering_enlarges_for_as_long_as_it_lasts(
    new_wall: NewWall, nine: tuple[Job, ...], until: Until
) -> None:
    desk = new_wall(nine)
    hung = desk.canvas._hung[4]
    QTest.mouseMove(desk.wall, QPoint(1, 1))
    QTest.mouseMove(desk.tile(5), desk.tile(5).rect().center())
    until(lambda: hung.shown.width() > 1.5 * hung.place.width())
    until(lambda: shown_size(desk, 5) == hung.shown.size())
    desk.playback.seek(4)
    until(lambda: desk.lockstep.shown == 4)
    QTest.mouseMove(desk.tile(4), desk.tile(4).rect().center())
    until(lambda: desk.canvas._hung[3].shown.width() > 1.5 * hung.place.width())
    assert hung.shown == hung.place
    QTest.mouseMove(desk.wall, QPoint(1, 1))
    until(lambda: desk.canvas._hung[3].shown == desk.canvas._hung[3].place)
