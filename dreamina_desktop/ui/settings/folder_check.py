"""Whether clips can be put into a folder."""

from __future__ import annotations

import tempfile
from enum import StrEnum
from pathlib import Path


class FolderState(StrEnum):
    """What was found."""

    GOOD = "good"
    NEW = "new"
    """Not there yet, and can be made."""
    NOT_WHOLE = "not_whole"
    NOT_A_FOLDER = "not_a_folder"
    NOT_WRITABLE = "not_writable"


def look_at(folder: Path) -> FolderState:
    """Try it, by writing a file without a name. Makes no folder.

    Blocks, for long on a network drive that is gone: never call it on the GUI thread.
    """
    if not folder.is_absolute():
        return FolderState.NOT_WHOLE
    try:
        there = next(one for one in (folder, *folder.parents) if one.exists())
        if not there.is_dir():
            return FolderState.NOT_A_FOLDER
        # Permission bits say nothing of read-only drives and access lists: only writing does.
        with tempfile.TemporaryFile(dir=there):
            return FolderState.GOOD if there == folder else FolderState.NEW
    except (OSError, StopIteration):
        return FolderState.NOT_WRITABLE
