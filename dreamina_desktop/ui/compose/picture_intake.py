"""Every way by which a picture comes in ends here: files, folders, bytes, pixels, addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from dreamina_desktop.core.errors import DiskError
from dreamina_desktop.pictures.copies import keep_copy
from dreamina_desktop.pictures.file_signature import format_of
from dreamina_desktop.ui.compose.incoming_picture import (
    IncomingAddress,
    IncomingData,
    IncomingFile,
    IncomingFiles,
    IncomingImage,
    IncomingPicture,
)
from dreamina_desktop.ui.compose.picture_formats import SUFFIXES, format_name
from dreamina_desktop.ui.compose.picture_gathering import (
    MOST_PICTURES,
    gather_pictures,
    is_named_picture,
)
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.notice import Notice, NoticeTone
from dreamina_desktop.ui.ports import Background, Outcome, RecentPictures

_PASTED = "pasted"


@dataclass(frozen=True, slots=True)
class _Found:
    """What is dropped by the time it is found, because something else was taken, has no use."""

    turn: int
    pictures: tuple[Path, ...] = ()
    disk_refused: bool = False


class PictureIntake(QObject):
    """The first of several pictures goes to the draft; all of them wait in a row to be chosen.

    There is a row from two pictures on. What comes while there is one joins it.
    """

    row_changed = Signal()
    notice_raised = Signal(object)
    """Carries a ``Notice``."""

    def __init__(
        self,
        draft: Draft,
        recents: RecentPictures,
        background: Background,
        copies: Path,
        parent: QObject | None = None,
    ) -> None:
        """``copies`` is the folder for pictures that are no files yet."""
        super().__init__(parent)
        self._draft = draft
        self._recents = recents
        self._background = background
        self._copies = copies
        self._row: tuple[Path, ...] = ()
        self._turn = 0

    @property
    def row(self) -> tuple[Path, ...]:
        """The pictures to choose from; () for fewer than two."""
        return self._row

    def take(self, arrived: IncomingPicture) -> None:
        """Use what was dropped, pasted, chosen or handed over."""
        self._turn += 1
        match arrived:
            # Any other name may be a folder's, and asking its drive may take its time.
            case IncomingFile(path) if is_named_picture(path):
                self._use((path.absolute(),))
            case IncomingFile(path):
                self._run(partial(_gathered, self._turn, (path.absolute(),)))
            case IncomingFiles(paths):
                absolute = tuple(path.absolute() for path in paths)
                self._run(partial(_gathered, self._turn, absolute))
            case IncomingData(data):
                self._run(partial(_kept, self._turn, self._copies, data))
            case IncomingAddress(address):
                self._recents.add(address)
                self._draft.take_address(address)
            case IncomingImage(image):
                self._draft.take_image(image)

    def choose(self, path: Path) -> None:
        """Use one of the row."""
        self._turn += 1
        self._draft.take_file(path)

    def remove(self, path: Path) -> None:
        """Take one out of the row; the picture in use gives way to its neighbour there."""
        if path not in self._row:
            return
        place = self._row.index(path)
        rest = self._row[:place] + self._row[place + 1 :]
        if self._draft.picture.source == str(path):
            self.choose(rest[min(place, len(rest) - 1)])
        self._set_row(rest)

    def clear_row(self) -> None:
        """Keep only the picture in use."""
        self._set_row(())

    # ---- inside ----------------------------------------------------------------------------

    def _run(self, find: Callable[[], _Found]) -> None:
        self._background.run(find, self._on_found)

    def _on_found(self, outcome: Outcome[_Found]) -> None:
        found = outcome.get()
        if found.turn != self._turn:
            return
        if found.disk_refused:
            text = self.tr("The picture could not be kept: the disk is full or write-protected.")
            action = self.tr("Free some space, then try again.")
            self.notice_raised.emit(Notice(text, NoticeTone.BAD, action))
        elif found.pictures:
            self._use(found.pictures)

    def _use(self, pictures: tuple[Path, ...]) -> None:
        # It becomes a recent one once it is known to be a picture.
        self._draft.take_file(pictures[0])
        if self._row or len(pictures) > 1:
            known = tuple(path for path in self._row if path not in pictures)
            self._set_row((known + pictures)[-MOST_PICTURES:])

    def _set_row(self, row: tuple[Path, ...]) -> None:
        row = row if len(row) > 1 else ()
        if row != self._row:
            self._row = row
            self.row_changed.emit()


def _gathered(turn: int, paths: tuple[Path, ...]) -> _Found:
    return _Found(turn, gather_pictures(paths))


def _kept(turn: int, copies: Path, data: bytes) -> _Found:
    # Named by what it is, for whoever finds the file; it is judged by its content anyway.
    suffix = SUFFIXES.get(format_name(format_of(data)), ("",))[0]
    try:
        return _Found(turn, (keep_copy(copies, _PASTED, suffix, data).absolute(),))
    except DiskError:
        return _Found(turn, disk_refused=True)
