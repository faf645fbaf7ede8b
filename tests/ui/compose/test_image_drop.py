"""The drop zone by mouse, keys, drops and pastes, and the picture painted in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMainWindow, QToolButton

from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.ui.compose.compose_pane import ComposePane
from dreamina_desktop.ui.compose.incoming_picture import IncomingFile
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import LIGHT
from tests.pictures.samples import picture
from tests.ui.compose.conftest import ShowPane
from tests.ui.compose.drops import an_image, drop, enter, leave, mime
from tests.ui.compose.seen_pane import rows, saved, seen
from tests.ui.conftest import Show, Until
from tests.ui.drafts import SAMPLE, Counter, Recents

LEFT = Qt.MouseButton.LeftButton


def unreadable(folder: Path) -> Path:
    path = folder / "a.png"
    path.write_bytes(b"no picture at all")
    return path


def test_a_file_is_dropped(pane: ComposePane, draft: Draft, recents: Recents) -> None:
    zone = pane.picture_panel.image_drop
    assert enter(zone, mime(SAMPLE))
    assert zone.hint.text() == "Drop to use this picture"
    assert not zone.buttons.isVisible()
    event = drop(zone, mime(SAMPLE))
    # Verdict and shape stand there before an event was processed.
    assert rows(pane)[0].startswith("The model takes this picture.")
    assert pane.picture_panel.caption.shape_label.text() == "Clip: 4:3 · 1664 × 1248"
    assert draft.picture.source == str(SAMPLE)
    assert event.isAccepted()
    assert event.dropAction() is Qt.DropAction.CopyAction
    assert recents.known == [str(SAMPLE)]
    assert zone.buttons.isVisible()


def test_a_drag_that_leaves_changes_nothing(pane: ComposePane, draft: Draft) -> None:
    zone = pane.picture_panel.image_drop
    assert enter(zone, mime(SAMPLE))
    leave(zone)
    assert zone.hint.text() == "Drop a picture here, paste it, or"
    assert not enter(zone, mime(text="Steam rises."))
    assert not drop(zone, mime(text="Steam rises.")).isAccepted()
    assert not draft.picture.is_there


def test_pixels_and_addresses_are_dropped(pane: ComposePane, draft: Draft, until: Until) -> None:
    zone = pane.picture_panel.image_drop
    drop(zone, mime(image=an_image()))
    assert zone.hint.text() == "Reading the picture…"
    until(lambda: seen(draft))
    assert Path(draft.picture.source).name == "pasted.png"
    drop(zone, mime("https://example.org/cat.png"))
    assert zone.hint.text() == "example.org"
    edit = pane.findChild(QLineEdit, "imageUrlEdit")
    assert edit is not None
    assert edit.isVisible()
    assert edit.text() == "https://example.org/cat.png"
    assert "nobody has checked" in rows(pane)[0]


def test_pasting(pane: ComposePane, draft: Draft) -> None:
    clipboard = QGuiApplication.clipboard()
    zone = pane.picture_panel.image_drop
    zone.setFocus()
    clipboard.setMimeData(mime(text="Steam rises."))
    QTest.keyClick(zone, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert not draft.picture.is_there
    clipboard.setMimeData(mime(SAMPLE))
    QTest.keyClick(zone, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert draft.picture.source == str(SAMPLE)
    clipboard.clear()
    assert not pane.paste_picture()


@pytest.mark.parametrize("way", ["click", "return", "space", "button", "key"])
def test_choosing(pane: ComposePane, draft: Draft, until: Until, way: str) -> None:
    zone = pane.picture_panel.image_drop
    zone.setFocus()
    match way:
        case "click":
            QTest.mouseClick(zone, LEFT, pos=QPoint(20, 20))
        case "return":
            QTest.keyClick(zone, Qt.Key.Key_Return)
        case "space":
            QTest.keyClick(zone, Qt.Key.Key_Space)
        case "button":
            QTest.mouseClick(zone.buttons.choose, LEFT)
        case "key":
            QTest.keyClick(pane, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    dialog = pane.findChild(QFileDialog, "chooseImageDialog")
    assert dialog is not None
    pane.choose_picture()
    assert len(pane.findChildren(QFileDialog)) == 1
    dialog.selectFile(str(SAMPLE))
    dialog.filesSelected.emit([str(SAMPLE)])
    dialog.reject()
    assert draft.picture.source == str(SAMPLE)
    until(lambda: not pane.findChildren(QFileDialog))
    pane.choose_picture()
    again = pane.findChild(QFileDialog, "chooseImageDialog")
    assert again is not None
    assert again.directory().absolutePath() == str(SAMPLE.parent)
    again.reject()


def test_a_click_on_a_picture_is_no_wish_for_another(pane: ComposePane, draft: Draft) -> None:
    draft.take_file(SAMPLE)
    zone = pane.picture_panel.image_drop
    QTest.mouseClick(zone, LEFT, pos=QPoint(20, 60))
    assert not pane.findChildren(QFileDialog)
    QTest.mouseClick(zone, Qt.MouseButton.RightButton, pos=QPoint(20, 60))
    QTest.keyClick(zone, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert not pane.findChildren(QFileDialog)


@pytest.mark.parametrize("way", ["button", "delete"])
def test_clearing(pane: ComposePane, draft: Draft, way: str) -> None:
    zone = pane.picture_panel.image_drop
    assert not zone.buttons.clear.isVisible()
    draft.take_file(SAMPLE)
    if way == "button":
        QTest.mouseClick(zone.buttons.clear, LEFT)
    else:
        zone.setFocus()
        QTest.keyClick(zone, Qt.Key.Key_Delete)
    assert not draft.picture.is_there
    assert rows(pane) == []
    assert not pane.picture_panel.caption.isVisible()
    # Undo beats asking.
    assert zone.hasFocus()
    QTest.keyClick(zone, Qt.Key.Key_Delete)
    QTest.keyClick(zone, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert draft.picture.source == str(SAMPLE)
    assert not draft.can_bring_back_picture


def test_undo_is_the_windows_where_no_picture_was_removed(
    show: Show, show_pane: ShowPane, draft: Draft
) -> None:
    window = QMainWindow()
    pane = show_pane()
    window.setCentralWidget(pane)
    action = QAction(window)
    action.setShortcut(QKeySequence("Ctrl+Z"))
    window.addAction(action)
    undone = Counter(action.triggered)
    show(window, 320, 660)
    window.activateWindow()
    zone = pane.picture_panel.image_drop
    zone.setFocus()
    draft.take_file(SAMPLE)
    QTest.keyClick(zone, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone.count == 1
    QTest.keyClick(zone, Qt.Key.Key_Delete)
    QTest.keyClick(zone, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone.count == 1
    assert draft.picture.source == str(SAMPLE)
    # What a person took away comes back, what a draft never had does not.
    draft.take_address("https://example.org/a.png")
    draft.take_address("")
    draft.clear_picture()
    draft.take_address("https://example.org/a.png")
    draft.take_address("")
    assert not draft.can_bring_back_picture


def test_recent_pictures(show_pane: ShowPane, draft: Draft, recents: Recents) -> None:
    recents.known = [
        str(SAMPLE),
        "https://example.org/" + "long/" * 20,
        str(SAMPLE.parent / "a&b.png"),
    ]
    pane = show_pane()
    button = pane.findChild(QToolButton, "recentImagesButton")
    assert button is not None
    assert button.isEnabled()
    menu = button.menu()
    menu.aboutToShow.emit()
    first, second, third = menu.actions()
    assert (first.text(), third.text()) == (SAMPLE.name, "a&&b.png")
    assert len(second.text()) < 60
    second.trigger()
    assert draft.picture.is_address
    first.trigger()
    assert draft.picture.source == str(SAMPLE)


def test_no_recent_pictures_say_why(pane: ComposePane) -> None:
    menu = pane.picture_panel.image_drop.buttons.recent.menu()
    menu.aboutToShow.emit()
    (action,) = menu.actions()
    assert action.text() == "No pictures were used yet"
    assert not action.isEnabled()


def test_a_picture_used_meanwhile_is_among_the_recent(pane: ComposePane, recents: Recents) -> None:
    button = pane.picture_panel.image_drop.buttons.recent
    assert button.isEnabled()
    recents.add("https://example.org/a.png")
    button.menu().aboutToShow.emit()
    assert [action.text() for action in button.menu().actions()] == ["https://example.org/a.png"]


@pytest.mark.parametrize("size", [(400, 1100), (600, 400), (1100, 400), (400, 400)])
@pytest.mark.parametrize("height", [560, 640, 900])
def test_the_buttons_cover_nothing_of_the_picture(
    show_pane: ShowPane,
    draft: Draft,
    until: Until,
    tmp_path: Path,
    size: tuple[int, int],
    height: int,
) -> None:
    pane = show_pane(280, height)
    draft.take_file(saved(tmp_path, picture("RGB", *size), "a.png"))
    until(lambda: seen(draft))
    zone = pane.picture_panel.image_drop
    buttons = zone.buttons
    assert not zone.picture_rect().intersects(buttons.geometry())
    assert zone.rect().contains(buttons.geometry())
    for button in (buttons.choose, buttons.recent, buttons.clear):
        assert buttons.rect().contains(button.geometry())


def test_the_picture_is_drawn_to_the_pixel(
    pane: ComposePane, draft: Draft, until: Until, tmp_path: Path, spec: ModelSpec
) -> None:
    # Exactly a shape of the model, so that nothing is drawn over it.
    image = Image.new("RGB", (1440, 1440), (200, 30, 60))
    draft.take_file(saved(tmp_path, image, "a.png"))
    until(lambda: seen(draft))
    zone = pane.picture_panel.image_drop
    rect = zone.picture_rect()
    grabbed = zone.grab().toImage()
    red = QColor(200, 30, 60)
    for corner in (rect.topLeft(), rect.bottomRight()):
        assert grabbed.pixelColor(corner) == red
    assert grabbed.pixelColor(rect.left() - 1, rect.center().y()) != red
    assert grabbed.pixelColor(rect.right() + 1, rect.center().y()) != red
    assert rect.width() == rect.height()


def test_small_pictures_are_not_blown_up(
    pane: ComposePane, draft: Draft, until: Until, tmp_path: Path
) -> None:
    draft.take_file(saved(tmp_path, picture("RGB", 60, 40), "a.png"))
    until(lambda: seen(draft))
    rect = pane.picture_panel.image_drop.picture_rect()
    assert (rect.width(), rect.height()) == (60, 40)


def test_kinds_without_preview_say_so(
    pane: ComposePane, draft: Draft, until: Until, tmp_path: Path
) -> None:
    draft.take_file(unreadable(tmp_path))
    until(lambda: draft.has_no_preview)
    zone = pane.picture_panel.image_drop
    assert zone.hint.text() == "No preview of this kind of file"
    draft.take_file(tmp_path / "nowhere.png")
    assert zone.hint.text() == "This cannot be opened"
    assert zone.accessibleDescription() == "nowhere.png"


@pytest.mark.parametrize("state", ["empty", "file", "missing", "unreadable", "address", "target"])
@pytest.mark.parametrize("height", [560, 900])
def test_every_state_is_painted_in_both_themes(
    show_pane: ShowPane,
    draft: Draft,
    until: Until,
    tmp_path: Path,
    state: str,
    height: int,
) -> None:
    pane = show_pane(300, height)
    match state:
        case "file":
            draft.take_file(SAMPLE)
            until(lambda: seen(draft))
        case "missing":
            draft.take_file(tmp_path / "nowhere.png")
        case "unreadable":
            draft.take_file(unreadable(tmp_path))
            until(lambda: draft.has_no_preview)
        case "address":
            draft.take_address("https://example.org/a.png")
        case "target":
            enter(pane.picture_panel.image_drop, mime(SAMPLE))
    dark = pane.picture_panel.image_drop.grab().toImage()
    pane.set_theme(LIGHT, Icons(LIGHT))
    light = pane.picture_panel.image_drop.grab().toImage()
    assert dark != light


def test_a_picture_handed_in_from_elsewhere(pane: ComposePane, draft: Draft) -> None:
    pane.take(IncomingFile(SAMPLE))
    assert draft.picture.source == str(SAMPLE)
