"""Giving a finished download its name: whole, and never over another file."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from errno import EXDEV
from pathlib import Path

from dreamina_desktop.store.durable_files import sync_file, sync_folder, write_new, write_whole

_NOTE_SUFFIX = ".name"


def land(part: Path, target: Path) -> bool:
    """Move ``part``, which is synced, to ``target``, in a folder that is there, and sync that.

    False, with everything as it was, when another file has the name. After a kill at any moment
    either ``target`` is there whole, or this can be called again. Raises OSError.
    """
    try:
        named = _name(part, target, part)
    except OSError as error:
        if error.errno != EXDEV:
            raise
        named = _carry_over(part, target)
    if named:
        sync_folder(target.parent)
        part.unlink(missing_ok=True)
        _note(part).unlink(missing_ok=True)
    return named


def is_ours(part: Path, target: Path) -> bool:
    """Whether ``target`` is what a ``land`` of ``part`` left that was killed half-way."""
    try:
        return _is_same(part, target) or _is_reserved(part, target)
    except OSError:
        return False


def _name(source: Path, target: Path, part: Path) -> bool:
    """Give ``source`` its name, on the same volume; False when another file has it."""
    if sys.platform == "win32":
        # Its rename refuses a name that is taken.
        try:
            source.rename(target)
        except FileExistsError:
            return False
        return True
    try:
        os.link(source, target)
    except FileExistsError:
        return (_is_same(source, target) or is_ours(part, target)) and _replace(source, target)
    except OSError as error:
        if error.errno == EXDEV:
            raise
        # A volume without links: the name is taken by an empty file, and a note says whose it is.
        return _reserve(part, target) and _replace(source, target)
    return True


def _reserve(part: Path, target: Path) -> bool:
    if is_ours(part, target):
        return True
    write_whole(_note(part), os.fsencode(target))
    try:
        write_new(target, b"")
    except OSError as error:
        _note(part).unlink()
        if isinstance(error, FileExistsError):
            return False
        raise
    return True


def _replace(source: Path, target: Path) -> bool:
    try:
        # Does nothing when both are names of one file.
        source.replace(target)
    except OSError:
        with suppress(OSError):
            target.unlink()
        raise
    return True


def _is_reserved(part: Path, target: Path) -> bool:
    if not target.is_file() or target.stat().st_size > 0:
        return False
    return _note(part).read_bytes() == os.fsencode(target)


def _note(part: Path) -> Path:
    return part.with_name(part.name + _NOTE_SUFFIX)


def _is_same(first: Path, second: Path) -> bool:
    return first.exists() and second.exists() and first.samefile(second)


def _carry_over(part: Path, target: Path) -> bool:
    """From another volume: a hidden copy beside the target first, then its name."""
    copy = target.parent / part.name
    if _is_same(copy, target):
        # Named by a call that was killed before it came to remove the copy.
        copy.unlink()
        return True
    try:
        copy.unlink(missing_ok=True)
        with part.open("rb") as source, copy.open("xb") as sink:
            shutil.copyfileobj(source, sink, 1 << 20)
            sink.flush()
            sync_file(sink.fileno())
        return _name(copy, target, part)
    finally:
        with suppress(OSError):
            copy.unlink(missing_ok=True)
