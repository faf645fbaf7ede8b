"""What is on the screen first, and when the work begins."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from dreamina_desktop.app.furniture import Furniture
from dreamina_desktop.app.room import Room
from dreamina_desktop.core.errors import DreaminaError
from dreamina_desktop.ui.ports import KeyInUse, KeyOrigin, Outcome
from dreamina_desktop.ui.settings.first_run import FirstRun
from dreamina_desktop.ui.settings.key_page import KeyChanged

UNDECIDED = 700
"""Milliseconds after which the first run's screen comes without the keyring's answer."""


class Arrival(QObject):
    """Panes where a key is known of, or none is needed; else the one screen of the first run.

    The profile is taken once the first run is over, and the engine begins when it is held.
    """

    practice_requested = Signal()

    def __init__(self, room: Room, furniture: Furniture, parent: QObject) -> None:
        super().__init__(parent)
        self._room = room
        self._furniture = furniture
        self._first_run: FirstRun | None = None
        self._is_over = False
        welcomed = furniture.preferences.current.welcomed
        self._is_welcome = furniture.key_desk is None or welcomed
        self._undecided = QTimer(self)
        self._undecided.setSingleShot(True)
        self._undecided.setInterval(UNDECIDED)
        self._undecided.timeout.connect(self._show_first_run)
        furniture.opening.held.connect(self._on_held)
        furniture.opening.read_beside.connect(self._on_read_beside)
        furniture.opening.looked_beside.connect(self._on_looked_beside)
        room.switch.theme_changed.connect(self._on_theme_changed)

    def begin(self) -> None:
        """Open the profile, and find out which page is the right one."""
        if self._is_welcome:
            self._show_panes()
            self._furniture.opening.begin()
            return
        # Held only by who works: others would hand their jobs to a window that carries none.
        self._undecided.start()
        if (desk := self._furniture.key_desk) is not None:
            self._furniture.side.run(desk.look, self._on_key_looked)

    def stop(self) -> None:
        """Nothing more is begun, also when the profile is being taken just now."""
        self._is_over = True
        self._undecided.stop()
        self._furniture.opening.stop()

    def on_key_changed(self, changed: KeyChanged) -> None:
        """Another key was kept, here or in the settings, or the one in use was forgotten."""
        if not changed.is_kept:
            self._furniture.job_thread.ask_account()
            return
        self._be_welcome()
        self._furniture.job_thread.mend()

    # ---- slots and inside ------------------------------------------------------------------

    def _on_key_looked(self, outcome: Outcome[KeyInUse]) -> None:
        try:
            has_key = outcome.get().origin is not KeyOrigin.NONE
        except DreaminaError:
            # Something is there that is no key: the settings say what.
            has_key = True
        if has_key:
            self._be_welcome()
        else:
            self._show_first_run()

    def _be_welcome(self) -> None:
        if self._is_welcome:
            return
        self._is_welcome = True
        self._undecided.stop()
        preferences = self._furniture.preferences
        preferences.change(replace(preferences.current, welcomed=True))
        self._show_panes()
        self._furniture.opening.begin()

    def _show_first_run(self) -> None:
        furniture = self._furniture
        if self._is_welcome or self._first_run is not None or furniture.key_desk is None:
            return
        self._undecided.stop()
        switch = self._room.switch
        first_run = FirstRun(
            furniture.key_desk,
            furniture.side,
            self._room.words,
            switch.theme,
            switch.icons,
            self._room.window,
        )
        first_run.key_changed.connect(self.on_key_changed)
        first_run.practice_requested.connect(self.practice_requested)
        self._first_run = first_run
        self._room.fittings.set_quiet(is_quiet=True)
        self._room.window.show_page(first_run, first_run.first_field)
        self._room.fittings.float_over(first_run)

    def _show_panes(self) -> None:
        self._first_run = None
        self._room.fittings.set_quiet(is_quiet=False)
        furniture = self._furniture
        self._room.window.show_page(furniture.workbench, furniture.compose.prompt_editor)
        self._room.fittings.float_over(self._furniture.watch)

    def _on_held(self) -> None:
        if not self._is_over:
            self._furniture.flow.read_all()
            self._furniture.job_thread.begin()

    def _on_read_beside(self, busy: DreaminaError) -> None:
        self._furniture.account.show_elsewhere(busy)
        self._furniture.flow.read_all()

    def _on_looked_beside(self) -> None:
        self._furniture.flow.read_beside()

    def _on_theme_changed(self) -> None:
        if self._first_run is not None:
            self._first_run.set_theme(self._room.switch.theme, self._room.switch.icons)
