"""What can be done with a take on the wall, for the mouse; each entry shows its key."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from dreamina_desktop.core.mark import Mark
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.wall.take import Take
from dreamina_desktop.ui.wall.wall_keys import WallDeed


class WallMenu(QMenu):
    """``number`` from 1. Has only what the take allows."""

    deed_chosen = Signal(object)
    """Carries the ``WallDeed``."""

    def __init__(
        self, icons: Icons, take: Take, number: int, *, is_alone: bool, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("wallMenu")
        alone = self.tr("Back to the wall") if is_alone else self.tr("Show alone")
        self._add(WallDeed.SOLO, alone, str(number))
        if take.clip is not None:
            self.addSeparator()
            starred, rejected = take.mark is Mark.STARRED, take.mark is Mark.REJECTED
            star = self.tr("Take the star back") if starred else self.tr("Star")
            reject = self.tr("Do not reject") if rejected else self.tr("Reject")
            self._add(WallDeed.STAR, star, "S").setIcon(icons.icon("star"))
            self._add(WallDeed.REJECT, reject, "X").setIcon(icons.icon("reject"))
        self.addSeparator()
        if take.job.spec is not None:
            settings = self._add(WallDeed.SETTINGS, self.tr("Load this take's settings"), "R")
            settings.setIcon(icons.icon("load-settings"))
        self._add(WallDeed.OPEN, self.tr("Open in the player"), "Return")
        self.triggered.connect(self._on_triggered)

    def _add(self, deed: WallDeed, text: str, key: str) -> QAction:
        # Shown like a shortcut, and none: these keys are dead while somebody types.
        shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        action = QAction(f"{text}\t{shown}", self)
        action.setObjectName(deed.value)
        action.setData(deed)
        self.addAction(action)
        return action

    def _on_triggered(self, action: QAction) -> None:
        self.deed_chosen.emit(WallDeed(action.data()))
