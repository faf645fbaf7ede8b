"""One clip file opened with PyAV: its frames numbered as they are shown, decoded from any one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dreamina_desktop.core.errors import ClipBrokenError
from dreamina_desktop.video.libraries import load_libraries

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

# A playlist is a container to FFmpeg and would have it open other files and addresses.
_OPTIONS = {
    "format_whitelist": "mov,matroska,webm,avi,mpegts,ogg,flv",
    "protocol_whitelist": "file",
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
            self._container = av.open(str(path), options=_OPTIONS)
        except (*self._errors, ValueError) as error:
            raise ClipBrokenError("no clip") from error
        try:
            self._stream = self._container.streams.video[0]
            self._stream.thread_type = "AUTO"
            self._stream.thread_count = threads
            self._times, self._keys = self._read_index()
        except (*self._errors, LookupError, ValueError) as error:
            self._container.close()
            raise ClipBrokenError("no video") from error
        self._numbers = {time: number for number, time in enumerate(self._times)}

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
        return float(rate) if rate else 0.0

    def key_before(self, index: int) -> int:
        """The number of the key frame from which frame ``index`` is decoded."""
        return self._keys[max(0, bisect_right(self._keys, index) - 1)]

    def decode_from(self, index: int) -> Iterator[tuple[int, VideoFrame]]:
        """Number and picture of each frame from ``key_before(index)`` to the end, in order.

        Raises ClipBrokenError where the decoder gives up.
        """
        key = self.key_before(index)
        try:
            self._container.seek(self._times[key], stream=self._stream)
            for frame in self._container.decode(self._stream):
                number = self._numbers.get(frame.pts) if frame.pts is not None else None
                # Behind an open key frame come some that were shown before it, without their base.
                if number is not None and number >= key:
                    yield number, frame
        except (*self._errors, ValueError) as error:
            raise ClipBrokenError("decoding") from error

    def _read_index(self) -> tuple[list[int], list[int]]:
        """Presentation time of every frame shown, and the numbers of the key frames."""
        key_times = set()
        times = []
        for packet in self._container.demux(self._stream):
            time = packet.pts if packet.pts is not None else packet.dts
            if time is None or packet.is_discard:
                continue
            times.append(time)
            if packet.is_keyframe:
                key_times.add(time)
        times.sort()
        keys = [number for number, time in enumerate(times) if time in key_times]
        if not keys:
            raise ValueError("no key frame")
        return times, keys
