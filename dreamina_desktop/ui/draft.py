"""The request being composed. Widgets bind to it and hold no truth of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from dreamina_desktop.core.job import JobSpec
from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.origin import FrameOrigin
from dreamina_desktop.core.seed import DRAWN_SEEDS, RANDOM_SEED
from dreamina_desktop.core.validation import judge_prompt, judge_seed
from dreamina_desktop.core.verdict import Verdict
from dreamina_desktop.jobs.preparation import MOST_TAKES, TakeRequest
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
    takes: int = 1
    origin: FrameOrigin | None = None


class Draft(PictureDraft):
    """Picture, prompt, frames, seed and takes, with verdicts, and why they do not make a take.

    ``draw(n)`` gives a random whole number in 0 … n−1.
    """

    prompt_changed = Signal()
    frames_changed = Signal()
    seed_changed = Signal()
    takes_changed = Signal()

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
        self._takes = 1
        self._origin: FrameOrigin | None = None
        self._frame_files: frozenset[str] = frozenset()

    # ---- the frame that the picture is -----------------------------------------------------

    def take_frame(self, path: Path, origin: FrameOrigin) -> None:
        """Use a file that is a frame of an earlier clip; the rest of the draft stays."""
        self._know_origin(origin, path)
        self.take_file(path)

    @property
    def origin(self) -> FrameOrigin | None:
        """The frame of an earlier clip that the picture is; None for any other picture."""
        return self._origin_of(self._picture.source)

    def _origin_of(self, source: str) -> FrameOrigin | None:
        return self._origin if source in self._frame_files else None

    def _know_origin(self, origin: FrameOrigin | None, *files: Path | None) -> None:
        self._origin = origin
        self._frame_files = frozenset(str(path.absolute()) for path in files if path is not None)

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

    # ---- takes -----------------------------------------------------------------------------

    @property
    def takes(self) -> int:
        """How many clips one click makes, each with a seed of its own."""
        return self._takes

    def set_takes(self, takes: int) -> None:
        """From 1 to ``MOST_TAKES``; what lies outside becomes the nearest of these."""
        takes = min(max(1, takes), MOST_TAKES)
        if takes != self._takes:
            self._takes = takes
            self.takes_changed.emit()

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
        return TakeRequest(
            source=picture.source,
            picture=picture.prepared,
            prompt=self._prompt,
            frames=self._frames,
            seed=self.seed,
            origin=self.origin,
        )

    def snapshot(self) -> DraftSnapshot:
        """What ``restore`` brings back."""
        source = self._picture.source
        if self._picture.is_arriving and self._before_copy is not None:
            source = str(self._before_copy)
        return DraftSnapshot(
            source=source,
            prompt=self._prompt,
            frames=self._frames,
            seed_text=self._seed_text,
            takes=self._takes,
            origin=self._origin_of(source),
        )

    def restore(self, snapshot: DraftSnapshot) -> None:
        """Be again as it was; the picture is read anew."""
        self._know_origin(snapshot.origin, Path(snapshot.source) if snapshot.source else None)
        self._take_source(snapshot.source, None)
        self.set_prompt(snapshot.prompt)
        self.set_frames(snapshot.frames)
        self.set_seed_text(snapshot.seed_text)
        self.set_takes(snapshot.takes)

    def load(self, spec: JobSpec, kept: Path | None = None) -> None:
        """Take over what a job was made of.

        Its picture comes from where it was, or, if it is there no more, from ``kept``: the file
        of the bytes that were sent. How many takes are made stays as it is.
        """
        self._know_origin(spec.picture.origin, Path(spec.picture.source), kept)
        self._take_source(spec.picture.address or spec.picture.source, kept)
        self.set_prompt(spec.prompt)
        self.set_frames(spec.frames)
        self.set_seed_text(str(spec.seed))


def _whole_number(text: str) -> int | None:
    return int(text) if _WHOLE_NUMBER.fullmatch(text) else None
