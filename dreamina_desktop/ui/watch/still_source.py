"""A picture as a source of images: some models answer with pictures only."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage, QImageReader

from dreamina_desktop.core.errors import ClipBrokenError
from dreamina_desktop.ui.ports import Background, Outcome
from dreamina_desktop.ui.watch.frame_source import ClipBroke
from dreamina_desktop.ui.watch.source import Shot


class StillSource(QObject):
    """Implements ``source.Source``. Every frame number shows the same picture."""

    image_arrived = Signal()
    broke = Signal(object)

    def __init__(
        self,
        background: Background,
        path: Path,
        width: int,
        height: int,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._path = path
        self._width = width
        self._height = height
        self._image = QImage()
        self._wanted: tuple[int, int] | None = None

    @property
    def width(self) -> int:
        """Pixels of the picture itself."""
        return self._width

    @property
    def height(self) -> int:
        """Pixels of the picture itself."""
        return self._height

    def shot(self, index: int, size: tuple[int, int]) -> Shot | None:
        """The picture at ``size``, if it has been read."""
        if (self._image.width(), self._image.height()) == size:
            return Shot(index, self._image)
        if size != self._wanted:
            self._wanted = size
            path = self._path
            self._background.run(lambda: _read(path, size), self._on_read)
        return None

    def _on_read(self, outcome: Outcome[QImage]) -> None:
        try:
            image = outcome.get()
        except ClipBrokenError as error:
            self.broke.emit(ClipBroke(self._path, error, is_missing=error.detail == "missing"))
            return
        # A later size may be on its way; this one is of no use any more.
        if (image.width(), image.height()) == self._wanted:
            self._image = image
            self.image_arrived.emit()


def _read(path: Path, size: tuple[int, int]) -> QImage:
    if not path.is_file():
        raise ClipBrokenError("missing")
    reader = QImageReader(str(path))
    # By content: the name may say anything.
    reader.setDecideFormatFromContent(True)
    reader.setScaledSize(QSize(*size))
    image = reader.read()
    if image.isNull():
        raise ClipBrokenError("picture")
    return image
