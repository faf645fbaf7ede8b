"""The draft outlives the program: whatever is typed is among the preferences a moment later."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from dreamina_desktop.core.settings import KeptDraft
from dreamina_desktop.ui.draft import Draft, DraftSnapshot
from dreamina_desktop.ui.preferences import Preferences


class DraftKeeping(QObject):
    """``restore`` first: from then on it keeps."""

    def __init__(
        self, draft: Draft, preferences: Preferences, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._draft = draft
        self._preferences = preferences

    def restore(self) -> None:
        """Bring back what was being composed, if anything was."""
        kept = self._preferences.current.draft
        if kept != KeptDraft():
            frames = kept.frames or self._draft.frames
            self._draft.restore(
                DraftSnapshot(
                    kept.source, kept.prompt, frames, kept.seed_text, kept.takes, kept.origin
                )
            )
        for changed in (
            self._draft.picture_changed,
            self._draft.prompt_changed,
            self._draft.frames_changed,
            self._draft.seed_changed,
            self._draft.takes_changed,
        ):
            changed.connect(self.keep)

    def keep(self) -> None:
        """Keep it as it is now."""
        made = self._draft.snapshot()
        kept = KeptDraft(
            made.source, made.prompt, made.frames, made.seed_text, made.takes, made.origin
        )
        preferences = self._preferences
        preferences.change(replace(preferences.current, draft=kept))
