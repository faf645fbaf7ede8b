"""Frames to pixels: every one of them, at every size."""

from __future__ import annotations

import av
import pytest

from dreamina_desktop.video.frame import Rgb32Converter, Scaler

_LUMA, _CB, _CR = 120, 90, 180
# By ITU-R BT.709 from limited range; blue, green, red.
_EXPECTED = (41, 102, 214)


@pytest.mark.parametrize("height", [32, 33])
@pytest.mark.parametrize("width", range(48, 81))
def test_all_pixels_of_odd_sizes_are_written(width: int, height: int) -> None:
    picture = av.VideoFrame(160, 96, "yuv420p")
    for plane, value in zip(picture.planes, (_LUMA, _CB, _CR), strict=True):
        plane.update(bytes([value]) * plane.buffer_size)
    picture.colorspace, picture.color_range = 1, 1
    frame = Scaler((width, height)).scale(7, picture)
    assert (frame.index, frame.width, frame.height) == (7, width, height)
    pixels = Rgb32Converter().convert(frame)
    assert (pixels.width, pixels.height) == (width, height)
    for y in range(height):
        line = bytes(pixels.data[y * pixels.stride :][: 4 * width])
        for x in range(width):
            got = line[4 * x : 4 * x + 4]
            assert got[3] == 255
            assert max(abs(a - b) for a, b in zip(got, _EXPECTED, strict=False)) <= 3, (x, y)
