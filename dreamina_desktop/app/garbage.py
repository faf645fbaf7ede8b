"""Garbage of reference cycles is collected in the GUI thread alone."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_MILLISECONDS = 500
_SETTLED_MILLISECONDS = 4000


class Garbage(QObject):
    """Python collects in whichever thread happens to fill a generation.

    With widgets among what is collected they would be destroyed there, which brings the program
    down: a decoder's thread is enough. From now on ``Garbage`` looks by itself, as often as
    Python would in a program of this kind, until ``close``.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MILLISECONDS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        # The window stands by then. What it is made of is no garbage, and looking through all of
        # it would hold up a frame that is due.
        self._settling.timeout.connect(gc.freeze)
        self._settling.start(_SETTLED_MILLISECONDS)

    def look(self) -> None:
        """Collect the oldest generation that is full."""
        full = (
            generation
            for generation in (2, 1, 0)
            if gc.get_count()[generation] > gc.get_threshold()[generation]
        )
        generation = next(full, None)
        if generation is not None:
            gc.collect(generation)

    def close(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        self._settling.stop()
        gc.unfreeze()
        gc.enable()
