"""Measured values as people read them, never broken between a number and its unit."""

from __future__ import annotations

NO_BREAK = "\u00a0"
_NARROW_SPACE = "\u202f"
_MEGABYTE = 10**6
_MOST_DECIMALS = 6


def number(value: float | str | None) -> str:
    """Thousands apart by a narrow space, as in 4 700 000."""
    if value is None or isinstance(value, str):
        return str(value)
    whole = int(value)
    return f"{whole:,}".replace(",", _NARROW_SPACE) if whole == value else f"{value:g}"


def side(value: float | str | None) -> str:
    """Of a picture, as everybody writes it and the provider too: 4096."""
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def size(*sides: float | str | None) -> str:
    """One side, or both as width × height."""
    return f"{NO_BREAK}×{NO_BREAK}".join(side(one) for one in sides)


def pixels(*sides: float | str | None) -> str:
    """The same with its unit."""
    return f"{size(*sides)}{NO_BREAK}px"


def megabytes(*counts: float) -> tuple[str, ...]:
    """Bytes in 10⁶ bytes, with as many decimals as it takes to tell the values apart."""
    shown: tuple[str, ...] = ()
    for decimals in range(1, _MOST_DECIMALS + 1):
        shown = tuple(f"{count / _MEGABYTE:.{decimals}f}" for count in counts)
        if len(set(shown)) == len(set(counts)) and all(float(text) for text in shown):
            break
    return tuple(f"{text}{NO_BREAK}MB" for text in shown)
