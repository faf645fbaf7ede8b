"""Text as a part of a file name that every platform takes and a person can read."""

from __future__ import annotations

import re
import unicodedata

MOST_CHARACTERS = 80
MOST_BYTES = 180
"""Limits of one part of a name; file systems take 255 bytes for the whole."""

_NOTHING_LEFT = "clip"

# What Windows refuses, besides control characters, includes every platform's separator.
_REFUSED = re.compile(r'[<>:"/\\|?*]')
# Names of devices on Windows, whatever follows behind a dot.
_RESERVED = re.compile(
    r"(?i:(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\..*)?)", re.DOTALL
)


def safe_part(
    text: str, *, most_characters: int = MOST_CHARACTERS, most_bytes: int = MOST_BYTES
) -> str:
    """Text as part of a file name, and safe as a whole name too. Never empty."""
    text = "".join(character for character in text if _is_kept(character))
    text = _REFUSED.sub("_", unicodedata.normalize("NFC", text))
    text = " ".join(text.split()).lstrip(".- ")
    text = text[:most_characters].encode()[:most_bytes].decode(errors="ignore").rstrip(". ")
    return f"_{text}" if _RESERVED.fullmatch(text) else text or _NOTHING_LEFT


def _is_kept(character: str) -> bool:
    # Controls, signs that turn the direction of writing, halves of characters: none can be seen.
    return character.isspace() or not unicodedata.category(character).startswith("C")
