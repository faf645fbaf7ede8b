"""What a person thinks of a clip."""

from __future__ import annotations

from enum import StrEnum


class Mark(StrEnum):
    """Kept with each clip. The values are a contract on disk and in JSON."""

    NONE = "none"
    STARRED = "starred"
    REJECTED = "rejected"

    def toggled(self, wanted: Mark) -> Mark:
        """What stands once ``wanted`` is asked for: asking for what stands takes it back."""
        return Mark.NONE if self is wanted else wanted
