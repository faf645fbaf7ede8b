"""``subprocess`` as two modules of the program use it, with forks in place of new interpreters."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from dreamina_desktop.practice.child_command import child_environment

_PATIENCE_SECONDS = 60.0
_MODULES = frozenset({"dreamina_desktop.practice", "dreamina_desktop.pictures.picture_child"})


class ChildForks:
    """Stands in for the module ``subprocess``; its host is started for the first child.

    Any thread may ask. What is not the program's own child is begun as ever.
    """

    PIPE = subprocess.PIPE
    DEVNULL = subprocess.DEVNULL
    TimeoutExpired = subprocess.TimeoutExpired

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._host: subprocess.Popen[bytes] | None = None

    def Popen(  # noqa: N802 - as in the module
        self,
        command: Sequence[str],
        *,
        stderr: int | IO[bytes],
        env: Mapping[str, str],
        **more: Any,
    ) -> ForkedChild | subprocess.Popen[bytes]:
        """A child with pipes for standard input and output."""
        module = command[command.index("-m") + 1] if "-m" in command else ""
        if command[0] != sys.executable or module not in _MODULES:
            return subprocess.Popen(command, stderr=stderr, env=env, **more)
        assert more.pop("stdin") == more.pop("stdout") == subprocess.PIPE
        order = {
            "module": module,
            "arguments": list(command[command.index(module) + 1 :]),
            "environment": dict(env),
            "folder": str(Path.cwd()),
        }
        return ForkedChild(self, order, stderr, more.pop("pipesize", 0))

    def start(self, order: dict[str, Any], descriptors: list[int]) -> int:
        """The number of the new process. Order and descriptors as the host wants them."""
        with self._lock:
            host = self._started()
            socket.send_fds(host, [json.dumps(order).encode("ascii") + b"\n"], descriptors)
            return int(host.recv(64))

    def close(self) -> None:
        """End the host, and with it whatever still runs."""
        if self._socket is not None and self._host is not None:
            self._socket.close()
            self._host.wait(_PATIENCE_SECONDS)
            self._socket = self._host = None

    def _started(self) -> socket.socket:
        if self._socket is None:
            ours, theirs = socket.socketpair()
            with theirs:
                self._host = subprocess.Popen(
                    [sys.executable, "-m", "tests.child_host", str(theirs.fileno())],
                    stdin=subprocess.DEVNULL,
                    env=child_environment(),
                    cwd=Path(__file__).parents[1],
                    pass_fds=[theirs.fileno()],
                )
            ours.settimeout(_PATIENCE_SECONDS)
            self._socket = ours
        return self._socket


class ForkedChild:
    """Used as ``subprocess.Popen`` is. It ends with its standard input."""

    def __init__(
        self, forks: ChildForks, order: dict[str, Any], stderr: int | IO[bytes], pipesize: int
    ) -> None:
        self._lock = threading.Lock()
        self._code: int | None = None
        orders, ours_in = os.pipe()
        ours_out, answers = os.pipe()
        self._ended, end = os.pipe()
        errors = os.open(os.devnull, os.O_WRONLY) if isinstance(stderr, int) else None
        if pipesize:
            for pipe in (orders, answers):
                fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, pipesize)
        try:
            theirs = errors if isinstance(stderr, int) else stderr.fileno()
            assert theirs is not None
            self.pid = forks.start(order, [orders, answers, theirs, end])
        finally:
            for given in (orders, answers, end, errors):
                if given is not None:
                    os.close(given)
        self.stdin = os.fdopen(ours_in, "wb")
        self.stdout = os.fdopen(ours_out, "rb")

    def poll(self) -> int | None:
        """The exit code once it is over."""
        return self._look(0)

    def wait(self, timeout: float | None = None) -> int:
        """The exit code. Raises subprocess.TimeoutExpired."""
        code = self._look(timeout)
        if code is None:
            raise subprocess.TimeoutExpired("forked", timeout or 0)
        return code

    def kill(self) -> None:
        """SIGKILL, unless it is over."""
        if self.poll() is None:
            # Its end may be known to the host, and not yet to us.
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def _look(self, timeout: float | None) -> int | None:
        with self._lock:
            if self._code is None and select.select([self._ended], [], [], timeout)[0]:
                # Nothing where the host itself was killed.
                self._code = int(os.read(self._ended, 64) or b"-9")
                os.close(self._ended)
            return self._code
