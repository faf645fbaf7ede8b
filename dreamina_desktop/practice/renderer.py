"""Makes a practice clip: the sent picture, centre-cropped, under a slow camera move."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc
from PIL import Image, ImageOps

from dreamina_desktop.practice.camera import CLOSEST, CameraMove, camera_move
from dreamina_desktop.practice.practice_mark import PracticeMark
from dreamina_desktop.practice.render_order import RenderOrder
from dreamina_desktop.resources import model_file

_FRAMES_A_SECOND = 24
_THREADS = 2  # fixed: x264's output depends on their number
_AHEAD = 6  # frames prepared while one is encoded; each is about 3 MB
_BITS = 8
# Each frame is cut from a stage a little larger than the closest view needs: always shrunk a bit,
# never stretched, a bilinear cut stays even in sharpness while it moves, at half a bicubic's cost.
_STAGE = CLOSEST * 1.1

# RGB to Y, Cb, Cr: BT.709, limited range, as video is. Rows of Pillow's `convert(matrix)`.
_RED, _GREEN, _BLUE = 0.2126, 0.7152, 0.0722
_LUMA, _CHROMA = 219 / 255, 224 / 255
_BT709 = (
    _RED * _LUMA, _GREEN * _LUMA, _BLUE * _LUMA, 16,
    -_RED / (2 - 2 * _BLUE) * _CHROMA, -_GREEN / (2 - 2 * _BLUE) * _CHROMA, _CHROMA / 2, 128,
    _CHROMA / 2, -_GREEN / (2 - 2 * _RED) * _CHROMA, -_BLUE / (2 - 2 * _RED) * _CHROMA, 128,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FrameSize:
    """Width and height in pixels, both even."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Stage:
    """What every frame is cut from: Y at `_STAGE` times the frame's size, Cb and Cr at half."""

    size: FrameSize
    planes: tuple[Image.Image, Image.Image, Image.Image]
    move: CameraMove
    mark: PracticeMark
    frames: int


class Renderer:
    """Renders orders one after the other; the same order makes the same bytes."""

    def __init__(self) -> None:
        model = json.loads(model_file().read_text("utf-8"))
        self._sizes = [
            FrameSize(size["width"], size["height"])
            for size in model["known"]["output_sizes"]["value"]
        ]

    def render(self, order: RenderOrder, path: Path) -> None:
        """Write the clip of ``order`` to ``path``: H.264 in MP4, 24 frames a second, silent.

        Raises OSError for a picture that cannot be read, and whatever the encoder raises.
        """
        with Image.open(order.picture) as opened:
            picture = _upright_rgb(opened)
        size = self.size_for(picture.width, picture.height, order.scale)
        stage = _Stage(
            size,
            _planes(picture, size),
            camera_move(order.seed, order.prompt),
            PracticeMark(size.height),
            order.frames,
        )
        _encode(stage, path)

    def size_for(self, width: int, height: int, scale: float) -> FrameSize:
        """The output size whose shape is nearest to the picture's, by the ratio of the ratios."""

        def distance(size: FrameSize) -> Fraction:
            ratio = Fraction(width * size.height, height * size.width)
            return max(ratio, 1 / ratio)

        nearest = min(self._sizes, key=distance)
        return FrameSize(_even(nearest.width * scale), _even(nearest.height * scale))


def _even(length: float) -> int:
    return max(16, round(length / 2) * 2)


def _upright_rgb(opened: Image.Image) -> Image.Image:
    picture = ImageOps.exif_transpose(opened)
    if picture.mode.startswith("I"):
        # 16 bits a sample; a plain conversion would clip nearly all of it to white.
        picture = picture.convert("I").point(lambda value: value / (1 << _BITS)).convert("L")
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    return picture.convert("RGB")


def _planes(picture: Image.Image, size: FrameSize) -> tuple[Image.Image, Image.Image, Image.Image]:
    """Centre crop to the shape of ``size``, large enough for the closest view, as Y, Cb, Cr."""
    scale = min(picture.width / size.width, picture.height / size.height)
    # min: a product of two roundings may come out a hair beyond the edge.
    width = min(size.width * scale, picture.width)
    height = min(size.height * scale, picture.height)
    left, top = (picture.width - width) / 2, (picture.height - height) / 2
    stage = picture.resize(
        (_even(size.width * _STAGE), _even(size.height * _STAGE)),
        Image.Resampling.LANCZOS,
        box=(left, top, left + width, top + height),
        reducing_gap=3.0,
    )
    luma, blue, red = stage.convert("RGB", _BT709).split()
    return luma, blue.reduce(2), red.reduce(2)


def _frame(stage: _Stage, index: int) -> av.VideoFrame:
    size = stage.size
    frame = av.VideoFrame(size.width, size.height, "yuv420p")
    left, top, right, bottom = stage.move.box(index / max(1, stage.frames - 1))
    shown: list[Image.Image] = []
    for number, plane in enumerate(stage.planes):
        half = 1 if number == 0 else 2
        box = (
            left * plane.width,
            top * plane.height,
            min(right * plane.width, plane.width),
            min(bottom * plane.height, plane.height),
        )
        target = (size.width // half, size.height // half)
        shown.append(plane.resize(target, Image.Resampling.BILINEAR, box=box))
    stage.mark.put(shown[0], shown[1], shown[2])
    for image, target_plane in zip(shown, frame.planes, strict=True):
        # The encoder wants lines padded to its own length.
        target_plane.update(image.tobytes("raw", "L", target_plane.line_size, 1))
    frame.pts = index
    frame.time_base = Fraction(1, _FRAMES_A_SECOND)
    return frame


def _frames(stage: _Stage) -> Iterator[av.VideoFrame]:
    """All frames in order, made by several threads (Pillow and x264 both let go of the GIL)."""
    with ThreadPoolExecutor(_THREADS) as pool:
        waiting: deque[Future[av.VideoFrame]] = deque()
        for index in range(stage.frames):
            waiting.append(pool.submit(_frame, stage, index))
            if len(waiting) > _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _encode(stage: _Stage, path: Path) -> None:
    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    with av.open(str(path), "w", format="mp4", options=options) as container:
        stream = container.add_stream("libx264", rate=_FRAMES_A_SECOND)
        stream.width, stream.height, stream.pix_fmt = stage.size.width, stage.size.height, "yuv420p"
        stream.options = {"preset": "superfast", "crf": "20", "flags": "+bitexact"}
        codec = stream.codec_context
        codec.thread_count = _THREADS
        codec.color_range = ColorRange.MPEG
        codec.colorspace = Colorspace.ITU709
        codec.color_primaries = ColorPrimaries.BT709
        codec.color_trc = ColorTrc.BT709
        for frame in _frames(stage):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
