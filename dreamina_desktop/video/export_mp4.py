"""Writes frames as H.264 in an MP4, so that nobody sees a difference."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, lcm
from pathlib import Path
from typing import TYPE_CHECKING

from dreamina_desktop.video.export_colours import tags_of
from dreamina_desktop.video.export_fitting import Fitting

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

# With no quantiser above 16 even noise stays above 40 dB, where x264 thinks that nobody looks.
_OPTIONS = {"crf": "12", "qmax": "16", "preset": "fast"}
_SECONDS_BETWEEN_KEYS = 2
_FINE, _FINEST = 12_000, 1_000_000
"""Ticks a second: no fewer, and no more, than so many."""


class Mp4Writer:
    """To be closed. All calls raise what FFmpeg and the disk raise."""

    def __init__(self, path: Path, fitting: Fitting, rates: Sequence[Fraction]) -> None:
        """``rates`` are the frames a second of all that comes, the first one's first."""
        import av

        self.count = 0
        self._fitting = fitting
        self._time_base = _time_base(rates)
        self._rate = rates[0]
        self._last = -1
        self._container = av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"})
        self._stream: VideoStream | None = None

    def add(self, picture: VideoFrame, time: Fraction) -> None:
        """``time`` in seconds from the film's beginning. Raises ClipBrokenError too."""
        fitted = self._fitting.fit(picture)
        if self._stream is None:
            self._stream = self._begun(fitted)
        self._last = max(self._last + 1, round(time / self._time_base))
        fitted.pts = self._last
        fitted.time_base = self._time_base
        fitted.pict_type = 0
        self._container.mux(self._stream.encode(fitted))
        self.count += 1

    def finish(self) -> None:
        """Write what is still in the encoder, and the index."""
        if self._stream is not None:
            self._container.mux(self._stream.encode(None))
        self._container.close()

    def close(self) -> None:
        """Let go of the file, finished or not."""
        self._container.close()

    def _begun(self, first: VideoFrame) -> VideoStream:
        tags = tags_of(first)
        keys = str(max(1, round(self._rate * _SECONDS_BETWEEN_KEYS)))
        stream = self._container.add_stream(
            "libx264", rate=self._rate, options={**_OPTIONS, "g": keys}
        )
        stream.width, stream.height, stream.pix_fmt = first.width, first.height, first.format.name
        codec = stream.codec_context
        codec.time_base = self._time_base
        codec.color_range, codec.colorspace = tags.range, tags.space
        codec.color_primaries, codec.color_trc = tags.primaries, tags.transfer
        return stream


def _time_base(rates: Sequence[Fraction]) -> Fraction:
    """A unit in which frames of every rate begin at whole numbers, where that is possible."""
    ticks = lcm(*(rate.numerator for rate in rates))
    if ticks > _FINEST:
        return Fraction(1, _FINEST)
    return Fraction(1, ticks * ceil(_FINE / ticks))
