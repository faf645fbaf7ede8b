"""What a person has set, and what is kept for them from one start to the next."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """The request being composed. ``source`` is a path or an address, "" for none."""

    source: str = ""
    prompt: str = ""
    frames: int = 0
    seed_text: str = ""


@dataclass(frozen=True, slots=True)
class WindowPlace:
    """``geometry`` is the window's own text for it, "" for none.

    ``widths`` are those of the panes in pixels, ``folded`` the names of those that are away.
    """

    geometry: str = ""
    widths: tuple[int, ...] = ()
    folded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """``output_folder`` is None for the platform's place; ``submitted_at_once`` is at least 1.

    ``theme`` is "desktop", "light" or "dark". ``memory_budget_mb`` is what the frames of clips may
    take, None for a share of this computer's memory. ``welcomed`` says that the first run is over.
    """

    output_folder: str | None = None
    submitted_at_once: int = 4
    theme: str = "desktop"
    silence_notifications: bool = False
    memory_budget_mb: int | None = None
    welcomed: bool = False
    window: WindowPlace = WindowPlace()
    recent_pictures: tuple[str, ...] = ()
    draft: KeptDraft = KeptDraft()
