"""The program's own window in this process, in practice mode and in a folder of its own."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from dreamina_desktop.app.furniture import Furniture
from dreamina_desktop.app.session import Session, Surroundings
from dreamina_desktop.app.window_program import make_application
from dreamina_desktop.app.window_wish import WindowWish
from dreamina_desktop.core.settings import Settings
from dreamina_desktop.crash_log import record_crash
from dreamina_desktop.practice.process import PracticeProcess
from dreamina_desktop.ui.crash import Crashes
from dreamina_desktop.ui.theme_switch import ThemeSwitch

PATIENCE = 180.0
"""Seconds after which a benchmark that waits has failed."""
_QUIET = 0.25
_LOOK = 5
"""Milliseconds between two looks at what is waited for."""
_SIZE = 1600, 1000
_NOTHING: Mapping[str, str] = {}


class WindowStuckError(Exception):
    """What a benchmark waits for does not come."""


class RealWindow:
    """An open window and its parts, the profile held and its rows read."""

    def __init__(self, session: Session, furniture: Furniture) -> None:
        self.session = session
        self.furniture = furniture

    def part[T: QWidget](self, kind: type[T], name: str) -> T:
        """A widget by its objectName."""
        found = self.session.window.findChild(kind, name)
        if found is None:
            raise WindowStuckError(name)
        return found


@contextmanager
def real_window(
    application: QApplication, folder: Path, server: PracticeProcess | None = None
) -> Iterator[RealWindow]:
    """Open it, the profile held and its rows read; close it as a person would.

    In practice mode, or with ``server`` as the provider.
    """
    crashes = Crashes(partial(record_crash, folder), application)
    crashes.install()
    settings = Settings(output_folder=str(folder / "clips"))
    switch = ThemeSwitch(application, settings.theme)
    environment, wish = _NOTHING, WindowWish(data_dir=folder, practice=True)
    if server is not None:
        environment = {"RUNCOMFY_API_TOKEN": server.key}
        wish = WindowWish(data_dir=folder, api_url=server.url)
    around = Surroundings(application, environment, switch, crashes, QCoreApplication.translate)
    session = Session(wish, settings, around)
    ended: list[bool] = []
    session.ended.connect(lambda: ended.append(True))
    session.window.resize(*_SIZE)
    session.open()
    until(lambda: session.furniture is not None)
    furniture = session.furniture
    if furniture is None:
        raise WindowStuckError
    try:
        until(lambda: furniture.workplace.is_holder)
        rest(1.0)
        yield RealWindow(session, furniture)
    finally:
        session.close()
        until(lambda: bool(ended))
        crashes.remove()


def new_application() -> QApplication:
    """The program's own QApplication."""
    return make_application()


def until(holds: Callable[[], bool]) -> None:
    """Run the event loop until it holds. Raises WindowStuckError."""
    end = time.monotonic() + PATIENCE
    loop, clock = QEventLoop(), QTimer()

    def look() -> None:
        if holds() or time.monotonic() > end:
            loop.quit()

    # One loop that sleeps in Qt: a loop of calls would itself be the work that is measured.
    clock.timeout.connect(look)
    clock.start(_LOOK)
    if not holds():
        loop.exec()
    clock.stop()
    if not holds():
        raise WindowStuckError


def rest(seconds: float) -> None:
    """Let the window do what it does by itself."""
    end = time.monotonic() + seconds
    until(lambda: time.monotonic() >= end)


def settle() -> None:
    """Wait until this process has nothing left to do: what was begun earlier is in no figure."""
    end = time.monotonic() + PATIENCE
    busy = 1.0
    while busy > _QUIET and time.monotonic() < end:
        began, before = time.monotonic(), time.process_time()
        rest(0.5)
        busy = (time.process_time() - before) / (time.monotonic() - began)
