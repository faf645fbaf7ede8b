"""The program's own icon on the button that Qt puts into a field to clear it."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from dreamina_desktop.ui.icons import Icons


def wear_clear_icon(edit: QLineEdit, icons: Icons) -> None:
    """For an ``edit`` whose clear button is enabled; the style's own icon fits no theme."""
    action = edit.findChild(QAction, "_q_qlineeditclearaction")
    if action is not None:
        action.setIcon(icons.icon("clear"))
