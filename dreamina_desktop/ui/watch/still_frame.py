"""One frame of a clip at full size: as an image, as PNG, as a new file beside the clip."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage, QImageReader

from dreamina_desktop.core.errors import ClipBrokenError
from dreamina_desktop.core.job import ClipKind
from dreamina_desktop.ui.preview import encode_png
from dreamina_desktop.ui.watch.viewed import Viewed


@dataclass(frozen=True, slots=True)
class StillFrame:
    """Frame ``index`` (from 0) with all its pixels. ``name`` is a file name for it."""

    index: int
    name: str
    image: QImage
    png: bytes


def frame_name(viewed: Viewed, index: int) -> str:
    """After the clip and the frame's number for people, e.g. ``coffee_4711_frame_0052.png``."""
    if viewed.clip.kind is ClipKind.IMAGE:
        return f"{viewed.path.stem}.png"
    return f"{viewed.path.stem}_frame_{index + 1:04}.png"


def take_frame(viewed: Viewed, index: int) -> StillFrame:
    """Decode it: blocking, up to a second.

    Raises ClipBrokenError, ClipUnreadableError, FrameMissingError.
    """
    from dreamina_desktop.video.still_file import still_png

    name = frame_name(viewed, index)
    if not viewed.path.is_file():
        raise ClipBrokenError("missing")
    if viewed.clip.kind is ClipKind.IMAGE:
        image = _picture(viewed.path)
        return StillFrame(index, name, image, encode_png(image))
    png = still_png(viewed.path, index)
    return StillFrame(index, name, QImage.fromData(png), png)


def save_beside(still: StillFrame, folder: Path) -> Path:
    """Write it as a new file, never over another one; where it is. Raises OutputFileError."""
    from dreamina_desktop.video.export_target import NewFile, writing

    with NewFile(folder / still.name, finds_name=True) as new:
        with writing(folder / still.name):
            new.part.write_bytes(still.png)
        return new.name_it()


def _picture(path: Path) -> QImage:
    reader = QImageReader(str(path))
    # By content: the name may say anything.
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    image = reader.read()
    if image.isNull():
        raise ClipBrokenError("picture")
    return image
