"""A screen of its own (Xvfb) with a mouse, a keyboard (xdotool) and a camera (ImageMagick)."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

TOOLS = {"Xvfb": "xvfb", "xdotool": "xdotool", "import": "imagemagick"}
"""Programs and the Debian packages that bring them."""
_PATIENCE = 120.0
_LOOK_AGAIN = 0.2


class NotThereError(Exception):
    """What was waited for did not come, or a tool is missing; the text says what."""


@dataclass(frozen=True, slots=True)
class Place:
    """Pixels of the screen, from its top left corner."""

    x: int
    y: int


def missing_tools() -> list[str]:
    """The packages to install before a screen can be opened."""
    return [package for tool, package in TOOLS.items() if shutil.which(tool) is None]


def wait_until(what: str, is_so: Callable[[], bool], patience: float = _PATIENCE) -> None:
    """Raises NotThereError after ``patience`` seconds."""
    end = time.monotonic() + patience
    while not is_so():
        if time.monotonic() > end:
            raise NotThereError(what)
        time.sleep(_LOOK_AGAIN)


class Display:
    """Open it with ``with``; at the end it is gone with everything on it."""

    def __init__(self, width: int, height: int) -> None:
        self._size = (width, height)
        self._name = ""
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        reading, writing = os.pipe()
        width, height = self._size
        # Xvfb finds a free number itself and writes it to the pipe once it can be used.
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24"],  # noqa: S607
            pass_fds=(writing,),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise NotThereError("Xvfb did not start")
        self._name = f":{number}"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._server is not None:
            self._server.terminate()
            self._server.wait()

    def environment(self, before: dict[str, str]) -> dict[str, str]:
        """``before``, for a program that is to show itself here."""
        rest = {key: text for key, text in before.items() if key != "WAYLAND_DISPLAY"}
        return {**rest, "DISPLAY": self._name, "QT_QPA_PLATFORM": "xcb"}

    def title(self, window: str) -> str:
        """What stands in a window's title bar, "" when the window is gone."""
        return self._ask("getwindowname", window)

    def window(self, process_id: int, name: str) -> str:
        """The visible window of a process whose title holds ``name``, once it is there."""
        found: list[str] = []

        def is_there() -> bool:
            asked = self._ask(
                "search", "--all", "--onlyvisible", "--pid", str(process_id), "--name", name
            )
            found[:] = asked.split()
            return bool(found)

        wait_until(f"a window called {name}", is_there)
        return found[0]

    def stand(self, window: str, place: Place, width: int, height: int) -> None:
        """Put a window there and give it the keys: nobody else does, without a desktop."""
        self._do("windowmove", window, str(place.x), str(place.y))
        self._do("windowsize", "--sync", window, str(width), str(height))
        self.focus(window)

    def focus(self, window: str) -> None:
        """Give a window the keys."""
        self._do("windowfocus", "--sync", window)

    def keys(self, *keys: str) -> None:
        """Press them, e.g. ``ctrl+Return``."""
        self._do("key", "--delay", "60", *keys)

    def write(self, text: str) -> None:
        """Type it."""
        self._do("type", "--delay", "12", text)

    def click(self, place: Place) -> None:
        """Press and let go."""
        self._do("mousemove", str(place.x), str(place.y), "click", "1")

    def drag(self, start: Place, end: Place) -> None:
        """Press, and move in small steps, as a hand does; the button stays down."""
        self._do("mousemove", str(start.x), str(start.y), "mousedown", "1")
        steps = 24
        for step in range(1, steps + 1):
            x = start.x + (end.x - start.x) * step // steps
            y = start.y + (end.y - start.y) * step // steps
            self._do("mousemove", str(x), str(y))
            time.sleep(0.03)

    def drop(self) -> None:
        """Let the button go."""
        self._do("mouseup", "1")

    def shoot(self, width: int, height: int, path: Path) -> None:
        """Keep the top left part of the screen as a PNG."""
        path.parent.mkdir(parents=True, exist_ok=True)
        command = ["import", "-silent", "-window", "root", "-crop", f"{width}x{height}+0+0"]
        subprocess.run(
            [*command, "+repage", "-strip", str(path)],
            env=self.environment(dict(os.environ)),
            check=True,
        )

    def _do(self, *words: str) -> None:
        subprocess.run(
            ["xdotool", *words],  # noqa: S607
            env=self.environment(dict(os.environ)),
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def _ask(self, *words: str) -> str:
        answer = subprocess.run(
            ["xdotool", *words],  # noqa: S607
            env=self.environment(dict(os.environ)),
            check=False,
            capture_output=True,
            text=True,
        )
        return answer.stdout.strip()
