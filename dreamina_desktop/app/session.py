"""One profile with its window, from the first paint to the last thread's end."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from dreamina_desktop.app.crash_telling import CrashTelling
from dreamina_desktop.app.focus_return import FocusReturn
from dreamina_desktop.app.window_wish import WindowWish
from dreamina_desktop.core.errors import DiskError, DreaminaError
from dreamina_desktop.core.settings import Settings
from dreamina_desktop.ui.crash import Crashes
from dreamina_desktop.ui.main_window import MainWindow
from dreamina_desktop.ui.theme_switch import ThemeSwitch

if TYPE_CHECKING:
    from dreamina_desktop.app.announcements import Announcements
    from dreamina_desktop.app.arrival import Arrival
    from dreamina_desktop.app.furniture import Furniture
    from dreamina_desktop.app.room import Room
    from dreamina_desktop.app.window_bell import WindowBell
    from dreamina_desktop.ui.job_events import ShowRequested
    from dreamina_desktop.ui.notices import PostedNotice
    from dreamina_desktop.ui.settings.settings_dialog import SettingsDialog

UNSEEN = 1000
"""Milliseconds after which a window is filled that nothing paints: minimised, or covered."""
REFILL = 2000
"""Milliseconds between two tries where the disk keeps the window from being filled."""
LAST_PATIENCE = 30_000
"""Milliseconds that threads get to end: a submit that has begun takes up to 20 s."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What outlives a session. ``environment`` holds the key's variables and the desktop's.

    ``translate`` is Qt's, or ``words.untranslated``.
    """

    application: QGuiApplication
    environment: Mapping[str, str]
    switch: ThemeSwitch
    crashes: Crashes
    translate: Callable[[str, str], str]


class Session(QObject):
    """``open`` it; it ends with ``ended`` once everything that was begun is safe."""

    ended = Signal()

    def __init__(self, wish: WindowWish, settings: Settings, around: Surroundings) -> None:
        super().__init__()
        self._wish = wish
        self._settings = settings
        self._around = around
        self._stack = ExitStack()
        self._furniture: Furniture | None = None
        self._arrival: Arrival | None = None
        self._announcements: Announcements | None = None
        self._settings_dialog: SettingsDialog | None = None
        self._is_closed = False
        self._has_ended = False
        self.next_wish: WindowWish | None = None
        """What is to be opened after this session, None for nothing."""
        self._room: Room | None = None
        self._bell: WindowBell | None = None
        self._why_empty: PostedNotice | None = None
        switch = around.switch
        self.window = MainWindow(is_practice=wish.practice)
        self._stack.callback(self.window.deleteLater)
        self.window.stand_as(settings.window.geometry)
        FocusReturn(around.application, self.window)
        self._crash_telling = CrashTelling(self.window, switch, around.crashes, self)
        self.window.window_closed.connect(self._on_window_closed)
        # Queued: what has been painted must be on the screen before anything slow begins.
        self.window.painted.connect(self._on_shown, Qt.ConnectionType.QueuedConnection)
        switch.theme_changed.connect(self._on_theme_changed)
        self._unseen = QTimer(self)
        self._unseen.setSingleShot(True)
        self._unseen.setInterval(UNSEEN)
        self._unseen.timeout.connect(self._on_shown)
        self._refill = QTimer(self)
        self._refill.setSingleShot(True)
        self._refill.setInterval(REFILL)
        self._refill.timeout.connect(self._on_time_to_refill)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(LAST_PATIENCE)
        self._patience.timeout.connect(self._on_out_of_patience)

    @property
    def furniture(self) -> Furniture | None:
        """What fills the window, None until it has been painted."""
        return self._furniture

    @property
    def room(self) -> Room | None:
        """The window with what was fitted into it, None until it has been painted."""
        return self._room

    def open(self) -> None:
        """Show the window, and fill it once it is on the screen."""
        self._unseen.start()
        self.window.show()
        # Where there is no window manager, nobody else gives it the keys.
        self.window.activateWindow()

    def close(self) -> None:
        """As if the user had closed the window."""
        self.window.close()

    # ---- filling it ------------------------------------------------------------------------

    def _on_shown(self) -> None:
        if self._bell is not None or self._has_ended:
            return
        self._unseen.stop()
        from dreamina_desktop.app.window_bell import WindowBell
        from dreamina_desktop.store.doorbell import Ring

        wish = self._wish
        bell = WindowBell(wish.folder, Ring(wish.picture, wish.prompt, wish.more), self)
        self._bell = bell
        self._stack.callback(bell.end)
        self._stack.callback(bell.close)
        bell.show_requested.connect(self._on_show_requested)
        bell.answered.connect(self.close)
        bell.unanswered.connect(self._fill)
        has_place = bell.take()
        bell.start()
        if has_place:
            self._fill()

    def _fill(self) -> None:
        if self._room is not None or self._is_closed:
            return
        from dreamina_desktop.app.room import Room
        from dreamina_desktop.ui.notices import Notices
        from dreamina_desktop.ui.window_fittings import WindowFittings
        from dreamina_desktop.words import Phrasebook

        around = self._around
        notices = Notices(self)
        theme, icons = around.switch.theme, around.switch.icons
        fittings = WindowFittings(self.window, notices, theme, icons)
        words = Phrasebook(around.translate)
        room = Room(self.window, fittings, notices, around.switch, words)
        self._room = room
        self._furnish(room)

    def _furnish(self, room: Room) -> None:
        from dreamina_desktop.app.announcements import Announcements
        from dreamina_desktop.app.arrival import Arrival
        from dreamina_desktop.app.furniture import Furniture
        from dreamina_desktop.composition import Options

        around, wish, fittings = self._around, self._wish, room.fittings
        options = Options(wish.data_dir, wish.api_url, wish.practice)
        try:
            furniture = Furniture(
                room, options, dict(around.environment), self._settings, self._stack
            )
        except DreaminaError as error:
            self._say_why_empty(room, error)
            return
        # What an earlier try found is no longer true.
        self._refill.stop()
        room.notices.dismiss()
        fittings.set_quiet(is_quiet=False)
        self._furniture = furniture
        told = Announcements(
            room, furniture, around.crashes, around.environment, around.application, furniture
        )
        self._stack.callback(told.close)
        self._announcements = told
        self._arrival = arrival = Arrival(room, furniture, furniture)
        arrival.practice_requested.connect(self._on_practice_requested)
        furniture.job_thread.finished.connect(self._finish)
        furniture.compose.obstacle_chosen.connect(self._on_settings_requested)
        furniture.deeds.settings_requested.connect(self._on_settings_requested)
        furniture.notice_deeds.settings_requested.connect(self._on_settings_requested)
        furniture.notice_deeds.bucket_requested.connect(self._on_bucket_requested)
        furniture.notice_deeds.retry_requested.connect(self._on_retry_requested)
        furniture.preferences.preferences_changed.connect(self._on_preferences_changed)
        if fittings.banner is not None:
            fittings.banner.leave_requested.connect(self._on_leave_requested)
        self._restore(furniture)
        arrival.begin()

    def _say_why_empty(self, room: Room, error: DreaminaError) -> None:
        """There is no profile to show, for its settings cannot be read, or the API is none."""
        from dreamina_desktop.ui.error_notices import ErrorNotices

        if isinstance(error, DiskError):
            # It goes on by itself.
            self._refill.start()
        why = ErrorNotices(room.words).of(error)
        if why != self._why_empty:
            self._why_empty = why
            room.notices.post(why)
        room.fittings.set_quiet(is_quiet=True)
        once = Qt.ConnectionType.UniqueConnection
        room.fittings.notice_bar.action_chosen.connect(self._on_try_again, once)

    def _on_try_again(self) -> None:
        # Whoever asks for it is told, also what was told before.
        self._why_empty = None
        self._on_time_to_refill()

    def _on_time_to_refill(self) -> None:
        room = self._room
        if room is not None and self._furniture is None and not self._is_closed:
            self._furnish(room)

    def _restore(self, furniture: Furniture) -> None:
        furniture.placement_keeping.restore()
        furniture.draft_keeping.restore()
        self._take(self._wish.picture, self._wish.prompt, self._wish.more)

    def _take(self, picture: str, prompt: str, more: tuple[str, ...]) -> None:
        furniture = self._furniture
        if furniture is None:
            # It will be filled with that.
            self._wish = replace(self._wish, picture=picture, prompt=prompt, more=more)
            return
        from dreamina_desktop.ui.compose.incoming_picture import (
            IncomingAddress,
            IncomingFile,
            IncomingFiles,
        )

        if picture.startswith("https://"):
            furniture.intake.take(IncomingAddress(picture))
        elif more:
            furniture.intake.take(IncomingFiles((Path(picture), *map(Path, more))))
        elif picture:
            furniture.intake.take(IncomingFile(Path(picture)))
        if prompt:
            furniture.draft.set_prompt(prompt)

    # ---- while it is open ------------------------------------------------------------------

    def _on_show_requested(self, wanted: ShowRequested) -> None:
        if self._is_closed:
            # Rung a moment before; the engine is ending.
            return
        self._take(wanted.source, wanted.prompt, wanted.more)
        self.window.come_to_front()

    def _on_settings_requested(self) -> None:
        from dreamina_desktop.ui.settings.settings_dialog import SettingsDialog

        if self._settings_dialog is not None:
            self._settings_dialog.raise_()
            return
        furniture, arrival, switch = self._furniture, self._arrival, self._around.switch
        if furniture is None or arrival is None:
            return
        dialog = SettingsDialog(furniture.settings_needs(), switch.theme, switch.icons, self.window)
        dialog.key_changed.connect(arrival.on_key_changed)
        dialog.hosting_changed.connect(furniture.job_thread.mend)
        dialog.address_requested.connect(furniture.travel.type_address)
        dialog.finished.connect(self._on_settings_gone)
        self._settings_dialog = dialog
        dialog.open()

    def _on_bucket_requested(self) -> None:
        self._on_settings_requested()
        if self._settings_dialog is not None:
            self._settings_dialog.show_hosting()

    def _on_settings_gone(self) -> None:
        self._settings_dialog = None

    def _on_retry_requested(self) -> None:
        furniture = self._furniture
        if furniture is not None and not furniture.workplace.is_holder:
            furniture.opening.begin()
        elif furniture is not None:
            furniture.job_thread.begin()
            furniture.flow.read_all()

    def _on_preferences_changed(self) -> None:
        if self._furniture is not None:
            self._around.switch.choose(self._furniture.preferences.current.theme)

    def _on_theme_changed(self) -> None:
        switch = self._around.switch
        if self._room is not None:
            self._room.fittings.set_theme(switch.theme, switch.icons)
        if self._settings_dialog is not None:
            self._settings_dialog.set_theme(switch.theme, switch.icons)

    def _on_practice_requested(self) -> None:
        self._go_on_in(practice=True)

    def _on_leave_requested(self) -> None:
        self._go_on_in(practice=False)

    def _go_on_in(self, *, practice: bool) -> None:
        self.next_wish = replace(self._wish, practice=practice, picture="", prompt="", more=())
        self.window.close()

    # ---- closing it ------------------------------------------------------------------------

    def _on_window_closed(self) -> None:
        """The window is gone already; what was begun in the background may take its time."""
        self._is_closed = True
        if self._bell is not None:
            # Whoever starts the program from now on gets a window of its own.
            self._bell.close()
        self._refill.stop()
        self._crash_telling.close()
        if self._announcements is not None:
            self._announcements.close()
        furniture, arrival = self._furniture, self._arrival
        if furniture is None or arrival is None:
            self._patience.start(0)
            return
        if self._settings_dialog is not None:
            self._settings_dialog.close()
        # They are windows of their own, and the end may take its time.
        furniture.reviewing.exports.close()
        arrival.stop()
        furniture.watch.leave_full_screen()
        furniture.watch.show_nothing()
        furniture.draft_keeping.keep()
        preferences = furniture.preferences
        place = replace(preferences.current.window, geometry=self.window.geometry_text)
        preferences.change(replace(preferences.current, window=place))
        preferences.flush()
        if furniture.job_thread.isRunning():
            self._patience.start()
            furniture.job_thread.stop()
        else:
            # Once the window is off the screen: threads are waited for.
            self._patience.start(0)

    def _on_out_of_patience(self) -> None:
        if self._furniture is not None and self._furniture.job_thread.isRunning():
            # It hangs, and a thread cannot be ended. All that matters is on disk: what became of a
            # submit will be told as unknown, and the profile is free for the next start.
            os._exit(0)
        self._finish()

    def _finish(self) -> None:
        if self._has_ended:
            return
        self._has_ended = True
        self._patience.stop()
        self._stack.close()
        self.ended.emit()
