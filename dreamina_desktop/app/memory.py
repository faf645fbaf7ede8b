"""How much memory frames may take on this computer."""

from __future__ import annotations

import ctypes
import os
import sys

_LEAST_MB, _MOST_MB = 512, 2048
_UNKNOWN_MB = 4096
_SHARE = 4


def usual_budget_mb() -> int:
    """A quarter of the memory there is, between 512 MB and 2 GB."""
    return max(_LEAST_MB, min(_MOST_MB, _total_mb() // _SHARE))


def _total_mb() -> int:
    if sys.platform == "win32":
        return _total_mb_on_windows()
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // (1024 * 1024)
    except (ValueError, OSError):
        return _UNKNOWN_MB


def _total_mb_on_windows() -> int:
    class Status(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *((name, ctypes.c_ulonglong) for name in ("total", "free", "a", "b", "c", "d", "e")),
        )

    status = Status(length=ctypes.sizeof(Status))
    windll = getattr(ctypes, "windll", None)
    if windll is None or not windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
        return _UNKNOWN_MB
    return int(status.total) // (1024 * 1024)
