"""Tells on the desktop that a clip is done, for whoever is looking elsewhere."""

from __future__ import annotations

import os
from contextlib import suppress

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon

from dreamina_desktop.ui.clip_done import ClipDone
from dreamina_desktop.ui.note_bus import NoteBus, NoteFailed, NoteOpened
from dreamina_desktop.ui.tray_note import TrayNote


class DesktopNote(QObject):
    """Over D-Bus where the desktop has a bus, else from the system's tray, else not at all.

    Never blocks and never fails. ``close`` it before the program ends. When to tell is for the
    window to decide: it knows whether anybody is looking at it.
    """

    opened = Signal(object)
    """The note was clicked; carries its ``ClipDone``. The window comes to the front and shows it.
    """
    _heard = Signal(object)

    def __init__(
        self, icon: QIcon, bus: str, *, is_silent: bool, parent: QObject | None = None
    ) -> None:
        """``bus`` is ``note_bus.session_bus`` of the environment, "" for none."""
        super().__init__(parent)
        self._bus_address = bus
        self._bus: NoteBus | None = None
        self._is_silent = is_silent
        self._is_closed = False
        self._tray = TrayNote(icon, self)
        self._tray.opened.connect(self._on_opened)
        self._heard.connect(self._on_heard)

    def silence(self, *, is_silent: bool) -> None:
        """From now on tell nothing, or tell again."""
        self._is_silent = is_silent

    def show(self, done: ClipDone) -> None:
        """Tell it, unless silenced."""
        if self._is_silent or self._is_closed:
            return
        if self._bus is None and self._bus_address:
            self._bus = NoteBus(self._bus_address, self.tr("Show the clip"), self._hear)
            self._bus.start()
        if self._bus is None or not self._bus.post(done):
            self._tray.show(done)

    def close(self) -> None:
        """Tell nothing any more, and hear of no click. Waits for nothing, and may be called again.

        Notes stay on the desktop.
        """
        self._is_closed = True
        self._tray.close()
        if self._bus is not None:
            self._bus.close()

    def _hear(self, event: NoteOpened | NoteFailed) -> None:
        # From the bus's thread: the signal takes it across. Qt may have taken this object away.
        with suppress(RuntimeError):
            self._heard.emit(event)

    def _on_opened(self, done: ClipDone) -> None:
        if not self._is_closed:
            self.opened.emit(done)

    def _on_heard(self, event: NoteOpened | NoteFailed) -> None:
        if self._is_closed:
            # It was on its way already.
            return
        if isinstance(event, NoteOpened):
            if event.activation:
                # Where Qt's Wayland plug-in looks when the window asks to come to the front.
                os.environ["XDG_ACTIVATION_TOKEN"] = event.activation
            self.opened.emit(event.done)
        elif not self._is_silent:
            self._tray.show(event.done)
