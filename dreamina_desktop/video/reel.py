"""One clip at one size: which of its frames are kept, and which is to be decoded next."""

from __future__ import annotations

from pathlib import Path

from dreamina_desktop.video.frame import Frame


class Reel:
    """Bookkeeping alone; whoever shares a reel between threads locks.

    ``size`` is the one that was asked for, ``decoded_size`` half of it for a stand-in. A reel
    that is ``relieved`` is served by another: nothing of it is decoded, nor need be kept.
    Distances run in a circle, since clips loop: behind the last frame comes the first.
    """

    def __init__(self, clip: Path, size: tuple[int, int], *, is_half: bool = False) -> None:
        self.clip = clip
        self.size = size
        self.is_half = is_half
        self.decoded_size = (-(-size[0] // 2), -(-size[1] // 2)) if is_half else size
        self.relieved = False
        self.count: int | None = None
        self.frames_per_second = 0.0
        self.broken = False
        self.ahead = False
        self.asked = 0
        self.served = 0
        self.wanted = 0
        self.awaited: set[int] = set()
        self._forward = True
        self._kept: dict[int, Frame] = {}
        self._frame_bytes = _yuv_bytes(*self.decoded_size)

    def want(self, index: int) -> Frame | None:
        """Frame ``index`` if it is kept; otherwise, unless relieved, it is awaited from now on."""
        self.follow(index)
        found = self._kept.get(index)
        if found is None and not self.relieved:
            self.awaited.add(index)
            self._drop_impossible()
        return found

    def follow(self, index: int) -> None:
        """Keep what is around frame ``index``, which nobody awaits of this reel."""
        self._forward = self._is_forward(index)
        self.wanted = index
        self._drop_impossible()

    def opened(self, count: int) -> None:
        """The clip's number of frames has become known."""
        self.count = count
        self._drop_impossible()

    @property
    def bytes(self) -> int:
        """The memory of all frames kept."""
        return len(self._kept) * self._frame_bytes

    @property
    def frame_bytes(self) -> int:
        """The memory of one frame; an estimate until the first is there."""
        return self._frame_bytes

    @property
    def need(self) -> int:
        """The memory that this reel would fill if it could."""
        if self.relieved:
            return 0
        if not self.ahead:
            return self._frame_bytes * max(1, len(self.awaited))
        return self.whole

    @property
    def whole(self) -> int:
        """The memory of the whole clip; of one frame while its length is unknown."""
        return self._frame_bytes * (self.count or 1)

    @property
    def is_complete(self) -> bool:
        """Whether every frame of the clip is kept."""
        return self.count is not None and len(self._kept) == self.count

    @property
    def is_settled(self) -> bool:
        """Whether no decoder is needed until somebody asks for something else."""
        if self.broken or self.relieved or self.is_complete:
            return True
        return not self.ahead and not self.awaited and self.wanted in self._kept

    def next_missing(self, capacity: int) -> int | None:
        """The frame to decode next when ``capacity`` frames may be kept; None for none."""
        if self.broken or self.relieved:
            return None
        if self.wanted not in self._kept:
            return self.wanted
        if not self.ahead:
            return min(self.awaited, default=None)
        if self.count is None or self.is_complete:
            return None
        after, before = self._reach(capacity)
        for distance in range(1, after + 1):
            index = (self.wanted + distance) % self.count
            if index not in self._kept:
                return index
        # Frames before this one cost a pass from their key frame on. One pass brings many, so it
        # waits until half of them are used up.
        for distance in range(1, before // 2 + 1):
            index = (self.wanted - distance) % self.count
            if index not in self._kept:
                return index
        return None

    def is_worth_keeping(self, index: int, capacity: int) -> bool:
        """Whether frame ``index`` is missing, and inside what may be kept."""
        return index not in self._kept and self._is_inside(index, capacity)

    def keep(self, frame: Frame) -> bool:
        """Add a frame; whether somebody awaits it."""
        self._frame_bytes = frame.bytes
        self._kept[frame.index] = frame
        if frame.index in self.awaited:
            self.awaited.remove(frame.index)
            return True
        return False

    def drop_one(self, capacity: int) -> bool:
        """Drop the frame farthest from the wanted one, of those outside of what may be kept.

        A reel that nobody looks at has a capacity of 0: nothing of it need be kept. False when
        there was nothing to drop.
        """
        dropped = [
            index for index in self._kept if not capacity or not self._is_inside(index, capacity)
        ]
        if dropped:
            del self._kept[max(dropped, key=self._distance)]
        return bool(dropped)

    def _is_inside(self, index: int, capacity: int) -> bool:
        if index == self.wanted:
            return True
        if not self.ahead:
            return index in self.awaited
        if self.count is None:
            return False
        after, before = self._reach(capacity)
        return (index - self.wanted) % self.count <= after or (
            self.wanted - index
        ) % self.count <= before

    def _reach(self, capacity: int) -> tuple[int, int]:
        """How many frames after and before the wanted one may be kept."""
        count = self.count or 1
        if capacity >= count:
            return count - 1, 0
        most = 2 * (capacity - 1) // 3
        least = max(0, capacity - 1 - most)
        return (most, least) if self._forward else (least, most)

    def _distance(self, index: int) -> int:
        count = self.count or 1
        return min((index - self.wanted) % count, (self.wanted - index) % count)

    def _is_forward(self, index: int) -> bool:
        if self.count is None or index == self.wanted:
            return self._forward
        return (index - self.wanted) % self.count <= self.count // 2

    def _drop_impossible(self) -> None:
        # Frames beyond the end are never there; the last one is the nearest to what was meant.
        if self.count is not None:
            self.wanted = min(self.wanted, self.count - 1)
            self.awaited = {index for index in self.awaited if index < self.count}


def _yuv_bytes(width: int, height: int) -> int:
    return width * height + 2 * ((width + 1) // 2) * ((height + 1) // 2)
