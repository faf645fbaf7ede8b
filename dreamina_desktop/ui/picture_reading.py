"""Reads a picture in steps, none in the window's way: header, the file's view, what is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from dreamina_desktop.core.errors import DiskError, PictureMissingError
from dreamina_desktop.core.picture import PictureFacts, PreparedPicture
from dreamina_desktop.core.picture_step import Step
from dreamina_desktop.core.picture_trouble import PictureTrouble
from dreamina_desktop.core.recipe import Recipe
from dreamina_desktop.pictures.cancelled import PreparationCancelledError
from dreamina_desktop.pictures.copies import keep_copy
from dreamina_desktop.pictures.probe import probe
from dreamina_desktop.ui.ports import Background, Outcome, PictureWork, PreparedShelf
from dreamina_desktop.ui.preview import LONGEST_SIDE, encode_png, for_the_screen, image_of

GRACE_SECONDS = 0.012
"""How long the GUI thread waits for a header: less than a frame, and ten times what it takes."""

VERDICT_FIRST = 16
"""Milliseconds, one frame: decoding takes the interpreter from the painting of the verdicts."""

RECIPE_RESTS = 120
"""Milliseconds until a changed recipe is carried out: the next change may come at once."""

_TOLD_EACH = 100
"""Milliseconds between two looks at how far a preparation has come."""

_PASTED = "pasted"


@dataclass(frozen=True, slots=True)
class HeaderRead:
    """``facts`` is None where there is no file that can be read; ``trouble`` says why."""

    turn: int
    facts: PictureFacts | None
    trouble: PictureTrouble | None = None


@dataclass(frozen=True, slots=True)
class ViewMade:
    """The file itself; ``image`` is None for a picture that cannot be shown."""

    turn: int
    image: QImage | None


@dataclass(frozen=True, slots=True)
class PictureRead:
    """``prepared`` is None where the file can be read no more; ``trouble`` says why.

    ``image`` shows exactly the pixels of ``prepared``; None where it has none.
    """

    turn: int
    order: int
    prepared: PreparedPicture | None
    image: QImage | None = None
    trouble: PictureTrouble | None = None


@dataclass(frozen=True, slots=True)
class CopyKept:
    """``path`` is None where the disk refused to keep a pasted picture."""

    turn: int
    path: Path | None


@dataclass(slots=True)
class _Progress:
    """Written by one thread, read by another."""

    step: Step | None = None

    def tell(self, step: Step) -> None:
        self.step = step


class PictureReading(QObject):
    """One picture at a time: each new one is a *turn*, and what comes of earlier turns is dropped.

    Within a turn each recipe is an *order*, which replaces the one before. Signals carry what
    became known, in the GUI thread, never from inside the call that began it but ``header_read``,
    which comes at once where the file system answers within a frame.
    """

    header_read = Signal(object)
    view_made = Signal(object)
    step_reached = Signal()
    picture_read = Signal(object)
    copy_kept = Signal(object)

    def __init__(
        self,
        background: Background,
        work: PictureWork,
        shelf: PreparedShelf,
        copies: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._work = work
        self._shelf = shelf
        self._copies = copies
        self._turn = 0
        self._header_turn = 0
        self._order = 0
        self._path = Path()
        self._recipe = Recipe()
        self._progress = _Progress()
        self._step: Step | None = None
        self._is_seen = False
        self._decoding = QTimer(self)
        self._decoding.setSingleShot(True)
        self._decoding.timeout.connect(self._on_decoding_due)
        self._telling = QTimer(self)
        self._telling.setInterval(_TOLD_EACH)
        self._telling.timeout.connect(self._on_time_to_tell)

    @property
    def step(self) -> Step | None:
        """How far the preparation has come; None while none is under way."""
        return self._step

    def forget(self) -> int:
        """Drop whatever is under way; the number of the new turn."""
        self._turn += 1
        self._is_seen = False
        self.hold()
        return self._turn

    def hold(self) -> None:
        """Drop the order that is under way: another one will come."""
        self._order += 1
        self._decoding.stop()
        self._telling.stop()
        self._step = None

    def read(self, path: Path, recipe: Recipe) -> None:
        """Begin a turn with a file, and an order that makes what ``recipe`` says of it."""
        turn = self.forget()
        self._path, self._recipe = path, recipe
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

    def prepare(self, recipe: Recipe) -> None:
        """Begin another order with the same file."""
        self.hold()
        self._recipe = recipe
        if self._header_turn == self._turn:
            self._decoding.start(RECIPE_RESTS)

    def keep_image(self, image: QImage) -> None:
        """Begin a turn with a picture that is no file yet: it becomes one in the copies' folder."""
        turn, copies = self.forget(), self._copies
        self._background.run(lambda: ViewMade(turn, for_the_screen(image)), self._on_view)
        self._background.run(
            lambda: _keep(turn, lambda: keep_copy(copies, _PASTED, ".png", encode_png(image))),
            self._on_copy,
        )

    def keep_data(self, data: bytes, suffix: str) -> None:
        """Begin a turn with a picture file's bytes, kept as they are in the copies' folder."""
        turn, copies = self.forget(), self._copies
        self._background.run(
            lambda: _keep(turn, lambda: keep_copy(copies, _PASTED, suffix, data)), self._on_copy
        )

    def shelve(self, prepared: PreparedPicture) -> None:
        """Keep what will be sent, so that Generate finds it on the disk."""
        self._background.run(lambda: self._shelf.keep_picture(prepared), self._on_shelved)

    def _take_header(self, header: HeaderRead) -> None:
        # It may come twice: waited for, and as a signal.
        if header.turn != self._turn or header.turn == self._header_turn:
            return
        self._header_turn = turn = header.turn
        self.header_read.emit(header)
        if header.facts is not None and turn == self._turn:
            self._decoding.start(VERDICT_FIRST)

    def _on_decoding_due(self) -> None:
        turn, order, path, recipe = self._turn, self._order, self._path, self._recipe
        if not self._is_seen:
            self._is_seen = True
            self._background.run(lambda: self._look(turn, path), self._on_view)
        self._progress = progress = _Progress()
        self._telling.start()
        self._background.run(
            lambda: self._prepare(turn, order, path, recipe, progress), self._on_prepared
        )

    def _look(self, turn: int, path: Path) -> ViewMade | None:
        """In a side thread."""

        def is_over() -> bool:
            return turn != self._turn

        try:
            view = self._work.look(path, LONGEST_SIDE, is_over)
        except PreparationCancelledError:
            return None
        except PictureMissingError:
            view = None
        return ViewMade(turn, image_of(view) if view is not None else None)

    def _prepare(
        self, turn: int, order: int, path: Path, recipe: Recipe, progress: _Progress
    ) -> PictureRead | None:
        """In a side thread."""

        def is_over() -> bool:
            return order != self._order

        # Others may have come while this one waited for the picture process.
        if is_over():
            return None
        try:
            made = self._work.prepare(path, recipe, LONGEST_SIDE, progress.tell, is_over)
        except PreparationCancelledError:
            return None
        except PictureMissingError as error:
            return PictureRead(turn, order, None, trouble=error.trouble)
        return PictureRead(turn, order, made, image_of(made.view) if made.view else None)

    def _on_time_to_tell(self) -> None:
        if self._progress.step != self._step:
            self._step = self._progress.step
            self.step_reached.emit()

    def _on_header(self, outcome: Outcome[HeaderRead]) -> None:
        self._take_header(outcome.get())

    def _on_view(self, outcome: Outcome[ViewMade | None]) -> None:
        made = outcome.get()
        if made is not None and made.turn == self._turn:
            self.view_made.emit(made)

    def _on_prepared(self, outcome: Outcome[PictureRead | None]) -> None:
        read = outcome.get()
        if read is not None and read.order == self._order:
            self._telling.stop()
            self._step = None
            self.picture_read.emit(read)

    def _on_copy(self, outcome: Outcome[CopyKept]) -> None:
        kept = outcome.get()
        if kept.turn == self._turn:
            self.copy_kept.emit(kept)

    def _on_shelved(self, outcome: Outcome[None]) -> None:
        try:
            outcome.get()
        except DiskError:
            # Generate keeps it too, and says what the disk says.
            return


def _read_header(turn: int, path: Path) -> HeaderRead:
    try:
        return HeaderRead(turn, probe(path))
    except PictureMissingError as error:
        return HeaderRead(turn, None, error.trouble)


def _keep(turn: int, make: Callable[[], Path]) -> CopyKept:
    try:
        return CopyKept(turn, make())
    except DiskError:
        return CopyKept(turn, None)
