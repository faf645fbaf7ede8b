"""A person at the real window: a session over a profile and a practice server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from dreamina_desktop.app.session import Session, Surroundings
from dreamina_desktop.app.window_program import load_settings
from dreamina_desktop.app.window_wish import WindowWish
from dreamina_desktop.core.job import Job
from dreamina_desktop.crash_log import record_crash
from dreamina_desktop.store.opening import jobs_of
from dreamina_desktop.ui.crash import Crashes
from dreamina_desktop.ui.theme_switch import ThemeSwitch
from dreamina_desktop.words import untranslated
from tests.practice_server import PracticeServer
from tests.store.profiles import DATABASE

if TYPE_CHECKING:
    # At run time it is that file which asks for this one.
    from tests.ui.conftest import Until

type OpenDesk = Callable[..., WindowDesk]


@dataclass
class WindowDesk:
    """``open`` and ``close`` as often as wanted; the profile stays."""

    application: QApplication
    until: Until
    profile: Path
    server: PracticeServer | None
    key: str = ""
    practice: bool = False
    sessions: list[Session] = field(default_factory=list)
    ended: list[Session] = field(default_factory=list)
    switch: ThemeSwitch | None = None
    crashes: Crashes | None = None

    def open(self, picture: str = "", prompt: str = "") -> Session:
        """A window, furnished."""
        url = None if self.server is None else self.server.url
        wish = WindowWish(self.profile, url, self.practice, picture, prompt)
        return self.open_wish(wish)

    def open_wish(self, wish: WindowWish) -> Session:
        environment = {"RUNCOMFY_API_TOKEN": self.key} if self.key else {}
        settings = load_settings(wish)
        self.switch = ThemeSwitch(self.application, settings.theme)
        self.crashes = Crashes(partial(record_crash, wish.base), self.application)
        around = Surroundings(
            self.application, environment, self.switch, self.crashes, untranslated
        )
        session = Session(wish, settings, around)
        session.ended.connect(partial(self.ended.append, session))
        self.sessions.append(session)
        session.open()
        assert QTest.qWaitForWindowExposed(session.window)
        self.until(self._has_page)
        session.window.activateWindow()
        return session

    def _has_page(self) -> bool:
        pages = (self.window.findChild(QWidget, name) for name in ("workbench", "firstRun"))
        return any(page is not None and page.isVisible() for page in pages)

    def close(self) -> None:
        """Close the last window and wait for its end."""
        session = self.sessions[-1]
        if session not in self.ended:
            session.close()
            self.until(lambda: session in self.ended)
        session.deleteLater()
        if self.switch is not None:
            self.switch.deleteLater()

    @property
    def session(self) -> Session:
        return self.sessions[-1]

    @property
    def window(self) -> QWidget:
        return self.session.window

    def find[T: QWidget](self, kind: type[T], name: str) -> T:
        found = self.window.findChild(kind, name)
        assert found is not None, name
        return found

    def jobs(self) -> tuple[Job, ...]:
        """The rows as they are now."""
        furniture = self.session.furniture
        assert furniture is not None
        # With a connection of its own: the window's is closed and opened in another thread.
        profile = furniture.profile
        if not (profile.folder / DATABASE).exists():
            return ()
        repository = jobs_of(profile.folder, profile.clock)
        try:
            return repository.all()
        finally:
            repository.close()

    def drop(self, path: Path) -> None:
        """A file is dragged over the window from another program, and let go there."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        where = QPoint(self.window.width() // 2, self.window.height() // 2)
        copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        plain = Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(QPointF(where), copy, data, left, plain)
        QApplication.sendEvent(self.window, enter)
        assert enter.isAccepted()
        overlay = self.find(QWidget, "dropOverlay")
        assert overlay.isVisible()
        drop = QDropEvent(QPointF(where), copy, data, left, plain)
        QApplication.sendEvent(overlay, drop)
        assert not overlay.isVisible()
