"""A button that carries out one of the job actions."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from dreamina_desktop.ui.focus_leaving import leave
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.job_actions import JobAction
from dreamina_desktop.ui.return_key import SPENDS

_ICON = 18


class JobButton(QToolButton):
    """Shows an action as it stands; the tooltip says what it does, or why it cannot be done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action: JobAction | None = None
        self.setProperty("look", "quiet")
        self.setIconSize(QSize(_ICON, _ICON))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.clicked.connect(self._on_clicked)

    def show_action(self, action: JobAction, icons: Icons) -> None:
        """Be the button of this action from now on."""
        self._action = action
        hint = f"{action.hint} ({action.key})" if action.key and action.is_enabled else action.hint
        self.setObjectName(f"{action.name}Button")
        self.setText(action.label)
        self.setIcon(icons.icon(action.icon))
        self.setAccessibleName(action.label)
        self.setAccessibleDescription(action.hint)
        self.setToolTip(f"{action.label}\n{hint}")
        self.setProperty(SPENDS, action.spends)
        if self.hasFocus() and not action.is_enabled:
            leave(self)
        self.setEnabled(action.is_enabled)

    def show_words(self, *, shown: bool) -> None:
        """Whether the label stands beside the icon."""
        self.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            if shown
            else Qt.ToolButtonStyle.ToolButtonIconOnly
        )

    def _on_clicked(self) -> None:
        if self._action is not None:
            self._action.run()
