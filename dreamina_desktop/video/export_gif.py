"""Writes frames as a GIF, with a palette made for these very frames."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, cast

from dreamina_desktop.video.export_colours import RgbScaler

if TYPE_CHECKING:
    from av.filter.context import FilterContext
    from av.video.frame import VideoFrame

_PIXELS = "bgra"
_TICK = Fraction(1, 100)
# Browsers show a frame of one hundredth of a second for a tenth.
_SHORTEST = 2
_PALETTE_SIDE = 16
# Only what moves is drawn anew, and its dither stays where it is.
_DITHER = "dither=sierra2_4a:diff_mode=rectangle"


def palette_of(pictures: Iterable[VideoFrame], size: tuple[int, int]) -> VideoFrame:
    """The colours that do most for these frames. Raises what FFmpeg raises, ClipBrokenError."""
    import av.filter

    graph = av.filter.Graph()
    source = _buffer(graph, size)
    chosen, sink = graph.add("palettegen", "stats_mode=full"), graph.add("buffersink")
    source.link_to(chosen)
    chosen.link_to(sink)
    graph.configure()
    scaler = RgbScaler(_PIXELS)
    for number, picture in enumerate(pictures):
        source.push(_at(scaler.scale(picture, size), number))
    source.push(None)
    return cast("VideoFrame", sink.pull())


class GifWriter:
    """To be closed. All calls raise what FFmpeg and the disk raise."""

    def __init__(
        self, path: Path, size: tuple[int, int], palette: VideoFrame, *, rate: Fraction
    ) -> None:
        import av
        import av.filter

        self.count = 0
        self._size = size
        self._scaler = RgbScaler(_PIXELS)
        self._last = -_SHORTEST
        self._container = av.open(str(path), "w", format="gif", options={"loop": "0"})
        self._stream = self._container.add_stream("gif", rate=rate)
        self._stream.width, self._stream.height = size
        self._stream.pix_fmt = "pal8"
        self._stream.codec_context.time_base = _TICK
        self._graph = av.filter.Graph()
        self._source = _buffer(self._graph, size)
        colours = _buffer(self._graph, (_PALETTE_SIDE, _PALETTE_SIDE))
        used = self._graph.add("paletteuse", _DITHER)
        self._sink = self._graph.add("buffersink")
        self._source.link_to(used, 0, 0)
        colours.link_to(used, 0, 1)
        used.link_to(self._sink)
        self._graph.configure()
        colours.push(_at(palette, 0))
        colours.push(None)

    def add(self, picture: VideoFrame, time: Fraction) -> None:
        """``time`` in seconds from the beginning; a frame that comes too soon is left out."""
        tick = round(time / _TICK)
        if tick < self._last + _SHORTEST:
            return
        self._last = tick
        self._source.push(_at(self._scaler.scale(picture, self._size), tick))
        self._write_ready()
        self.count += 1

    def finish(self) -> None:
        """Write the rest."""
        self._source.push(None)
        self._write_ready()
        self._container.mux(self._stream.encode(None))
        self._container.close()

    def close(self) -> None:
        """Let go of the file, finished or not."""
        self._container.close()

    def _write_ready(self) -> None:
        import av

        while True:
            try:
                indexed = cast("VideoFrame", self._sink.pull())
            except (av.BlockingIOError, av.EOFError):
                return
            self._container.mux(self._stream.encode(indexed))


def _buffer(graph: object, size: tuple[int, int]) -> FilterContext:
    from av.filter import Graph

    return cast("Graph", graph).add_buffer(
        width=size[0], height=size[1], format=_PIXELS, time_base=_TICK
    )


def _at(picture: VideoFrame, tick: int) -> VideoFrame:
    picture.pts, picture.time_base = tick, _TICK
    return picture
