"""A clip being decoded towards wanted frames, one frame at a time, at the size shown."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dreamina_desktop.core.errors import ClipBrokenError
from dreamina_desktop.video.clip_file import ClipFile
from dreamina_desktop.video.frame import Frame, Scaler

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

# More threads bring little for a clip of a few seconds, but each holds frames of full size.
_MOST_THREADS = 4


class Decoder:
    """Used by one thread at a time. The constructor raises ClipBrokenError."""

    def __init__(self, path: Path, size: tuple[int, int]) -> None:
        self._clip = ClipFile(path, threads=min(_MOST_THREADS, os.cpu_count() or 1))
        self._scaler = Scaler(size)
        self._frames: Iterator[tuple[int, VideoFrame]] = iter(())
        self._position: int | None = None
        self._picture: VideoFrame | None = None

    @property
    def count(self) -> int:
        """The clip's number of frames."""
        return self._clip.frames

    @property
    def frames_per_second(self) -> float:
        """The clip's rate; 0 where the file does not tell."""
        return self._clip.frames_per_second

    def step_towards(self, target: int) -> int:
        """Decode one frame on the way to frame ``target``; its number.

        Goes on from where it is, or from the key frame before the target where that is nearer.
        Raises ClipBrokenError where the clip ends, or cannot be decoded, before its target.
        """
        position = self._position
        if position is None or not self._clip.key_before(target) <= position <= target:
            self._frames = self._clip.decode_from(target)
        self._position = self._picture = None
        step = next(self._frames, None)
        # Frames come in order: one that is passed over has been lost, and would be for ever.
        if step is None or step[0] > target:
            raise ClipBrokenError(f"frame {target}")
        number, self._picture = step
        self._position = number + 1
        return number

    def frame(self) -> Frame:
        """The frame of the last step at the size shown. Raises ClipBrokenError."""
        if self._position is None or self._picture is None:
            raise ValueError("no step taken")
        return self._scaler.scale(self._position - 1, self._picture)

    def close(self) -> None:
        """Give back the file and all memory."""
        self._frames = iter(())
        self._picture = None
        self._clip.close()
