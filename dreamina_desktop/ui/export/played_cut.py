"""The cut of an export and the player's in and out points: the same, while the clip is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from dreamina_desktop.core.export_order import Cut
from dreamina_desktop.ui.export.export_plan import ExportPlan
from dreamina_desktop.ui.export.same_clip import is_same_clip
from dreamina_desktop.ui.watch.play_position import PlayMode, PlayPosition
from dreamina_desktop.ui.watch.playback import Playback
from dreamina_desktop.ui.watch.viewed import Viewed


@dataclass(frozen=True, slots=True)
class _Before:
    cut: Cut
    position: PlayPosition


class PlayedCut(QObject):
    """Follows both ways. ``shown`` tells what the player shows."""

    def __init__(
        self,
        plan: ExportPlan,
        playback: Playback,
        shown: Callable[[], Viewed | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._plan = plan
        self._playback = playback
        self._shown = shown
        self._before: _Before | None = None
        self._on_position_changed(playback.position)
        playback.position_changed.connect(self._on_position_changed)
        plan.order_changed.connect(self._on_order_changed)

    def preview(self, cut: Cut) -> None:
        """Take these frames and play them round and round; ``undo`` brings back what was."""
        if self._before is None:
            self._before = _Before(self._plan.cut, self._playback.position)
        self._plan.set_cut(cut)
        if self._is_shown(self._playback.position):
            self._playback.set_mode(PlayMode.LOOP)
            self._playback.pause()
            self._playback.seek(cut.first)
            self._playback.play()

    def undo(self) -> None:
        """Back to the frames before the preview, and to how they were played."""
        before, self._before = self._before, None
        if before is None:
            return
        self._plan.set_cut(before.cut)
        if self._is_shown(self._playback.position):
            if not before.position.is_playing:
                self._playback.pause()
                self._playback.seek(before.position.index)
            self._playback.set_mode(before.position.mode)

    def forget(self) -> None:
        """Somebody has chosen other frames since: there is nothing to undo."""
        self._before = None

    def _is_shown(self, position: PlayPosition) -> bool:
        is_same = is_same_clip(self._shown(), self._plan.viewed)
        return is_same and position.count == self._plan.count

    def _on_position_changed(self, position: PlayPosition) -> None:
        if self._is_shown(position):
            self._plan.set_cut(Cut(position.first, position.last))

    def _on_order_changed(self) -> None:
        position, order = self._playback.position, self._plan.order
        if self._is_shown(position) and self._plan.cut != Cut(position.first, position.last):
            self._playback.set_marks(order.first, order.last)
