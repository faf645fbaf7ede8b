"""Shapes, bars, undo and the larger view, pressed as a person does."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QColorDialog, QWidget

from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.recipe import Fill, Frame, Recipe
from dreamina_desktop.ui.compose.compose_pane import ComposePane
from dreamina_desktop.ui.compose.framing_dialog import FramingDialog
from dreamina_desktop.ui.compose.framing_stage import FramingStage
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import LIGHT
from tests.ui.compose.framer_desk import cutout_of, frame_of, quarters, settled, taken
from tests.ui.compose.seen_pane import saved
from tests.ui.conftest import Until

LEFT = Qt.MouseButton.LeftButton
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SHAPES = ("21x9", "16x9", "4x3", "1x1", "3x4", "9x16")


@pytest.fixture
def framed(pane: ComposePane, draft: Draft, until: Until, tmp_path: Path) -> ComposePane:
    """With a picture of 600 × 400 pixels."""
    taken(draft, until, saved(tmp_path, quarters(600, 400), "a.png"))
    return pane


def button(within: QWidget, name: str) -> QAbstractButton:
    found = within.findChild(QAbstractButton, name)
    assert found is not None, name
    return found


def press(within: QWidget, name: str) -> None:
    pressed = button(within, name)
    assert pressed.isVisible(), name
    QTest.mouseClick(pressed, LEFT)


def larger(pane: ComposePane) -> FramingDialog:
    found = pane.findChild(FramingDialog, "framingDialog")
    assert found is not None
    return found


def test_there_is_no_bar_without_a_picture(pane: ComposePane, draft: Draft) -> None:
    bar = pane.findChild(QWidget, "framingBar")
    assert bar is not None
    assert not bar.isVisible()
    QTest.keyClick(pane.picture_panel.image_drop, Qt.Key.Key_F)
    assert pane.findChild(FramingDialog) is None
    draft.take_address("https://example.org/a.png")
    assert not bar.isVisible()


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_is_exactly_one_of_the_models(
    framed: ComposePane, draft: Draft, until: Until, spec: ModelSpec, shape: str
) -> None:
    press(framed, f"shape{shape}Button")
    settled(draft, until)
    prepared = draft.picture.prepared
    assert prepared is not None
    (size,) = (size for size in spec.output_sizes if size.shape == shape.replace("x", ":"))
    facts = prepared.facts
    assert facts.width * size.height == facts.height * size.width
    assert draft.framing is not None
    assert draft.framing.lost == 0
    press(framed, "shapeAutomaticButton")
    assert draft.recipe == Recipe()
    assert not button(framed, "fillCropButton").isVisible()


def test_bars(framed: ComposePane, draft: Draft) -> None:
    press(framed, "shape9x16Button")
    assert button(framed, "fillCropButton").isChecked()
    assert not button(framed, "barColourButton").isVisible()
    press(framed, "fillBlurButton")
    assert frame_of(draft) == Frame("9:16", Fill.BLUR)
    press(framed, "fillColourButton")
    assert frame_of(draft) == Frame("9:16", Fill.COLOUR)
    colours = framed.picture_panel.framing.bar.fills.bar_colour
    assert colours.isVisible()
    assert colours.accessibleDescription() == "Black"
    grey = colours.menu().actions()[1]
    grey.trigger()
    assert frame_of(draft).colour == "#808080"
    assert colours.accessibleDescription() == "Grey"
    colours.menu().actions()[-1].trigger()
    dialog = framed.window().findChild(QColorDialog, "barColourDialog")
    assert dialog is not None
    dialog.setCurrentColor(QColor("#204060"))
    dialog.accept()
    assert frame_of(draft).colour == "#204060"
    assert colours.accessibleDescription() == "#204060"
    # Another shape keeps the bars.
    press(framed, "shape1x1Button")
    assert frame_of(draft) == Frame("1:1", Fill.COLOUR, colour="#204060")
    press(framed, "fillCropButton")
    assert frame_of(draft).fill is Fill.CROP


def test_undo_redo_and_reset(framed: ComposePane, draft: Draft) -> None:
    press(framed, "shape1x1Button")
    undo, redo = button(framed, "undoFramingButton"), button(framed, "redoFramingButton")
    reset = button(framed, "resetFramingButton")
    assert undo.isEnabled()
    assert (redo.isEnabled(), redo.toolTip()) == (False, "Nothing to redo")
    assert not reset.isEnabled()
    draft.set_frame_live(Frame("1:1", zoom=2))
    # What moves just now is a step of its own.
    press(framed, "undoFramingButton")
    assert frame_of(draft) == Frame("1:1")
    press(framed, "redoFramingButton")
    assert frame_of(draft) == Frame("1:1", zoom=2)
    assert reset.isEnabled()
    press(framed, "resetFramingButton")
    assert frame_of(draft) == Frame("1:1")
    for _ in range(3):
        press(framed, "undoFramingButton")
    assert draft.recipe == Recipe()
    assert (undo.isEnabled(), undo.toolTip()) == (False, "Nothing to undo")
    # The way forward stays in sight.
    press(framed, "redoFramingButton")
    assert frame_of(draft) == Frame("1:1")


def test_keys_of_the_pane(framed: ComposePane, draft: Draft) -> None:
    zone = framed.picture_panel.image_drop
    zone.setFocus()
    press(framed, "shape1x1Button")
    zone.setFocus()
    QTest.keyClick(zone, Qt.Key.Key_Left, SHIFT)
    assert cutout_of(draft).left == 90
    assert zone.accessibleDescription() == "a.png, framed 1:1"
    QTest.keyClick(zone, Qt.Key.Key_Z, CONTROL)
    assert cutout_of(draft).left == 100
    QTest.keyClick(zone, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert cutout_of(draft).left == 90
    QTest.keyClick(zone, Qt.Key.Key_Z, CONTROL)
    QTest.keyClick(zone, Qt.Key.Key_Z, CONTROL)
    assert draft.recipe == Recipe()
    # A picture that was removed comes back first.
    QTest.keyClick(zone, Qt.Key.Key_Delete)
    QTest.keyClick(zone, Qt.Key.Key_Z, CONTROL)
    assert draft.picture.is_there


def test_while_somebody_types_no_key_is_the_frames(framed: ComposePane, draft: Draft) -> None:
    press(framed, "shape1x1Button")
    editor = framed.prompt_editor
    editor.setFocus()
    QTest.keyClicks(editor, "f+-")
    QTest.keyClick(editor, Qt.Key.Key_Left)
    QTest.keyClick(editor, Qt.Key.Key_Z, CONTROL)
    assert frame_of(draft) == Frame("1:1")
    assert framed.findChild(FramingDialog) is None


def test_a_shape_that_does_not_fit_in_says_why(
    pane: ComposePane, draft: Draft, until: Until, tmp_path: Path
) -> None:
    taken(draft, until, saved(tmp_path, Image.new("RGB", (24, 12)), "a.png"))
    wide = button(pane, "shape16x9Button")
    assert not wide.isEnabled()
    assert wide.toolTip() == "The picture is too small to be framed 16:9"
    assert button(pane, "shape1x1Button").isEnabled()


@pytest.mark.parametrize("way", ["button", "key"])
@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_the_larger_view_is_live_on_the_same_draft(
    framed: ComposePane, draft: Draft, until: Until, way: str, end: Qt.Key
) -> None:
    if way == "button":
        press(framed, "frameLargerButton")
    else:
        zone = framed.picture_panel.image_drop
        zone.setFocus()
        QTest.keyClick(zone, Qt.Key.Key_F)
    dialog = larger(framed)
    assert not button(dialog, "frameLargerButton").isVisible()
    press(dialog, "shape1x1Button")
    stage = dialog.findChild(FramingStage, "framingStage")
    assert stage is not None
    QTest.keyClick(stage, Qt.Key.Key_Right)
    assert cutout_of(draft).left == 101
    QTest.keyClick(stage, Qt.Key.Key_Z, CONTROL)
    assert cutout_of(draft).left == 100
    assert button(framed, "shape1x1Button").isChecked()
    framed.set_theme(LIGHT, Icons(LIGHT))
    QTest.keyClick(stage, Qt.Key.Key_Left)
    QTest.keyClick(stage, end)
    until(lambda: framed.findChild(FramingDialog) is None)
    # Nothing is lost by closing it.
    assert cutout_of(draft).left == 99
    settled(draft, until)


def test_the_larger_view_goes_with_the_picture(
    framed: ComposePane, draft: Draft, until: Until
) -> None:
    framed.picture_panel.framing.open_larger()
    framed.picture_panel.framing.open_larger()
    assert len(framed.findChildren(FramingDialog)) == 1
    draft.clear_picture()
    until(lambda: framed.findChild(FramingDialog) is None)


def test_everything_has_a_name_and_a_hint(framed: ComposePane, draft: Draft) -> None:
    draft.set_recipe(Recipe(frame=Frame("1:1", Fill.COLOUR)))
    framed.picture_panel.framing.open_larger()
    for part in (framed.picture_panel.framing, larger(framed)):
        for control in part.findChildren(QAbstractButton):
            assert control.objectName(), control
            assert control.accessibleName(), control.objectName()
            assert control.toolTip(), control.objectName()
