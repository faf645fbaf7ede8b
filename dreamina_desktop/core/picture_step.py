"""Where the making of a picture is, told while it lasts."""

from __future__ import annotations

from enum import StrEnum


class Step(StrEnum):
    """In the order in which they happen; what is not needed is left out."""

    READING = "reading"
    CONVERTING = "converting"
    SCALING = "scaling"
    ENCODING = "encoding"
