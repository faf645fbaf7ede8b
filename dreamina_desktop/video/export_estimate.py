"""How large an export will be, measured on a few of its frames before it is made."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from dreamina_desktop.core.export_order import Cut, ExportKind, ExportOrder
from dreamina_desktop.core.export_result import SizeRange
from dreamina_desktop.core.export_watch import UNWATCHED, ExportWatch
from dreamina_desktop.video.export_clip import ClipExport
from dreamina_desktop.video.export_encoding import Encoding
from dreamina_desktop.video.export_reading import opened, timed_frames
from dreamina_desktop.video.export_target import writing

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

    from dreamina_desktop.video.clip_file import ClipFile

_RUNS = 6
_RUN_LENGTH = 4
_EXACT_BELOW = _RUNS * _RUN_LENGTH
"""A cut of so few frames is encoded whole, which takes no longer."""
_MARGIN, _SHORT_MARGIN, _MP4_MARGIN = 0.15, 0.02, 0.35
_KEYS = 48
"""Frames between two that stand for themselves, in an MP4 of the model's rate."""

type _Timed = tuple[VideoFrame, Fraction]


@dataclass(frozen=True, slots=True)
class _Run:
    """Bytes of a first frame alone, and of each that follows it."""

    first: float
    following: float


def estimate_size(clip: Path, order: ExportOrder, watch: ExportWatch = UNWATCHED) -> SizeRange:
    """The bytes to expect; blocking, for up to a few seconds.

    Short runs of frames, spread over the cut, are encoded as the export would: the range goes
    halfway from their mean to the run that took least, and to the one that took most, and a
    little beyond. It is exact for a whole clip that is copied, and nearly so for a short cut.
    Raises as ``ClipExport.run``.
    """
    export = ClipExport(clip, order)
    with opened(clip) as file, TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        cut = order.cut(file.frames)
        copied = export.copied_size(file, cut)
        if copied is not None:
            return copied
        part = Path(folder) / "part"
        with writing(part):
            encoding = Encoding(order, file, cut, watch)
            if cut.count <= _EXACT_BELOW:
                size = _size(encoding, list(timed_frames(file, cut, watch)), part)
                return _range(size, size, _SHORT_MARGIN)
            runs: list[_Run] = []
            for frames in _runs_of(file, cut, watch):
                watch.step(len(runs), _RUNS)
                runs.append(_run(encoding, frames, part))
            watch.step(_RUNS, _RUNS)
    if order.kind is ExportKind.PNG_SEQUENCE:
        each = [run.first for run in runs] + [run.following for run in runs]
        return _range(min(each) * cut.count, max(each) * cut.count)
    following = [run.following for run in runs]
    usual, rest = fmean(following), cut.count - 1
    low = runs[0].first + (usual + min(following)) / 2 * rest
    high = runs[0].first + (usual + max(following)) / 2 * rest
    if order.kind is ExportKind.MP4:
        # Of a long run x264 makes less; and from time to time it begins anew.
        high += max(run.first for run in runs) * (cut.count // _KEYS)
        return _range(low, high, _MP4_MARGIN)
    return _range(low, high)


def _runs_of(file: ClipFile, cut: Cut, watch: ExportWatch) -> Iterator[list[_Timed]]:
    """Of frames side by side, at even distances from the first to the last; in one pass."""
    starts = [(cut.count - _RUN_LENGTH) * number // (_RUNS - 1) for number in range(_RUNS)]
    run: list[_Timed] = []
    for place, frame in enumerate(timed_frames(file, cut, watch)):
        if any(start <= place < start + _RUN_LENGTH for start in starts):
            run.append(frame)
        if len(run) == _RUN_LENGTH:
            yield run
            run = []


def _run(encoding: Encoding, frames: list[_Timed], part: Path) -> _Run:
    alone = _size(encoding, frames[:1], part)
    together = _size(encoding, frames, part)
    return _Run(alone, max(0, together - alone) / (len(frames) - 1))


def _size(encoding: Encoding, frames: list[_Timed], part: Path) -> int:
    begin = frames[0][1]
    from_0 = [(picture, time - begin) for picture, time in frames]
    encoding.write(from_0, Cut(0, len(frames) - 1), part)
    if not part.is_dir():
        return part.stat().st_size
    pictures = list(part.iterdir())
    size = sum(picture.stat().st_size for picture in pictures)
    for picture in pictures:
        picture.unlink()
    part.rmdir()
    return size


def _range(low: float, high: float, margin: float = _MARGIN) -> SizeRange:
    return SizeRange(math.floor(low * (1 - margin)), math.ceil(high * (1 + margin)))
