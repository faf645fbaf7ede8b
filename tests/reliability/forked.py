"""Commands that a fork host carries out: as commands of their own, for a tenth of the cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from dreamina_desktop.practice.child_command import child_environment
from tests.cli.console import Said
from tests.reliability.patience import PATIENCE_SECONDS, eventually

can_fork = hasattr(os, "fork")
"""Whether this platform has forks; the others start an interpreter for each command."""


class ForkedCommand:
    """As ``desk.Command``, in a child of the host."""

    def __init__(self, host: Host, pid: int, out: Path) -> None:
        self._host = host
        self._out = out
        self._ended = Path(f"{out}.code")
        self.pid = pid

    @property
    def is_running(self) -> bool:
        return not self._ended.exists()

    @property
    def err(self) -> str:
        """What it wrote on standard error so far."""
        path = self._out.with_suffix(".err")
        return path.read_text("utf-8") if path.exists() else ""

    def until(self, condition: Callable[[], object], what: str) -> None:
        """Wait for it while the command runs. Fails at once when that ends before."""
        eventually(lambda: condition() or not self.is_running, what)
        assert condition(), f"ended before: {what}\n{self.err}"

    def kill(self) -> None:
        """SIGKILL. Does nothing to one that has ended."""
        if self.is_running and self._host.kill(self.pid):
            self._wait()

    def end(self) -> Said:
        """What it said, when it is over. Fails, and kills it, when it hangs."""
        try:
            self._wait()
        except AssertionError:
            self.kill()
            raise AssertionError(f"hung: {self.err}") from None
        code = int(self._ended.read_text("ascii"))
        return Said(code, self._out.read_text("utf-8"), self.err)

    def _wait(self) -> None:
        eventually(lambda: not self.is_running, f"the end of {self.pid}")


class Host:
    """A running ``fork_host``. Any thread may ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.reliability.fork_host"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=child_environment(),
        )

    def start(
        self,
        words: Sequence[str],
        environment: Mapping[str, str],
        out: Path,
        patience: float | None = None,
    ) -> ForkedCommand:
        """Begin a command line; ``out`` takes its standard output, ``.err`` beside it the other.

        ``patience`` is how many seconds it waits for an answer, None for the program's own.
        """
        pid = self._ask(
            {
                "words": list(words),
                "environment": dict(environment),
                "out": str(out),
                "err": str(out.with_suffix(".err")),
                "patience": patience,
            }
        )
        return ForkedCommand(self, pid, out)

    def kill(self, pid: int) -> bool:
        """SIGKILL; whether it still ran."""
        return bool(self._ask({"kill": pid}))

    def stop(self) -> None:
        """End it, and what it still carries out. Fails when it ended by itself."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        code = self._process.wait(PATIENCE_SECONDS)
        self._process.stdout.close()
        assert code == 0

    def _ask(self, order: dict[str, Any]) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._lock:
            self._process.stdin.write(json.dumps(order).encode("ascii") + b"\n")
            self._process.stdin.flush()
            answer: int = json.loads(self._process.stdout.readline())
        return answer
