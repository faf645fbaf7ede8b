"""Which of a clip's last frames is the best picture to go on from."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from dreamina_desktop.core.errors import ClipBrokenError
from dreamina_desktop.video.clip_file import ClipFile
from dreamina_desktop.video.frame import Frame, Scaler

if TYPE_CHECKING:
    from PIL.Image import Image

LAST_FRAMES = 12
"""Half a second: what lies before is no end of the shot any more."""

_LONGEST = 960
"""Pixels: nearly what the model makes, so that a slight blur still tells."""
_BLOCK = 16
_HALF_STILL = 2.0
"""Levels of 255: a mean difference that anybody sees as motion; noise of coding is below 0.5."""
_TOLD_APART = 2
"""Decimals of a score. What is as good but comes later leaves more of the shot."""


@dataclass(frozen=True, slots=True)
class RankedFrame:
    """Frame ``index`` (from 0) of a clip. ``score`` is what it is ranked by; all are 0 … 1.

    ``sharpness`` is the variance of the Laplacian of its luma, relative to the sharpest of those
    that were ranked with it. ``stillness`` falls with the mean absolute difference of its luma to
    that of the frames beside it: 1 for none, a half where it is 2 levels of 255.
    """

    index: int
    sharpness: float
    stillness: float
    score: float


def rank_last_frames(
    path: Path,
    count: int = LAST_FRAMES,
    cancelled: Callable[[], bool] = lambda: False,
    seen: Callable[[Frame], None] = lambda _: None,
) -> tuple[RankedFrame, ...]:
    """The clip's last ``count`` frames, the best first; all it has where it has fewer.

    Sharpness rules, and stillness at most doubles it: among frames about as sharp the one that
    moves least comes first, and of equals the later one. Blocking, as long as decoding from the
    key frame before takes. ``seen`` is given each of these frames, in order, within 960 pixels.
    () once ``cancelled`` says yes, which is asked at each decoded frame. Raises ClipBrokenError.
    """
    if count < 1:
        raise ValueError(count)
    with closing(ClipFile(path)) as clip:
        first = max(0, clip.frames - count)
        # One more in front, only as a neighbour.
        lumas: dict[int, Image] = {}
        scaler: Scaler | None = None
        for number, picture in clip.decode_from(max(0, first - 1)):
            if cancelled():
                return ()
            if number < first - 1:
                continue
            scaler = scaler or Scaler(_within(picture.width, picture.height))
            frame = scaler.scale(number, picture)
            lumas[number] = _luma(frame)
            if number >= first:
                seen(frame)
    return _ranked(lumas, first)


def _ranked(lumas: dict[int, Image], first: int) -> tuple[RankedFrame, ...]:
    edges = {index: _edges(luma) for index, luma in lumas.items() if index >= first}
    if not edges:
        raise ClipBrokenError("last frames")
    most = max(edges.values())
    differences: dict[int, list[float]] = {index: [] for index in lumas}
    for before, after in pairwise(lumas):
        difference = _difference(lumas[before], lumas[after])
        differences[before].append(difference)
        differences[after].append(difference)
    ranked = []
    for index, edge in edges.items():
        beside = differences[index]
        motion = sum(beside) / len(beside) if beside else 0.0
        # Where nothing has an edge, none is less sharp than another.
        sharpness = edge / most if most else 1.0
        stillness = _HALF_STILL / (_HALF_STILL + motion)
        score = round(sharpness * (1 + stillness) / 2, _TOLD_APART)
        ranked.append(RankedFrame(index, sharpness, stillness, score))
    return tuple(sorted(ranked, key=lambda frame: (frame.score, frame.index), reverse=True))


def _within(width: int, height: int) -> tuple[int, int]:
    scale = min(1.0, _LONGEST / max(width, height))
    # In whole blocks, which need no copying.
    return _whole_blocks(width * scale), _whole_blocks(height * scale)


def _whole_blocks(side: float) -> int:
    return max(_BLOCK, round(side / _BLOCK) * _BLOCK)


def _luma(frame: Frame) -> Image:
    from PIL import Image

    plane = frame.picture.planes[0]
    size = frame.width, frame.height
    return Image.frombytes("L", size, bytes(plane), "raw", "L", plane.line_size, 1)


def _edges(luma: Image) -> float:
    from PIL import ImageFilter, ImageStat

    # A quarter of the Laplacian, around the middle grey: only the hardest edges are cut off.
    laplacian = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=4, offset=128)
    edges = luma.filter(laplacian)
    # The kernel leaves the border as it was.
    inside = edges.crop((1, 1, edges.width - 1, edges.height - 1))
    return float(ImageStat.Stat(inside).var[0])


def _difference(one: Image, other: Image) -> float:
    from PIL import ImageChops, ImageStat

    return float(ImageStat.Stat(ImageChops.difference(one, other)).mean[0])
