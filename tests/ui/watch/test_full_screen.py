"""The clip alone on the screen: same playback, same keys, and a way back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QGraphicsOpacityEffect,
    QToolButton,
    QWidget,
)

from dreamina_desktop.ui.notice import Notice
from dreamina_desktop.ui.notices import Notices, PostedNotice
from dreamina_desktop.ui.watch.full_screen import FullScreen
from dreamina_desktop.ui.watch.passing_chip import PassingChip
from dreamina_desktop.ui.watch.screen_notice import ScreenNotice
from dreamina_desktop.ui.watch.watch_pane import WatchPane
from tests.ui.conftest import Show, Until
from tests.ui.watch.conftest import NewPane
from tests.ui.watch.stage import canvas_of, clip_of, job_of, number_on, photograph
from tests.video.clips import make_clip


@pytest.fixture
def pane(new_pane: NewPane, clip: Path, until: Until) -> WatchPane:
    pane = new_pane()
    pane.show_job(job_of(clip_of(clip)))
    until(lambda: not pane.playback.position.is_playing and canvas_of(pane).isVisible())
    return pane


def window() -> FullScreen | None:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, FullScreen)]
    return next((w for w in found if w.isVisible()), None)


def open_window() -> FullScreen:
    found = window()
    assert found is not None
    return found


def move_mouse(full: FullScreen, where: QPoint) -> None:
    """As the system tells of it: to the window."""
    handle = full.windowHandle()
    assert handle is not None
    # Where it was already, it would not have moved.
    for place in (where + QPoint(1, 1), where):
        QTest.mouseMove(handle, place)


def press_tab(full: FullScreen) -> None:
    handle = full.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_Tab)


def shown() -> int | None:
    canvas = open_window().canvas
    image = photograph(canvas)
    middle = image.pixelColor(image.rect().center())
    return None if middle == image.pixelColor(image.width() // 2, 0) else number_on(image)


def test_the_same_playback_goes_on(pane: WatchPane, until: Until) -> None:
    pane.playback.seek(17)
    QTest.keyClick(canvas_of(pane), Qt.Key.Key_F11)
    assert pane.is_full_screen
    until(lambda: shown() == 17)
    QTest.keyClick(open_window(), Qt.Key.Key_Period)
    assert pane.playback.position.index == 18
    until(lambda: shown() == 18)
    QTest.keyClick(open_window(), Qt.Key.Key_Space)
    assert pane.playback.position.is_playing
    QTest.keyClick(open_window(), Qt.Key.Key_K)
    assert not pane.playback.position.is_playing
    QTest.keyClick(open_window(), Qt.Key.Key_Q)
    assert pane.is_full_screen


@pytest.mark.parametrize(
    "leave",
    [
        lambda full: QTest.keyClick(full, Qt.Key.Key_Escape),
        lambda full: QTest.keyClick(full, Qt.Key.Key_F11),
        lambda full: QTest.mouseDClick(full.canvas, Qt.MouseButton.LeftButton),
        lambda full: full.close(),
        lambda full: QTest.mouseClick(
            full.findChild(QToolButton, "fullScreenButton"), Qt.MouseButton.LeftButton
        ),
    ],
    ids=["escape", "f11", "double click", "closed", "button"],
)
def test_every_way_back(pane: WatchPane, until: Until, leave: Callable[[FullScreen], None]) -> None:
    QTest.mouseDClick(canvas_of(pane), Qt.MouseButton.LeftButton)
    until(lambda: shown() == 0)
    pane.playback.seek(9)
    leave(open_window())
    assert not pane.is_full_screen
    assert window() is None
    until(lambda: number_on(photograph(canvas_of(pane))) == 9)


def test_it_can_be_opened_again_and_again(pane: WatchPane, until: Until) -> None:
    button = pane.findChild(QToolButton, "fullScreenButton")
    assert button is not None
    for index in (3, 4, 5):
        pane.playback.seek(index)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        until(lambda index=index: shown() == index)
        QTest.keyClick(open_window(), Qt.Key.Key_Escape)
        assert window() is None


def test_not_without_a_clip(pane: WatchPane) -> None:
    pane.show_nothing()
    pane.toggle_full_screen()
    assert window() is None
    QTest.keyClick(canvas_of(pane), Qt.Key.Key_F11)
    assert not pane.is_full_screen


def test_another_clip_comes_to_the_screen(pane: WatchPane, tmp_path: Path, until: Until) -> None:
    pane.toggle_full_screen()
    until(lambda: shown() == 0)
    pane.playback.seek(7)
    other = make_clip(tmp_path / "other.mp4", 30)
    pane.show_job(job_of(clip_of(other), job_id="other"))
    until(lambda: shown() == 0 and pane.playback.position.count == 30)
    assert pane.is_full_screen


def test_it_is_left_when_there_is_nothing_to_show(
    pane: WatchPane, tmp_path: Path, until: Until
) -> None:
    pane.toggle_full_screen()
    pane.show_nothing()
    assert window() is None
    pane.show_job(job_of(clip_of(tmp_path / "gone.mp4"), job_id="gone"))
    pane.toggle_full_screen()
    until(lambda: window() is None)


def test_it_goes_with_its_pane(pane: WatchPane) -> None:
    pane.toggle_full_screen()
    assert window() is not None
    pane.hide()
    assert window() is None


def test_the_controls_go_and_come_with_the_mouse(pane: WatchPane, until: Until) -> None:
    pane.toggle_full_screen()
    full = open_window()
    bar = full.findChild(QFrame, "fullScreenBar")
    assert bar is not None
    assert bar.isVisible()
    full.fading.rest()
    assert not bar.isVisible()
    assert full.canvas.cursor().shape() is Qt.CursorShape.BlankCursor
    move_mouse(full, QPoint(40, 40))
    assert bar.isVisible()
    assert full.canvas.cursor().shape() is not Qt.CursorShape.BlankCursor
    full.fading.rest()
    press_tab(full)
    assert bar.isVisible()
    full.activateWindow()
    button = full.findChild(QToolButton, "playButton")
    assert button is not None
    button.setFocus()
    full.fading.rest()
    assert bar.isVisible(), "not while somebody is in them"


def test_the_controls_fade_where_motion_is_welcome(
    new_pane: NewPane, clip: Path, until: Until
) -> None:
    pane = new_pane(autoplay=True)
    pane.show_job(job_of(clip_of(clip)))
    pane.toggle_full_screen()
    full = open_window()
    bar = full.findChild(QFrame, "fullScreenBar")
    assert bar is not None
    veil = bar.graphicsEffect()
    assert isinstance(veil, QGraphicsOpacityEffect)
    assert not veil.isEnabled()
    full.fading.rest()
    until(lambda: 0.0 < veil.opacity() < 1.0)
    assert bar.isVisible()
    assert veil.isEnabled()
    until(lambda: not bar.isVisible())
    move_mouse(full, QPoint(40, 40))
    assert bar.isVisible()
    assert not veil.isEnabled()
    full.fading.rest()
    until(lambda: veil.opacity() < 1.0)
    move_mouse(full, QPoint(50, 40))
    assert bar.isVisible()
    assert not veil.isEnabled(), "whoever moves the mouse meanwhile has them back at once"


class Behind(QWidget):
    """A window that knows more keys than the player."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[int] = []
        self.dialog = QDialog(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        self.got.append(event.key())
        if event.key() == Qt.Key.Key_Question:
            self.dialog.open()


def test_the_window_behind_has_its_keys(pane: WatchPane, show: Show) -> None:
    behind = Behind()
    show(behind, 300, 300)
    pane.setParent(behind)
    pane.show()
    pane.toggle_full_screen()
    full = open_window()
    for key in (Qt.Key.Key_S, Qt.Key.Key_X, Qt.Key.Key_Period, Qt.Key.Key_W):
        QTest.keyClick(full.canvas, key)
    assert behind.got == [Qt.Key.Key_S, Qt.Key.Key_X, Qt.Key.Key_W]
    assert pane.playback.position.index == 1, "that one is the player's"
    assert pane.is_full_screen
    QTest.keyClick(full.canvas, Qt.Key.Key_Question)
    assert not pane.is_full_screen, "a dialog would not be seen"
    behind.dialog.close()


def test_what_the_window_says_is_read_here(pane: WatchPane, until: Until) -> None:
    notices = Notices()
    told = ScreenNotice(notices, pane)
    notices.post(PostedNotice("before", Notice("Nobody has the screen.")))
    notices.dismiss()
    pane.toggle_full_screen()
    note = open_window().findChild(PassingChip)
    assert note is not None
    assert not note.isVisible()
    notices.post(PostedNotice("frame", Notice("Saved as cup.png", action="Look there."), seconds=9))
    assert note.isVisible()
    assert note.text() == "Saved as cup.png Look there."
    assert note.accessibleDescription() == note.text()
    assert open_window().rect().contains(note.geometry())
    notices.dismiss()
    assert not note.isVisible()
    told.deleteLater()


def test_left_in_the_middle_of_a_scrub_nothing_is_dragged(pane: WatchPane) -> None:
    pane.toggle_full_screen()
    full = open_window()
    full.fading.wake()
    QTest.mousePress(full.timeline, Qt.MouseButton.LeftButton)
    assert pane.playback.is_moving
    QTest.keyClick(full, Qt.Key.Key_Escape)
    assert not pane.playback.is_moving
    QTest.mouseRelease(canvas_of(pane), Qt.MouseButton.LeftButton)
