"""Fixtures for tests of widgets: one application, windows that go away, no word of warning."""

from __future__ import annotations

import itertools
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

# Before Qt looks at it; a developer may still say QT_QPA_PLATFORM=xcb to watch.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QObject,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.pictures.picture_process import PictureProcess, usual_command
from dreamina_desktop.resources import model_file
from dreamina_desktop.ui import picture_reading
from dreamina_desktop.ui.background_thread import BackgroundThread
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.picture_reading import PictureReading
from dreamina_desktop.ui.ports import Background, PictureWork
from dreamina_desktop.ui.side_threads import SideThreads
from dreamina_desktop.ui.style_sheet import style_sheet
from dreamina_desktop.ui.theme import DARK, Theme, palette_of
from dreamina_desktop.ui.watch.frame_source import FrameSource
from dreamina_desktop.words import Phrasebook
from tests.core.specs import real_spec
from tests.practice_server import PracticeServer
from tests.ui.drafts import Habits, MakeDraft, Shelf
from tests.ui.watch.stage import LARGE
from tests.ui.window_desk import OpenDesk, WindowDesk

PATIENCE = 60_000
"""Milliseconds that a test waits for what must come; no test says how long it takes."""

# What the offscreen platform says about things that it cannot do, and nobody asked it to.
_PLATFORM_REMARKS = ("This plugin does not support", "Populating font family aliases")

type Show = Callable[..., QWidget]
type Until = Callable[[Callable[[], bool]], None]


@pytest.fixture(scope="session")
def application() -> Iterator[QApplication]:
    """The one QApplication, in the dark theme. It outlives every test, as Qt wants it."""
    known = QApplication.instance()
    app = known if isinstance(known, QApplication) else QApplication(["dreamina-desktop"])
    app.setQuitOnLastWindowClosed(False)
    app.setStyle("Fusion")
    app.setPalette(palette_of(DARK))
    app.setStyleSheet(style_sheet(DARK))
    yield app
    dispose()


@pytest.fixture(autouse=True)
def qt_messages() -> Iterator[list[str]]:
    """Whatever Qt warns of, and whatever is raised in a slot, fails the test.

    A test that provokes a message takes it out of this list.
    """
    messages: list[str] = []

    def on_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        del context
        if kind is QtMsgType.QtFatalMsg:
            # The process ends here, and with it whoever could tell of it later.
            sys.stderr.write(f"Qt: {text}\n")
        serious = kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
        if serious and not text.startswith(_PLATFORM_REMARKS):
            messages.append(text)

    def on_exception(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        messages.append(f"{kind.__name__}: {error}")
        sys.__excepthook__(kind, error, trace)

    before, hook = qInstallMessageHandler(on_message), sys.excepthook
    sys.excepthook = on_exception
    yield messages
    sys.excepthook = hook
    qInstallMessageHandler(before)
    assert not messages, messages


@pytest.fixture
def show(application: QApplication) -> Iterator[Show]:
    """``show(widget, width, height)``: shown and exposed; disposed of when the test ends."""
    del application
    shown: list[QWidget] = []

    def present(widget: QWidget, width: int | None = None, height: int | None = None) -> QWidget:
        shown.append(widget)
        if width is not None and height is not None:
            widget.resize(width, height)
        widget.show()
        assert QTest.qWaitForWindowExposed(widget, PATIENCE)
        return widget

    yield present
    for widget in reversed(shown):
        widget.close()
        widget.deleteLater()
    dispose()


@pytest.fixture
def until(application: QApplication) -> Until:
    """``until(predicate)``: run the event loop until it holds, or fail."""
    del application

    def wait(predicate: Callable[[], bool]) -> None:
        pause = 0.002
        end = time.monotonic() + PATIENCE / 1000
        while not predicate():
            assert time.monotonic() < end, "waited in vain"
            QCoreApplication.processEvents()
            # Lets worker threads have their turn, which QTest.qWait does not. What takes long is
            # not looked at so often: looking is work too.
            time.sleep(pause)
            pause = min(0.02, 1.2 * pause)

    return wait


@pytest.fixture
def desk(application: QApplication, until: Until, tmp_path: Path) -> Iterator[OpenDesk]:
    """``desk(server)``: a person with a key for that server; all windows end with the test."""
    desks: list[WindowDesk] = []

    def make(
        server: PracticeServer | None, *, key: str | None = None, practice: bool = False
    ) -> WindowDesk:
        given = (server.key if server is not None else "") if key is None else key
        made = WindowDesk(application, until, tmp_path / "profile", server, given, practice)
        desks.append(made)
        return made

    yield make
    for made in desks:
        if made.sessions:
            made.close()
    # Before the style: what is still there would be styled anew.
    dispose()
    if application.styleSheet() != style_sheet(DARK):
        application.setPalette(palette_of(DARK))
        application.setStyleSheet(style_sheet(DARK))


@pytest.fixture
def person(practice: PracticeServer, desk: OpenDesk) -> WindowDesk:
    """With a key for that server; the window ends with the test."""
    return desk(practice)


@pytest.fixture
def background(application: QApplication) -> Iterator[BackgroundThread]:
    del application
    thread = BackgroundThread()
    yield thread
    thread.close()


@pytest.fixture
def frames(application: QApplication) -> Iterator[FrameSource]:
    """With room for all the clips of a test."""
    del application
    source = FrameSource(LARGE)
    yield source
    source.close()


@pytest.fixture(scope="session")
def picture_process() -> Iterator[PictureProcess]:
    """The real one, shared, since it takes a while to start."""
    process = PictureProcess(usual_command(model_file()))
    yield process
    process.close()


@pytest.fixture
def habits() -> Habits:
    return Habits()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def make_draft(
    application: QApplication,
    picture_process: PictureProcess,
    habits: Habits,
    shelf: Shelf,
    spec: ModelSpec,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MakeDraft]:
    """``make_draft()``: an empty draft; its seeds are drawn in the order 1, 2, 3, …

    ``background`` and ``work`` take other than the usual threads and the picture process.
    """
    del application
    owner = QObject()
    side = SideThreads(owner)
    seeds = itertools.count(1)
    readings: list[PictureReading] = []

    def make(background: Background = side, work: PictureWork = picture_process) -> Draft:
        # On a busy machine a header may take longer than a frame; no test is about that.
        grace = PATIENCE / 1000 if background is side else 0
        monkeypatch.setattr(picture_reading, "GRACE_SECONDS", grace)
        # Nor about how long a person rests.
        monkeypatch.setattr(picture_reading, "RECIPE_RESTS", 1)
        reading = PictureReading(background, work, shelf, tmp_path / "copies", owner)
        readings.append(reading)
        return Draft(spec, reading, habits, lambda _: next(seeds), owner)

    yield make
    for reading in readings:
        # On a busy machine the picture process might still be at it when the next test begins.
        reading.forget()
    side.close()
    # Qt's objects must not wait for a garbage collection in some thread.
    owner.deleteLater()
    dispose()


@pytest.fixture
def draft(make_draft: MakeDraft) -> Draft:
    return make_draft()


@pytest.fixture
def spec() -> ModelSpec:
    return real_spec()


@pytest.fixture
def words() -> Phrasebook:
    return Phrasebook()


@pytest.fixture
def theme() -> Theme:
    return DARK


@pytest.fixture
def icons(theme: Theme) -> Icons:
    return Icons(theme)


def dispose() -> None:
    """Let go of everything that was sent ``deleteLater``."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()
