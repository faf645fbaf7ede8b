"""What a pane wants said in the notice bar."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NoticeTone(StrEnum):
    """How grave a notice is; the values are the style sheet's ``tone``."""

    INFO = "info"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence for people, what they can do about it, and details to fold open."""

    text: str
    tone: NoticeTone = NoticeTone.INFO
    action: str = ""
    details: str = ""
