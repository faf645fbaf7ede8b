"""The folder in which the practice server keeps everything that outlives it."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Where each thing lies; a file that is there is whole, for all are written aside first."""

    root: Path

    @property
    def lock(self) -> Path:
        return self.root / "server.lock"

    @property
    def book(self) -> Path:
        return self.root / "requests.sqlite"

    @property
    def ledger(self) -> Path:
        return self.root / "ledger.jsonl"

    @property
    def record(self) -> Path:
        return self.root / "requests.jsonl"

    def picture(self, name: str) -> Path:
        """The picture of a request, by the file name that the book holds."""
        return self.root / "pictures" / name

    def clip(self, request_id: str) -> Path:
        return self.root / "clips" / f"{request_id}.mp4"

    def variant(self, name: str) -> Path:
        """A spoiled copy of a clip, made for one answer."""
        return self.root / "variants" / name

    def prepare(self) -> None:
        """Make the folders, and clear away what a killed server left half-done."""
        for name in ("pictures", "clips", "variants"):
            (self.root / name).mkdir(parents=True, exist_ok=True)
        for leftover in (*self.root.glob("*/*.part"), *self.root.glob("variants/*")):
            leftover.unlink(missing_ok=True)

    def key(self) -> str:
        """The key that clients must send: drawn once for this folder. It opens nothing else."""
        path = self.root / "key"
        if path.is_file() and (key := path.read_text("ascii").strip()):
            return key
        key = f"practice-{secrets.token_hex(16)}"
        write_whole(path, key.encode("ascii"))
        return key


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole, on disk, or not at all."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
