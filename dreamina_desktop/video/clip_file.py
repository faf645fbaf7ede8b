"""One clip file opened with PyAV: its frames numbered as they are shown, decoded from any one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dreamina_desktop.core.errors import ClipBrokenError
from dreamina_desktop.video.boxes import check_samples
from dreamina_desktop.video.libraries import load_libraries

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

MOST_PIXELS = 8192 * 4320
"""Of one frame: 8K. A decoder refuses more before it takes memory for it (50 MB a frame)."""
MOST_FRAMES = 20_000
"""Fourteen minutes. A file may claim billions in a few bytes, and to seek in it would take hours:
FFmpeg's time for that grows with the square of their number."""

# More than any camera makes is a file's mistake, and a clock could not follow.
_HIGHEST_RATE = 1000
_MOST_PIXELS = {"max_pixels": str(MOST_PIXELS)}
# A playlist is a container to FFmpeg and would have it open other files and addresses.
_OPTIONS = {
    "format_whitelist": "mov,matroska,webm,avi,mpegts,ogg,flv",
    "protocol_whitelist": "file",
    **_MOST_PIXELS,
}


class ClipFile:
    """Frames are numbered from 0 in the order of their presentation time stamps.

    Used by one thread at a time, and to be closed. The constructor reads the whole file once,
    without decoding, and raises ClipBrokenError where there is no clip in it.
    """

    def __init__(self, path: Path, *, threads: int = 0) -> None:
        load_libraries()
        import av

        self._errors = (av.FFmpegError, OSError)
        try:
            with path.open("rb") as file:
                check_samples(file)
            self._container = av.open(str(path), options=_OPTIONS)
        except (*self._errors, ValueError) as error:
            raise ClipBrokenError("no clip") from error
        # The time at which each frame is shown; that of each key frame, with its decoding time.
        self._times: list[int] = []
        self._key_times: dict[int, int] = {}
        self._beginning = 0
        self._numbers: dict[int, int] = {}
        self._keys: list[int] = []
        try:
            self._stream = self._video(threads)
            self._read_index()
        except ClipBrokenError:
            self._container.close()
            raise
        except (*self._errors, ValueError) as error:
            self._container.close()
            raise ClipBrokenError("no video") from error

    def close(self) -> None:
        """Give back the file and the decoder."""
        self._container.close()

    @property
    def frames(self) -> int:
        """How many frames are shown."""
        return len(self._times)

    @property
    def frames_per_second(self) -> float:
        """The average over the clip; 0 where the file does not tell."""
        rate = self._stream.average_rate
        return float(rate) if rate and 0 < rate <= _HIGHEST_RATE else 0.0

    def key_before(self, index: int) -> int:
        """The number of the key frame from which frame ``index`` is decoded."""
        return self._keys[max(0, bisect_right(self._keys, index) - 1)]

    def decode_from(self, index: int) -> Iterator[tuple[int, VideoFrame]]:
        """Number and picture of each frame from ``key_before(index)`` to the end, in order.

        Raises ClipBrokenError where the decoder gives up.
        """
        key = self.key_before(index)
        try:
            for start in self._starts(key):
                last = key - 1
                for number, frame in self._decode_at(start):
                    # Behind an open key frame come some that were shown before it, without their
                    # base; of two frames at the same time the first is the one that is shown.
                    if number <= last:
                        continue
                    if last < key < number and start != self._beginning:
                        break
                    last = number
                    yield number, frame
                if last >= key:
                    return
        except (*self._errors, ValueError) as error:
            raise ClipBrokenError("decoding") from error

    def _starts(self, key: int) -> tuple[int, ...]:
        """Where to look for a key frame: some containers seek by one time stamp, some by another.

        The last one is the beginning of the file.
        """
        time = self._times[key]
        return time, self._key_times[time], self._beginning

    def _decode_at(self, start: int) -> Iterator[tuple[int, VideoFrame]]:
        self._container.seek(start, stream=self._stream)
        for frame in self._container.decode(self._stream):
            number = self._numbers.get(frame.pts) if frame.pts is not None else None
            if number is not None:
                yield number, frame

    def _video(self, threads: int) -> VideoStream:
        stream = next(iter(self._container.streams.video), None)
        # Without a decoder there is no context.
        context = getattr(stream, "codec_context", None)
        if stream is None or context is None:
            raise ClipBrokenError("no video")
        if stream.width * stream.height > MOST_PIXELS:
            raise ClipBrokenError("too large")
        if stream.frames > MOST_FRAMES:
            raise ClipBrokenError("too many frames")
        context.options = _MOST_PIXELS
        context.thread_type = "AUTO"
        context.thread_count = threads
        return stream

    def _read_index(self) -> None:
        """Find the time of every frame shown, and which are key frames."""
        times: set[int] = set()
        for packet in self._container.demux(self._stream):
            time = packet.pts if packet.pts is not None else packet.dts
            if time is None or packet.is_discard:
                continue
            earliest = time if packet.dts is None else packet.dts
            if not times:
                self._beginning = earliest - 1
            times.add(time)
            if packet.is_keyframe:
                self._key_times.setdefault(time, earliest)
            if len(times) > MOST_FRAMES:
                raise ClipBrokenError("too many frames")
        self._times = sorted(times)
        self._numbers = {time: number for number, time in enumerate(self._times)}
        self._keys = [self._numbers[time] for time in sorted(self._key_times)]
        if not self._keys:
            raise ClipBrokenError("no video")
