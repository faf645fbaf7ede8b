"""The program with a window, from the command line's wish to its exit code."""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from contextlib import ExitStack
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtWidgets import QApplication

from dreamina_desktop import __version__
from dreamina_desktop.app.garbage import Garbage
from dreamina_desktop.app.session import Session, Surroundings
from dreamina_desktop.app.window_wish import WindowWish
from dreamina_desktop.core.errors import DiskError
from dreamina_desktop.core.redaction import Secrets
from dreamina_desktop.core.settings import KeptDraft, Settings, WindowPlace
from dreamina_desktop.crash_log import record_crash
from dreamina_desktop.redacted_output import redacted_output
from dreamina_desktop.store.key_variables import VARIABLES
from dreamina_desktop.store.settings import SettingsFile
from dreamina_desktop.system_clock import SystemClock
from dreamina_desktop.ui.crash import Crashes
from dreamina_desktop.ui.theme_switch import ThemeSwitch


def run_window(wish: WindowWish, environment: MutableMapping[str, str] = os.environ) -> int:
    """Open the window, or bring the one that is open to the front; the exit code.

    The key's variables are taken out of ``environment``: child processes must not have them.
    """
    kept = dict(environment)
    secrets = Secrets()
    for variable in VARIABLES:
        secrets.add(environment.pop(variable, "").strip())
    if _is_open_already(wish):
        return 0
    with ExitStack() as stack:
        stack.enter_context(redacted_output(secrets))
        application = make_application()
        stack.callback(Garbage(application).close)
        crashes = Crashes(partial(record_crash, wish.base), application, secrets=secrets)
        crashes.install()
        stack.callback(crashes.remove)
        switch = ThemeSwitch(application, load_settings(wish).theme)
        around = Surroundings(application, kept, switch, crashes, QCoreApplication.translate)
        program = WindowProgram(application, around)
        program.open(wish)
        # Once the window is on its way to the screen.
        QTimer.singleShot(0, application, partial(_hear_signals, program, stack))
        return application.exec()


def _hear_signals(program: WindowProgram, stack: ExitStack) -> None:

    # Here, since it brings in what the first paint does not need.
    from dreamina_desktop.app.interrupts import Interrupts

    stack.callback(Interrupts(program.close, program).remove)


def make_application() -> QApplication:
    """The one QApplication, with its names and style."""
    application = QApplication(["dreamina-desktop"])
    application.setApplicationName("dreamina-desktop")
    application.setApplicationVersion(__version__)
    # The name of the desktop's own file about the program, for its icon in task bars.
    application.setDesktopFileName("dreamina-desktop")
    application.setStyle("Fusion")
    # A hidden window may still have a submit to wait for.
    application.setQuitOnLastWindowClosed(False)
    return application


class WindowProgram(QObject):
    """One session after another: practice mode and the real one take turns in one process."""

    def __init__(self, application: QApplication, around: Surroundings) -> None:
        super().__init__(application)
        self._application = application
        self._around = around
        self._session: Session | None = None

    def open(self, wish: WindowWish) -> None:
        """Begin a session."""
        settings = load_settings(wish)
        self._around.switch.choose(settings.theme)
        session = Session(wish, settings, self._around)
        session.ended.connect(self._on_ended)
        self._session = session
        session.open()

    def close(self) -> None:
        """Close the window, whatever was asked for."""
        if self._session is not None:
            self._session.close()

    def _on_ended(self) -> None:
        session, self._session = self._session, None
        wish = session.next_wish if session is not None else None
        if session is not None:
            session.deleteLater()
        if wish is None:
            self._application.quit()
        else:
            self.open(wish)


def load_settings(wish: WindowWish) -> Settings:
    """Those of the profile that is wanted; what cannot be read is as it is at first.

    Practice mode begins with what is set for the real one.
    """
    clock = SystemClock()
    try:
        if wish.practice and not (wish.folder / "settings.json").exists():
            real = SettingsFile(wish.base, clock).load()
            return replace(real, draft=KeptDraft(), window=WindowPlace(real.window.geometry))
        return SettingsFile(wish.folder, clock).load()
    except DiskError:
        # The profile will not open either, and says so.
        return Settings()


def _is_open_already(wish: WindowWish) -> bool:
    """Whether another process has this profile's window, and has brought it to the front."""
    if not (wish.folder / "window.json").exists():
        return False
    from dreamina_desktop.store.doorbell import Ring, ring

    return ring(wish.folder, Ring(wish.picture, wish.prompt, wish.more))
