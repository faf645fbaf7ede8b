"""The process that ``window_start.py`` measures; prints the moment of the first painted window."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QMainWindow


class Stopwatch(QObject):
    """Ends the process once what was painted first is on the screen."""

    def event(self, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.User:
            return super().event(event)
        sys.stdout.write(f"{time.monotonic()}\n")
        sys.stdout.flush()
        # Nothing of the profile has been opened yet; how it closes is not measured here.
        os._exit(0)


def timed() -> Callable[[QMainWindow, QEvent], bool]:
    """An ``event`` for a window's class."""
    stopwatch = Stopwatch()

    def event(window: QMainWindow, what: QEvent) -> bool:
        told = QMainWindow.event(window, what)
        if what.type() is QEvent.Type.Paint:
            # Delivered after this painting was flushed, and before anything else that waits.
            urgent = Qt.EventPriority.HighEventPriority.value
            QCoreApplication.postEvent(stopwatch, QEvent(QEvent.Type.User), urgent)
        return told

    return event


class BareWindow(QMainWindow):
    """What Qt itself takes."""


def main() -> int:
    if sys.argv[1] == "bare":
        BareWindow.event = timed()  # type: ignore[method-assign]
        application = QApplication(["bare"])
        window = BareWindow()
        window.resize(1280, 800)
        window.show()
        return application.exec()
    from dreamina_desktop.__main__ import main as run
    from dreamina_desktop.ui.main_window import MainWindow

    MainWindow.event = timed()  # type: ignore[method-assign]
    sys.argv[:] = ["dreamina-desktop", "--practice", "--data-dir", sys.argv[2]]
    return run()


if __name__ == "__main__":
    sys.exit(main())
