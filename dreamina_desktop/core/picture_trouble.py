"""Why a picture file cannot be opened at all."""

from __future__ import annotations

from enum import StrEnum


class PictureTrouble(StrEnum):
    """Values are a contract: what JSON of ``check`` says was measured of a missing picture."""

    GONE = "gone"
    """There is no file of that name."""
    FOLDER = "folder"
    NO_FILE = "no_file"
    """A FIFO, a socket or a device."""
    NO_ACCESS = "no_access"
    """This user may not read it."""
    UNREAD = "unread"
    """It is there, but its drive did not give it."""
