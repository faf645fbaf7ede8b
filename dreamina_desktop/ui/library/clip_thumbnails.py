"""First frames of clips, through a frame store of their own that keeps next to nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from dreamina_desktop.core.errors import ClipBrokenError, DiskError
from dreamina_desktop.ui.library.picture_source import PictureSource
from dreamina_desktop.ui.library.thumbnail_made import ThumbnailMade
from dreamina_desktop.ui.library.thumbnail_size import centre, scaled_size
from dreamina_desktop.ui.ports import Background, Outcome
from dreamina_desktop.video.clip import PyAvClipCheck
from dreamina_desktop.video.frame import Frame, Rgb32Converter
from dreamina_desktop.video.frame_store import FrameStore

_BUDGET = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _FrameTold:
    """From the store's thread: the first frame is there, or never will be."""

    clip: Path
    size: tuple[int, int]
    is_there: bool


class ClipThumbnails(QObject):
    """Asks for frames and turns them into pictures; each clip's file is let go at once."""

    clip_thumbnail_made = Signal(object)
    _told = Signal(object)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._converter: Rgb32Converter | None = None
        self._asked: dict[Path, tuple[PictureSource, QSize]] = {}
        self._told.connect(self._on_told)
        self._store = FrameStore(_BUDGET, self._frame_ready, self._clip_broken, workers=1)

    def make(self, source: PictureSource, frame: QSize) -> None:
        """Have the first frame of a clip brought into a frame in device pixels."""
        self._asked[Path(source.name)] = source, frame
        if source.width and source.height:
            self._ask(source, frame, QSize(source.width, source.height))
        else:
            # Rows that were rebuilt after a damage may not know their clip's size.
            self._background.run(partial(_measured, source, frame), self._on_measured)

    def close(self) -> None:
        """Stop decoding and join the thread."""
        self._store.close()

    def _ask(self, source: PictureSource, frame: QSize, size: QSize) -> None:
        path, scaled = Path(source.name), scaled_size(size, frame)
        # Colours come in blocks of two by two pixels: half a block more, rather than half a colour.
        pair = scaled.width() + scaled.width() % 2, scaled.height() + scaled.height() % 2
        if self._store.frame(path, 0, pair, ahead=False) is not None:
            self._on_told(_FrameTold(path, pair, is_there=True))

    def _frame_ready(self, clip: Path, index: int, size: tuple[int, int]) -> None:
        # From the store's thread, as below: the signal takes it across.
        del index
        self._told.emit(_FrameTold(clip, size, is_there=True))

    def _clip_broken(self, clip: Path, size: tuple[int, int], error: ClipBrokenError) -> None:
        del error
        self._told.emit(_FrameTold(clip, size, is_there=False))

    def _on_measured(self, outcome: Outcome[_Measured]) -> None:
        measured = outcome.get()
        if measured.size is None:
            self._finish(Path(measured.source.name), None)
        else:
            self._ask(measured.source, measured.frame, measured.size)

    def _on_told(self, told: _FrameTold) -> None:
        decoded = None
        if told.is_there:
            decoded = self._store.frame(told.clip, 0, told.size, ahead=False)
        self._store.forget(told.clip)
        asked = self._asked.get(told.clip)
        if asked is None:
            return
        if decoded is None:
            self._finish(told.clip, None)
        else:
            _, frame = asked
            self._background.run(
                partial(self._converted, told.clip, decoded, frame), self._on_converted
            )

    def _converted(self, clip: Path, decoded: Frame, frame: QSize) -> _Converted:
        # The background has one thread, and so the converter belongs to it alone.
        self._converter = self._converter or Rgb32Converter()
        pixels = self._converter.convert(decoded)
        whole = QImage(
            pixels.data, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_RGB32
        )
        return _Converted(clip, whole.copy(centre(whole.size(), frame)))

    def _on_converted(self, outcome: Outcome[_Converted]) -> None:
        converted = outcome.get()
        self._finish(converted.clip, converted.image)

    def _finish(self, clip: Path, image: QImage | None) -> None:
        source, frame = self._asked.pop(clip)
        self.clip_thumbnail_made.emit(ThumbnailMade(source, frame, image))


@dataclass(frozen=True, slots=True)
class _Measured:
    source: PictureSource
    frame: QSize
    size: QSize | None


@dataclass(frozen=True, slots=True)
class _Converted:
    clip: Path
    image: QImage


def _measured(source: PictureSource, frame: QSize) -> _Measured:
    try:
        facts = PyAvClipCheck().facts(Path(source.name))
    except (ClipBrokenError, DiskError):
        return _Measured(source, frame, None)
    return _Measured(source, frame, QSize(facts.width, facts.height))
