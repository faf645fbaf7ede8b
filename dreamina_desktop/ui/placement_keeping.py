"""The panes stand at the next start as they were left."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from dreamina_desktop.ui.preferences import Preferences
from dreamina_desktop.ui.workbench import PaneName, Placement, Workbench


class PlacementKeeping(QObject):
    """``restore`` first: from then on it keeps."""

    def __init__(
        self, workbench: Workbench, preferences: Preferences, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._preferences = preferences

    def restore(self) -> None:
        """Let them stand as they did; names that no pane has are left out."""
        place = self._preferences.current.window
        known = {name.value: name for name in PaneName}
        folded = frozenset(known[name] for name in place.folded if name in known)
        self._workbench.place(Placement(place.widths, folded))
        self._workbench.placement_changed.connect(self._on_placement_changed)

    def _on_placement_changed(self) -> None:
        placement, preferences = self._workbench.placement, self._preferences
        folded = tuple(name.value for name in PaneName if name in placement.folded)
        place = replace(preferences.current.window, widths=placement.widths, folded=folded)
        preferences.change(replace(preferences.current, window=place))
