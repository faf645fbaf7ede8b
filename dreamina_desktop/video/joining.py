"""Several clips as one film, each up to the frame that the next one goes on from."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from dreamina_desktop.core.export_order import Cut, ExportKind, ExportOrder
from dreamina_desktop.core.export_result import Joined
from dreamina_desktop.core.export_watch import UNWATCHED, ExportWatch
from dreamina_desktop.video.export_fitting import Fitting
from dreamina_desktop.video.export_mp4 import Mp4Writer
from dreamina_desktop.video.export_reading import frame_at, opened, rate_of, timed_frames
from dreamina_desktop.video.export_target import NewFile, writing
from dreamina_desktop.video.film_clip import FilmClip
from dreamina_desktop.video.same_picture import stands_twice

if TYPE_CHECKING:
    from av.video.frame import VideoFrame


@dataclass(frozen=True, slots=True)
class _Piece:
    """A clip, how many of its frames are wanted, and its frames a second.

    ``goes_on`` says that its first frame is the one that the piece before ends with; None that
    this has to be found out by looking.
    """

    clip: Path
    count: int
    rate: Fraction
    goes_on: bool | None = False


class Joining:
    """Clips in the order of the film, whose size and colours are the first one's."""

    def __init__(self, clips: Sequence[FilmClip]) -> None:
        if not clips:
            raise ValueError("no clips")
        self._clips = tuple(clips)

    def run(
        self, target: Path, watch: ExportWatch = UNWATCHED, *, finds_name: bool = False
    ) -> Joined:
        """Make ``target``, an MP4, whole or not at all, and never over another file; blocking.

        Where a clip was made from a frame of the clip before, that one ends there, and the frame
        is shown once. Where nobody knows what a clip was made from, its first frame is left out
        if it is the picture that the clip before ends with. A clip of another shape gets black
        bars; each keeps its own rate. Raises as ``ClipExport.run``.
        """
        with NewFile(target, finds_name=finds_name) as new:
            pieces = _pieces(self._clips)
            size = _size(self._clips[0].path)
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
    """How many frames were left out since they stood twice."""
    total = sum(piece.count for piece in pieces)
    done = left_out = 0
    ending: deque[VideoFrame] = deque(maxlen=2)
    begin = Fraction(0)
    for piece in pieces:
        frames = _frames(piece, watch)
        opening = list(islice(frames, 2))
        is_twice = _is_twice(piece, ending, [picture for picture, _ in opening])
        start: Fraction | None = None
        length = Fraction(0)
        for number, (picture, time) in enumerate(chain(opening, frames)):
            watch.step(done, total)
            done += 1
            ending.append(picture)
            if is_twice and number == 0:
                left_out += 1
                continue
            start = time if start is None else start
            writer.add(picture, begin + time - start)
            length = time - start + 1 / piece.rate
        begin += length
    watch.step(total, total)
    return left_out


def _is_twice(piece: _Piece, ending: Sequence[VideoFrame], opening: Sequence[VideoFrame]) -> bool:
    """Whether the piece's first frame has been shown."""
    if piece.goes_on is None:
        return piece.count > 1 and stands_twice(ending, opening)
    return piece.goes_on


def _frames(piece: _Piece, watch: ExportWatch) -> Iterator[tuple[VideoFrame, Fraction]]:
    with opened(piece.clip) as file:
        yield from timed_frames(file, Cut(0, piece.count - 1), watch)


def _pieces(clips: Sequence[FilmClip]) -> list[_Piece]:
    pieces: list[_Piece] = []
    for clip in clips:
        with opened(clip.path) as file:
            piece = _Piece(clip.path, file.frames, rate_of(file))
        if pieces:
            before = pieces[-1]
            goes_on = clip.goes_on_from(clips[len(pieces) - 1])
            if goes_on and clip.origin is not None:
                if clip.origin.frame < before.count:
                    pieces[-1] = replace(before, count=clip.origin.frame + 1)
                else:
                    # It is not the file that it was made from.
                    goes_on = None
            piece = replace(piece, goes_on=goes_on)
        pieces.append(piece)
    return pieces


def _size(clip: Path) -> tuple[int, int]:
    with opened(clip) as file:
        first = frame_at(file, 0)
        return ExportOrder(ExportKind.MP4).size(first.width, first.height)
