"""The small mark in the corner of each practice clip, so that nobody takes it for a real one."""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageFont

_TEXT = "practice"
_WHITE, _NO_COLOUR = 235, 128  # limited range
_BLACK = 16
_SHADE = 120  # of 255: how dark the plate is


class PracticeMark:
    """Drawn once, put on every frame."""

    def __init__(self, frame_height: int) -> None:
        """``frame_height`` in pixels: the mark keeps its share of the frame, down to legibility."""
        size = max(9, frame_height // 42)
        font = ImageFont.load_default(size)
        left, top, right, bottom = font.getbbox(_TEXT)
        across, down = size * 6 // 10, size * 4 // 10
        width = _even(right - left + 2 * across)
        height = _even(bottom - top + 2 * down)
        self._margin = _even(size)
        self._plate = Image.new("L", (width, height))
        radius = height / 2
        ImageDraw.Draw(self._plate).rounded_rectangle((0, 0, width - 1, height - 1), radius, _SHADE)
        self._text = Image.new("L", (width, height))
        centre = (width / 2, height / 2)
        ImageDraw.Draw(self._text).text(centre, _TEXT, _WHITE, font, anchor="mm")
        both = Image.composite(Image.new("L", (width, height), 255), self._plate, self._text)
        self._colourless = both.reduce(2)

    def put(self, luma: Image.Image, blue: Image.Image, red: Image.Image) -> None:
        """Draw it into the planes of one frame (chroma at half size), bottom right."""
        # All even, so that luma and chroma meet.
        left = max(0, luma.width - self._plate.width - self._margin)
        top = max(0, luma.height - self._plate.height - self._margin)
        luma.paste(_BLACK, (left, top), self._plate)
        luma.paste(_WHITE, (left, top), self._text)
        for chroma in (blue, red):
            chroma.paste(_NO_COLOUR, (left // 2, top // 2), self._colourless)


def _even(length: float) -> int:
    return round(length / 2) * 2
