"""The platform's places for this program's files."""

from __future__ import annotations

from pathlib import Path

NAME = "Dreamina Desktop"


def data_folder() -> Path:
    """The usual profile."""
    import platformdirs

    return platformdirs.user_data_path(NAME, appauthor=False)


def clips_folder() -> Path:
    """Where clips go unless somebody says otherwise."""
    import platformdirs

    return platformdirs.user_videos_path() / "Dreamina"


def practice_profile(data: Path) -> Path:
    """The profile of practice mode: its jobs never mix with those that cost money."""
    return data / "practice"
