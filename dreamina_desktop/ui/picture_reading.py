"""Reads a picture in steps, none of them in the window's way: header, preview, what is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from dreamina_desktop.core.errors import DiskError, PictureMissingError
from dreamina_desktop.core.picture import PictureFacts, PreparedPicture
from dreamina_desktop.pictures.copies import keep_copy
from dreamina_desktop.pictures.fit import NotFittableError
from dreamina_desktop.pictures.probe import probe
from dreamina_desktop.ui.ports import Background, Outcome, PictureWork
from dreamina_desktop.ui.preview import decode_preview, encode_png, for_the_screen

GRACE_SECONDS = 0.012
"""How long the GUI thread waits for a header: less than a frame, and ten times what it takes."""

VERDICT_FIRST = 16
"""Milliseconds, one frame: decoding takes the interpreter from the painting of the verdicts."""

_PASTED = "pasted"


@dataclass(frozen=True, slots=True)
class HeaderRead:
    """``facts`` is None where there is no file that can be read."""

    turn: int
    facts: PictureFacts | None


@dataclass(frozen=True, slots=True)
class PreviewMade:
    """``image`` is None for a picture that Qt cannot read."""

    turn: int
    image: QImage | None


@dataclass(frozen=True, slots=True)
class PictureRead:
    """``prepared`` is None where the file has gone since its header was read."""

    turn: int
    prepared: PreparedPicture | None


@dataclass(frozen=True, slots=True)
class CopyKept:
    """``path`` is None where no copy could be made; ``disk_refused`` says whether for the disk."""

    turn: int
    path: Path | None
    disk_refused: bool = False


@dataclass(frozen=True, slots=True)
class _Decoding:
    turn: int
    path: Path
    format: str


class PictureReading(QObject):
    """One picture at a time: each new one is a *turn*, and what comes of earlier turns is dropped.

    Signals carry what became known, in the GUI thread, never from inside the call that began it
    but ``header_read``, which comes at once where the file system answers within a frame.
    """

    header_read = Signal(object)
    preview_made = Signal(object)
    picture_read = Signal(object)
    copy_kept = Signal(object)

    def __init__(
        self,
        background: Background,
        work: PictureWork,
        copies: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._work = work
        self._copies = copies
        self._turn = 0
        self._header_turn = 0
        self._sent_turn = 0
        self._paths: dict[int, Path] = {}
        self._next: _Decoding | None = None
        self._decoding = QTimer(self)
        self._decoding.setSingleShot(True)
        self._decoding.setInterval(VERDICT_FIRST)
        self._decoding.timeout.connect(self._on_decoding_due)

    def forget(self) -> int:
        """Drop whatever is under way; the number of the new turn."""
        self._turn += 1
        self._paths.clear()
        return self._turn

    def read(self, path: Path) -> None:
        """Begin a turn with a file."""
        turn = self.forget()
        self._paths[turn] = path
        quick: SimpleQueue[HeaderRead] = SimpleQueue()

        def read_header() -> HeaderRead:
            header = _read_header(turn, path)
            quick.put(header)
            return header

        self._background.run(read_header, self._on_header)
        try:
            self._take_header(quick.get(timeout=GRACE_SECONDS))
        except Empty:
            # A drive that is asleep, or far away: the answer comes as a signal.
            return

    def keep_image(self, image: QImage) -> None:
        """Begin a turn with a picture that is no file yet: it becomes one in the copies' folder."""
        turn, copies = self.forget(), self._copies
        self._background.run(lambda: PreviewMade(turn, for_the_screen(image)), self._on_preview)
        self._background.run(
            lambda: _keep(turn, lambda: keep_copy(copies, _PASTED, ".png", encode_png(image))),
            self._on_copy,
        )

    def fit(self, path: Path) -> None:
        """Begin a turn with a copy of ``path`` that the model takes."""
        turn, copies, work = self.forget(), self._copies, self._work

        def keep_fitted() -> Path:
            copy = work.fit(path)
            return keep_copy(copies, path.stem, copy.suffix, copy.data)

        self._background.run(lambda: _keep(turn, keep_fitted), self._on_copy)

    def _take_header(self, header: HeaderRead) -> None:
        # It may come twice: waited for, and as a signal.
        if header.turn != self._turn or header.turn == self._header_turn:
            return
        self._header_turn = turn = header.turn
        path = self._paths.pop(turn)
        self.header_read.emit(header)
        if header.facts is None or turn != self._turn:
            return
        self._next = _Decoding(turn, path, header.facts.format)
        self._decoding.start()

    def _on_decoding_due(self) -> None:
        due, self._next = self._next, None
        if due is None or due.turn != self._turn:
            return
        turn, path, name = due.turn, due.path, due.format
        self._background.run(lambda: _preview(turn, path, name), self._on_file_preview)
        self._background.run(lambda: self._prepare(turn, path), self._on_prepared)

    def _prepare(self, turn: int, path: Path) -> PictureRead | None:
        """In a side thread."""
        # Others may have come while this one waited for the picture process.
        if turn != self._turn:
            return None
        try:
            return PictureRead(turn, self._work.prepare(path))
        except PictureMissingError:
            return PictureRead(turn, None)

    def _on_header(self, outcome: Outcome[HeaderRead]) -> None:
        self._take_header(outcome.get())

    def _on_file_preview(self, outcome: Outcome[PreviewMade]) -> None:
        # The preview of what is sent may have overtaken that of the file.
        if self._sent_turn != self._turn:
            self._on_preview(outcome)

    def _on_preview(self, outcome: Outcome[PreviewMade]) -> None:
        made = outcome.get()
        if made.turn == self._turn:
            self.preview_made.emit(made)

    def _on_prepared(self, outcome: Outcome[PictureRead | None]) -> None:
        read = outcome.get()
        if read is None or read.turn != self._turn:
            return
        self.picture_read.emit(read)
        prepared = read.prepared
        if prepared is not None and prepared.data:
            # The file may have changed meanwhile: what is shown is what is sent.
            self._sent_turn = turn = read.turn
            data, name = prepared.data, prepared.facts.format
            self._background.run(lambda: _preview(turn, data, name), self._on_preview)

    def _on_copy(self, outcome: Outcome[CopyKept]) -> None:
        kept = outcome.get()
        if kept.turn == self._turn:
            self.copy_kept.emit(kept)


def _read_header(turn: int, path: Path) -> HeaderRead:
    try:
        return HeaderRead(turn, probe(path))
    except PictureMissingError:
        return HeaderRead(turn, None)


def _preview(turn: int, source: Path | bytes, name: str) -> PreviewMade:
    return PreviewMade(turn, decode_preview(source, name))


def _keep(turn: int, make: Callable[[], Path]) -> CopyKept:
    try:
        return CopyKept(turn, make())
    except DiskError:
        return CopyKept(turn, None, disk_refused=True)
    except (PictureMissingError, NotFittableError):
        return CopyKept(turn, None)
