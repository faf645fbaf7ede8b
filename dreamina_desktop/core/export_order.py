"""What is made of a clip: which frames, in which kind of file, how wide."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dreamina_desktop.core.export_errors import (
    ExportSizeError,
    FrameMissingError,
    OutputKindError,
)

SMALLEST, LARGEST = 16, 8192
"""Width and height in pixels of what is made. WebP ends at 16 383, players long before."""


class ExportKind(StrEnum):
    """The kind of file. Values are kept, and printed as JSON."""

    MP4 = "mp4"
    GIF = "gif"
    WEBP = "webp"
    PNG_SEQUENCE = "png"
    """A folder of pictures, one for each frame."""

    @property
    def suffix(self) -> str:
        """What the name of such a file ends in; "" for a folder."""
        return "" if self is ExportKind.PNG_SEQUENCE else f".{self.value}"


@dataclass(frozen=True, slots=True)
class Cut:
    """From the in point to the out point, both included and counted from 0."""

    first: int
    last: int

    @property
    def count(self) -> int:
        """How many frames."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """``first`` and ``last`` are frames counted from 0, None for the clip's own ends.

    ``width`` in pixels, None for the clip's own; the height follows from the clip's shape.
    """

    kind: ExportKind
    first: int | None = None
    last: int | None = None
    width: int | None = None

    def cut(self, count: int) -> Cut:
        """The frames wanted of a clip of ``count`` frames. Raises FrameMissingError."""
        first = 0 if self.first is None else self.first
        last = count - 1 if self.last is None else self.last
        for frame in (first, last):
            if not 0 <= frame < count:
                raise FrameMissingError(str(frame + 1), count)
        if first > last:
            raise FrameMissingError(f"{first + 1}–{last + 1}", count)
        return Cut(first, last)

    def size(self, width: int, height: int) -> tuple[int, int]:
        """Width and height of what is made of frames of this size. Raises ExportSizeError.

        Both are even in an MP4, whose colours are kept for squares of four pixels: of an odd
        number of lines the last one is left out.
        """
        wide = width if self.width is None else self.width
        high = height if self.width is None else max(1, round(height * wide / width))
        if self.kind is ExportKind.MP4:
            wide, high = wide - wide % 2, high - high % 2
        is_small = self.width is not None and min(wide, high) < SMALLEST
        if is_small or max(wide, high) > LARGEST:
            raise ExportSizeError(f"{wide} × {high}")
        if min(wide, high) < 1:
            raise ExportSizeError(f"{width} × {height}")
        return wide, high


def kind_of(name: str) -> ExportKind:
    """What a file of that name is to be; a name without suffix is a folder's.

    Raises OutputKindError.
    """
    last = name.rstrip("/\\")
    last = last[max(last.rfind("/"), last.rfind("\\")) + 1 :]
    _, dot, suffix = last.lstrip(".").rpartition(".")
    if not dot or last != name[len(name) - len(last) :]:
        return ExportKind.PNG_SEQUENCE
    for kind in (ExportKind.MP4, ExportKind.GIF, ExportKind.WEBP):
        if f".{suffix.lower()}" == kind.suffix:
            return kind
    raise OutputKindError(name)
