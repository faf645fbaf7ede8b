"""The request being composed. Widgets bind to it and hold no truth of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from dreamina_desktop.core.framing import Framing
from dreamina_desktop.core.job import JobSpec
from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.picture import PictureFacts
from dreamina_desktop.core.seed import DRAWN_SEEDS, RANDOM_SEED
from dreamina_desktop.core.validation import judge_prompt, judge_seed
from dreamina_desktop.core.verdict import Cure, Verdict
from dreamina_desktop.jobs.preparation import TakeRequest
from dreamina_desktop.ui.draft_picture import DraftPicture
from dreamina_desktop.ui.file_watch import FileWatch
from dreamina_desktop.ui.picture_reading import (
    CopyKept,
    HeaderRead,
    PictureRead,
    PictureReading,
    PreviewMade,
)
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


class Draft(QObject):
    """Picture, prompt, frames and seed, each with its verdicts, and why they do not make a take.

    ``draw(n)`` gives a random whole number in 0 … n−1. Every setter tells once, and only of a
    real change.
    """

    picture_changed = Signal()
    preview_changed = Signal()
    prompt_changed = Signal()
    frames_changed = Signal()
    seed_changed = Signal()
    copy_failed = Signal(object)
    """A pasted picture or a copy that fits could not be made: carries ``CopyKept``."""

    def __init__(
        self,
        spec: ModelSpec,
        reading: PictureReading,
        draw: Callable[[int], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._spec = spec
        self._reading = reading
        self._draw = draw
        self._picture = DraftPicture()
        self._preview: QImage | None = None
        self._has_no_preview = False
        self._stands_in: Path | None = None
        self._set_aside: Path | None = None
        self._before_copy: Path | None = None
        self._copied: PictureFacts | None = None
        self._copies: dict[str, PictureFacts] = {}
        self._removed = ""
        self._prompt = ""
        self._frames = spec.frames_default
        self._seed_text = ""
        self._watch = FileWatch(self)
        self._watch.file_saved.connect(self._on_file_saved)
        reading.header_read.connect(self._on_header_read)
        reading.preview_made.connect(self._on_preview_made)
        reading.picture_read.connect(self._on_picture_read)
        reading.copy_kept.connect(self._on_copy_kept)

    # ---- picture ---------------------------------------------------------------------------

    @property
    def picture(self) -> DraftPicture:
        """What is known of the picture by now."""
        return self._picture

    @property
    def preview(self) -> QImage | None:
        """The picture for looking at, upright; None as long as there is none."""
        return self._preview

    @property
    def has_no_preview(self) -> bool:
        """Whether there will never be one: it is a kind of picture that Qt cannot read."""
        return self._has_no_preview

    @property
    def framing(self) -> Framing | None:
        """The expected shape and crop."""
        return self._picture.framing(self._spec)

    def take_file(self, path: Path, stands_in: Path | None = None) -> None:
        """Use a file. Its header's verdicts are there on return, unless its drive is slow.

        ``stands_in`` is used where there is no such file any more.
        """
        self._stands_in = stands_in
        self._set_aside = None
        self._read(path.absolute())

    def take_address(self, address: str) -> None:
        """Use a public address; "" goes back to the file that was there before."""
        address = address.strip()
        if address == (self._picture.source if self._picture.is_address else ""):
            return
        if not self._picture.is_address and self._picture.source:
            self._set_aside = Path(self._picture.source)
        if address:
            self._reading.forget()
            self._watch.watch(None)
            self._show(DraftPicture(address, is_address=True))
        elif self._set_aside is not None:
            self.take_file(self._set_aside)
        else:
            self._clear()

    def take_image(self, image: QImage) -> None:
        """Use a picture that is no file: it becomes one."""
        self._before_copy, self._copied = self._path_in_use(), None
        self._watch.watch(None)
        self._show(DraftPicture(is_arriving=True))
        self._reading.keep_image(image)

    def clear_picture(self) -> None:
        """Use none; ``bring_back_picture`` undoes it until another one is used."""
        removed = self._picture.source or self._removed
        self._clear()
        self._removed = removed

    @property
    def can_bring_back_picture(self) -> bool:
        """Whether a picture was removed and none was used since."""
        return bool(self._removed) and not self._picture.is_there

    def bring_back_picture(self) -> None:
        """Use the picture that was removed, if ``can_bring_back_picture``."""
        if self.can_bring_back_picture:
            self._take_source(self._removed, None)

    def fix_picture(self) -> None:
        """Use a copy that the model takes; the file itself stays as it is."""
        path = self._path_in_use()
        if path is not None and self.cures():
            self._before_copy, self._copied = path, self._picture.facts
            self._watch.watch(None)
            self._picture = DraftPicture(is_arriving=True)
            self.picture_changed.emit()
            self._reading.fit(path)

    def cures(self) -> tuple[Cure, ...]:
        """What ``fix_picture`` would do; () where it would not help."""
        return self._picture.cures(self._spec)

    def picture_verdicts(self) -> tuple[Verdict, ...]:
        """Findings about the picture; none before its header was read."""
        return self._picture.verdicts(self._spec)

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

    # ---- inside ----------------------------------------------------------------------------

    def _take_source(self, source: str, stands_in: Path | None) -> None:
        if source and Path(source).is_absolute():
            self.take_file(Path(source), stands_in)
        elif source:
            self.take_address(source)
        else:
            self._clear()

    def _clear(self) -> None:
        self._set_aside, self._removed = None, ""
        self._reading.forget()
        self._watch.watch(None)
        self._show(DraftPicture())

    def _path_in_use(self) -> Path | None:
        if self._picture.is_address or not self._picture.source:
            return None
        return Path(self._picture.source)

    def _read(self, path: Path) -> None:
        self._watch.watch(None)
        # What is known of the file before is not known of this one, not for a moment.
        copy_of = self._copies.get(str(path))
        self._picture, self._preview = DraftPicture(str(path), copy_of=copy_of), None
        self._has_no_preview = False
        self._reading.read(path)
        if self._picture.facts is None and not self._picture.is_missing:
            # The header keeps us waiting: say at least that it is being read.
            self._show(self._picture)

    def _show(self, picture: DraftPicture) -> None:
        self._picture, self._preview, self._has_no_preview = picture, None, False
        self.picture_changed.emit()
        self.preview_changed.emit()

    def _on_header_read(self, header: HeaderRead) -> None:
        if header.facts is not None:
            self._stands_in = None
            # A file saved anew is another picture, until it was read to its end.
            self._picture = replace(self._picture, facts=header.facts, prepared=None)
            self._watch.watch(Path(self._picture.source))
        elif self._stands_in is not None:
            path, self._stands_in = self._stands_in, None
            self._read(path)
            return
        else:
            self._picture = replace(self._picture, is_missing=True)
        self.picture_changed.emit()
        self.preview_changed.emit()

    def _on_preview_made(self, made: PreviewMade) -> None:
        self._preview, self._has_no_preview = made.image, made.image is None
        self.preview_changed.emit()

    def _on_picture_read(self, read: PictureRead) -> None:
        if read.prepared is None:
            self._picture = replace(self._picture, is_missing=True)
        else:
            facts = read.prepared.facts
            self._picture = replace(self._picture, facts=facts, prepared=read.prepared)
        self.picture_changed.emit()

    def _on_copy_kept(self, kept: CopyKept) -> None:
        if kept.path is not None:
            if self._copied is not None:
                self._copies[str(kept.path.absolute())] = self._copied
            self.take_file(kept.path)
            return
        before = self._before_copy
        if before is not None:
            self.take_file(before)
        else:
            self._clear()
        self.copy_failed.emit(kept)

    def _on_file_saved(self) -> None:
        path = self._path_in_use()
        if path is not None:
            self._reading.read(path)


def _whole_number(text: str) -> int | None:
    return int(text) if _WHOLE_NUMBER.fullmatch(text) else None
