"""What every benchmark of the window says: where it ran, its figure, its peer, its goal."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from statistics import quantiles


def where() -> str:
    """The machine, and how busy others keep it."""
    place = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    return f"{place}; {load()}"


def load() -> str:
    """The load average of the last minute: other programs' work is in every figure."""
    return f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "load unknown"


def share(values: Sequence[float], hundredths: int) -> float:
    """The value that so many hundredths of all do not exceed. Needs two values at least."""
    return quantiles(values, n=100, method="inclusive")[hundredths - 1]


def ms(seconds: float) -> str:
    return f"{1000 * seconds:.2f} ms"


def verdict(value: float, most: float) -> str:
    """Whether a goal is kept; both in the same unit."""
    return "kept" if value <= most else "MISSED"
