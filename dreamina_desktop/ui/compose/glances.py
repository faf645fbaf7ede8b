"""Small pictures of files that nobody has chosen yet, made off the GUI thread, one at a time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from dreamina_desktop.core.errors import PictureMissingError
from dreamina_desktop.core.picture import PictureView
from dreamina_desktop.pictures.cancelled import PreparationCancelledError
from dreamina_desktop.pictures.probe import probe
from dreamina_desktop.ui.compose.glance import Glance
from dreamina_desktop.ui.ports import Background, Outcome
from dreamina_desktop.ui.preview import image_of

SMALL = 160
"""Pixels: the longest side in strips and menus, at 200 %."""

_MOST_KEPT = 600
"""A full strip, 60 MB at most, and what menus and dialogs show."""
_MOST_WAITING = 64


class Looking(Protocol):
    """The part of ``ports.PictureWork`` that is needed here."""

    def look(
        self, path: Path, longest: int, cancelled: Callable[[], bool] | None = None
    ) -> PictureView | None:
        """The file itself; None where it cannot be shown. Raises PictureMissingError."""
        ...


@dataclass(frozen=True, slots=True)
class _Wish:
    path: Path
    longest: int


class Glances(QObject):
    """Made once a file and size, the one that was wanted last first, and kept.

    Its process is not the one that prepares the picture in use, which never waits for these.
    """

    glance_made = Signal(object)
    """Carries the ``Glance``."""

    def __init__(
        self, looking: Looking, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._looking = looking
        self._background = background
        self._kept: OrderedDict[_Wish, Glance] = OrderedDict()
        self._waiting: OrderedDict[_Wish, None] = OrderedDict()
        self._current: _Wish | None = None
        self._unwanted = Event()

    def glance(self, path: Path, longest: int = SMALL) -> Glance | None:
        """What is known by now; None where it is still to be made, of which a signal tells."""
        wish = _Wish(path, longest)
        known = self._kept.get(wish)
        if known is not None:
            self._kept.move_to_end(wish)
            return known
        self._want(wish)
        return None

    def look_again(self, path: Path, longest: int = SMALL) -> None:
        """The file may have changed, or gone: a signal tells how it stands now."""
        self._want(_Wish(path, longest))

    def forget(self, path: Path, longest: int = SMALL) -> None:
        """Nobody waits for it any more."""
        wish = _Wish(path, longest)
        self._waiting.pop(wish, None)
        if wish == self._current:
            self._unwanted.set()

    def close(self) -> None:
        """Begin nothing more."""
        self._waiting.clear()
        self._unwanted.set()

    def _want(self, wish: _Wish) -> None:
        if wish == self._current and not self._unwanted.is_set():
            return
        self._waiting[wish] = None
        self._waiting.move_to_end(wish)
        # What was scrolled by long ago is asked for again when it is painted again.
        while len(self._waiting) > _MOST_WAITING:
            self._waiting.popitem(last=False)
        self._begin()

    def _begin(self) -> None:
        if self._current is None and self._waiting:
            self._current, _ = self._waiting.popitem()
            self._unwanted = Event()
            look = partial(_look, self._looking, self._current, self._unwanted)
            self._background.run(look, self._on_looked)

    def _on_looked(self, outcome: Outcome[Glance | None]) -> None:
        wish, self._current = self._current, None
        glance = outcome.get()
        if wish is not None and glance is not None:
            self._kept[wish] = glance
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        self._begin()
        if glance is not None:
            self.glance_made.emit(glance)


def _look(looking: Looking, wish: _Wish, unwanted: Event) -> Glance | None:
    """In a side thread. None where nobody wants it any more."""
    try:
        facts = probe(wish.path)
        view = looking.look(wish.path, wish.longest, unwanted.is_set)
    except PictureMissingError as error:
        return Glance(wish.path, wish.longest, trouble=error.trouble)
    except PreparationCancelledError:
        return None
    return Glance(wish.path, wish.longest, None if view is None else image_of(view), facts)
