"""What the dialogs of exports work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dreamina_desktop.ui.library.thumbnails import Thumbnails
from dreamina_desktop.ui.ports import Background, FolderOpener
from dreamina_desktop.ui.preferences import Preferences
from dreamina_desktop.words import Phrasebook


@dataclass(frozen=True, slots=True)
class ExportNeeds:
    """``background`` runs pieces beside each other, such as ``SideThreads``.

    ``count_of`` tells how many frames a clip has; None until it has been opened.
    """

    preferences: Preferences
    background: Background
    opener: FolderOpener
    words: Phrasebook
    count_of: Callable[[Path], int | None]
    thumbnails: Thumbnails
