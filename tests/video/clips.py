"""Clips made on the spot, each of whose frames carries its number as a row of bars."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av

BARS = 8
_BLACK, _WHITE, _GREY = 16, 235, 128
_TICK = Fraction(1, 600)


def luma(number: int, width: int, height: int) -> bytes:
    """A frame's Y plane: the number's bits as bars above, a ramp that drifts below."""
    bar = width // BARS
    bits = b"".join(bytes([_WHITE if number >> i & 1 else _BLACK]) * bar for i in range(BARS))
    top = bits + bytes([_GREY]) * (width - len(bits))
    ramp = bytes(40 + (x + 2 * number) * 160 // (width + 600) for x in range(width))
    return top * (height // 2) + ramp * (height - height // 2)


def number_in(plane: bytes, stride: int, width: int, height: int) -> int:
    """The number that a Y plane carries, at whatever size it is shown."""
    row = plane[stride * (height // 4) :][:width]
    return sum(
        1 << i for i in range(BARS) if row[int((i + 0.5) * width / BARS)] > (_BLACK + _WHITE) // 2
    )


def make_clip(
    path: Path,
    frames: int = 24,
    *,
    width: int = 160,
    height: int = 96,
    codec: str = "libx264",
    options: dict[str, str] | None = None,
    sound: bool = False,
    pixels: str = "yuv420p",
    times: Sequence[int] | None = None,
) -> Path:
    """A clip of 24 frames a second; by default with B-frames and a single key frame.

    ``times`` are those at which frames are shown, in 1/600 s, for a rate that varies.
    """
    usual = {"bf": "3", "g": "999", "preset": "veryfast", "x264-params": "b-adapt=0"}
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=24, options=usual if options is None else options)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = width, height, pixels
        if times is not None:
            stream.codec_context.time_base = _TICK
        track = container.add_stream("aac", rate=48_000) if sound else None
        for number in range(frames):
            frame = av.VideoFrame(width, height, pixels)
            if times is not None:
                frame.pts, frame.time_base = times[number], _TICK
            rows = luma(number, width, height)
            stride = frame.planes[0].line_size
            frame.planes[0].update(
                b"".join(
                    rows[y * width : (y + 1) * width].ljust(stride, b"\0") for y in range(height)
                )
            )
            for plane in frame.planes[1:]:
                plane.update(bytes([_GREY]) * plane.buffer_size)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
        if track is not None:
            for _ in range(10):
                silence = av.AudioFrame("fltp", "stereo", 1024)
                silence.sample_rate = 48_000
                for channel in silence.planes:
                    channel.update(bytes(channel.buffer_size))
                container.mux(track.encode(silence))
            container.mux(track.encode())
    return path


def box(kind: bytes, data: bytes = b"", *, wide: bool = False) -> bytes:
    """An MP4 box, with a size of 32 or 64 bits."""
    if wide:
        return b"\0\0\0\1" + kind + (len(data) + 16).to_bytes(8, "big") + data
    return (len(data) + 8).to_bytes(4, "big") + kind + data
