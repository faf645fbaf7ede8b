"""The clip that something is made of: opened, and its wanted frames in order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from dreamina_desktop.core.errors import ClipBrokenError
from dreamina_desktop.core.export_errors import ClipUnreadableError
from dreamina_desktop.core.export_order import Cut
from dreamina_desktop.core.export_watch import UNWATCHED, ExportWatch
from dreamina_desktop.video.clip_file import ClipFile

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

_USUAL_RATE = Fraction(24)
_MOST_RATE = 240


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Raise ClipUnreadableError for what is broken in a clip that was not just downloaded."""
    try:
        yield
    except (ClipBrokenError, OSError) as error:
        raise ClipUnreadableError(str(path)) from error


@contextmanager
def opened(path: Path) -> Iterator[ClipFile]:
    """The clip, closed at the end of the block. Raises ClipUnreadableError, in the block too."""
    with reading(path), closing(ClipFile(path)) as clip:
        yield clip


def frames_of(
    clip: ClipFile, cut: Cut, watch: ExportWatch = UNWATCHED
) -> Iterator[tuple[int, VideoFrame]]:
    """Number and picture of every frame of the cut, in order.

    ``watch`` is asked at each frame that is decoded, also on the way to the first. Raises
    ClipBrokenError, ExportCancelledError.
    """
    wanted = cut.first
    for number, picture in clip.decode_from(cut.first):
        watch.check()
        if number < wanted:
            continue
        # Frames come in order: one that is passed over has been lost.
        if number > wanted:
            break
        yield number, picture
        wanted += 1
        if wanted > cut.last:
            return
    raise ClipBrokenError(f"frame {wanted}")


def timed_frames(
    clip: ClipFile, cut: Cut, watch: ExportWatch = UNWATCHED
) -> Iterator[tuple[VideoFrame, Fraction]]:
    """Every frame of the cut, and its time in seconds from the cut's beginning.

    A file that tells times in thousandths of a second, as WebM does, is not taken at its word:
    where frames come at the clip's rate but for such a rounding, they are said to. Raises as
    ``frames_of``.
    """
    rate = rate_of(clip)
    start = None
    for number, picture in frames_of(clip, cut, watch):
        base = picture.time_base
        if picture.pts is None or base is None:
            raise ClipBrokenError("time stamp")
        tick = Fraction(base.numerator, base.denominator)
        start = picture.pts * tick if start is None else start
        time = picture.pts * tick - start
        steady = (number - cut.first) / rate
        yield picture, steady if abs(time - steady) < tick else time


def rate_of(clip: ClipFile) -> Fraction:
    """Frames a second, 24 where the file does not tell, or tells nonsense."""
    rate = Fraction(clip.frames_per_second).limit_denominator(1001)
    return rate if 0 < rate <= _MOST_RATE else _USUAL_RATE


def frame_at(clip: ClipFile, index: int, watch: ExportWatch = UNWATCHED) -> VideoFrame:
    """One frame. Raises as ``frames_of``."""
    return next(picture for _, picture in frames_of(clip, Cut(index, index), watch))
