"""A drawn picture in place of one that practice mode does not fetch."""

from __future__ import annotations

import hashlib
import io

from PIL import Image, ImageDraw, ImageFont, ImageOps

_SIZE = (1664, 1248)


def stand_in(address: str, host: str) -> bytes:
    """A JPEG of 1664x1248 pixels, the same for the same address: a soft gradient with its host."""
    dice = hashlib.sha256(address.encode("utf-8", "replace")).digest()
    first, second, third = (_colour(dice[start : start + 3]) for start in (0, 3, 6))
    down = Image.linear_gradient("L").resize(_SIZE)
    glow = Image.radial_gradient("L").resize(_SIZE)
    picture = ImageOps.colorize(down, first, second)
    picture = Image.composite(picture, Image.new("RGB", _SIZE, third), glow)
    draw = ImageDraw.Draw(picture)
    width, height = _SIZE
    for text, size, place in (
        ("stand-in picture", height // 12, height * 0.44),
        (host[:48], height // 28, height * 0.56),
    ):
        font = ImageFont.load_default(size)
        draw.text((width / 2, place), text, fill="white", font=font, anchor="mm")
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=95, subsampling="4:4:4")
    return file.getvalue()


def _colour(raw: bytes) -> str:
    hue = raw[0] * 360 // 256
    return f"hsl({hue}, {35 + raw[1] % 40}%, {25 + raw[2] % 35}%)"
