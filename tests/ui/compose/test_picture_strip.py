"""The strip: which pictures wait, which one is used, and how they leave."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListView, QMenu, QToolButton

from dreamina_desktop.ui.compose.compose_pane import ComposePane
from dreamina_desktop.ui.compose.incoming_picture import IncomingFile, IncomingFiles
from dreamina_desktop.ui.compose.picture_intake import PictureIntake
from dreamina_desktop.ui.compose.strip_delegate import StripDelegate
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import LIGHT
from tests.ui.conftest import Until
from tests.ui.drafts import SAMPLE

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def row(tmp_path: Path) -> tuple[Path, ...]:
    paths = tuple(tmp_path / f"{number}.png" for number in range(9))
    for path in paths:
        image = QImage(320, 240, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.red)
        image.save(str(path))
    return paths


@pytest.fixture
def view(
    pane: ComposePane, row: tuple[Path, ...], intake: PictureIntake, until: Until
) -> QListView:
    assert not pane.picture_panel.strip.isVisible()
    pane.take(IncomingFiles(row))
    until(lambda: bool(intake.row))
    view = pane.findChild(QListView, "pictureStrip")
    assert view is not None
    assert view.isVisible()
    view.setFocus()
    return view


def place(view: QListView, number: int) -> QRect:
    return view.visualRect(view.model().index(number, 0))


def test_the_first_is_used_and_marked(pane: ComposePane, view: QListView, draft: Draft) -> None:
    assert draft.picture.source.endswith("0.png")
    assert [index.row() for index in view.selectedIndexes()] == [0]
    assert pane.findChild(QLabel, "pictureStripCount").text() == "1/9"
    assert view.model().index(2, 0).data() == "2.png"


def test_click_and_arrows_use_another(
    view: QListView, draft: Draft, row: tuple[Path, ...], until: Until
) -> None:
    QTest.mouseClick(view.viewport(), LEFT, pos=place(view, 1).center())
    assert draft.picture.source == str(row[1])
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert draft.picture.source == str(row[2])
    QTest.keyClick(view, Qt.Key.Key_End)
    assert draft.picture.source == str(row[8])
    until(lambda: view.viewport().rect().contains(place(view, 8).center()))
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert draft.picture.source == str(row[7])


def test_it_follows_whoever_chooses(
    pane: ComposePane, view: QListView, draft: Draft, row: tuple[Path, ...]
) -> None:
    draft.take_file(row[4])
    assert view.currentIndex().row() == 4
    draft.take_file(SAMPLE)
    assert not view.selectedIndexes()
    assert pane.findChild(QLabel, "pictureStripCount").text() == "9"
    # The same one again, after something else was used.
    QTest.mouseClick(view.viewport(), LEFT, pos=place(view, 0).center())
    assert draft.picture.source == str(row[0])


def test_taking_out(
    pane: ComposePane, view: QListView, draft: Draft, row: tuple[Path, ...]
) -> None:
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert draft.picture.source == str(row[1])
    assert pane.findChild(QLabel, "pictureStripCount").text() == "1/8"
    delegate = view.itemDelegate()
    assert isinstance(delegate, StripDelegate)
    # The cross of another picture takes it out, and does not use it.
    QTest.mouseMove(view.viewport(), place(view, 2).center())
    QTest.mouseClick(view.viewport(), LEFT, pos=delegate.cross(place(view, 2)).center())
    assert draft.picture.source == str(row[1])
    assert view.model().rowCount() == 7
    assert row[3].exists()


def test_it_goes_with_the_last_but_one(
    pane: ComposePane, view: QListView, intake: PictureIntake, row: tuple[Path, ...], draft: Draft
) -> None:
    for path in row[2:]:
        intake.remove(path)
    assert view.isVisible()
    intake.remove(row[0])
    assert not view.isVisible()
    assert draft.picture.source == str(row[1])


def test_putting_the_others_away(pane: ComposePane, view: QListView, draft: Draft) -> None:
    source = draft.picture.source
    QTest.mouseClick(pane.findChild(QToolButton, "clearStripButton"), LEFT)
    assert not view.isVisible()
    assert draft.picture.source == source


def test_its_menu(view: QListView, intake: PictureIntake, row: tuple[Path, ...]) -> None:
    def choose(number: int) -> None:
        view.customContextMenuRequested.emit(place(view, 1).center())
        (menu,) = (menu for menu in view.window().findChildren(QMenu) if menu.isVisible())
        action = menu.actions()[number]
        assert isinstance(action, QAction)
        action.trigger()
        menu.close()

    view.customContextMenuRequested.emit(QPoint(-5, -5))
    choose(0)
    assert row[1] not in intake.row
    choose(1)
    assert intake.row == ()


def test_pictures_are_made_as_they_are_seen(
    pane: ComposePane, view: QListView, intake: PictureIntake, tmp_path: Path, until: Until
) -> None:
    def shown(number: int) -> int:
        image = view.viewport().grab().toImage()
        return image.pixel(place(view, number).center())

    until(lambda: shown(1) == 0xFFFF0000)
    pane.set_theme(LIGHT, Icons(LIGHT))
    assert shown(1) == 0xFFFF0000
    # One that cannot be opened is there all the same, and says why.
    gone = tmp_path / "gone.png"
    intake.take(IncomingFile(gone))
    index = view.currentIndex()
    until(lambda: "There is no such file." in index.data(Qt.ItemDataRole.ToolTipRole))
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "gone.png"


def test_a_picture_saved_anew_is_looked_at_again(
    view: QListView, row: tuple[Path, ...], until: Until
) -> None:
    def middle() -> int:
        return view.viewport().grab().toImage().pixel(place(view, 0).center())

    until(lambda: middle() == 0xFFFF0000)
    image = QImage(400, 400, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    image.save(str(row[0]))
    until(lambda: middle() == 0xFF0000FF)
