"""Any frame of any clip, at once if it is decoded, else as soon as it is."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Protocol

from dreamina_desktop.core.errors import ClipBrokenError
from dreamina_desktop.video.decoder import Decoder
from dreamina_desktop.video.frame import Frame
from dreamina_desktop.video.reel import Reel
from dreamina_desktop.video.shelf import Shelf

# Frames decoded before a thread looks round for something more urgent.
_SLICE = 8

type Size = tuple[int, int]


class FrameReady(Protocol):
    """Told that a frame which was asked for, and not there, now is. ``size`` as it was asked."""

    def __call__(self, clip: Path, index: int, size: Size) -> None: ...


class ClipUndecodable(Protocol):
    """Told once for each clip and size that frames are missing and will not come."""

    def __call__(self, clip: Path, size: Size, error: ClipBrokenError) -> None: ...


class FrameStore:
    """``frame(clip, index, size)`` is the one way to a picture of a clip.

    Worker threads decode ahead of what is asked for and keep frames as YUV 4:2:0 at the size
    shown: a whole clip where ``budget`` (bytes) allows, else a window around the wanted frame.
    Clips that are looked at share the budget fairly, each gets at least one frame; those that
    were looked at before keep theirs until the memory is needed. The few full-size frames that a
    decoder holds while it runs come on top.

    Callbacks come from a worker thread, without any lock held, and must not raise.
    """

    def __init__(
        self,
        budget: int,
        on_ready: FrameReady,
        on_broken: ClipUndecodable,
        *,
        workers: int = 2,
    ) -> None:
        self._budget = budget
        self._on_ready = on_ready
        self._on_broken = on_broken
        self._changed = threading.Condition()
        self._reels = Shelf(budget)
        self._decoders: dict[Reel, Decoder] = {}
        self._busy: set[Reel] = set()
        self._retired: list[Decoder] = []
        self._slices = 0
        self._used = 0
        self._closing = False
        self._threads = [
            threading.Thread(target=self._work, name=f"frames-{number}", daemon=True)
            for number in range(workers)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def used(self) -> int:
        """The memory that kept frames take now, in bytes."""
        with self._changed:
            return self._used

    def frame(
        self, clip: Path, index: int, size: Size, *, ahead: bool = True, moving: bool = False
    ) -> Frame | None:
        """Frame ``index`` (from 0) scaled to ``size`` (width, height in pixels), if decoded.

        Never waits. None means that it is being decoded, and ``on_ready`` will tell; a frame
        beyond the end never comes. With ``ahead`` the rest of the clip follows, most needed
        first; without, as for a thumbnail, nothing but this frame is kept. While ``moving``, a
        clip for which the memory does not suffice comes in half that size, which
        ``Frame.width`` tells. While a window is being resized, keep painting the last frame at
        its old size and ask once it rests.
        """
        if index < 0 or min(size) < 1:
            raise ValueError((index, size))
        with self._changed:
            if self._closing:
                return None
            reel = self._reels.ask(clip, size, ahead=ahead)
            fits = not ahead or self._reels.fits(reel)
            reel.relieved = moving and not fits
            half = self._half(reel, fits=fits)
            found = reel.want(index)
            if half is not None and moving:
                in_half = half.want(index)
                found = found or in_half
            elif half is not None:
                half.follow(index)
            if not reel.is_settled or not (half is None or half.is_settled):
                self._changed.notify()
            return found

    def is_filled(self, clip: Path, size: Size) -> bool:
        """Whether all is decoded that may be kept of a clip around the frame last asked for.

        With enough memory that is the whole clip. True of a broken one too, of which nothing more
        will come; False of a clip that nobody has asked for.
        """
        with self._changed:
            reel = self._reels.find(clip, size)
            if reel is not None and reel.relieved and not reel.broken:
                reel = self._reels.find(clip, size, is_half=True)
            if reel is None:
                return False
            if reel.is_settled:
                return True
            capacity = self._reels.capacities().get(reel, 0)
            return reel.count is not None and reel.next_missing(capacity) is None

    def frames(self, clip: Path) -> int | None:
        """How many frames a clip has; None until it has been opened for one of them."""
        with self._changed:
            counts = (reel.count for reel in self._reels if reel.clip == clip)
            return next((count for count in counts if count is not None), None)

    def frames_per_second(self, clip: Path) -> float | None:
        """A clip's rate, 0 where the file does not tell; None until it has been opened."""
        with self._changed:
            reels = (reel for reel in self._reels if reel.clip == clip)
            return next((reel.frames_per_second for reel in reels if reel.count is not None), None)

    def forget(self, clip: Path) -> None:
        """Drop all of a clip, and soon its file too: it is to be deleted, or has been replaced."""
        with self._changed:
            for reel in [reel for reel in self._reels if reel.clip == clip]:
                self._discard(reel)
            self._changed.notify()

    def close(self) -> None:
        """Stop and join the worker threads; each finishes at most the frame it is at."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()
        for reel in list(self._reels):
            self._discard(reel)
        self._close_retired()

    def _half(self, reel: Reel, *, fits: bool) -> Reel | None:
        """What stands in for a reel: while it moves, or will again, or did before it fitted."""
        half = self._reels.find(reel.clip, reel.size, is_half=True)
        if reel.relieved or (half is not None and not fits):
            half = self._reels.stand_in(reel)
        if half is not None:
            half.relieved = fits
        return half

    def _work(self) -> None:
        while True:
            with self._changed:
                reel = self._choose()
                while reel is None and not (self._closing or self._retired):
                    self._changed.wait()
                    reel = self._choose()
                if self._closing:
                    return
                if reel is not None:
                    self._busy.add(reel)
            self._close_retired()
            if reel is not None:
                self._advance(reel)

    def _choose(self) -> Reel | None:
        """The reel that needs decoding most: first those whose wanted frame is missing, in turn."""
        capacities = self._reels.capacities()
        idle = [
            reel
            for reel in self._decoders
            if (reel not in capacities or reel.relieved) and reel not in self._busy
        ]
        for reel in idle:
            self._retire(reel)
        waiting = [
            (missing != reel.wanted, reel.served, place, reel)
            for place, (reel, capacity) in enumerate(capacities.items())
            if reel not in self._busy and (missing := reel.next_missing(capacity)) is not None
        ]
        if not waiting:
            return None
        reel = min(waiting)[-1]
        self._slices += 1
        reel.served = self._slices
        return reel

    def _advance(self, reel: Reel) -> None:
        try:
            for _ in range(_SLICE):
                if not self._step(reel):
                    break
        except ClipBrokenError as error:
            self._give_up(reel, error)
        except Exception as error:  # a bug, told as one; the thread lives on for the other clips
            self._give_up(reel, ClipBrokenError("unforeseen"))
            told = (type(error), error, error.__traceback__, threading.current_thread())
            threading.excepthook(threading.ExceptHookArgs(told))
        with self._changed:
            self._busy.remove(reel)
            if reel.is_settled or reel not in self._reels:
                self._retire(reel)
        self._close_retired()

    def _give_up(self, reel: Reel, error: ClipBrokenError) -> None:
        with self._changed:
            reel.broken = True
        self._on_broken(reel.clip, reel.size, error)

    def _step(self, reel: Reel) -> bool:
        """Decode one frame; whether there is more to do."""
        with self._changed:
            decoder = self._decoders.get(reel)
        if decoder is None:
            decoder = Decoder(reel.clip, reel.decoded_size)
        with self._changed:
            self._decoders[reel] = decoder
            reel.opened(decoder.count)
            reel.frames_per_second = decoder.frames_per_second
            capacity = self._reels.capacities().get(reel, 0)
            target = reel.next_missing(capacity)
            if target is None or not capacity or self._closing or reel not in self._reels:
                return False
        number = decoder.step_towards(target)
        with self._changed:
            if not reel.is_worth_keeping(number, capacity):
                return True
        frame = decoder.frame()
        with self._changed:
            if reel not in self._reels:
                return False
            self._make_room(frame.bytes)
            self._used -= reel.bytes
            is_awaited = reel.keep(frame)
            self._used += reel.bytes
        if is_awaited:
            self._on_ready(reel.clip, number, reel.size)
        return True

    def _make_room(self, needed: int) -> None:
        capacities = self._reels.capacities()
        for reel in list(self._reels):
            before = reel.bytes
            while self._used + needed > self._budget and reel.drop_one(capacities.get(reel, 0)):
                self._used += reel.bytes - before
                before = reel.bytes
            if self._used + needed <= self._budget:
                return
            if reel not in capacities and reel not in self._busy:
                self._reels.remove(reel)

    def _discard(self, reel: Reel) -> None:
        self._used -= reel.bytes
        self._reels.remove(reel)
        if reel not in self._busy:
            self._retire(reel)

    def _retire(self, reel: Reel) -> None:
        decoder = self._decoders.pop(reel, None)
        if decoder is not None:
            self._retired.append(decoder)

    def _close_retired(self) -> None:
        with self._changed:
            retired, self._retired = self._retired, []
        for decoder in retired:
            decoder.close()
