"""Whether a window can be shown here: asked first, since Qt itself ends the program when not."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

_X_DISPLAY = re.compile(r"(?P<host>[^:]*):(?P<number>\d+)(\.\d+)?")
_X_PORT = 6000
_PATIENCE = 2.0


def can_show_windows(environment: Mapping[str, str]) -> bool:
    """Whether Qt's libraries load and there is a display that answers."""
    try:
        # It needs the libraries of the system that no wheel brings.
        from PySide6 import QtWidgets
    except ImportError:
        return False
    if not sys.platform.startswith("linux"):
        return True
    platform = environment.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if platform not in ("", "xcb", "wayland"):
        return True
    if platform != "xcb" and _has_wayland(environment):
        return True
    return platform != "wayland" and _has_x(environment) and _loads_xcb(Path(QtWidgets.__file__))


def _has_wayland(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY", "")
    folder = environment.get("XDG_RUNTIME_DIR", "")
    if not name or not (folder or Path(name).is_absolute()):
        return False
    return _answers(str(Path(folder) / name))


def _has_x(environment: Mapping[str, str]) -> bool:
    display = _X_DISPLAY.fullmatch(environment.get("DISPLAY", ""))
    if display is None:
        return False
    number, host = int(display["number"]), display["host"]
    if host and host != "unix":
        return _answers((host, _X_PORT + number))
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where X servers listen
    return _answers(path) or _answers(f"\0{path}")


def _answers(address: str | tuple[str, int]) -> bool:
    """Whether somebody listens at a path, or at a host's port."""
    # Here, since not every start has to ask.
    import socket

    family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
    with suppress(OSError), socket.socket(family, socket.SOCK_STREAM) as connection:
        connection.settimeout(_PATIENCE)
        connection.connect(address)
        return True
    return False


def _loads_xcb(qt: Path) -> bool:
    """Whether the plug-in for X finds its libraries; Qt brings some of them, but not all."""
    plugin = qt.parent / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    if not plugin.exists():
        # Some distributions keep it elsewhere, together with what it needs.
        return True
    import ctypes

    try:
        ctypes.CDLL(os.fspath(plugin))
    except OSError:
        return False
    return True
