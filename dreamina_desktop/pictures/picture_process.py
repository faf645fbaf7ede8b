"""Heavy and risky picture work in a warm, limited process of its own.

In a thread of the window's process Pillow holds the interpreter's lock for up to 37 ms over a
4096 × 4096 picture, and for 270 ms on a busy computer. And nothing that a file does to a decoder
reaches further than that process: it is a damaged picture then.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from dreamina_desktop.core.errors import PictureMissingError
from dreamina_desktop.core.picture import PictureView, PreparedPicture, facts_alone
from dreamina_desktop.core.picture_step import Step
from dreamina_desktop.core.picture_trouble import PictureTrouble
from dreamina_desktop.core.recipe import Recipe
from dreamina_desktop.pictures.cancelled import PreparationCancelledError
from dreamina_desktop.pictures.picture_messages import (
    Answer,
    BrokenPipeWordsError,
    Order,
    Task,
)
from dreamina_desktop.pictures.probe import probe
from dreamina_desktop.pictures.running_child import GLANCE_SECONDS, RunningChild

_MOST_SECONDS = 60.0
_PLAIN = Recipe()


def usual_command(model_file: Path) -> list[str]:
    """How the child is started from a checkout or a wheel."""
    # -P: a folder of downloads in which the program was started holds no modules.
    child = "dreamina_desktop.pictures.picture_child"
    return [sys.executable, "-P", "-m", child, str(model_file)]


class PictureProcess:
    """Implements ``core.ports.PicturePreparer``, and shows pictures. Safe from any thread.

    ``command`` starts the child; it is started by the first order or by ``warm_up``, again when
    it has broken, and ended by ``close``. One order at a time: others wait for it.

    ``cancelled`` is asked about every 10 ms, also while waiting for others, in the caller's thread,
    as ``progress`` is called. A child that does not end its work within 50 ms of a yes is killed.
    """

    def __init__(self, command: Sequence[str], most_seconds: float = _MOST_SECONDS) -> None:
        self._command = list(command)
        self._most_seconds = most_seconds
        self._child: RunningChild | None = None
        self._one_at_a_time = threading.Lock()
        self._closed = threading.Event()

    def warm_up(self) -> None:
        """Start the child before it is needed. Does not wait for it."""
        with self._one_at_a_time:
            self._running()

    def prepare(
        self,
        path: Path,
        recipe: Recipe = _PLAIN,
        longest: int | None = None,
        progress: Callable[[Step], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> PreparedPicture:
        """As ``PillowPreparer.prepare``. Blocking.

        A file over which the child breaks, or which takes it more than a minute, comes back
        without bytes as one that was not decoded. Raises PictureMissingError, and
        PreparationCancelledError when ``cancelled`` says so.
        """
        answer = self._ask(Order(Task.PREPARE, path, recipe, longest), progress, cancelled)
        if isinstance(answer, PreparedPicture):
            return answer
        if isinstance(answer, PictureTrouble):
            raise PictureMissingError(str(path), answer)
        return facts_alone(replace(probe(path), decoded=False))

    def look(
        self, path: Path, longest: int, cancelled: Callable[[], bool] | None = None
    ) -> PictureView | None:
        """As ``looking.look``; None where there is nothing that can be shown. Blocking.

        Raises PreparationCancelledError when ``cancelled`` says so.
        """
        answer = self._ask(Order(Task.LOOK, path, longest=longest), None, cancelled)
        return answer if isinstance(answer, PictureView) else None

    def close(self) -> None:
        """End the child at once; whoever waits for it gets an answer as if it had crashed."""
        self._closed.set()
        child = self._child
        if child is not None:
            child.kill()
        with self._one_at_a_time:
            self._bury()

    def _ask(
        self,
        order: Order,
        progress: Callable[[Step], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> Answer | None:
        """The child's answer; None when it broke."""
        self._take_turn(cancelled)
        try:
            child = self._running()
            if child is None:
                return None
            return child.ask(order, self._most_seconds, progress, cancelled)
        except BrokenPipeWordsError:
            return None
        finally:
            # A new one is warm by the time that somebody has chosen the next picture.
            self._running()
            self._one_at_a_time.release()

    def _take_turn(self, cancelled: Callable[[], bool] | None) -> None:
        if cancelled is None:
            self._one_at_a_time.acquire()
            return
        while not self._one_at_a_time.acquire(timeout=GLANCE_SECONDS):
            if cancelled():
                raise PreparationCancelledError
        if cancelled():
            self._one_at_a_time.release()
            raise PreparationCancelledError

    def _running(self) -> RunningChild | None:
        if self._child is not None and not self._child.is_alive:
            self._bury()
        if self._child is None and not self._closed.is_set():
            self._child = RunningChild(self._command)
            if self._closed.is_set():
                # ``close`` came in between, and saw no child that it could end.
                self._child.kill()
        return self._child

    def _bury(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.bury()
