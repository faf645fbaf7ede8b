"""Formats of picture files as people know them."""

from __future__ import annotations

_NAMES = {"WEBP": "WebP", "JXL": "JPEG XL", "JPEG2000": "JPEG 2000", "PSD": "Photoshop"}


def format_name(name: str) -> str:
    """``name`` as ``PictureFacts.format`` has it."""
    return _NAMES.get(name, name)
