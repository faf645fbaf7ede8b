"""Names for clips that every platform takes and a person can read."""

from __future__ import annotations

import re
import unicodedata
from datetime import tzinfo
from urllib.parse import unquote, urlsplit

from dreamina_desktop.core.job import Job, JobSpec

MOST_CHARACTERS = 80
MOST_BYTES = 180
"""Limits of one part of a name; file systems take 255 bytes for the whole."""

_NOTHING_LEFT = "clip"
_SEED_LENGTH = 40
_REQUEST_LENGTH = 8

# What Windows refuses, besides control characters, includes every platform's separator.
_REFUSED = re.compile(r'[<>:"/\\|?*]')
# Names of devices on Windows, whatever follows behind a dot.
_RESERVED = re.compile(
    r"(?i:(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\..*)?)", re.DOTALL
)


def clip_stem(job: Job, zone: tzinfo | None = None) -> str:
    """``{date}_{source}_{seed}``: the date is that of the job's creation where ``zone`` is.

    An adopted job has no spec; its request id stands for the seed. ``zone`` None is the
    computer's own.
    """
    date = job.created.astimezone(zone).strftime("%Y-%m-%d")
    if job.spec is None:
        return f"{date}_adopted_{safe_part((job.request_id or '')[:_REQUEST_LENGTH])}"
    return f"{date}_{safe_part(_source(job.spec))}_{str(job.spec.seed)[:_SEED_LENGTH]}"


def numbered(stem: str, number: int, suffix: str) -> str:
    """The file name; from 2 on the number shows."""
    return f"{stem}{suffix}" if number == 1 else f"{stem} ({number}){suffix}"


def safe_part(text: str) -> str:
    """Text as part of a file name, and safe as a whole name too. Never empty."""
    text = "".join(character for character in text if _is_kept(character))
    text = _REFUSED.sub("_", unicodedata.normalize("NFC", text))
    text = " ".join(text.split()).lstrip(".- ")
    text = text[:MOST_CHARACTERS].encode()[:MOST_BYTES].decode(errors="ignore").rstrip(". ")
    return f"_{text}" if _RESERVED.fullmatch(text) else text or _NOTHING_LEFT


def _is_kept(character: str) -> bool:
    # Controls, signs that turn the direction of writing, halves of characters: none can be seen.
    return character.isspace() or not unicodedata.category(character).startswith("C")


def _source(spec: JobSpec) -> str:
    picture = spec.picture
    path = picture.source if picture.address is None else unquote(urlsplit(picture.address).path)
    last = re.split(r"[/\\]", path.rstrip("/\\"))[-1]
    stem, dot, _ = last.rpartition(".")
    return stem if dot and stem else last
