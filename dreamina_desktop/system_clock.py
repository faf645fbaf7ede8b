"""The computer's clocks, behind the port that the rules and the disk know."""

from __future__ import annotations

from datetime import UTC, datetime
from time import monotonic


class SystemClock:
    """Implements ``core.ports.Clock``."""

    def now(self) -> datetime:
        """The wall's time, UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds awake."""
        return monotonic()
