"""Several clips as one film, without the frame that stands twice where one goes on from another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from dreamina_desktop.core.export_order import Cut, ExportKind, ExportOrder
from dreamina_desktop.core.export_result import Joined
from dreamina_desktop.core.export_watch import UNWATCHED, ExportWatch
from dreamina_desktop.video.export_fitting import Fitting
from dreamina_desktop.video.export_mp4 import Mp4Writer
from dreamina_desktop.video.export_reading import frame_at, opened, rate_of, timed_frames
from dreamina_desktop.video.export_target import NewFile, writing
from dreamina_desktop.video.same_picture import is_same_picture

if TYPE_CHECKING:
    from av.video.frame import VideoFrame


@dataclass(frozen=True, slots=True)
class _Piece:
    """A clip, its number of frames, and its frames a second."""

    clip: Path
    count: int
    rate: Fraction


class Joining:
    """Clips in the order of the film, whose size and colours are the first one's."""

    def __init__(self, clips: Sequence[Path]) -> None:
        if not clips:
            raise ValueError("no clips")
        self._clips = tuple(clips)

    def run(
        self, target: Path, watch: ExportWatch = UNWATCHED, *, finds_name: bool = False
    ) -> Joined:
        """Make ``target``, an MP4, whole or not at all, and never over another file; blocking.

        A clip's first frame is left out where it is the picture that the clip before ends with.
        A clip of another shape gets black bars; each keeps its own rate. Raises as
        ``ClipExport.run``.
        """
        with NewFile(target, finds_name=finds_name) as new:
            pieces = [_piece(clip) for clip in self._clips]
            size = _size(self._clips[0])
            with writing(target):
                writer = Mp4Writer(
                    new.part,
                    Fitting(size, keeps_shape=True),
                    [piece.rate for piece in pieces],
                )
                with closing(writer):
                    left_out = _write(pieces, writer, watch)
                    writer.finish()
                made = new.part.stat().st_size
            return Joined(new.name_it(), writer.count, left_out, *size, made)


def _write(pieces: list[_Piece], writer: Mp4Writer, watch: ExportWatch) -> int:
    """How many frames were left out."""
    total = sum(piece.count for piece in pieces)
    done = left_out = 0
    before: VideoFrame | None = None
    begin = Fraction(0)
    for piece in pieces:
        start: Fraction | None = None
        at_joint = True
        length = Fraction(0)
        for picture, time in _frames(piece):
            watch.step(done, total)
            done += 1
            is_first, at_joint = at_joint, False
            if is_first and piece.count > 1 and _goes_on(before, picture):
                left_out += 1
                continue
            start = time if start is None else start
            writer.add(picture, begin + time - start)
            length = time - start + 1 / piece.rate
            before = picture
        begin += length
    watch.step(total, total)
    return left_out


def _goes_on(before: VideoFrame | None, picture: VideoFrame) -> bool:
    return before is not None and is_same_picture(before, picture)


def _frames(piece: _Piece) -> Iterator[tuple[VideoFrame, Fraction]]:
    with opened(piece.clip) as file:
        yield from timed_frames(file, Cut(0, piece.count - 1))


def _piece(clip: Path) -> _Piece:
    with opened(clip) as file:
        return _Piece(clip, file.frames, rate_of(file))


def _size(clip: Path) -> tuple[int, int]:
    with opened(clip) as file:
        first = frame_at(file, 0)
        return ExportOrder(ExportKind.MP4).size(first.width, first.height)
