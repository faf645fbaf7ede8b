"""Answers of the picture process taken apart, and believed only as far as they can be checked.

A child that a hostile file has taken over may say anything: here nothing it says makes the
window's process take much memory, compute with odd numbers, or send a picture of another size
than the one that it shows.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import IO, Any

from dreamina_desktop.core.change import Change, ChangeKind
from dreamina_desktop.core.picture import PictureFacts, PictureView, PreparedPicture
from dreamina_desktop.pictures.probe import probe_bytes

MOST_BYTES_ANSWERED = 512 * 2**20
"""A picture that cannot be prepared comes back as it is."""

_LARGEST = 2**32 - 1
# Of a side, as any header can claim it.
_MOST_CHANGES = 100
_LONGEST_WORDS = 1000


class NonsenseError(Exception):
    """Never leaves this room: outside, the child has broken."""


def read_prepared(pipe: IO[bytes], said: dict[str, Any], longest: int | None) -> PreparedPicture:
    """Raises NonsenseError, KeyError, TypeError, ValueError."""
    facts = _facts(said["facts"])
    changes = tuple(_change(one) for one in _listed(said["changes"]))
    data = _read(pipe, _whole(said["length"], MOST_BYTES_ANSWERED))
    if data and replace(probe_bytes(data), decoded=facts.decoded) != facts:
        raise NonsenseError("other facts")
    view = None
    if said["view"] is not None:
        view = read_view(pipe, said["view"], longest)
    return PreparedPicture(
        data=data,
        media_type=_words(said["media_type"]),
        sha256=hashlib.sha256(data).hexdigest(),
        facts=facts,
        unchanged=_yes_or_no(said["unchanged"]),
        changes=changes,
        view=view,
    )


def read_view(pipe: IO[bytes], said: dict[str, Any], longest: int | None) -> PictureView:
    """Raises NonsenseError, KeyError, TypeError."""
    most = longest or 0
    width, height = _whole(said["width"], most), _whole(said["height"], most)
    if not width or not height:
        raise NonsenseError("empty view")
    has_alpha = _yes_or_no(said["has_alpha"])
    return PictureView(
        width, height, has_alpha, _read(pipe, width * height * (4 if has_alpha else 3))
    )


def _facts(said: dict[str, Any]) -> PictureFacts:
    decoded = said["decoded"]
    return PictureFacts(
        format=_words(said["format"]),
        width=_whole(said["width"], _LARGEST),
        height=_whole(said["height"], _LARGEST),
        # A file is never too large to be told so.
        bytes=_whole(said["bytes"], 2**63),
        decoded=None if decoded is None else _yes_or_no(decoded),
    )


def _change(said: Any) -> Change:
    kind, before, after = said
    return Change(ChangeKind(kind), _value(before), _value(after))


def _value(said: Any) -> str | int | None:
    if said is None:
        return None
    return _words(said) if isinstance(said, str) else _whole(said, 2**63)


def _listed(said: Any) -> list[Any]:
    if not isinstance(said, list) or len(said) > _MOST_CHANGES:
        raise NonsenseError("list")
    return said


def _words(said: Any) -> str:
    if not isinstance(said, str) or len(said) > _LONGEST_WORDS:
        raise NonsenseError("words")
    return said


def _whole(said: Any, most: int) -> int:
    # True is an int too.
    if type(said) is not int or not 0 <= said <= most:
        raise NonsenseError("number")
    return said


def _yes_or_no(said: Any) -> bool:
    if not isinstance(said, bool):
        raise NonsenseError("yes or no")
    return said


def _read(pipe: IO[bytes], length: int) -> bytes:
    data = pipe.read(length)
    if len(data) < length:
        raise NonsenseError("cut")
    return data
