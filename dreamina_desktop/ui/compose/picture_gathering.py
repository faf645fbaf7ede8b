"""Files and folders that came together, as the pictures that are in them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

from dreamina_desktop.pictures.file_signature import format_of_file
from dreamina_desktop.ui.compose.natural_order import natural_order
from dreamina_desktop.ui.compose.picture_formats import PICTURE_SUFFIXES

MOST_PICTURES = 500
_MOST_LOOKED_AT = 20_000
"""Names in a folder; a drive full of other things must not keep a person waiting for minutes."""


def gather_pictures(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """At most ``MOST_PICTURES`` pictures, each once: the files, and those within the folders.

    Folders are looked into one level deep and in natural order. Where there is no picture at all
    it is the first path alone, so that a person learns what is wrong with it. Blocking.
    """
    found = itertools.islice(_pictures(paths), MOST_PICTURES)
    return tuple(dict.fromkeys(found)) or paths[:1]


def is_named_picture(path: Path) -> bool:
    """Whether it is called like one."""
    return path.suffix.lower() in PICTURE_SUFFIXES


def _pictures(paths: tuple[Path, ...]) -> Iterator[Path]:
    for path in paths:
        if _is_folder(path):
            yield from sorted(filter(_is_picture, _files_in(path)), key=natural_order)
        elif _is_picture(path):
            yield path


def _is_picture(path: Path) -> bool:
    return is_named_picture(path) or (not path.suffix and bool(format_of_file(path)))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _files_in(folder: Path) -> list[Path]:
    try:
        inside = list(itertools.islice(folder.iterdir(), _MOST_LOOKED_AT))
        # Hidden ones are other programs' own.
        return [path for path in inside if not path.name.startswith(".") and path.is_file()]
    except OSError:
        return []
