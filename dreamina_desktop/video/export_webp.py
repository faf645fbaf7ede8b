"""Writes frames as an animated WebP."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from dreamina_desktop.video.export_colours import RgbScaler

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

_PIXELS = "bgra"
"""Not YUV: WebP's own is always BT.601, whatever the clip's is."""
_TICK = Fraction(1, 1000)
_OPTIONS = {"quality": "88", "compression_level": "4"}


class WebpWriter:
    """To be closed. All calls raise what FFmpeg and the disk raise."""

    def __init__(self, path: Path, size: tuple[int, int], *, rate: Fraction) -> None:
        import av

        self.count = 0
        self._size = size
        self._scaler = RgbScaler(_PIXELS)
        self._container = av.open(str(path), "w", format="webp", options={"loop": "0"})
        self._stream = self._container.add_stream("libwebp_anim", rate=rate, options=_OPTIONS)
        self._stream.width, self._stream.height = size
        self._stream.pix_fmt = _PIXELS
        self._stream.codec_context.time_base = _TICK

    def add(self, picture: VideoFrame, time: Fraction) -> None:
        """``time`` in seconds from the beginning. Raises ClipBrokenError too."""
        shown = self._scaler.scale(picture, self._size)
        shown.pts, shown.time_base = round(time / _TICK), _TICK
        self._container.mux(self._stream.encode(shown))
        self.count += 1

    def finish(self) -> None:
        """Write it: the encoder gives all at the end."""
        self._container.mux(self._stream.encode(None))
        self._container.close()

    def close(self) -> None:
        """Let go of the file, finished or not."""
        self._container.close()
