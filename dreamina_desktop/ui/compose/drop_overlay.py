"""Covers the window while a picture is dragged over it: letting go anywhere uses it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from dreamina_desktop.ui.compose.incoming_picture import brings_picture, incoming_picture
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import GAP, RADIUS, ROOM, Theme

_ICON = 56
_VEIL = 0.9


class DropOverlay(QWidget):
    """Belongs to a window, and makes all of it take pictures.

    The window itself only begins the drag; from then on it is this widget, on top of everything,
    that the drag goes over, leaves or ends on.
    """

    picture_arrived = Signal(object)
    """Carries an ``IncomingPicture``."""

    def __init__(self, window: QWidget, theme: Theme, icons: Icons) -> None:
        super().__init__(window)
        self._theme = theme
        self._icons = icons
        self.setObjectName("dropOverlay")
        self.setAccessibleName(self.tr("Drop to use this picture"))
        self.setAcceptDrops(True)
        self.hide()
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        self._theme, self._icons = theme, icons
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            # A card that is dragged out of the library is no picture to be used.
            if event.source() is None and brings_picture(event.mimeData()):
                self._cover()
                _accept(event)
                return True
        elif event.type() is QEvent.Type.Drop and isinstance(event, QDropEvent):
            # Quicker than the first move: the window still has the drag.
            self.dropEvent(event)
            return True
        elif event.type() is QEvent.Type.Resize and self.isVisible():
            self._cover()
        return super().eventFilter(watched, event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        _accept(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        del event
        self.hide()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        self.hide()
        arrived = incoming_picture(event.mimeData())
        if arrived is None:
            event.ignore()
            return
        _accept(event)
        self.picture_arrived.emit(arrived)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        del event
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(theme.window)
        veil.setAlphaF(_VEIL)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(QColor(theme.accent), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(ROOM, ROOM, -ROOM, -ROOM), RADIUS + 2, RADIUS + 2
        )
        middle = self.rect().center()
        pixmap = self._icons.pixmap("drop", _ICON, self.devicePixelRatioF(), theme.accent)
        painter.drawPixmap(middle.x() - _ICON // 2, middle.y() - _ICON, pixmap)
        font = self.font()
        font.setPixelSize(round(self.fontInfo().pixelSize() * 1.4))
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(theme.text))
        words = self.rect().adjusted(0, middle.y() + 2 * GAP, 0, 0)
        painter.drawText(
            words,
            Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop,
            self.tr("Drop to use this picture"),
        )
        painter.end()

    def _cover(self) -> None:
        window = self.parentWidget()
        if window is not None:
            self.setGeometry(window.rect())
            self.show()
            self.raise_()


def _accept(event: QDropEvent) -> None:
    # The file stays where it is, whatever the other program would like.
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
