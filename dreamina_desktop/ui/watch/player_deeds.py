"""What can be done with the shown clip, besides playing it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from dreamina_desktop.ui.watch.viewed import Viewed


class ClipDeed(StrEnum):
    """What is done with a clip's file, or with the shown frame."""

    SAVE_FRAME = "save_frame"
    COPY_FRAME = "copy_frame"
    COPY_FILE = "copy_file"
    REVEAL = "reveal"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class ClipDeedWanted:
    """The user wants this done with frame ``index`` (from 0) of a clip, or with its file."""

    deed: ClipDeed
    viewed: Viewed
    index: int


@dataclass(frozen=True, slots=True)
class PlayerDeeds:
    """What the keys, the buttons and the menu call."""

    full_screen: Callable[[], None]
    go_to_frame: Callable[[], None]
    zoom: Callable[[], None]
    zoom_in: Callable[[], None]
    zoom_out: Callable[[], None]
    meter: Callable[[], None]
    save_frame: Callable[[], None]
    copy_frame: Callable[[], None]
    copy_file: Callable[[], None]
    use_frame: Callable[[], None]
    compare: Callable[[], None]
