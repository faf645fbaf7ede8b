"""One clip as a file of another kind, or a part of it: the whole export, in one blocking call."""

from __future__ import annotations

import shutil
from pathlib import Path

from dreamina_desktop.core.errors import ClipBrokenError
from dreamina_desktop.core.export_order import Cut, ExportKind, ExportOrder
from dreamina_desktop.core.export_result import Exported, SizeRange
from dreamina_desktop.core.export_watch import UNWATCHED, ExportWatch
from dreamina_desktop.video.boxes import is_mp4
from dreamina_desktop.video.clip import PyAvClipCheck
from dreamina_desktop.video.clip_file import ClipFile
from dreamina_desktop.video.export_copy import CopyPlan, copy_cut, plan_copy
from dreamina_desktop.video.export_encoding import Encoding
from dreamina_desktop.video.export_reading import opened, timed_frames
from dreamina_desktop.video.export_target import NewFile, is_full, writing

_INDEX, _INDEX_ENTRY = 4096, 32
"""Bytes of an MP4's index: at most so many, and so many more for each frame."""


class ClipExport:
    """Of one clip, by one order. Made and used in any thread, by one at a time."""

    def __init__(self, clip: Path, order: ExportOrder) -> None:
        self._clip = clip
        self._order = order

    def run(
        self, target: Path, watch: ExportWatch = UNWATCHED, *, finds_name: bool = False
    ) -> Exported:
        """Make ``target``, whole or not at all, and never over another file; blocking.

        An MP4 is taken over without encoding where the cut allows it. With ``finds_name`` a
        number is put behind a name that is taken. ``watch`` is told the frames done. Raises
        ClipUnreadableError, FrameMissingError, ExportSizeError, OutputFileError and its kinds,
        ExportCancelledError.
        """
        with (
            NewFile(target, finds_name=finds_name) as new,
            opened(self._clip) as file,
        ):
            cut = self._order.cut(file.frames)
            copied = self._copied(file, cut, new.part, target, watch)
            if copied is None:
                made = self._encoded(file, cut, new.part, target, watch)
            else:
                made = cut.count, *copied
            frames, width, height = made
            size = _bytes_of(new.part)
            return Exported(
                new.name_it(),
                self._order.kind,
                cut,
                frames,
                width,
                height,
                size,
                copied=copied is not None,
            )

    def copied_size(self, file: ClipFile, cut: Cut) -> SizeRange | None:
        """Bytes of the cut where it is taken over without encoding; None where it cannot be.

        Raises ClipBrokenError.
        """
        plan = self._plan(cut)
        if plan is None:
            return None
        if self._is_whole(file, cut):
            whole = self._clip.stat().st_size
            return SizeRange(whole, whole)
        return SizeRange(plan.bytes, plan.bytes + _INDEX + _INDEX_ENTRY * cut.count)

    def _plan(self, cut: Cut) -> CopyPlan | None:
        if self._order.kind is not ExportKind.MP4 or self._order.width is not None:
            return None
        return plan_copy(self._clip, cut)

    def _copied(
        self, file: ClipFile, cut: Cut, part: Path, target: Path, watch: ExportWatch
    ) -> tuple[int, int] | None:
        """Width and height of what was taken over; None where nothing was, or it is not sound."""
        plan = self._plan(cut)
        if plan is None:
            return None
        with writing(target):
            if self._is_whole(file, cut):
                watch.step(0, cut.count)
                shutil.copyfile(self._clip, part)
            elif not _has_copied(self._clip, plan, part, watch):
                return None
        try:
            facts = PyAvClipCheck().facts(part)
        except ClipBrokenError:
            return None
        watch.step(cut.count, cut.count)
        return (facts.width, facts.height) if facts.frames == cut.count else None

    def _is_whole(self, file: ClipFile, cut: Cut) -> bool:
        return cut.count == file.frames and _is_plain_mp4(self._clip)

    def _encoded(
        self, file: ClipFile, cut: Cut, part: Path, target: Path, watch: ExportWatch
    ) -> tuple[int, int, int]:
        with writing(target):
            part.unlink(missing_ok=True)
            watch.step(0, cut.count)
            encoding = Encoding(self._order, file, cut, watch)
            return encoding.write(timed_frames(file, cut, watch), cut, part, watch)


def _has_copied(clip: Path, plan: CopyPlan, part: Path, watch: ExportWatch) -> bool:
    """False where FFmpeg does not take the packets, as of times that it finds out of order."""
    import av

    try:
        copy_cut(clip, plan, part, watch)
    except av.FFmpegError as error:
        if is_full(error):
            raise
        return False
    return True


def _is_plain_mp4(clip: Path) -> bool:
    """Not a QuickTime film, which begins alike."""
    with clip.open("rb") as file:
        head = file.read(12)
    return is_mp4(head) and head[8:12] != b"qt  "


def _bytes_of(part: Path) -> int:
    if part.is_dir():
        return sum(file.stat().st_size for file in part.iterdir())
    return part.stat().st_size
