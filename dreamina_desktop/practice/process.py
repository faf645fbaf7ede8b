"""The practice server as a child process: started, asked where it is, stopped."""

from __future__ import annotations

import json
import subprocess
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from dreamina_desktop.practice.child_command import CHILD_FLAGS, child_environment, practice_command

_START_SECONDS = 30.0
_STOP_SECONDS = 10.0
_LOG = "server.log"
_LOG_TAIL = 2000


class PracticeStartError(Exception):
    """The server did not come up. ``reason`` is what it said last on its standard error."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class PracticeProcess:
    """A running practice server. It ends with `stop`, or with the process that started it."""

    def __init__(
        self,
        data_dir: Path,
        *,
        port: int = 0,
        ledger: Path | None = None,
        trouble: Path | None = None,
    ) -> None:
        """Start the server on ``data_dir`` and wait until it listens.

        Raises PracticeStartError when it ends or says nothing, OSError when it cannot be run.
        """
        data_dir = data_dir.absolute()
        data_dir.mkdir(parents=True, exist_ok=True)
        arguments = ["--data-dir", str(data_dir), "--port", str(port), "--stop-with-parent"]
        for flag, path in (("--ledger", ledger), ("--trouble", trouble)):
            if path is not None:
                arguments += [flag, str(path.absolute())]
        log = data_dir / _LOG
        with log.open("wb") as errors:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                practice_command(*arguments),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=child_environment(),
                creationflags=CHILD_FLAGS,
            )
        line = self._first_line()
        if not line:
            self.kill()
            raise PracticeStartError(log.read_text("utf-8", "replace")[-_LOG_TAIL:].strip())
        hello: dict[str, str] = json.loads(line)
        self.url = hello["url"]
        self.key = hello["key"]
        self.pid = self._process.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def is_running(self) -> bool:
        return self._process.poll() is None

    def stop(self) -> int:
        """End it in good order (twice is harmless), and return its exit code."""
        # The end of its standard input is a signal that every platform has.
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
        return self._reaped()

    def kill(self) -> int:
        """End it at once, as a crash would."""
        self._process.kill()
        return self._reaped()

    def _reaped(self) -> int:
        code = self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        return code

    def _first_line(self) -> bytes:
        assert self._process.stdout is not None  # noqa: S101 - asked for as a pipe
        # A line cannot be read with a time-out on every platform; an end of the pipe can be made.
        impatience = threading.Timer(_START_SECONDS, self._process.kill)
        impatience.start()
        try:
            return self._process.stdout.readline()
        finally:
            impatience.cancel()
            impatience.join()
