"""Moments as people read them: one format everywhere, which also sorts."""

from __future__ import annotations

from datetime import datetime


def local_minute(moment: datetime) -> str:
    """``2026-11-21 07:49`` where the user is."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")
