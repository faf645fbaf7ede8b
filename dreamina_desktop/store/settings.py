"""What a person has set, kept beside the jobs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dreamina_desktop.core.ports import Clock
from dreamina_desktop.store.disk_faults import disk
from dreamina_desktop.store.durable_files import make_private_folder, write_whole

_ROLE = "settings"


@dataclass(frozen=True, slots=True)
class Settings:
    """``output_folder`` is None for the platform's place; ``submitted_at_once`` is at least 1."""

    output_folder: str | None = None
    submitted_at_once: int = 4


class SettingsFile:
    """``settings.json`` of a profile. Keys of a later version are kept. All raise DiskError."""

    def __init__(self, profile: Path, clock: Clock) -> None:
        self._path = profile / "settings.json"
        self._clock = clock

    def load(self) -> Settings:
        """What is set; the default for all that is not, or that makes no sense.

        A file that is no JSON object is set aside, not lost.
        """
        document = self._read()
        usual = Settings()
        folder = document.get("output_folder")
        at_once = document.get("submitted_at_once")
        return Settings(
            output_folder=folder if isinstance(folder, str) and folder else usual.output_folder,
            submitted_at_once=at_once
            if type(at_once) is int and at_once >= 1
            else usual.submitted_at_once,
        )

    def save(self, settings: Settings) -> None:
        """Write them whole, or leave what was."""
        document = {
            **self._read(),
            "output_folder": settings.output_folder,
            "submitted_at_once": settings.submitted_at_once,
        }
        with disk(_ROLE):
            make_private_folder(self._path.parent)
            write_whole(self._path, json.dumps(document, indent=2).encode("ascii"))

    def _read(self) -> Mapping[str, Any]:
        with disk(_ROLE):
            if not self._path.exists():
                return {}
            try:
                document = json.loads(self._path.read_bytes())
            except (ValueError, RecursionError):
                document = None
            if isinstance(document, dict):
                return document
            stamp = self._clock.now().strftime("%Y-%m-%dT%H%M%SZ")
            self._path.replace(self._path.with_stem(f"{self._path.stem}.broken-{stamp}"))
        return {}
