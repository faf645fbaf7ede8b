"""Another program with a picture to drag: ``screenshot_drag.py PICTURE X Y``."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent, QPixmap
from PySide6.QtWidgets import QApplication, QLabel

SIDE = 96
TITLE = "A picture to drag"


class Picture(QLabel):
    """A thumbnail, as in a file window."""

    def __init__(self, picture: Path) -> None:
        super().__init__()
        self._picture = picture
        shrink = Qt.AspectRatioMode.KeepAspectRatioByExpanding
        smooth = Qt.TransformationMode.SmoothTransformation
        whole = QPixmap(str(picture)).scaled(SIDE, SIDE, shrink, smooth)
        self._small = whole.copy(0, 0, SIDE, SIDE)
        self.setPixmap(self._small)
        self.setWindowTitle(TITLE)
        self.setFixedSize(SIDE, SIDE)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if not event.buttons() & Qt.MouseButton.LeftButton:
            return
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(self._picture))])
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.setPixmap(self._small)
        drag.setHotSpot(self._small.rect().center())
        drag.exec(Qt.DropAction.CopyAction)


def main(picture: Path, x: int, y: int) -> int:
    """Show it there until the process is ended."""
    application = QApplication([])
    window = Picture(picture.absolute())
    window.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    window.move(x, y)
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
