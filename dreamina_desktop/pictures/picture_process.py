"""Heavy picture work in a warm process of its own, so that no decoder stalls the window.

In a thread of the window's process Pillow holds the interpreter's lock for up to 37 ms over a
4096 × 4096 picture, and for 270 ms on a busy computer. A file that brings the decoder down takes
only that process with it, and is a damaged picture.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from dreamina_desktop.core.errors import PictureMissingError
from dreamina_desktop.core.picture import PictureFacts, PreparedPicture
from dreamina_desktop.pictures.fit import FittedCopy, NotFittableError
from dreamina_desktop.pictures.picture_messages import (
    Answer,
    BrokenPipeWordsError,
    Failure,
    Order,
    Task,
    read_answer,
    write_order,
)
from dreamina_desktop.pictures.probe import probe

_MOST_SECONDS = 60.0


def usual_command(model_file: Path) -> list[str]:
    """How the child is started from a checkout or a wheel."""
    return [sys.executable, "-m", "dreamina_desktop.pictures.picture_child", str(model_file)]


class PictureProcess:
    """Implements ``core.ports.PicturePreparer``, and cures pictures. Safe from any thread.

    ``command`` starts the child; it is started by the first order or by ``warm_up``, again after
    a crash, and ended by ``close``. One order at a time: others wait for it.
    """

    def __init__(self, command: Sequence[str], most_seconds: float = _MOST_SECONDS) -> None:
        self._command = list(command)
        self._most_seconds = most_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._one_at_a_time = threading.Lock()
        self._closed = threading.Event()

    def warm_up(self) -> None:
        """Start the child before it is needed. Does not wait for it."""
        with self._one_at_a_time:
            self._running()

    def prepare(self, path: Path) -> PreparedPicture:
        """As ``PillowPreparer.prepare``. Blocking. Raises PictureMissingError.

        A file over which the child breaks, or which takes it more than a minute, comes back
        without bytes as one that was not decoded.
        """
        answer = self._ask(Order(Task.PREPARE, path))
        if isinstance(answer, PreparedPicture):
            return answer
        if answer is Failure.MISSING:
            raise PictureMissingError(str(path))
        return _undecodable(probe(path))

    def fit(self, path: Path) -> FittedCopy:
        """As ``fit.fitted_copy``. Blocking. Raises PictureMissingError, NotFittableError."""
        answer = self._ask(Order(Task.FIT, path))
        if isinstance(answer, FittedCopy):
            return answer
        if answer is Failure.MISSING:
            raise PictureMissingError(str(path))
        raise NotFittableError(path.name)

    def close(self) -> None:
        """End the child at once; whoever waits for it gets an answer as if it had crashed."""
        self._closed.set()
        process = self._process
        if process is not None:
            process.kill()
        with self._one_at_a_time:
            self._bury()

    def _ask(self, order: Order) -> Answer | None:
        """The child's answer; None when it broke."""
        with self._one_at_a_time:
            process = self._running()
            if process is None or process.stdin is None or process.stdout is None:
                return None
            impatience = threading.Timer(self._most_seconds, process.kill)
            impatience.start()
            try:
                write_order(process.stdin, order)
                return read_answer(process.stdout)
            except (OSError, BrokenPipeWordsError):
                self._bury()
                return None
            finally:
                impatience.cancel()
                impatience.join()

    def _running(self) -> subprocess.Popen[bytes] | None:
        if self._process is not None and self._process.poll() is not None:
            self._bury()
        if self._process is None and not self._closed.is_set():
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_child_environment(),
                # No console flashes up on Windows.
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            if self._closed.is_set():
                # ``close`` came in between, and saw no process that it could end.
                self._process.kill()
        return self._process

    def _bury(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                # What was not flushed into a dead child is of no interest.
                with suppress(OSError):
                    pipe.close()


def _undecodable(facts: PictureFacts) -> PreparedPicture:
    return PreparedPicture(
        data=b"",
        media_type="application/octet-stream",
        sha256=hashlib.sha256(b"").hexdigest(),
        facts=replace(facts, decoded=False),
        unchanged=False,
    )


def _child_environment() -> dict[str, str]:
    environment = dict(os.environ)
    if not getattr(sys, "frozen", False):
        source = str(Path(__file__).resolve().parents[2])
        known = environment.get("PYTHONPATH")
        environment["PYTHONPATH"] = source if known is None else os.pathsep.join((source, known))
    return environment
