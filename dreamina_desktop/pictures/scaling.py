"""Scaling by Lanczos' filter, large pictures on two cores."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

# Below this starting a thread is not worth it.
_MANY_PIXELS = 4_000_000
_HALVES = 2


def scaled(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The image at ``size``; the same one where it has that already."""
    from PIL import Image

    if image.size == size:
        return image
    if image.width * image.height < _MANY_PIXELS or size[1] < _HALVES:
        return image.resize(size, Image.Resampling.LANCZOS)
    image.load()

    def part(rows: tuple[int, int]) -> Image.Image:
        # A box says which rows are wanted; the filter still sees what lies beside them.
        box = (0, rows[0] * down, image.width, rows[1] * down)
        height = rows[1] - rows[0]
        # One way after the other, so that both halves come about alike.
        lower = image.resize((image.width, height), Image.Resampling.LANCZOS, box=box)
        return lower.resize((size[0], height), Image.Resampling.LANCZOS)

    middle, down = size[1] // _HALVES, image.height / size[1]
    whole = Image.new(image.mode, size)
    with ThreadPoolExecutor(_HALVES) as cores:
        upper, lower = cores.map(part, ((0, middle), (middle, size[1])))
    whole.paste(upper, (0, 0))
    whole.paste(lower, (0, middle))
    return whole
