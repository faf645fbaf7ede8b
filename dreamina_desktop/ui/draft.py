"""The request being composed. Widgets bind to it and hold no truth of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from dreamina_desktop.core.job import JobSpec
from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.seed import DRAWN_SEEDS, RANDOM_SEED
from dreamina_desktop.core.validation import judge_prompt, judge_seed
from dreamina_desktop.core.verdict import Verdict
from dreamina_desktop.jobs.preparation import TakeRequest
from dreamina_desktop.ui.picture_draft import PictureDraft
from dreamina_desktop.ui.picture_reading import PictureReading
from dreamina_desktop.ui.ports import PictureHabits
from dreamina_desktop.ui.reasons import (
    Reason,
    ReasonCode,
    Remedy,
    length_reason,
    picture_reason,
    prompt_reason,
)

_WHOLE_NUMBER = re.compile(r"-?[0-9]+")


@dataclass(frozen=True, slots=True)
class DraftSnapshot:
    """What outlives the program. ``source`` is an absolute path or an address, "" for none."""

    source: str
    prompt: str
    frames: int
    seed_text: str


class Draft(PictureDraft):
    """Picture, prompt, frames and seed, each with its verdicts, and why they do not make a take.

    ``draw(n)`` gives a random whole number in 0 … n−1.
    """

    prompt_changed = Signal()
    frames_changed = Signal()
    seed_changed = Signal()

    def __init__(
        self,
        spec: ModelSpec,
        reading: PictureReading,
        habits: PictureHabits,
        draw: Callable[[int], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(spec, reading, habits, parent)
        self._draw = draw
        self._prompt = ""
        self._frames = spec.frames_default
        self._seed_text = ""

    # ---- prompt, length, seed --------------------------------------------------------------

    @property
    def prompt(self) -> str:
        return self._prompt

    def set_prompt(self, prompt: str) -> None:
        """Any text; too long a one is refused by its verdict, never cut."""
        if prompt != self._prompt:
            self._prompt = prompt
            self.prompt_changed.emit()

    def prompt_verdicts(self) -> tuple[Verdict, ...]:
        return judge_prompt(self._prompt, self._spec)

    @property
    def frames(self) -> int:
        return self._frames

    def set_frames(self, frames: int) -> None:
        if frames != self._frames:
            self._frames = frames
            self.frames_changed.emit()

    @property
    def seed_text(self) -> str:
        """As typed: "" or -1 for a random one."""
        return self._seed_text

    @property
    def seed(self) -> int | None:
        """The seed that was typed; None for a random one, and for an unfinished one."""
        number = _whole_number(self._seed_text)
        return None if number == RANDOM_SEED else number

    def set_seed_text(self, text: str) -> None:
        text = text.strip()
        if text != self._seed_text:
            self._seed_text = text
            self.seed_changed.emit()

    def draw_seed(self) -> None:
        """Draw a seed and keep it, so that the next take can be made again."""
        self.set_seed_text(str(self._draw(DRAWN_SEEDS)))

    def seed_verdicts(self) -> tuple[Verdict, ...]:
        return judge_seed(self.seed, self._spec)

    # ---- the whole -------------------------------------------------------------------------

    def reasons(self) -> tuple[Reason, ...]:
        """Why this makes no take yet; () when it does."""
        seed_reason = None
        if self._seed_text and _whole_number(self._seed_text) is None:
            seed_reason = Reason(ReasonCode.SEED_UNFINISHED, Remedy.CLEAR_SEED)
        found = (
            picture_reason(self._picture, self._spec),
            prompt_reason(self._prompt, self._spec),
            seed_reason,
            length_reason(self._frames, self._spec),
        )
        return tuple(reason for reason in found if reason is not None)

    def request(self) -> TakeRequest:
        """The take as composed, only while there are no ``reasons``."""
        if self.reasons():
            raise RuntimeError("the draft is not finished")
        picture = self._picture
        return TakeRequest(picture.source, picture.prepared, self._prompt, self._frames, self.seed)

    def snapshot(self) -> DraftSnapshot:
        """What ``restore`` brings back."""
        source = self._picture.source
        if self._picture.is_arriving and self._before_copy is not None:
            source = str(self._before_copy)
        return DraftSnapshot(source, self._prompt, self._frames, self._seed_text)

    def restore(self, snapshot: DraftSnapshot) -> None:
        """Be again as it was; the picture is read anew."""
        self._take_source(snapshot.source, None)
        self.set_prompt(snapshot.prompt)
        self.set_frames(snapshot.frames)
        self.set_seed_text(snapshot.seed_text)

    def load(self, spec: JobSpec, kept: Path | None = None) -> None:
        """Take over what a job was made of.

        Its picture comes from where it was, or, if it is there no more, from ``kept``: the file
        of the bytes that were sent.
        """
        self._take_source(spec.picture.address or spec.picture.source, kept)
        self.set_prompt(spec.prompt)
        self.set_frames(spec.frames)
        self.set_seed_text(str(spec.seed))


def _whole_number(text: str) -> int | None:
    return int(text) if _WHOLE_NUMBER.fullmatch(text) else None
