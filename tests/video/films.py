"""Clips of any pictures, and an independent reader of what is made of them: OpenCV's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from math import inf, log10
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

type Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Film:
    """How a clip is made; ``times`` are in thousandths of a second, None for a steady rate."""

    codec: str = "libx264"
    rate: Fraction | int = 24
    form: str = "yuv420p"
    options: dict[str, str] = field(
        default_factory=lambda: {"crf": "8", "preset": "veryfast", "g": "999", "bf": "0"}
    )
    tags: tuple[int, int, int, int] | None = None
    times: tuple[int, ...] | None = None


def make_film(path: Path, pictures: Iterable[Pixels], film: Film | None = None) -> Path:
    """Write RGB pictures, all of one size, as a clip."""
    film = film or Film()
    with av.open(str(path), "w") as container:
        stream: av.VideoStream | None = None
        for number, picture in enumerate(pictures):
            if stream is None:
                added = container.add_stream(film.codec, rate=film.rate, options=film.options)
                assert isinstance(added, av.VideoStream)
                stream = added
                stream.height, stream.width = picture.shape[:2]
                stream.pix_fmt = film.form
                codec = stream.codec_context
                if film.tags is not None:
                    codec.color_range, codec.colorspace = film.tags[:2]
                    codec.color_primaries, codec.color_trc = film.tags[2:]
                if film.times is not None:
                    codec.time_base = Fraction(1, 1000)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), "rgb24")
            space = "ITU709" if film.tags and film.tags[1] == 1 else None
            full = "JPEG" if film.tags and film.tags[0] == 2 else None
            frame = frame.reformat(format=film.form, dst_colorspace=space, dst_color_range=full)
            if film.times is not None:
                frame.pts, frame.time_base = film.times[number], Fraction(1, 1000)
            container.mux(stream.encode(frame))
        if stream is not None:
            container.mux(stream.encode())
    return path


def moving(count: int, width: int = 96, height: int = 64) -> list[Pixels]:
    """A soft pattern that wanders by a pixel and a half a frame."""
    return [pattern(width, height, 1.5 * number) for number in range(count)]


def pattern(width: int, height: int, shift: float) -> Pixels:
    """Soft colours, each frame of which is unlike any other."""
    x, y = np.meshgrid(np.arange(width) + shift, np.arange(height))
    planes = [
        127 + 90 * np.sin(x / 17 + phase) * np.cos(y / (13 + phase)) for phase in (0.0, 1.0, 2.0)
    ]
    return np.stack(planes, axis=2).astype(np.uint8)


def noise(count: int, width: int = 96, height: int = 64) -> list[Pixels]:
    """Frames that have nothing in common: the hardest there are."""
    chance = np.random.default_rng(1)
    return [chance.integers(0, 256, (height, width, 3), dtype=np.uint8) for _ in range(count)]


@dataclass(frozen=True)
class Read:
    """What OpenCV finds in a clip: frames as BGR, and when each is shown, in milliseconds."""

    frames: list[Pixels]
    times: list[float]
    rate: float


def read(path: Path) -> Read:
    capture = cv2.VideoCapture(str(path))
    frames: list[Pixels] = []
    times: list[float] = []
    while True:
        is_there, frame = capture.read()
        if not is_there:
            return Read(frames, times, capture.get(cv2.CAP_PROP_FPS))
        frames.append(frame.astype(np.uint8))
        times.append(capture.get(cv2.CAP_PROP_POS_MSEC))


def psnr(one: Pixels, other: Pixels) -> float:
    """Decibels; infinite for identical pictures."""
    error = float(np.mean((one.astype(np.float64) - other) ** 2))
    return 10 * log10(255**2 / error) if error else inf


def bgr(picture: Pixels) -> Pixels:
    """RGB as OpenCV has it, or the other way round."""
    return np.ascontiguousarray(picture[:, :, ::-1])


def grey(picture: Pixels) -> Pixels:
    """Without the colours, of which 4:2:0 keeps a quarter and every reader makes its own whole."""
    return cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.uint8)


def cancelled_after(steps: int) -> Callable[[], bool]:
    """Says yes once it has been asked so often."""
    asked = iter(range(steps))
    return lambda: next(asked, None) is None
