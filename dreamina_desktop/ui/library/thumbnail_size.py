"""How a picture is brought into the frame of a thumbnail."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt

_STRIP = 4


def scaled_size(picture: QSize, frame: QSize) -> QSize:
    """The size at which a picture stands in a frame.

    Square and landscape ones fill it and lose their edges; upright ones, and strips, would lose
    most of themselves and are shown whole.
    """
    mode = Qt.AspectRatioMode.KeepAspectRatio
    if picture.height() <= picture.width() <= _STRIP * picture.height():
        mode = Qt.AspectRatioMode.KeepAspectRatioByExpanding
    return picture.scaled(frame, mode).expandedTo(QSize(1, 1))


def centre(size: QSize, frame: QSize) -> QRect:
    """The part in the middle of a picture of ``size`` that a frame shows."""
    shown = size.boundedTo(frame)
    corner = QPoint((size.width() - shown.width()) // 2, (size.height() - shown.height()) // 2)
    return QRect(corner, shown)
