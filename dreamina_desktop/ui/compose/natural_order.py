"""File names in the order in which people count: "take 2" before "take 10"."""

from __future__ import annotations

import re
from pathlib import Path

_DIGITS = re.compile(r"([0-9]+)")


def natural_order(path: Path) -> tuple[str, tuple[tuple[int, str], ...], str]:
    """A key to sort paths by: folder first, then the name with its numbers as numbers."""
    parts = _DIGITS.split(path.name.casefold())
    # Every second part is a number, so that numbers are compared with numbers only.
    counted = tuple((int(part), "") if at % 2 else (0, part) for at, part in enumerate(parts))
    return str(path.parent), counted, path.name
