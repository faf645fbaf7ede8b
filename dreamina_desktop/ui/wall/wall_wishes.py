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
    """Give the clip ``ordinal`` of the take the mark ``asked``, or take it back if it has it.

    Which of them, the wall does not know: its rows may be older than the last key.
    """

    job_id: str
    ordinal: int
    asked: Mark
