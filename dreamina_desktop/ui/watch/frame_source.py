"""The frame store as the GUI thread sees it: its callbacks come out as signals."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QObject, Signal

from dreamina_desktop.core.errors import ClipBrokenError
from dreamina_desktop.video.frame import Frame
from dreamina_desktop.video.frame_store import FrameStore, Size
from dreamina_desktop.video.libraries import load_libraries


@dataclass(frozen=True, slots=True)
class FrameArrived:
    """A frame that was asked for is there now; ``size`` in pixels, as it was asked."""

    clip: Path
    index: int
    size: Size


@dataclass(frozen=True, slots=True)
class ClipBroke:
    """Frames of a clip are missing and will not come. ``is_missing``: the file is not there."""

    clip: Path
    error: ClipBrokenError
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class ClipLength:
    """Number of frames, and their rate; 0 where the file does not tell."""

    count: int
    frames_per_second: float


class FrameSource(QObject):
    """Owns the store; belongs to the GUI thread. Close it before the program ends.

    ``budget``: bytes that the frames of all clips together may take.
    """

    frame_arrived = Signal(object)
    clip_broke = Signal(object)
    rested = Signal()
    """From now on frames come exact: ask again for what is shown."""

    def __init__(self, budget: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = FrameStore(budget, self._tell_ready, self._tell_broken)
        self._warming: Thread | None = None
        self._is_moving = False

    def warm_up(self) -> None:
        """Load the decoder's libraries in a thread, so that the first clip need not wait."""
        if self._warming is None:
            self._warming = Thread(target=load_libraries, name="frames-warm", daemon=True)
            self._warming.start()

    def set_moving(self, is_moving: bool) -> None:  # noqa: FBT001 - a switch is what it is
        """Whether clips play or are scrubbed: then those come in half size that do not fit."""
        if is_moving != self._is_moving:
            self._is_moving = is_moving
            if not is_moving:
                self.rested.emit()

    def frame(self, clip: Path, index: int, size: Size, *, ahead: bool = True) -> Frame | None:
        """As ``FrameStore.frame``; ``frame_arrived`` tells when a missing one is there."""
        return self._store.frame(clip, index, size, ahead=ahead, moving=self._is_moving)

    def is_filled(self, clip: Path, size: Size) -> bool:
        """As ``FrameStore.is_filled``: it will play without waiting for frames."""
        return self._store.is_filled(clip, size)

    def length(self, clip: Path) -> ClipLength | None:
        """None until the clip has been opened."""
        count = self._store.frames(clip)
        rate = self._store.frames_per_second(clip)
        return None if count is None or rate is None else ClipLength(count, rate)

    def forget(self, clip: Path) -> None:
        """Drop all that is known of a clip: its file has been replaced or is to be deleted."""
        self._store.forget(clip)

    def close(self) -> None:
        """Stop decoding and join the threads."""
        self._store.close()
        if self._warming is not None:
            self._warming.join()

    # From the store's threads: the signals take it across.

    def _tell_ready(self, clip: Path, index: int, size: Size) -> None:
        self.frame_arrived.emit(FrameArrived(clip, index, size))

    def _tell_broken(self, clip: Path, size: Size, error: ClipBrokenError) -> None:
        del size
        # Looked up here, since a drive that has gone to sleep must not hold up the window.
        self.clip_broke.emit(ClipBroke(clip, error, is_missing=not clip.is_file()))
