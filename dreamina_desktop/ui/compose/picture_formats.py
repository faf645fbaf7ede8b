"""Formats of picture files as people know them, and the suffixes of those that can be used."""

from __future__ import annotations

_NAMES = {
    "WEBP": "WebP",
    "HEIF": "HEIC",
    "JXL": "JPEG XL",
    "JPEG2000": "JPEG 2000",
    "PSD": "Photoshop",
}

# What the model does not take can be made into what it takes.
SUFFIXES: dict[str, tuple[str, ...]] = {
    "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "PNG": (".png", ".apng"),
    "WebP": (".webp",),
    "TIFF": (".tif", ".tiff"),
    "BMP": (".bmp", ".dib"),
    "GIF": (".gif",),
    "HEIC": (".heic", ".heif", ".hif"),
    "AVIF": (".avif",),
    "Photoshop": (".psd",),
    "ICO": (".ico",),
    "JPEG 2000": (".jp2", ".j2k", ".jpx", ".jpf"),
}
"""By the name of the format, those most often used first."""

PICTURE_SUFFIXES = frozenset(suffix for suffixes in SUFFIXES.values() for suffix in suffixes)


def format_name(name: str) -> str:
    """``name`` as ``PictureFacts.format`` has it."""
    return _NAMES.get(name, name)
