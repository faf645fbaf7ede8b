"""The pane as a whole: names, keys, order, and room for everything."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from dreamina_desktop.ui.compose.compose_pane import ComposePane
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.ports import Obstacle
from tests.pictures.samples import picture
from tests.ui.compose.conftest import ShowPane
from tests.ui.compose.drops import mime
from tests.ui.compose.seen_pane import saved
from tests.ui.drafts import SAMPLE

# Fixed by the design, and some in their style.
NAMES = (
    "imageDrop",
    "chooseImageButton",
    "recentImagesButton",
    "clearImageButton",
    "fixImageButton",
    "addressFoldButton",
    "imageUrlEdit",
    "imageVerdicts",
    "pictureLabel",
    "sentCard",
    "sentLabel",
    "compareOriginalButton",
    "changesFoldButton",
    "changeList",
    "undoMendButton",
    "groundColourButton",
    "fileNote",
    "savedAnewRow",
    "takeSavedFileButton",
    "alwaysTakeCheck",
    "promptEdit",
    "promptMeter",
    "framesChoice",
    "frames121Button",
    "frames241Button",
    "seedEdit",
    "randomSeedButton",
    "lastSeedButton",
    "takesSpin",
    "generateButton",
    "generateReasons",
)
CONTROLS = (QPushButton, QToolButton, QLineEdit, QPlainTextEdit)


def test_every_control_has_its_name(pane: ComposePane, draft: Draft, tmp_path: Path) -> None:
    draft.take_file(saved(tmp_path, picture("RGB", 400, 400), "a.webp"))
    assert (pane.objectName(), pane.accessibleName()) == ("composePane", "Compose pane")
    for name in NAMES:
        (control,) = pane.findChildren(QWidget, name)
        assert control.accessibleName(), name


def test_nothing_that_is_used_is_nameless(pane: ComposePane, draft: Draft, tmp_path: Path) -> None:
    draft.take_file(saved(tmp_path, picture("RGB", 400, 400), "a.webp"))
    controls = [
        control
        for kind in CONTROLS
        for control in pane.findChildren(kind)
        # Qt's own button inside a field, which clears it.
        if not isinstance(control.parentWidget(), QLineEdit)
    ]
    assert len(controls) >= 13
    for control in controls:
        assert control.objectName(), control
        assert control.accessibleName(), control.objectName()
        assert control.toolTip(), control.objectName()


def test_tab_goes_through_everything_in_the_order_of_the_eye(
    pane: ComposePane, draft: Draft, tmp_path: Path
) -> None:
    draft.take_file(saved(tmp_path, picture("RGB", 400, 400), "a.webp"))
    pane.set_last_seed(5)
    pane.picture_panel.image_drop.setFocus()
    seen: list[str] = []
    for _ in range(40):
        focused = QApplication.focusWidget()
        assert focused is not None
        if seen and focused.objectName() == seen[0]:
            break
        seen.append(focused.objectName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert seen == [
        "imageDrop",
        "chooseImageButton",
        "recentImagesButton",
        "clearImageButton",
        "shapeAutomaticButton",
        "frameLargerButton",
        "fixImageButton",
        "addressFoldButton",
        "promptEdit",
        "frames121Button",
        "seedEdit",
        "randomSeedButton",
        "lastSeedButton",
        "takesSpin",
        "reasonActionButton",
        "reasonActionButton",
    ]


def test_people_begin_with_words(pane: ComposePane) -> None:
    assert pane.prompt_editor.hasFocus()


def test_focus_elsewhere_is_left_there(show_pane: ShowPane) -> None:
    pane = show_pane()
    pane.length_and_seed.seed.edit.setFocus()
    QApplication.sendEvent(pane, QShowEvent())
    assert pane.length_and_seed.seed.edit.hasFocus()


def test_pasting_where_nothing_takes_text(pane: ComposePane, draft: Draft) -> None:
    QGuiApplication.clipboard().setMimeData(mime(SAMPLE))
    button = pane.generate_bar.button
    QTest.keyClick(button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert draft.picture.source == str(SAMPLE)
    QTest.keyClick(pane, Qt.Key.Key_A)


@pytest.mark.parametrize("width", [280, 320, 420])
@pytest.mark.parametrize("is_bad", [False, True])
def test_there_is_room_for_everything_in_a_small_window(
    show_pane: ShowPane, draft: Draft, tmp_path: Path, width: int, is_bad: bool
) -> None:
    """A window of 1024 × 700 leaves the pane some 640 pixels."""
    pane = show_pane(width, 640)
    if is_bad:
        draft.take_file(saved(tmp_path, picture("L", 5000, 1300), "a.webp"))
        pane.set_obstacle(Obstacle("key_missing", "There is no key yet.", "Set a key"))
    else:
        draft.take_file(SAMPLE)
        draft.set_prompt("Steam.")
    QApplication.processEvents()
    assert pane.width() == width
    assert pane.height() == 640
    _check_nothing_is_cut_off(pane)
    editor = pane.prompt_editor
    assert editor.viewport().height() >= 4 * editor.fontMetrics().lineSpacing()


def test_the_picture_gives_way_first_and_the_prompt_takes_what_is_left(
    show_pane: ShowPane, draft: Draft
) -> None:
    draft.take_file(SAMPLE)
    pane = show_pane(320, 640)
    heights = []
    for height in (640, 760, 1100):
        pane.resize(320, height)
        QApplication.processEvents()
        heights.append((pane.picture_panel.image_drop.height(), pane.prompt_editor.height()))
    (low, few), (middle, _), (high, many) = heights
    assert low < middle <= high <= 1.3 * 320
    assert many > few
    _check_nothing_is_cut_off(pane)


@pytest.mark.parametrize("height", [640, 1010, 1400])
@pytest.mark.parametrize("is_ready", [False, True])
def test_generate_stands_at_the_foot_however_high_the_window_is(
    show_pane: ShowPane, draft: Draft, height: int, is_ready: bool
) -> None:
    draft.take_file(SAMPLE)
    draft.set_prompt("Steam.")
    pane = show_pane(420, height)
    if not is_ready:
        pane.set_obstacle(Obstacle("key_missing", "There is no key yet.", "Set a key"))
    QApplication.processEvents()
    bar = pane.generate_bar
    last = bar.reasons if bar.reasons.isVisible() else bar.button
    foot = last.mapTo(pane, last.rect().bottomLeft()).y()
    layout = pane.layout()
    assert layout is not None
    assert pane.rect().bottom() - foot == layout.contentsMargins().bottom()


def _check_nothing_is_cut_off(pane: ComposePane) -> None:
    room = pane.rect()
    widgets = [child for child in pane.findChildren(QWidget) if child.isVisible()]
    for widget in widgets:
        corner = widget.mapTo(pane, widget.rect().bottomRight())
        name = widget.objectName() or type(widget).__name__
        assert room.contains(widget.mapTo(pane, widget.rect().topLeft())), name
        assert room.contains(corner), name
    drop, verdicts = pane.picture_panel.image_drop, pane.picture_panel.verdicts
    rows = [
        drop,
        pane.picture_panel.caption,
        verdicts,
        pane.picture_panel.fix_button,
        pane.picture_panel.address_row,
        pane.prompt_editor,
        pane.length_and_seed.length,
        pane.length_and_seed.seed,
        pane.generate_bar.button,
        pane.generate_bar.reasons,
    ]
    shown = [row for row in rows if row.isVisible()]
    for above, below in pairwise(shown):
        bottom = above.mapTo(pane, above.rect().bottomLeft()).y()
        assert bottom < below.mapTo(pane, below.rect().topLeft()).y(), below.objectName()
    for row in shown:
        assert row.height() >= row.minimumSizeHint().height(), row.objectName()
