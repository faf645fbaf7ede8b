"""One run of the picture process as its parent sees it: an order, patience, an answer or an end."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue

from dreamina_desktop.core.picture_step import Step
from dreamina_desktop.pictures.cancelled import PreparationCancelledError
from dreamina_desktop.pictures.picture_messages import (
    Answer,
    BrokenPipeWordsError,
    Order,
    read_answer,
    write_order,
)

GLANCE_SECONDS = 0.01
"""How often somebody who waits is asked whether the wish still stands."""

_GRACE_SECONDS = 0.05
# Where the system has such pipes (Linux): a picture passes in fewer turns.
_PIPE_BYTES = 2**20


class RunningChild:
    """Started by making it; after an exception from ``ask``, ``is_alive`` says if it is of use.

    It is not tied to its parent's death by the kernel: on Linux that is the death of the *thread*
    that started it. It ends when its standard input does, or when its processor time is used up.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            pipesize=_PIPE_BYTES,
            # Ctrl+C in a terminal is said to its parent alone, which ends it when it wants to.
            process_group=None if sys.platform == "win32" else 0,
            # No console flashes up on Windows, and the window comes first.
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0)
            | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        """From any thread; whoever asks gets BrokenPipeWordsError."""
        self._process.kill()

    def bury(self) -> int:
        """Kill it and give back what the system holds for it; its exit code."""
        self._process.kill()
        code = self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                # What was not flushed into a dead child is of no interest.
                with suppress(OSError):
                    pipe.close()
        return code

    def ask(
        self,
        order: Order,
        most_seconds: float,
        progress: Callable[[Step], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Answer:
        """Blocking. ``progress`` and ``cancelled`` are called in this thread.

        Raises BrokenPipeWordsError: it broke, or took longer than ``most_seconds``, and is dead;
        and PreparationCancelledError: it had a moment to end its work, and is dead if it did not.
        """
        heard: SimpleQueue[Step | Answer | None] = SimpleQueue()
        listener = threading.Thread(target=self._listen, args=(order, heard), daemon=True)
        listener.start()
        whole = False
        try:
            answer = self._await(heard, most_seconds, progress, cancelled)
            whole = answer is not None
        finally:
            if not whole:
                self._process.kill()
                # Until it is gone it looks alive to whoever asks next.
                self._process.wait()
            listener.join()
        if answer is None:
            raise BrokenPipeWordsError
        if cancelled is not None and cancelled():
            raise PreparationCancelledError
        return answer

    def _await(
        self,
        heard: SimpleQueue[Step | Answer | None],
        most_seconds: float,
        progress: Callable[[Step], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> Answer | None:
        end = time.monotonic() + most_seconds
        given_up = False
        while True:
            if cancelled is not None and not given_up and cancelled():
                given_up = True
                end = min(end, time.monotonic() + _GRACE_SECONDS)
            left = end - time.monotonic()
            if left <= 0:
                if given_up:
                    raise PreparationCancelledError
                return None
            try:
                word = heard.get(timeout=left if cancelled is None else min(left, GLANCE_SECONDS))
            except Empty:
                continue
            if not isinstance(word, Step):
                return word
            if progress is not None:
                progress(word)

    def _listen(self, order: Order, heard: SimpleQueue[Step | Answer | None]) -> None:
        """In a thread of its own: on Windows nothing else can wait for a pipe and a clock."""
        orders, answers = self._process.stdin, self._process.stdout
        try:
            if orders is None or answers is None:
                raise BrokenPipeWordsError
            write_order(orders, order)
            heard.put(read_answer(answers, order, heard.put))
        except (OSError, BrokenPipeWordsError):
            heard.put(None)


def _environment() -> dict[str, str]:
    environment = dict(os.environ)
    if not getattr(sys, "frozen", False):
        source = str(Path(__file__).resolve().parents[2])
        known = environment.get("PYTHONPATH")
        environment["PYTHONPATH"] = source if known is None else os.pathsep.join((source, known))
    return environment
