"""What is made of a developed picture, at any size: all of it, or a person's own frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from dreamina_desktop.core.change import Change, ChangeKind
from dreamina_desktop.core.model_spec import OutputSize
from dreamina_desktop.core.recipe import Frame
from dreamina_desktop.pictures.framed import frame_cutout, framed, legal_steps
from dreamina_desktop.pictures.scaling import scaled
from dreamina_desktop.pictures.size_limits import Size, SizeLimits

if TYPE_CHECKING:
    from PIL import Image


class MadePicture(Protocol):
    """``size`` is the best one that the model takes."""

    size: Size

    def smaller(self, size: Size, share: float) -> Size | None:
        """About ``share`` times as wide and high; None where the model would not take that."""
        ...

    def pixels(self, size: Size) -> Image.Image: ...

    def changes(self, size: Size) -> list[Change]: ...


class WholePicture:
    """The middle of the picture, as much of it as has a legal shape."""

    def __init__(self, image: Image.Image, limits: SizeLimits) -> None:
        self._limits = limits
        self._before = image.size
        width, height = limits.cut(image.size)
        if (width, height) != image.size:
            left, top = (image.width - width) // 2, (image.height - height) // 2
            image = image.crop((left, top, left + width, top + height))
        self._kept = image
        # A scaled side is rounded, which may take the shape over its edge by a pixel.
        self.size = limits.cut(limits.scaled(image.size))

    def smaller(self, size: Size, share: float) -> Size | None:
        smaller = self._limits.smaller(size, share)
        return None if smaller is None else self._limits.cut(smaller)

    def pixels(self, size: Size) -> Image.Image:
        return scaled(self._kept, size)

    def changes(self, size: Size) -> list[Change]:
        return [
            *_change(ChangeKind.CROPPED, self._before, self._kept.size),
            *_scaling(self._kept.size, size),
        ]


class FramedPicture:
    """A person's own frame: always whole steps of its shape."""

    def __init__(
        self, image: Image.Image, frame: Frame, limits: SizeLimits, sizes: tuple[OutputSize, ...]
    ) -> None:
        self._frame = frame
        self._image, self._cutout = frame_cutout(image, frame, sizes)
        self._unit = self._cutout.unit_width, self._cutout.unit_height
        self._least, _ = limits.steps(self._unit)
        self.size = self._of_steps(legal_steps(self._cutout, limits))

    def smaller(self, size: Size, share: float) -> Size | None:
        steps = int(size[0] // self._unit[0] * share)
        return self._of_steps(steps) if steps >= self._least else None

    def pixels(self, size: Size) -> Image.Image:
        return framed(self._image, self._frame, self._cutout, size[0] // self._unit[0])

    def changes(self, size: Size) -> list[Change]:
        kept = self._cutout.kept(*self._image.size)
        whole = self._cutout.width, self._cutout.height
        return [
            *_change(ChangeKind.CROPPED, self._image.size, kept),
            *_change(ChangeKind.BARRED, kept, whole),
            *_scaling(whole, size),
        ]

    def _of_steps(self, steps: int) -> Size:
        return steps * self._unit[0], steps * self._unit[1]


def _scaling(before: Size, after: Size) -> list[Change]:
    is_smaller = after[0] * after[1] < before[0] * before[1]
    return _change(ChangeKind.SHRUNK if is_smaller else ChangeKind.ENLARGED, before, after)


def _change(kind: ChangeKind, before: Size, after: Size) -> list[Change]:
    if before == after:
        return []
    return [Change(kind, f"{before[0]}x{before[1]}", f"{after[0]}x{after[1]}")]
