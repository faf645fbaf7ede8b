"""Pictures made on the spot: of every mode, with metadata in every place, and damaged ones."""

from __future__ import annotations

import io
import random
import struct
import zlib

from PIL import Image

SECRET = b"GPS 48.1374N 11.5755E"
"""Stands for everything that must not travel."""

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def picture(mode: str = "RGB", width: int = 48, height: int = 32) -> Image.Image:
    """Smooth, without any symmetry, so that a wrong turn shows; ``mode`` as Pillow names it."""
    if mode == "I;16":
        rows = [
            struct.pack("<H", 257 * x + 1023 * y + 40) for y in range(height) for x in range(width)
        ]
        return Image.frombytes("I;16", (width, height), b"".join(rows))
    bands = Image.merge(
        "RGB",
        [
            Image.linear_gradient("L").resize((width, height)),
            Image.linear_gradient("L").rotate(90).resize((width, height)),
            Image.radial_gradient("L").resize((width, height)),
        ],
    )
    bands.paste((255, 40, 0), (0, 0, width // 4, height // 3))
    if mode == "P":
        return bands.quantize(12)
    if mode in ("LA", "RGBA"):
        bands = bands.convert("RGBA")
        bands.putalpha(Image.linear_gradient("L").resize((width, height)))
    return bands.convert(mode)


def jpeg(image: Image.Image | None = None, **options: object) -> bytes:
    return _saved(image or picture(), "JPEG", {"quality": 90, **options})


def png(image: Image.Image | None = None, **options: object) -> bytes:
    return _saved(image or picture(), "PNG", options)


def _saved(image: Image.Image, name: str, options: dict[str, object]) -> bytes:
    file = io.BytesIO()
    image.save(file, name, **options)  # type: ignore[arg-type]
    return file.getvalue()


def exif(orientation: int | None = None, secret: bytes = SECRET) -> bytes:
    """A TIFF block with a GPS directory, a description and, if given, an orientation."""
    block = Image.Exif()
    if orientation is not None:
        block[0x0112] = orientation
    block[0x010E] = secret.decode()
    block.get_ifd(0x8825)[29] = secret.decode()
    return block.tobytes()[6:]


def segment(marker: int, payload: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def with_segments(data: bytes, *segments: bytes) -> bytes:
    """A JPEG with segments put in behind its first one (JFIF)."""
    place = 4 + int.from_bytes(data[4:6], "big")
    return data[:place] + b"".join(segments) + data[place:]


def jpeg_turned(orientation: int, image: Image.Image | None = None, **options: object) -> bytes:
    return with_segments(jpeg(image, **options), segment(0xE1, b"Exif\0\0" + exif(orientation)))


def chunk(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def with_chunks(data: bytes, *chunks: bytes, before: bytes = b"IDAT") -> bytes:
    """A PNG with chunks put in before the first one of a kind."""
    place = data.index(before) - 4
    return data[:place] + b"".join(chunks) + data[place:]


def png_turned(orientation: int, image: Image.Image | None = None, **options: object) -> bytes:
    return with_chunks(png(image, **options), chunk(b"eXIf", exif(orientation)))


def raw_png(
    width: int, height: int, bits: int, colour: int, rows: bytes, *extra: bytes, interlace: int = 0
) -> bytes:
    """A PNG of pixel data as it stands, filter bytes included; ``extra`` goes before it."""
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, interlace)
    return b"".join(
        (
            PNG_SIGNATURE,
            chunk(b"IHDR", header),
            *extra,
            chunk(b"IDAT", zlib.compress(rows)),
            chunk(b"IEND"),
        )
    )


def noise(width: int, height: int, mode: str = "RGB") -> Image.Image:
    bands = len(Image.new(mode, (1, 1)).getbands())
    data = random.Random(7).randbytes(width * height * bands)
    return Image.frombytes(mode, (width, height), data)


def pixels(data: bytes) -> tuple[str, tuple[int, int], bytes]:
    """Mode, size and every sample as decoded; palettes looked up."""
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        shown = image.convert("RGBA") if image.mode == "P" else image
        return shown.mode, shown.size, shown.tobytes()
