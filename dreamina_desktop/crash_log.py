"""Keeps what a bug of ours looked like, in a file."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from dreamina_desktop import __version__

CRASH_LOG = "crash.log"
"""Its name in the profile's folder."""
_LARGEST = 1_000_000


def record_crash(folder: Path, report: str) -> Path:
    """Append a report to ``crash.log`` in ``folder`` and return the file's path.

    The report is without secrets: see ``core.redaction.Secrets.traceback``. Never raises: this
    is called when something else has already gone wrong.
    """
    path = folder / CRASH_LOG
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _LARGEST:
            path.replace(path.with_suffix(".old.log"))
        with path.open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"--- {moment} · {__version__}\n{report}\n")
    return path
