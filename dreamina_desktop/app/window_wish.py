"""What a window is wanted for; as light to import as the first paint wants it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dreamina_desktop.store.folders import data_folder, practice_profile


@dataclass(frozen=True, slots=True)
class WindowWish:
    """``picture`` is an absolute path or an address, ``prompt`` a text; "" for neither.

    ``more`` are paths of further pictures, to choose from. The other three are those of
    ``composition.Options``.
    """

    data_dir: Path | None = None
    api_url: str | None = None
    practice: bool = False
    picture: str = ""
    prompt: str = ""
    more: tuple[str, ...] = ()

    @property
    def base(self) -> Path:
        """The folder of the real profile."""
        return self.data_dir.absolute() if self.data_dir is not None else data_folder()

    @property
    def folder(self) -> Path:
        """The folder of the profile that is wanted."""
        return practice_profile(self.base) if self.practice else self.base
