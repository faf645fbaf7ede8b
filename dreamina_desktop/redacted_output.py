"""Whatever is said of errors on standard error or in a log, without anything secret in it."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType

from dreamina_desktop.core.redaction import Secrets


@contextmanager
def redacted_output(secrets: Secrets) -> Iterator[None]:
    """For the length of the block this process logs, and tells of stray errors, without secrets.

    The one handler of the root logger is what libraries speak through; the hooks are what Python
    itself speaks through, in every thread.
    """
    handler = RedactedHandler(secrets)
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    root = logging.getLogger()
    root.addHandler(handler)
    stray = _StrayErrors(secrets)
    sys.excepthook = stray.on_exception
    threading.excepthook = stray.on_thread_exception
    sys.unraisablehook = stray.on_unraisable
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook, sys.unraisablehook = before
        root.removeHandler(handler)


class RedactedHandler(logging.Handler):
    """Warnings and worse on standard error; message, traceback and stack are cleaned as one."""

    def __init__(self, secrets: Secrets) -> None:
        super().__init__(logging.WARNING)
        self._secrets = secrets

    def emit(self, record: logging.LogRecord) -> None:
        try:
            text = self.format(record)
        except Exception as error:
            # Arguments that do not fit their message; ``logging`` itself would print them whole.
            text = f"{record.name}: {type(error).__name__} in a log message"
        say(self._secrets.clean(text))


def say(text: str) -> None:
    """One text on standard error, where there is one that takes it. Never raises.

    A terminal that has gone away must not take an event loop, or a crash report, with it.
    """
    if sys.stderr is not None:
        with suppress(OSError, ValueError):
            sys.stderr.write(text if text.endswith("\n") else f"{text}\n")


class _StrayErrors:
    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets

    def on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        del kind, trace
        say(self._secrets.traceback(error))

    def on_thread_exception(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None and arguments.exc_type is not SystemExit:
            say(self._secrets.traceback(arguments.exc_value))

    def on_unraisable(self, unraisable: sys.UnraisableHookArgs) -> None:
        # The object itself stays out: its repr may be anything.
        if unraisable.exc_value is not None:
            say(self._secrets.traceback(unraisable.exc_value))
