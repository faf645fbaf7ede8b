"""From a frame on the stage to the picture of the next take, which goes on from there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dreamina_desktop.core.errors import ClipBrokenError, DreaminaError
from dreamina_desktop.core.job import ClipKind
from dreamina_desktop.core.origin import FrameOrigin
from dreamina_desktop.ui.draft import Draft, DraftSnapshot
from dreamina_desktop.ui.hand_over.candidate import Candidate
from dreamina_desktop.ui.hand_over.clip_end import KeptFrame, keep_frame, look_at_end
from dreamina_desktop.ui.hand_over.hand_over_bar import HandOverBar
from dreamina_desktop.ui.ports import Background, Outcome
from dreamina_desktop.ui.watch.viewed import UseFrame, Viewed
from dreamina_desktop.video.handover import LAST_FRAMES


class PromptKeeper(Protocol):
    """``PastPrompts``, as far as it is needed here."""

    def remember(self, prompt: str) -> None:
        """Have it among the earlier prompts, though no take was made of it."""
        ...


@dataclass(slots=True, eq=False)
class _Course:
    """One press of the key. ``turn`` is that of the draft's picture as it should be by now.

    ``order`` counts frames that were asked for: only the last of them is taken.
    """

    viewed: Viewed
    seen: Candidate
    before: DraftSnapshot
    turn: int
    last: tuple[Candidate, ...] = ()
    order: int = 0
    taken: int | None = None
    is_taking: bool = False
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class _Kept:
    course: _Course = field(repr=False)
    order: int
    frame: KeptFrame | None = None
    error: DreaminaError | None = None


@dataclass(frozen=True, slots=True)
class _Looked:
    course: _Course = field(repr=False)
    last: tuple[Candidate, ...]


class HandOver(QObject):
    """A frame before the clip's last ones is taken as it is; else the best of the last ones is.

    The draft gets it as its picture, with prompt and length of the clip, and a new seed. The bar
    shows what else could be taken. Whatever else becomes the draft's picture ends it.
    """

    error_met = Signal(object)
    """Carries the ``DreaminaError``; the draft is as it was."""

    def __init__(
        self,
        draft: Draft,
        prompts: PromptKeeper,
        background: Background,
        copies: Path,
        bar: HandOverBar,
        stage: Callable[[], QWidget],
        parent: QObject | None = None,
    ) -> None:
        """``copies`` is the folder for pictures that are no files yet.

        ``stage`` tells over what the bar is to lie: whatever shows the frame just now.
        """
        super().__init__(parent)
        self._draft = draft
        self._prompts = prompts
        self._background = background
        self._copies = copies
        self._bar = bar
        self._stage = stage
        self._course: _Course | None = None
        draft.picture_changed.connect(self._on_picture_changed)
        bar.frame_chosen.connect(self._on_frame_chosen)
        bar.undo_asked.connect(self._on_undo_asked)

    def use_frame(self, wanted: UseFrame) -> None:
        """Take the frame, or the best of the last ones where it is among them."""
        self._end()
        clip = wanted.viewed.clip
        seen = Candidate(wanted.index, is_seen=True)
        course = _Course(wanted.viewed, seen, self._draft.snapshot(), self._draft.picture_turn)
        self._course = course
        self._bar.begin(seen, self._stage())
        is_clip = clip.kind is ClipKind.VIDEO
        if not is_clip or (clip.frames and wanted.index < clip.frames - LAST_FRAMES):
            self._keep(course, wanted.index)
        if is_clip:
            self._background.run(partial(_looked, course), self._on_looked)
        else:
            self._bar.show_candidates((seen,))

    def dismiss(self) -> None:
        """Put the bar away, such as when another clip is looked at. What was taken stays."""
        self._bar.dismiss()

    # ---- inside ----------------------------------------------------------------------------

    def _end(self) -> None:
        if self._course is not None:
            self._course.is_over = True
            self._course = None

    def _keep(self, course: _Course, index: int) -> None:
        course.order += 1
        work = partial(_kept, course, course.order, index, self._copies)
        self._background.run(work, self._on_kept)

    def _show(self, course: _Course) -> None:
        """The frame on the stage first, then the others, the best first."""
        others = tuple(candidate for candidate in course.last if not candidate.is_seen)
        self._bar.show_candidates((course.seen, *others))

    def _take(self, course: _Course, frame: KeptFrame) -> None:
        job = course.viewed.job
        if course.taken is None and job.spec is not None:
            self._set_prompt(job.spec.prompt)
            self._draft.set_frames(job.spec.frames)
        if course.taken is None:
            self._draft.set_seed_text("")
        course.taken, course.is_taking = frame.index, True
        origin = FrameOrigin(job.id, course.viewed.clip.ordinal, frame.index)
        self._draft.take_frame(frame.path, origin)
        course.turn, course.is_taking = self._draft.picture_turn, False
        self._bar.take(frame.index)

    def _set_prompt(self, prompt: str) -> None:
        typed = self._draft.prompt
        if typed.strip() and typed != prompt:
            self._prompts.remember(typed)
        self._draft.set_prompt(prompt)

    # ---- slots -----------------------------------------------------------------------------

    def _on_looked(self, outcome: Outcome[_Looked]) -> None:
        looked = outcome.get()
        course = looked.course
        if course.is_over:
            return
        course.last = looked.last
        seen = next((candidate for candidate in looked.last if candidate.is_seen), None)
        course.seen = seen or course.seen
        self._show(course)
        if course.order == 0:
            self._keep(course, looked.last[0].index if seen is not None else course.seen.index)

    def _on_kept(self, outcome: Outcome[_Kept]) -> None:
        kept = outcome.get()
        course = kept.course
        if course.is_over or kept.order != course.order:
            return
        if kept.frame is not None:
            if course.seen.image is None and kept.frame.index == course.seen.index:
                course.seen = replace(course.seen, image=kept.frame.image)
                self._bar.picture(course.seen)
            self._take(course, kept.frame)
            return
        if course.taken is None:
            self._end()
            self._bar.dismiss()
        self.error_met.emit(kept.error)

    def _on_frame_chosen(self, candidate: Candidate) -> None:
        if self._course is not None:
            self._keep(self._course, candidate.index)

    def _on_undo_asked(self) -> None:
        course = self._course
        if course is None:
            return
        self._end()
        self._bar.dismiss()
        self._set_prompt(course.before.prompt)
        self._draft.restore(course.before)

    def _on_picture_changed(self) -> None:
        course = self._course
        if course is None or course.is_taking:
            return
        # The file that was there before may have been chosen again: that is a wish too.
        if self._draft.picture_turn != course.turn:
            self._end()
            self._bar.dismiss()


# In a worker thread.


def _looked(course: _Course) -> _Looked:
    def is_over() -> bool:
        return course.is_over

    try:
        last = look_at_end(course.viewed.path, course.seen.index, is_over)
    except ClipBrokenError:
        # The frame on the stage may be sound all the same.
        last = ()
    return _Looked(course, last)


def _kept(course: _Course, order: int, index: int, copies: Path) -> _Kept:
    try:
        return _Kept(course, order, keep_frame(course.viewed, index, copies))
    except DreaminaError as error:
        return _Kept(course, order, error=error)
