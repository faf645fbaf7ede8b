"""A clip's last frames as candidates, and one frame as a file: blocking, for worker threads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from dreamina_desktop.core.export_errors import ClipUnreadableError
from dreamina_desktop.core.job import ClipKind
from dreamina_desktop.pictures.copies import keep_copy
from dreamina_desktop.ui.hand_over.candidate import Candidate
from dreamina_desktop.ui.hand_over.candidate_delegate import PICTURE
from dreamina_desktop.ui.watch.viewed import Viewed
from dreamina_desktop.video.frame import Frame, Rgb32Converter
from dreamina_desktop.video.handover import LAST_FRAMES, rank_last_frames
from dreamina_desktop.video.still_file import still_png

_SMALL = QSize(2 * PICTURE.width(), 2 * PICTURE.height())
"""Pixels, for a display at 200 %."""
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class KeptFrame:
    """Frame ``index`` (from 0) as a PNG file of its own, and small for looking at."""

    index: int
    path: Path
    image: QImage


def look_at_end(clip: Path, seen: int, cancelled: Callable[[], bool]) -> tuple[Candidate, ...]:
    """The last frames, the best first; () where it was cancelled. Raises ClipBrokenError."""
    converter = Rgb32Converter()
    images: dict[int, QImage] = {}

    def keep_small(frame: Frame) -> None:
        pixels = converter.convert(frame)
        # It only borrows the pixels; scaling makes it independent of them.
        whole = QImage(
            pixels.data, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_RGB32
        )
        images[frame.index] = _small(whole)

    ranked = rank_last_frames(clip, LAST_FRAMES, cancelled, keep_small)
    return tuple(
        Candidate(rank.index, images[rank.index], rank, is_seen=rank.index == seen)
        for rank in ranked
    )


def keep_frame(viewed: Viewed, index: int, copies: Path) -> KeptFrame:
    """Put a frame into the folder of copies, at full size and named after clip and frame.

    A picture is a file already. Raises ClipUnreadableError, FrameMissingError, DiskError.
    """
    path = viewed.path
    if viewed.clip.kind is ClipKind.IMAGE:
        image = QImage(str(path))
        if image.isNull():
            raise ClipUnreadableError(str(path))
        return KeptFrame(index, path.absolute(), _small(image))
    data = still_png(path, index)
    name = f"{path.stem[:_LONGEST_NAME].rstrip()} frame {index + 1:04}"
    kept = keep_copy(copies, name, ".png", data)
    return KeptFrame(index, kept.absolute(), _small(QImage.fromData(data)))


def _small(image: QImage) -> QImage:
    return image.scaled(
        _SMALL, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
