"""mpv as a peer: the same clip, the same deeds, over its JSON IPC.

It decodes in software and paints nothing (``--vo=null``), which is in its favour: the program's
own figures are those of painted frames.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

PATIENCE = 30.0
"""Seconds after which mpv has failed."""
_OBSERVED = 1

type Answer = dict[str, object]


class NoPeerError(Exception):
    """mpv is not installed, or does not answer."""


class Mpv:
    """A running player, paused, without a file."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._rest = b""
        self._command("observe_property", _OBSERVED, "time-pos")

    def open(self, clip: Path) -> float:
        """Seconds from the command to the first frame."""
        return self._timed(_is_restart, "loadfile", str(clip))

    def seek(self, seconds: float) -> float:
        """Seconds from the command to the frame that is shown at that time."""
        return self._timed(_is_restart, "seek", seconds, "absolute+exact")

    def step_forward(self) -> float:
        """Seconds from the command to the next frame."""
        return self._timed(_is_new_time, "frame-step")

    def step_back(self) -> float:
        """Seconds from the command to the frame before."""
        return self._timed(_is_restart, "frame-back-step")

    def _timed(self, is_done: Callable[[Answer], bool], *command: object) -> float:
        self._drain()
        began = time.perf_counter()
        self._command(*command)
        while not is_done(self._next()):
            pass
        return time.perf_counter() - began

    def _command(self, *command: object) -> None:
        self._connection.sendall(json.dumps({"command": command}).encode() + b"\n")

    def _drain(self) -> None:
        """Read what earlier commands still say."""
        self._connection.settimeout(0.05)
        try:
            while True:
                self._next()
        except TimeoutError:
            self._connection.settimeout(PATIENCE)

    def _next(self) -> Answer:
        while b"\n" not in self._rest:
            more = self._connection.recv(65536)
            if not more:
                raise NoPeerError("mpv has ended")
            self._rest += more
        line, self._rest = self._rest.split(b"\n", 1)
        return cast("Answer", json.loads(line))


def _is_restart(answer: Answer) -> bool:
    return answer.get("event") == "playback-restart"


def _is_new_time(answer: Answer) -> bool:
    return answer.get("event") == "property-change" and answer.get("data") is not None


@contextmanager
def running_mpv(folder: Path) -> Iterator[Mpv]:
    """Start it, and end it. Raises NoPeerError."""
    program = shutil.which("mpv")
    if program is None or not hasattr(socket, "AF_UNIX"):
        raise NoPeerError("mpv is not installed")
    place = folder / "mpv.socket"
    options = [
        *("--no-config", "--idle", "--pause", "--keep-open=yes", "--really-quiet"),
        *("--vo=null", "--no-audio", "--hwdec=no", f"--input-ipc-server={place}"),
    ]
    process = subprocess.Popen([program, *options])
    try:
        with _connected(place) as connection:
            yield Mpv(connection)
    finally:
        process.terminate()
        process.wait()


def _connected(place: Path) -> socket.socket:
    end = time.monotonic() + PATIENCE
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(PATIENCE)
    while True:
        try:
            connection.connect(str(place))
        except OSError as error:
            if time.monotonic() > end:
                raise NoPeerError("mpv does not answer") from error
            time.sleep(0.02)
        else:
            return connection
