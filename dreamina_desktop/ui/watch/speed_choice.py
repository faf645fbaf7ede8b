"""How fast it plays, to be seen and chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from dreamina_desktop.ui.theme import GAP
from dreamina_desktop.ui.watch.play_position import SPEEDS, PlayPosition
from dreamina_desktop.ui.watch.playback import Playback
from dreamina_desktop.ui.watch.tabular import tabular


class SpeedChoice(QToolButton):
    """Shows the speed at which it plays, with an arrow where that is backwards."""

    def __init__(self, playback: Playback, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._playback = playback
        self.setObjectName("speedChoice")
        self.setAccessibleName(self.tr("Speed"))
        self.setProperty("look", "quiet")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFont(tabular(self.font()))
        menu = QMenu(self)
        menu.setObjectName("speedMenu")
        group = QActionGroup(menu)
        self._actions: dict[float, QAction] = {}
        for speed in SPEEDS:
            action = menu.addAction(speed_text(speed))
            action.setCheckable(True)
            action.setData(speed)
            group.addAction(action)
            self._actions[speed] = action
        self.setMenu(menu)
        group.triggered.connect(self._on_triggered)
        widest = max(self.fontMetrics().horizontalAdvance(speed_text(-s)) for s in SPEEDS)
        self.setFixedWidth(widest + 2 * GAP)

    def show_position(self, position: PlayPosition) -> None:
        """Say how fast it plays."""
        self.setText(speed_text(position.speed))
        self._actions[abs(position.speed)].setChecked(True)
        self.setAccessibleDescription(self.text())

    def _on_triggered(self, action: QAction) -> None:
        self._playback.set_speed(float(action.data()))


def speed_text(speed: float) -> str:
    """E.g. ``0.25×``; backwards ``◂ 2×``."""
    return f"{'◂ ' if speed < 0 else ''}{abs(speed):g}×"
