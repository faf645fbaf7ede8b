"""What to do when something of ours breaks while the window is open: keep it, say it, go on."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from dreamina_desktop.core.redaction import Secrets
from dreamina_desktop.redacted_output import say

_SERIOUS = frozenset({QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg})


@dataclass(frozen=True, slots=True)
class CrashRecorded:
    """A bug of ours, kept in the file at ``path``.

    ``details`` names it without its data, ``report`` is its traceback without secrets.
    """

    details: str
    path: Path
    report: str


class QtComplaintError(Exception):
    """Qt said something grave."""


class Crashes(QObject):
    """Catches what nobody caught, in every thread. Each bug is recorded and told once.

    ``record`` appends a report to the crash log, and never raises. ``secrets`` is what no report
    may hold; whoever learns of a key adds it there.
    """

    crash_recorded = Signal(object)

    def __init__(
        self,
        record: Callable[[str], Path],
        parent: QObject | None = None,
        *,
        secrets: Secrets | None = None,
    ) -> None:
        super().__init__(parent)
        self._record = record
        self.secrets = Secrets() if secrets is None else secrets
        self._known: set[str] = set()
        self._telling = threading.Lock()
        self._hook = sys.excepthook
        self._thread_hook = threading.excepthook

    def install(self) -> None:
        """Begin to catch."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        qInstallMessageHandler(self._on_qt_message)

    def remove(self) -> None:
        """Leave it to those who caught before."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook
        qInstallMessageHandler(None)

    def tell(self, error: BaseException) -> None:
        """Somebody caught a bug of ours. Any thread may call."""
        where = traceback.extract_tb(error.__traceback__)[-1:]
        place = f"{Path(where[0].filename).name}:{where[0].lineno}" if where else ""
        details = f"{type(error).__name__} {place}".strip()
        # One that comes with every frame must not fill the disk.
        with self._telling:
            if details in self._known:
                return
            self._known.add(details)
        report = self.secrets.traceback(error)
        self.crash_recorded.emit(CrashRecorded(details, self._record(report), report))

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        # First what lasts.
        if not issubclass(kind, KeyboardInterrupt):
            self.tell(error)
        self._hook(kind, error, trace)

    def _on_thread_exception(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self.tell(arguments.exc_value)
        self._thread_hook(arguments)

    def _on_qt_message(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        del context
        if kind is not QtMsgType.QtDebugMsg:
            say(self.secrets.clean(text))
        if kind in _SERIOUS:
            self.tell(QtComplaintError(text))
