"""What the dialogs of exports work with."""

from __future__ import annotations

from dataclasses import dataclass

from dreamina_desktop.ui.ports import Background, FolderOpener
from dreamina_desktop.ui.preferences import Preferences
from dreamina_desktop.words import Phrasebook


@dataclass(frozen=True, slots=True)
class ExportNeeds:
    """``background`` runs pieces beside each other, such as ``SideThreads``."""

    preferences: Preferences
    background: Background
    opener: FolderOpener
    words: Phrasebook
