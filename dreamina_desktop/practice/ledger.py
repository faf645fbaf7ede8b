"""The ledger: one JSON line for each submit that reached the server; the judge of what was paid."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One submit. ``seed`` and ``frames`` as asked for (defaults filled in), null if unreadable.

    ``image_sha256`` is of the decoded bytes that came with the request, null if none did.
    """

    accepted: bool
    request_id: str | None
    prompt: str | None
    frames: int | None
    seed: int | None
    image_sha256: str | None
    error: str | None


class Ledger:
    """Appends lines; each is on disk when `append` returns."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        _cut_torn_line(path)

    def append(self, line: LedgerLine) -> None:
        # ASCII: a refused prompt may hold a lone surrogate, which JSON can write, UTF-8 cannot.
        text = json.dumps(asdict(line)) + "\n"
        with self._path.open("ab") as file:
            file.write(text.encode("ascii"))
            file.flush()
            os.fsync(file.fileno())

    def request_ids(self) -> frozenset[str]:
        """The ids of all accepted requests that have a line."""
        found: set[str] = set()
        with self._path.open("rb") as file:
            for raw in file:
                line: dict[str, object] = json.loads(raw)
                if isinstance(request_id := line["request_id"], str):
                    found.add(request_id)
        return frozenset(found)


def _cut_torn_line(path: Path) -> None:
    """Drop what a crash left of a last line; an accepted request behind it is written again."""
    with path.open("a+b") as file:
        file.seek(0)
        content = file.read()
        whole = content.rfind(b"\n") + 1
        if whole < len(content):
            file.truncate(whole)
