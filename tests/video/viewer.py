"""Someone who looks at clips through a frame store, and reads off what is shown."""

from __future__ import annotations

import queue
import threading
from pathlib import Path

from dreamina_desktop.core.errors import ClipBrokenError
from dreamina_desktop.video.frame import Frame
from dreamina_desktop.video.frame_store import FrameStore, Size
from tests.video.clips import number_in

SIZE = (96, 64)
FRAME_BYTES = 96 * 64 * 3 // 2
LARGE = 2**30
SECONDS = 30


class Viewer:
    """A window's place: asks, hears, and looks at what it gets."""

    def __init__(self, budget: int = LARGE, workers: int = 2) -> None:
        self.ready: queue.Queue[tuple[Path, int, Size]] = queue.Queue()
        self.broken: queue.Queue[tuple[Path, Size, ClipBrokenError]] = queue.Queue()
        self.store = FrameStore(budget, self._on_ready, self._on_broken, workers=workers)
        self._main = threading.current_thread()

    def _on_ready(self, clip: Path, index: int, size: Size) -> None:
        assert threading.current_thread() is not self._main
        self.ready.put((clip, index, size))

    def _on_broken(self, clip: Path, size: Size, error: ClipBrokenError) -> None:
        self.broken.put((clip, size, error))

    def await_frame(
        self, clip: Path, index: int, size: Size = SIZE, *, ahead: bool = True
    ) -> Frame:
        found = self.store.frame(clip, index, size, ahead=ahead)
        while found is None:
            self.ready.get(timeout=SECONDS)
            found = self.store.frame(clip, index, size, ahead=ahead)
        assert (found.index, found.width, found.height) == (index, *size)
        return found

    def await_whole(self, clip: Path, count: int, size: Size = SIZE) -> None:
        for index in range(count):
            self.await_frame(clip, index, size)


def shown_number(frame: Frame) -> int:
    plane = frame.picture.planes[0]
    return number_in(bytes(plane), plane.line_size, frame.width, frame.height)
