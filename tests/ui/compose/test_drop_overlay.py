"""The whole window takes drops."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QVBoxLayout, QWidget

from dreamina_desktop.ui.compose.drop_overlay import DropOverlay
from dreamina_desktop.ui.compose.incoming_picture import IncomingFile
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import LIGHT, Theme
from tests.ui.compose.drops import drop, enter, leave, mime
from tests.ui.conftest import Show
from tests.ui.drafts import SAMPLE, Counter


@pytest.fixture
def overlay(show: Show, theme: Theme, icons: Icons) -> DropOverlay:
    window = QMainWindow()
    middle = QWidget()
    QVBoxLayout(middle).addWidget(QLineEdit())
    window.setCentralWidget(middle)
    overlay = DropOverlay(window, theme, icons)
    show(window, 600, 400)
    return overlay


def test_a_drag_over_the_window_is_covered_until_it_leaves(overlay: DropOverlay) -> None:
    window = overlay.window()
    assert not overlay.isVisible()
    assert enter(window, mime(SAMPLE))
    assert overlay.isVisible()
    assert overlay.geometry() == window.rect()
    window.resize(700, 500)
    QApplication.processEvents()
    assert overlay.geometry() == window.rect()
    assert enter(overlay, mime(SAMPLE))
    leave(overlay)
    assert not overlay.isVisible()


def test_letting_go_uses_the_picture(overlay: DropOverlay) -> None:
    arrived = Counter(overlay.picture_arrived)
    enter(overlay.window(), mime(SAMPLE))
    event = drop(overlay, mime(SAMPLE))
    assert event.isAccepted()
    assert arrived.last == IncomingFile(SAMPLE)
    assert not overlay.isVisible()


def test_a_drop_quicker_than_the_first_move(overlay: DropOverlay) -> None:
    arrived = Counter(overlay.picture_arrived)
    drop(overlay.window(), mime(SAMPLE))
    assert arrived.last == IncomingFile(SAMPLE)
    assert not overlay.isVisible()


def test_other_drags_are_left_alone(overlay: DropOverlay) -> None:
    assert not enter(overlay.window(), mime(text="words"))
    assert not overlay.isVisible()
    arrived = Counter(overlay.picture_arrived)
    assert not drop(overlay, mime(text="words")).isAccepted()
    assert arrived.count == 0


def test_it_is_painted_in_both_themes(overlay: DropOverlay) -> None:
    enter(overlay.window(), mime(SAMPLE))
    dark = overlay.grab().toImage()
    overlay.set_theme(LIGHT, Icons(LIGHT))
    assert overlay.grab().toImage() != dark
