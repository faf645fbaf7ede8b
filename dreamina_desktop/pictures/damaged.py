"""The room's own signal that a file breaks off or contradicts its format."""

from __future__ import annotations


class DamagedError(Exception):
    """Never leaves this room: outside, the picture is one that was not decoded."""
