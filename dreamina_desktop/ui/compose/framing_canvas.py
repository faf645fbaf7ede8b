"""The picture as it is sent, and the frame on it, to be moved by mouse and keys."""

from __future__ import annotations

from math import hypot

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from dreamina_desktop.core.framing import Framing
from dreamina_desktop.ui.compose.crop_overlay import crop_on_screen
from dreamina_desktop.ui.compose.framing_hand import FramingHand
from dreamina_desktop.ui.compose.framing_placement import FramingPlacement, outside, place
from dreamina_desktop.ui.compose.framing_scene import FramingPainter, FramingScene
from dreamina_desktop.ui.picture_draft import PictureDraft
from dreamina_desktop.ui.theme import Theme

SNAPS = 6
"""Device-independent pixels within which a frame snaps."""
_FAR = 10
_TURN = 1.1
"""How much closer one notch of the wheel, or one key, goes."""
_NOTCH = 120
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_CLOSER = {Qt.Key.Key_Plus: _TURN, Qt.Key.Key_Equal: _TURN, Qt.Key.Key_Minus: 1 / _TURN}
_PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class FramingCanvas(QWidget):
    """Whole picture, what is lost of it dimmed, what is kept as it is sent.

    ``largest``: device-independent pixels that one pixel of the shown picture takes at most.
    Keys come through ``take_key``, from whoever has the focus.
    """

    def __init__(self, draft: PictureDraft, theme: Theme, largest: float, parent: QWidget) -> None:
        super().__init__(parent)
        self._draft = draft
        self._theme = theme
        self._largest = largest
        self._pressed: QPointF | None = None
        self._hand = FramingHand(draft, self)
        self._painter = FramingPainter()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self._hand.lines_changed.connect(self.update)
        draft.picture_changed.connect(self._on_changed)
        draft.preview_changed.connect(self._on_changed)
        draft.recipe_changed.connect(self._on_changed)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.update()

    def shown(self) -> QImage | None:
        """What is painted: what is sent, or the file itself, or what of these there is by now."""
        draft = self._draft
        if draft.recipe.frame is not None or draft.shows_original:
            return draft.view if draft.view is not None else self._exact()
        return self._exact() or draft.view

    def placement(self) -> FramingPlacement | None:
        """Where picture and frame stand, in device pixels from the corner; None without one."""
        return self.placement_within(self.size())

    def placement_within(self, size: QSize) -> FramingPlacement | None:
        """As if the canvas had that size in device-independent pixels."""
        image = self.shown()
        if image is None:
            return None
        ratio = self.devicePixelRatioF()
        room = QSize(int(size.width() * ratio), int(size.height() * ratio)).expandedTo(QSize(1, 1))
        framer, frame = self._draft.framer, self._draft.recipe.frame
        if framer is None or frame is None or image is not self._draft.view:
            return place(room, image.size(), None, ratio * self._largest)
        picture = QSize(framer.width, framer.height)
        most = ratio * self._largest * image.width() / picture.width()
        cutout = None if self._draft.shows_original else framer.cutout(frame)
        return place(room, picture, cutout, most)

    def take_key(self, event: QKeyEvent) -> bool:
        """Whether the key was one for the frame, and there is one."""
        modifiers = event.modifiers()
        if self._draft.shows_original or modifiers & ~_PLAIN:
            return False
        key = Qt.Key(event.key())
        if key in _ARROWS:
            far = _FAR if modifiers & Qt.KeyboardModifier.ShiftModifier else 1
            across, down = _ARROWS[key]
            return self._hand.nudge(far * across, far * down)
        return key in _CLOSER and self._hand.zoom(_CLOSER[key])

    # ---- Qt --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        scene, ratio = self._scene(), self.devicePixelRatioF()
        covered = QRect() if scene is None else _within(scene.placement.scene, ratio)
        for part in outside(event.rect(), covered):
            painter.fillRect(part, QColor(self._theme.sunken))
        if scene is not None:
            # On a scaled desktop this widget may begin between two pixels; the picture must not.
            corner = self.mapTo(self.window(), QPoint(0, 0))
            painter.translate(
                round(corner.x() * ratio) / ratio - corner.x(),
                round(corner.y() * ratio) / ratio - corner.y(),
            )
            painter.scale(1 / ratio, 1 / ratio)
            self._painter.paint(painter, scene, self._theme, max(1, round(2 * ratio)))
        painter.end()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        self._let_go()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() is not Qt.MouseButton.LeftButton or not self._can_grip():
            event.ignore()
            return
        self._pressed = event.position()
        self._hand.grip()
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        at = self.placement()
        if self._pressed is None or at is None:
            self._show_cursor()
            return
        moved = event.position() - self._pressed
        is_far = hypot(moved.x(), moved.y()) >= QApplication.startDragDistance()
        if not is_far and not self._hand.is_holding:
            return
        pixels = self.devicePixelRatioF() / at.scale
        is_free = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        self._hand.drag(moved.x() * pixels, moved.y() * pixels, None if is_free else SNAPS * pixels)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self._pressed is None or event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._let_go()
        self._show_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        is_left = event.button() is Qt.MouseButton.LeftButton
        if not is_left or self._draft.shows_original or not self._hand.reset():
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        at, turned = self.placement(), event.angleDelta().y()
        if at is None or self._draft.shows_original or not turned:
            event.ignore()
            return
        there = at.in_picture(event.position() * self.devicePixelRatioF())
        if not self._hand.zoom(_TURN ** (turned / _NOTCH), there.x(), there.y()):
            event.ignore()

    # ---- inside ----------------------------------------------------------------------------

    def _exact(self) -> QImage | None:
        """What is sent, as long as nothing newer is being made."""
        return self._draft.preview if self._draft.picture.prepared is not None else None

    def _scene(self) -> FramingScene | None:
        draft, image, at = self._draft, self.shown(), self.placement()
        if image is None or at is None:
            return None
        if draft.shows_original:
            return FramingScene(image, at)
        frame, ground = draft.recipe.frame, draft.recipe.ground
        if frame is None or draft.framer is None or image is not draft.view:
            crop = _crop(at.scene, draft.framing) if frame is None else None
            return FramingScene(image, at, ground, crop=crop)
        return FramingScene(
            image,
            at,
            ground,
            frame.fill,
            frame.colour,
            exact=self._exact(),
            lines=self._hand.lines,
            is_live=self._hand.is_unsettled,
            has_grid=self._hand.is_holding,
        )

    def _can_grip(self) -> bool:
        return not self._draft.shows_original and self._hand.can_grip()

    def _let_go(self) -> None:
        self._pressed = None
        self._hand.release()

    def _show_cursor(self) -> None:
        if self._can_grip():
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()

    def _on_changed(self) -> None:
        self.update()


def _crop(scene: QRect, framing: Framing | None) -> QRect | None:
    """The model's own crop of the picture that fills ``scene``."""
    if framing is None:
        return None
    crop = framing.crop
    # It is in the middle, which tells the picture's size.
    width, height = crop.width + 2 * crop.left, crop.height + 2 * crop.top
    return crop_on_screen(scene, width, height, framing)


def _within(scene: QRect, ratio: float) -> QRect:
    """What the scene covers for sure, in device-independent pixels."""
    corner = QPointF(scene.topLeft()) / ratio
    whole = QRectF(corner, QSizeF(scene.size()) / ratio)
    return whole.toAlignedRect().adjusted(1, 1, -1, -1)
