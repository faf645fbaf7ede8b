"""The drop zone and the picture in it, framed as the model is expected to frame it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from dreamina_desktop.ui.compose.framing_canvas import FramingCanvas
from dreamina_desktop.ui.compose.image_drop_buttons import ImageDropButtons
from dreamina_desktop.ui.compose.image_drop_hint import ImageDropHint
from dreamina_desktop.ui.compose.incoming_picture import brings_picture, incoming_picture
from dreamina_desktop.ui.compose.recent_menu import RecentMenu
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import GAP, RADIUS, TIGHT, Theme

_LEAST_HEIGHT = 96
_HIGHEST = 1.2
"""Of its width: beyond that only a very tall picture gains, and the prompt needs the room."""


class ImageDrop(QWidget):
    """Objects named ``imageDrop`` are this. Takes pictures by drop, paste, click and key."""

    picture_arrived = Signal(object)
    """Carries an ``IncomingPicture``."""

    choose_requested = Signal()

    def __init__(
        self,
        draft: Draft,
        recents: RecentMenu,
        theme: Theme,
        icons: Icons,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._draft = draft
        self._theme = theme
        self._is_target = False
        self.setObjectName("imageDrop")
        self.setAccessibleName(self.tr("Image drop"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self.canvas = FramingCanvas(draft, theme, 1, self)
        self.canvas.setObjectName("pictureCanvas")
        self.canvas.setAccessibleName(self.tr("Picture as it is sent"))
        self.hint = ImageDropHint(draft, theme, icons, self)
        self.buttons = ImageDropButtons(draft, recents, theme, icons, self)
        self.buttons.choose_requested.connect(self.choose_requested)
        self.buttons.clear_requested.connect(self._on_clear_requested)
        self.buttons.picture_arrived.connect(self.picture_arrived)
        draft.picture_changed.connect(self._on_picture_changed)
        draft.preview_changed.connect(self._on_picture_changed)
        draft.recipe_changed.connect(self._on_recipe_changed)
        self._on_picture_changed()

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        self._theme = theme
        self.canvas.set_theme(theme)
        self.hint.set_theme(theme, icons)
        self.buttons.set_theme(theme, icons)
        self.update()

    def paste(self) -> bool:
        """Take what the clipboard holds; False where that is no picture."""
        arrived = incoming_picture(QGuiApplication.clipboard().mimeData())
        if arrived is None:
            return False
        self.picture_arrived.emit(arrived)
        return True

    def picture_rect(self) -> QRect:
        """Where the picture is drawn, in device pixels from this widget's corner; empty for none.

        It is never drawn larger than one of its pixels to one of the desktop's.
        """
        room = self._picture_room(beside=self._has_buttons_beside())
        at = self.canvas.placement_within(room.size())
        ratio = self.devicePixelRatioF()
        corner = QPoint(round(room.left() * ratio), round(room.top() * ratio))
        return QRect() if at is None else at.picture.translated(corner)

    # ---- Qt --------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        # The least, so that the picture is the first to give way; the layout stretches it.
        return QSize(320, _LEAST_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        if event.oldSize().width() != event.size().width():
            self.setMaximumHeight(max(_LEAST_HEIGHT, round(self.width() * _HIGHEST)))
        self._place_children()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._place_children()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if not self.hasFocus() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                event.ignore()
            else:
                self.choose_requested.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._draft.clear_picture()
        elif self.canvas.take_key(event):
            return
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        is_click = event.button() is Qt.MouseButton.LeftButton
        is_inside = self.rect().contains(event.position().toPoint())
        if is_click and is_inside and not self._draft.picture.is_there:
            self.choose_requested.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        # A card that is dragged out of the library is no picture to be used.
        if event.source() is None and brings_picture(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._set_target(is_target=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        del event
        self._set_target(is_target=False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        self._set_target(is_target=False)
        arrived = incoming_picture(event.mimeData())
        if arrived is None:
            event.ignore()
            return
        # The file stays where it is, whatever the other program would like.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.picture_arrived.emit(arrived)

    # ---- inside ----------------------------------------------------------------------------

    def _paint_ground(self, painter: QPainter) -> None:
        theme = self._theme
        ground = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setBrush(QColor(theme.selection if self._is_target else theme.sunken))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(ground, RADIUS, RADIUS)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._is_target or self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 2))
        elif not self._draft.picture.is_there:
            painter.setPen(QPen(QColor(theme.disabled), 1, Qt.PenStyle.DashLine))
        else:
            return
        painter.drawRoundedRect(ground, RADIUS, RADIUS)

    def _set_target(self, *, is_target: bool) -> None:
        self._is_target = is_target
        self.hint.set_target(is_target=is_target)
        self.hint.setVisible(is_target or self.canvas.shown() is None)
        self.buttons.setVisible(not is_target)
        self._place_children()
        self.update()

    def _picture_room(self, *, beside: bool) -> QRect:
        """What the buttons leave to the picture, in a column beside it or in a row above it."""
        size = self.buttons.sizeHint()
        taken = min(size.width(), size.height()) + TIGHT
        room = self.rect().adjusted(TIGHT, TIGHT, -TIGHT, -TIGHT)
        return room.adjusted(0, 0, -taken, 0) if beside else room.adjusted(0, taken, 0, 0)

    def _has_buttons_beside(self) -> bool:
        """Where they leave more to the picture, nothing of which is ever covered."""
        sides = (self._picture_room(beside=side).size() for side in (True, False))
        beside, below = (self.canvas.placement_within(room) for room in sides)
        if beside is None or below is None:
            return True
        return beside.scene.width() > below.scene.width()

    def _place_children(self) -> None:
        buttons, hint = self.buttons, self.hint
        is_beside = not buttons.is_wide and self._has_buttons_beside()
        buttons.stand(in_column=is_beside)
        self.canvas.setGeometry(self._picture_room(beside=is_beside))
        self.canvas.setVisible(not self._is_target and self.canvas.shown() is not None)
        size = buttons.sizeHint().boundedTo(self.size())
        if self._is_target or not buttons.is_wide:
            corner = QPoint(self.width() - size.width() - TIGHT, TIGHT)
            buttons.setGeometry(QRect(corner, size))
            taken = 0 if self._is_target else size.width()
            hint.setGeometry(self.rect().adjusted(GAP, GAP, -GAP - taken, -GAP))
            return
        width = self.width() - 2 * GAP
        high = min(hint.heightForWidth(width), self.height() - size.height() - GAP)
        top = max(0, (self.height() - high - GAP - size.height()) // 2)
        hint.setGeometry(GAP, top, width, high)
        buttons.setGeometry(
            QRect(QPoint((self.width() - size.width()) // 2, top + high + GAP), size)
        )

    def _on_clear_requested(self) -> None:
        self._draft.clear_picture()
        # The button goes; Ctrl+Z is to be heard here.
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_picture_changed(self) -> None:
        picture = self._draft.picture
        name = picture.source if picture.is_address else Path(picture.source).name
        frame = self._draft.recipe.frame
        if frame is not None:
            name = self.tr("{0}, framed {1}").format(name, frame.shape)
        self.setAccessibleDescription(name)
        self.setToolTip(picture.source or self.tr("Drop or paste a picture here (Ctrl+V)"))
        self.hint.setVisible(self.canvas.shown() is None)
        self._place_children()
        self.update()

    def _on_recipe_changed(self) -> None:
        # Bars change the room that a picture wants, and so where the buttons stand.
        self._place_children()
