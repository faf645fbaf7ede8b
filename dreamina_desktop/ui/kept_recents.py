"""Pictures used lately, kept among the preferences."""

from __future__ import annotations

from dataclasses import replace

from dreamina_desktop.ui.preferences import Preferences

_MOST = 12


class KeptRecents:
    """Implements ``ports.RecentPictures``."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences

    def sources(self) -> tuple[str, ...]:
        """Paths and addresses, the latest first."""
        return self._preferences.current.recent_pictures

    def add(self, source: str) -> None:
        """Put one in front; a source that is listed already moves there."""
        current = self._preferences.current
        others = (known for known in current.recent_pictures if known != source)
        recent = (source, *others)[:_MOST]
        self._preferences.change(replace(current, recent_pictures=recent))
