"""What the watch pane can show in place of its one clip: two beside each other, a wall of nine."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import SignalInstance


@runtime_checkable
class Stage(Protocol):
    """Implemented by widgets that follow the pane's ``Playback``, their clock too.

    ``count`` and ``frames_per_second`` are what is to be played; 0 as long as they are unknown.
    A stage that learns of them only later has a signal ``measured``, told when they change. One
    that knows which of its clips is meant has a property ``viewed``, a ``Viewed`` or None; where
    that clip may show another frame than the playback's, ``shown_frame`` tells which (from 0).
    One that can be zoomed is ``Zoomable``. One that has ``controls`` of its own, a tuple of widgets
    that are always there, has them fade on the full screen.
    """

    left: SignalInstance
    """Told when the user has had enough of it."""

    @property
    def count(self) -> int: ...

    @property
    def frames_per_second(self) -> float: ...

    def clear(self) -> None:
        """Let go of all clips."""
        ...


@runtime_checkable
class Zoomable(Protocol):
    """Implemented by what can be looked at more closely."""

    def toggle_zoom(self) -> None:
        """All of it, or one pixel of it for one of the screen."""
        ...

    def zoom_in(self) -> None: ...

    def zoom_out(self) -> None: ...
