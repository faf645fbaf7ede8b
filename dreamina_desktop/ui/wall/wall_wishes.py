"""What a person at the wall wants of the rest of the window."""

from __future__ import annotations

from dataclasses import dataclass

from dreamina_desktop.core.mark import Mark


@dataclass(frozen=True, slots=True)
class OpenWanted:
    """Show this take alone, in the player."""

    job_id: str


@dataclass(frozen=True, slots=True)
class SettingsWanted:
    """Load this take's settings into compose."""

    job_id: str


@dataclass(frozen=True, slots=True)
class MarkWanted:
    """Keep ``mark`` with the clip ``ordinal`` of the take; ``asked`` is the one of the key.

    They differ where what stood was asked for again, and so is taken back.
    """

    job_id: str
    ordinal: int
    mark: Mark
    asked: Mark
