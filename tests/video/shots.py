"""Clips of given pictures, for tests that are about what is in them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import av
from PIL import Image, ImageFilter

WIDTH, HEIGHT = 160, 96


def texture(seed: int = 1) -> Image.Image:
    """Grey grain with edges everywhere, wider than a frame so that it can be moved."""
    size = 2 * WIDTH, HEIGHT
    grain = random.Random(seed).randbytes(size[0] * size[1])
    return Image.frombytes("L", size, grain).filter(ImageFilter.GaussianBlur(1.5))


def shot(moved: int = 0, blur: float = 0.0, of: Image.Image | None = None) -> Image.Image:
    """One frame: the texture, ``moved`` pixels to the left and blurred by that radius."""
    picture = (of or texture()).crop((moved, 0, moved + WIDTH, HEIGHT))
    return picture.filter(ImageFilter.GaussianBlur(blur)) if blur else picture


def make_shots(path: Path, shots: Sequence[Image.Image]) -> Path:
    """A clip of these, 24 a second, nearly without loss and with a single key frame."""
    options = {"preset": "veryfast", "crf": "6", "bf": "2", "g": "999"}
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=24, options=options)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height = shots[0].size
        stream.pix_fmt = "yuv420p"
        for picture in shots:
            shown = av.VideoFrame.from_image(picture.convert("RGB"))  # type: ignore[no-untyped-call]
            container.mux(stream.encode(shown))
        container.mux(stream.encode())
    return path
