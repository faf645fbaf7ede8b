"""Undo and redo of what is made of the picture."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent, QKeySequence

from dreamina_desktop.ui.picture_draft import PictureDraft

_REDO = QKeySequence("Ctrl+Shift+Z")


def is_undo(event: QKeyEvent) -> bool:
    """Whether the key is this desktop's for undo."""
    return event.matches(QKeySequence.StandardKey.Undo)


def is_redo(event: QKeyEvent) -> bool:
    """Whether the key is this desktop's for redo, or the one of the others."""
    return event.matches(QKeySequence.StandardKey.Redo) or event.keyCombination() == _REDO


def turn_back(event: QKeyEvent, draft: PictureDraft) -> bool:
    """Undo or redo a step of the recipe; whether the key was for that, and there was one."""
    if not can_turn_back(event, draft):
        return False
    # What is moved just now is the last step.
    draft.settle_frame()
    if is_undo(event):
        draft.undo_recipe()
    else:
        draft.redo_recipe()
    return True


def can_turn_back(event: QKeyEvent, draft: PictureDraft) -> bool:
    """Whether ``turn_back`` would do something."""
    if is_undo(event):
        return draft.can_undo_recipe
    return is_redo(event) and draft.can_redo_recipe
