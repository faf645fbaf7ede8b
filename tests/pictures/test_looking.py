"""The file itself for looking at: upright, in sRGB, what is clear stays clear."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from dreamina_desktop.core.errors import PictureMissingError
from dreamina_desktop.pictures import looking, picture_file
from dreamina_desktop.pictures.looking import UnreadableError, look
from tests.pictures import samples


def shown(folder: Path, data: bytes, longest: int = 4096) -> Image.Image:
    path = folder / "picture"
    path.write_bytes(data)
    view = look(path, longest)
    mode = "RGBA" if view.has_alpha else "RGB"
    return Image.frombytes(mode, (view.width, view.height), view.pixels)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_pixel(tmp_path: Path, mode: str) -> None:
    image = samples.picture(mode)
    got = shown(tmp_path, samples.png(image))
    assert got.mode == ("RGBA" if mode in ("LA", "RGBA") else "RGB")
    assert got.tobytes() == image.convert(got.mode).tobytes()


def test_upright(tmp_path: Path) -> None:
    for orientation in range(1, 9):
        size = (48, 32) if orientation < 5 else (32, 48)
        assert shown(tmp_path, samples.jpeg_turned(orientation)).size == size
        assert shown(tmp_path, samples.png_turned(orientation)).size == size


def test_other_formats(tmp_path: Path) -> None:
    for name in ("WEBP", "TIFF", "BMP", "GIF"):
        file = io.BytesIO()
        samples.picture("P").save(file, name, lossless=True)
        assert (
            shown(tmp_path, file.getvalue()).tobytes()
            == samples.picture("P").convert("RGB").tobytes()
        )


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF"])
def test_never_larger_than_wanted(tmp_path: Path, form: str) -> None:
    image = samples.picture("RGB", 900, 600)
    file = io.BytesIO()
    image.save(file, form)
    small = shown(tmp_path, file.getvalue(), 200)
    assert small.size == (200, 133)
    wanted = image.resize((200, 133), Image.Resampling.BICUBIC)
    assert sum(
        abs(a - b) for a, b in zip(small.tobytes(), wanted.tobytes(), strict=True)
    ) < 3 * len(wanted.tobytes())
    assert shown(tmp_path, file.getvalue(), 901).size == (900, 600)


def test_line_keeps_a_pixel(tmp_path: Path) -> None:
    assert shown(tmp_path, samples.png(Image.new("L", (5000, 1))), 100).size == (100, 1)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture",
        samples.png()[:-60],
        samples.png()[:24],
        b"\xff\xd8\xff",
        samples.raw_png(60_000, 60_000, 8, 2, b""),
        b"GIF89a",
        b"\xff\x0a" + bytes(40),
        b"\0\0\0\x18ftypheic" + bytes(50),
    ],
)
def test_nothing_to_show(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UnreadableError):
        shown(tmp_path, data)


def test_no_file_or_too_large_a_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PictureMissingError):
        look(tmp_path / "nowhere", 100)
    monkeypatch.setattr(picture_file, "MOST_BYTES_READ", 100)
    with pytest.raises(UnreadableError):
        shown(tmp_path, samples.png())
    assert looking.MOST_PIXELS_DECODED == 120_000_000
