"""Drags and drops as Qt delivers them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QWidget

_ACTIONS = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction


def mime(*urls: str | Path, text: str = "", image: QImage | None = None) -> QMimeData:
    """Paths become file addresses."""
    data = QMimeData()
    if urls:
        data.setUrls([QUrl.fromLocalFile(str(u)) if isinstance(u, Path) else QUrl(u) for u in urls])
    if text:
        data.setText(text)
    if image is not None:
        data.setImageData(image)
    return data


def an_image(width: int = 400, height: int = 360) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    return image


def enter(widget: QWidget, data: QMimeData) -> bool:
    """Drag over the widget's middle; whether it is taken."""
    event = QDragEnterEvent(
        QPointF(widget.width() / 2, widget.height() / 2),
        _ACTIONS,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.setAccepted(False)
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def leave(widget: QWidget) -> None:
    QApplication.sendEvent(widget, QDragLeaveEvent())


def drop(widget: QWidget, data: QMimeData) -> QDropEvent:
    """Let go over the widget's middle; the program it comes from would like to move the file."""
    # Qt brings a drop only to where the drag was before.
    enter(widget, data)
    event = QDropEvent(
        QPointF(widget.width() / 2, widget.height() / 2),
        _ACTIONS,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.setDropAction(Qt.DropAction.MoveAction)
    QApplication.sendEvent(widget, event)
    return event
