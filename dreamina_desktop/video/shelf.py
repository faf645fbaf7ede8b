"""All reels of a store: which are looked at, and what each may keep of the memory."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterator
from pathlib import Path

from dreamina_desktop.video.memory_shares import share_out
from dreamina_desktop.video.reel import Reel

# A reel counts as looked at until so many requests went to others: two seconds of one clip
# playing, a third of a second of nine. Stills are counted apart: to look for thumbnails is not to
# look away from a clip.
_ATTENTION = 64
# Sizes of one clip that are decoded ahead together; a window being resized brings dozens.
_SIZES = 2
# A clip too large even at half its size still leaves such a part of the budget for exact frames.
_EXACT_SHARE = 4


class Shelf:
    """Bookkeeping alone; whoever shares it between threads locks. ``budget`` in bytes."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        # Least recently asked first.
        self._reels: OrderedDict[tuple[Path, tuple[int, int], bool], Reel] = OrderedDict()
        self._requests = {True: 0, False: 0}

    def __iter__(self) -> Iterator[Reel]:
        """Every reel, the one least recently asked first; none may be removed meanwhile."""
        return iter(self._reels.values())

    def __contains__(self, reel: Reel) -> bool:
        return self._reels.get(_key(reel)) is reel

    def find(self, clip: Path, size: tuple[int, int], *, is_half: bool = False) -> Reel | None:
        """The reel of that clip and size, if there is one."""
        return self._reels.get((clip, size, is_half))

    def ask(self, clip: Path, size: tuple[int, int], *, ahead: bool) -> Reel:
        """The reel that is being asked now; a new one if need be."""
        reel = self.find(clip, size) or Reel(clip, size)
        reel.ahead = ahead
        self._requests[ahead] += 1
        self._touch(reel)
        return reel

    def stand_in(self, reel: Reel) -> Reel:
        """The reel of half the size that serves in place of one just asked."""
        half = self.find(reel.clip, reel.size, is_half=True)
        if half is None:
            half = Reel(reel.clip, reel.size, is_half=True)
            half.ahead = True
        self._touch(half)
        self._touch(reel)
        return half

    def remove(self, reel: Reel) -> None:
        """Take a reel away."""
        del self._reels[_key(reel)]

    def fits(self, reel: Reel) -> bool:
        """Whether all of a clip may be kept at the size asked, beside all that are looked at."""
        wishes: dict[Path, Reel] = {}
        for other in self._looked_at():
            if other.ahead and not other.is_half:
                wishes.setdefault(other.clip, other)
        shares = share_out(self._budget, [wish.whole for wish in wishes.values()])
        return all(
            share >= wish.whole
            for wish, share in zip(wishes.values(), shares, strict=True)
            if wish is reel
        )

    def capacities(self) -> dict[Reel, int]:
        """The reels that are looked at, latest first, and how many frames each may keep.

        One that is relieved need not keep any, all others at least one.
        """
        looked_at = []
        sizes: Counter[Path] = Counter()
        for reel in self._looked_at():
            decodes_ahead = reel.ahead and not reel.relieved
            sizes[reel.clip] += decodes_ahead
            if not decodes_ahead or sizes[reel.clip] <= _SIZES:
                looked_at.append(reel)
        shares = self._shares(looked_at)
        return {
            reel: 0 if reel.relieved else max(1, shares[reel] // reel.frame_bytes)
            for reel in looked_at
        }

    def _shares(self, reels: list[Reel]) -> dict[Reel, int]:
        """Bytes for each. Stand-ins come first: they were made so that all of a clip is kept."""
        halves = [reel for reel in reels if reel.is_half]
        others = [reel for reel in reels if not reel.is_half]
        wanted = sum(half.need for half in halves)
        left = max(self._budget // _EXACT_SHARE, self._budget - wanted) if halves else self._budget
        shares = dict(zip(others, share_out(left, [reel.need for reel in others]), strict=True))
        left = self._budget - sum(shares.values())
        shares.update(zip(halves, share_out(left, [half.need for half in halves]), strict=True))
        return shares

    def _looked_at(self) -> Iterator[Reel]:
        for reel in reversed(self._reels.values()):
            if reel.asked > self._requests[reel.ahead] - _ATTENTION:
                yield reel

    def _touch(self, reel: Reel) -> None:
        reel.asked = self._requests[reel.ahead]
        key = _key(reel)
        self._reels[key] = reel
        self._reels.move_to_end(key)


def _key(reel: Reel) -> tuple[Path, tuple[int, int], bool]:
    return reel.clip, reel.size, reel.is_half
