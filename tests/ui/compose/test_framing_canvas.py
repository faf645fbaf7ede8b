"""The crop under a person's mouse and keys, and how it is painted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from dreamina_desktop.core.recipe import Fill, Frame, Recipe
from dreamina_desktop.ui.compose.framing_canvas import FramingCanvas
from dreamina_desktop.ui.compose.framing_stage import FramingStage
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.theme import DARK, LIGHT
from tests.ui.compose.framer_desk import (
    ALT,
    cutout_of,
    drag,
    frame_of,
    move,
    press,
    quarters,
    release,
    settled,
    taken,
    turn_wheel,
)
from tests.ui.compose.seen_pane import saved
from tests.ui.conftest import Show, Until
from tests.ui.drafts import Counter

MIDDLE = QPoint(300, 200)
SHIFT = Qt.KeyboardModifier.ShiftModifier

type OpenStage = Callable[[Frame | None], FramingStage]


@pytest.fixture
def stage(draft: Draft, until: Until, show: Show, tmp_path: Path) -> OpenStage:
    """``stage(frame)``: a picture of 1200 × 800 pixels, each of them half a pixel of the screen."""

    def present(frame: Frame | None) -> FramingStage:
        taken(draft, until, saved(tmp_path, quarters(1200, 800), "a.png"))
        if frame is not None:
            draft.set_recipe(Recipe(frame=frame))
            settled(draft, until)
        stage = FramingStage(draft, DARK, None)
        show(stage, 608, 408)
        stage.activateWindow()
        stage.setFocus()
        until(stage.hasFocus)
        return stage

    return present


def pixel(grabbed: QImage, x: int, y: int) -> tuple[int, int, int]:
    colour = grabbed.pixelColor(x, y)
    return colour.red(), colour.green(), colour.blue()


def painted(canvas: FramingCanvas) -> QImage:
    return canvas.grab().toImage()


# ---- dragging ------------------------------------------------------------------------------


def test_a_drag_moves_the_crop_live_and_is_one_step(
    stage: OpenStage, draft: Draft, until: Until
) -> None:
    canvas = stage(Frame("1:1")).canvas
    assert (cutout_of(draft).left, cutout_of(draft).width) == (200, 800)
    press(canvas, MIDDLE)
    move(canvas, MIDDLE + QPoint(-40, 3))
    assert cutout_of(draft).left == 120
    # Nothing is prepared while it moves.
    assert draft.picture.prepared is None
    move(canvas, MIDDLE + QPoint(-55, 0))
    assert (cutout_of(draft).left, cutout_of(draft).top) == (90, 0)
    release(canvas, MIDDLE)
    settled(draft, until)
    assert cutout_of(draft).left == 90
    draft.undo_recipe()
    assert cutout_of(draft).left == 200


def test_it_does_not_leave_the_picture(stage: OpenStage, draft: Draft) -> None:
    canvas = stage(Frame("1:1")).canvas
    drag(canvas, MIDDLE, QPoint(5000, 200))
    assert cutout_of(draft).left == 400
    drag(canvas, MIDDLE, QPoint(-5000, 200))
    assert cutout_of(draft).left == 0


def test_a_click_moves_nothing(stage: OpenStage, draft: Draft) -> None:
    canvas = stage(Frame("1:1")).canvas
    changes = Counter(draft.recipe_changed)
    drag(canvas, MIDDLE, MIDDLE + QPoint(1, 1))
    QTest.mouseClick(canvas, Qt.MouseButton.RightButton, pos=MIDDLE)
    assert changes.count == 0


def test_it_snaps_unless_alt_is_held(stage: OpenStage, draft: Draft) -> None:
    canvas = stage(Frame("1:1", centre_x=0.6)).canvas
    assert cutout_of(draft).left == 320
    press(canvas, MIDDLE)
    # The picture's middle is 60 pixels of the screen away, and the pointer went 57.
    move(canvas, MIDDLE - QPoint(57, 0))
    assert cutout_of(draft).left == 200
    lines = painted(canvas)
    move(canvas, MIDDLE - QPoint(57, 0), ALT)
    assert cutout_of(draft).left == 206
    assert painted(canvas) != lines
    assert pixel(lines, 300, 20) == QColor(DARK.accent).getRgb()[:3]
    # Up and down it cannot move, so no line is told there.
    assert pixel(lines, 20, 200) != QColor(DARK.accent).getRgb()[:3]
    release(canvas, MIDDLE)
    assert pixel(painted(canvas), 300, 20) != QColor(DARK.accent).getRgb()[:3]


def test_without_a_frame_a_drag_makes_one_of_the_expected_shape(
    stage: OpenStage, draft: Draft
) -> None:
    canvas = stage(None).canvas
    # 3:2 becomes 4:3, as high as the picture: up and down there is nothing to move.
    drag(canvas, MIDDLE, MIDDLE + QPoint(0, 50))
    assert draft.recipe.frame is None
    drag(canvas, MIDDLE, MIDDLE + QPoint(50, 0))
    assert frame_of(draft).shape == "4:3"
    assert cutout_of(draft).left == 136
    draft.undo_recipe()
    assert draft.recipe.frame is None


def test_with_bars_the_picture_moves(stage: OpenStage, draft: Draft, until: Until) -> None:
    canvas = stage(Frame("1:1", Fill.COLOUR)).canvas
    assert cutout_of(draft).top == -200
    at = canvas.placement()
    assert at is not None
    assert at.scene.width() == 400
    drag(canvas, MIDDLE, MIDDLE + QPoint(0, 20))
    # It follows the pointer: 20 pixels of the screen are 60 of the picture here.
    assert cutout_of(draft).top == -260
    settled(draft, until)
    grabbed = painted(canvas)
    assert pixel(grabbed, 110, 80) == (0, 0, 0)
    assert pixel(grabbed, 110, 90) == (200, 30, 60)


# ---- zooming, nudging, resetting -----------------------------------------------------------


def test_the_wheel_zooms_at_the_pointer(stage: OpenStage, draft: Draft, until: Until) -> None:
    canvas = stage(Frame("1:1")).canvas
    assert turn_wheel(canvas, QPoint(100, 0), 3)
    after = cutout_of(draft)
    assert after.width == round(800 / 1.1**3)
    # What is under the pointer, the crop's own corner, stays where it is.
    assert (after.left, after.top) == (200, 0)
    assert draft.picture.prepared is None
    settled(draft, until)
    turn_wheel(canvas, QPoint(100, 0), -9)
    assert cutout_of(draft).width == 800
    draft.settle_frame()
    assert frame_of(draft).zoom == 1


def test_the_wheel_is_not_taken_without_a_frame(stage: OpenStage, draft: Draft) -> None:
    canvas = stage(None).canvas
    assert not turn_wheel(canvas, MIDDLE, 1)
    assert draft.recipe == Recipe()


@pytest.mark.parametrize(
    ("key", "keys", "moved"),
    [
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, (-1, 0)),
        (Qt.Key.Key_Right, SHIFT, (10, 0)),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier, (0, -1)),
        (Qt.Key.Key_Down, SHIFT, (0, 10)),
    ],
)
def test_arrows_nudge_by_pixels_of_the_picture(
    stage: OpenStage,
    draft: Draft,
    until: Until,
    key: Qt.Key,
    keys: Qt.KeyboardModifier,
    moved: tuple[int, int],
) -> None:
    widget = stage(Frame("1:1", zoom=2))
    before = cutout_of(draft)
    QTest.keyClick(widget, key, keys)
    after = cutout_of(draft)
    assert (after.left - before.left, after.top - before.top) == moved
    settled(draft, until)
    assert draft.can_undo_recipe


def test_several_keys_are_one_step(stage: OpenStage, draft: Draft, until: Until) -> None:
    widget = stage(Frame("1:1"))
    before = frame_of(draft)
    for _ in range(5):
        QTest.keyClick(widget, Qt.Key.Key_Left)
    assert draft.picture.prepared is None
    settled(draft, until)
    assert cutout_of(draft).left == 195
    draft.undo_recipe()
    assert frame_of(draft) == before


def test_plus_and_minus_zoom_about_the_middle(stage: OpenStage, draft: Draft) -> None:
    widget = stage(Frame("1:1"))
    QTest.keyClick(widget, Qt.Key.Key_Plus, SHIFT)
    QTest.keyClick(widget, Qt.Key.Key_Equal)
    assert frame_of(draft).zoom == pytest.approx(1.21)
    now = cutout_of(draft)
    assert (now.left + now.width / 2, now.top + now.height / 2) == pytest.approx((600, 400), abs=1)
    QTest.keyClick(widget, Qt.Key.Key_Minus)
    assert frame_of(draft).zoom == pytest.approx(1.1)


def test_other_keys_and_other_times_are_not_the_frames(stage: OpenStage, draft: Draft) -> None:
    widget = stage(None)
    QTest.keyClick(widget, Qt.Key.Key_Left)
    QTest.keyClick(widget, Qt.Key.Key_Plus)
    assert draft.recipe == Recipe()
    draft.set_recipe(Recipe(frame=Frame("1:1")))
    before = draft.recipe
    QTest.keyClick(widget, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(widget, Qt.Key.Key_A)
    draft.show_original(is_wanted=True)
    QTest.keyClick(widget, Qt.Key.Key_Left)
    drag(widget.canvas, MIDDLE, MIDDLE + QPoint(50, 0))
    assert not turn_wheel(widget.canvas, MIDDLE, 1)
    assert draft.recipe == before


def test_a_double_click_resets(stage: OpenStage, draft: Draft) -> None:
    moved = Frame("1:1", Fill.COLOUR, 0.4, 0.4, 2.0, "#123456")
    canvas = stage(moved).canvas
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=MIDDLE)
    assert frame_of(draft) == Frame("1:1", Fill.COLOUR, colour="#123456")
    draft.undo_recipe()
    assert frame_of(draft) == moved


def test_what_moves_is_settled_when_it_is_hidden(stage: OpenStage, draft: Draft) -> None:
    widget = stage(Frame("1:1"))
    QTest.keyClick(widget, Qt.Key.Key_Left)
    widget.hide()
    draft.undo_recipe()
    assert cutout_of(draft).left == 200


# ---- painting ------------------------------------------------------------------------------


def test_what_is_lost_is_dimmed_and_what_is_kept_is_as_sent(stage: OpenStage, draft: Draft) -> None:
    canvas = stage(Frame("1:1")).canvas
    grabbed = painted(canvas)
    assert grabbed.size().toTuple() == (600, 400)
    # The kept part stands from 100 to 500.
    assert pixel(grabbed, 110, 20) == (200, 30, 60)
    assert pixel(grabbed, 490, 380) == (240, 240, 240)
    assert QColor(*pixel(grabbed, 20, 20)).lightness() < 70
    assert pixel(grabbed, 100, 20) == QColor(DARK.accent).getRgb()[:3]
    draft.show_original(is_wanted=True)
    assert pixel(painted(canvas), 20, 20) == (200, 30, 60)
    draft.show_original(is_wanted=False)
    canvas.set_theme(LIGHT)
    assert QColor(*pixel(painted(canvas), 20, 20)).lightness() > 150


@pytest.mark.parametrize("fill", list(Fill))
def test_live_it_looks_like_what_is_sent(
    stage: OpenStage, draft: Draft, until: Until, fill: Fill
) -> None:
    canvas = stage(Frame("9:16", fill, colour="#406080")).canvas
    exact = painted(canvas)
    draft.set_frame_live(replace(frame_of(draft), centre_x=0.4, centre_y=0.4))
    draft.set_frame_live(replace(frame_of(draft), centre_x=0.5, centre_y=0.5))
    assert draft.picture.prepared is None
    live = painted(canvas)
    draft.settle_frame()
    settled(draft, until)
    far = max(
        abs(one - other)
        for x in range(0, exact.width(), 7)
        for y in range(0, exact.height(), 7)
        for one, other in zip(pixel(exact, x, y), pixel(live, x, y), strict=True)
        # Where two colours meet, one of both is as good.
        if min(abs(x - 300), abs(y - 200)) > 6 and is_plain(exact, x, y)
    )
    assert far <= 60 if fill is Fill.BLUR else far <= 2


def is_plain(image: QImage, x: int, y: int) -> bool:
    near = [
        pixel(
            image, min(max(x + dx, 0), image.width() - 1), min(max(y + dy, 0), image.height() - 1)
        )
        for dx in (-3, 3)
        for dy in (-3, 3)
    ]
    return max(near) == min(near) or len(set(near)) < 2


def test_transparency_lies_on_its_ground(
    draft: Draft, until: Until, show: Show, tmp_path: Path
) -> None:
    clear = quarters(600, 400).convert("RGBA")
    clear.putalpha(0)
    taken(draft, until, saved(tmp_path, clear, "a.png"))
    stage = FramingStage(draft, DARK, None)
    show(stage, 608, 408)
    draft.set_recipe(Recipe(ground="#ff8000"))
    settled(draft, until)
    assert pixel(painted(stage.canvas), 300, 200) == (255, 128, 0)
    draft.set_frame_live(Frame("16:9"))
    assert pixel(painted(stage.canvas), 300, 200) == (255, 128, 0)
    assert QColor(*pixel(painted(stage.canvas), 300, 4)).lightness() < 90
    draft.show_original(is_wanted=True)
    # A pattern stands for it.
    grabbed = painted(stage.canvas)
    assert {pixel(grabbed, x, 200) for x in range(300, 340)} == {
        QColor(DARK.raised).getRgb()[:3],
        QColor(DARK.line).getRgb()[:3],
    }


def test_the_hand_shows_that_it_can_be_dragged(stage: OpenStage, draft: Draft) -> None:
    canvas = stage(Frame("1:1")).canvas
    QTest.mouseMove(canvas, MIDDLE)
    move(canvas, MIDDLE)
    assert canvas.cursor().shape() is Qt.CursorShape.OpenHandCursor
    press(canvas, MIDDLE)
    assert canvas.cursor().shape() is Qt.CursorShape.ClosedHandCursor
    release(canvas, MIDDLE)
    assert canvas.cursor().shape() is Qt.CursorShape.OpenHandCursor
    draft.show_original(is_wanted=True)
    move(canvas, MIDDLE)
    assert canvas.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_bars_are_painted_while_the_wheel_turns(stage: OpenStage, draft: Draft) -> None:
    canvas = stage(Frame("9:16", Fill.COLOUR, colour="#406080")).canvas
    draft.set_frame_live(replace(frame_of(draft), centre_x=0.4))
    painted(canvas)
    turn_wheel(canvas, MIDDLE, 4)
    at = canvas.placement()
    assert at is not None
    grabbed = painted(canvas)
    # Below the picture, inside of the frame; and left of the frame, where the picture is dimmed.
    assert pixel(grabbed, at.kept.center().x(), at.kept.bottom() - 9) == (0x40, 0x60, 0x80)
    left = QPoint(at.picture.left() + 9, at.picture.top() + 9)
    assert not at.kept.contains(left)
    assert QColor(*pixel(grabbed, left.x(), left.y())).lightness() < 70


def test_nothing_of_before_is_left_where_neither_picture_nor_frame_is(
    stage: OpenStage, draft: Draft
) -> None:
    """Cut at the sides, with bars above and below: four corners are empty."""
    canvas = stage(Frame("1:1", Fill.COLOUR, zoom=1.2)).canvas
    before = QColor(255, 0, 255)
    image = QImage(canvas.size(), QImage.Format.Format_RGB32)
    image.fill(before)
    canvas.render(image, QPoint(), renderFlags=QWidget.RenderFlag(0))
    left = [
        (x, y)
        for y in range(0, image.height(), 3)
        for x in range(0, image.width(), 3)
        if image.pixelColor(x, y) == before
    ]
    assert not left
