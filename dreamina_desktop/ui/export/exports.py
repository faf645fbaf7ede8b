"""The way from the window to files made from clips."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeGuard

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from dreamina_desktop.core.job import ClipKind
from dreamina_desktop.ui.export.export_needs import ExportNeeds
from dreamina_desktop.ui.export.running_work import RunningWork
from dreamina_desktop.ui.export.same_clip import is_same_clip
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import Theme
from dreamina_desktop.ui.watch.playback import Playback
from dreamina_desktop.ui.watch.viewed import Viewed

if TYPE_CHECKING:
    from dreamina_desktop.ui.export.export_dialog import ExportDialog
    from dreamina_desktop.ui.export.join_dialog import JoinDialog

_FEWEST = 2


class Exports(QObject):
    """One dialog of each kind at a time; one that works is brought back, not replaced."""

    def __init__(
        self,
        needs: ExportNeeds,
        shown: Callable[[], Viewed | None],
        theme: Theme,
        icons: Icons,
        window: QWidget,
    ) -> None:
        """``shown`` tells what the player shows; the dialogs belong to ``window``."""
        super().__init__(window)
        self._running = RunningWork(needs.background)
        self._needs = replace(needs, background=self._running)
        self._shown = shown
        self._theme = theme
        self._icons = icons
        self._window = window
        self._export: ExportDialog | None = None
        self._join: JoinDialog | None = None

    def export(self, viewed: Viewed, playback: Playback) -> None:
        """Ask what is to be made of a clip. A picture is none."""
        self._open_export(viewed, playback)

    def find_loop(self, viewed: Viewed, playback: Playback) -> None:
        """The same, and look for the best loop at once, which the player then plays."""
        dialog = self._open_export(viewed, playback)
        if dialog is not None and is_same_clip(dialog.viewed, viewed):
            dialog.find_loop()

    def join(self, vieweds: Sequence[Viewed]) -> None:
        """Ask for the order of two clips or more, and make one film of them."""
        clips = [viewed for viewed in vieweds if viewed.clip.kind is ClipKind.VIDEO]
        if len(clips) < _FEWEST:
            return
        if _is_open(self._join):
            if self._join.is_busy:
                _bring(self._join)
                return
            self._join.close()
        # Here, as below, since the first paint needs none.
        from dreamina_desktop.ui.export.join_dialog import JoinDialog

        self._join = JoinDialog(clips, self._needs, self._theme, self._icons, self._window)
        self._join.show()

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        self._theme, self._icons = theme, icons
        if _is_open(self._export):
            self._export.set_theme(theme, icons)
        if _is_open(self._join):
            self._join.set_theme(theme, icons)

    def close(self) -> None:
        """The window goes: stop what is under way, and wait for nothing."""
        for dialog in (self._export, self._join):
            # Also one that went out of sight with its window.
            if dialog is not None and isValid(dialog):
                dialog.reject()

    def wait(self, patience: float) -> bool:
        """After ``close``, before the process ends: let what was stopped clear away its file.

        Blocks for so many seconds at most; whether it has. A frame takes half a second at most.
        """
        return self._running.wait(patience)

    def _open_export(self, viewed: Viewed, playback: Playback) -> ExportDialog | None:
        if viewed.clip.kind is not ClipKind.VIDEO:
            return None
        dialog = self._export
        if _is_open(dialog):
            if dialog.is_busy or is_same_clip(dialog.viewed, viewed):
                _bring(dialog)
                return dialog
            dialog.close()
        from dreamina_desktop.ui.export.export_dialog import ExportDialog

        self._export = dialog = ExportDialog(
            viewed, playback, self._shown, self._needs, self._theme, self._icons, self._window
        )
        dialog.show()
        return dialog


def _is_open[T: QDialog](dialog: T | None) -> TypeGuard[T]:
    return dialog is not None and isValid(dialog) and dialog.isVisible()


def _bring(dialog: QDialog) -> None:
    dialog.raise_()
    dialog.activateWindow()
