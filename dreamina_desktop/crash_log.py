"""Keeps what a bug of ours looked like, without anything secret in it."""

from __future__ import annotations

import re
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from dreamina_desktop import __version__

_LARGEST = 1_000_000
# Signatures live behind the question mark; keys behind the word Bearer, pictures in data URIs.
_SECRETS = (
    (re.compile(r"(https?://[^\s?'\"]*)\?[^\s'\"]*"), r"\1?…"),
    (re.compile(r"(?i)(bearer\s+)\S+"), r"\1…"),
    (re.compile(r"(data:image/[a-z]+;base64,)[A-Za-z0-9+/=]+"), r"\1…"),
)


def record_crash(folder: Path, error: BaseException) -> Path:
    """Append the traceback to ``crash.log`` in ``folder`` and return the file's path.

    Never raises: it is called when something else has already gone wrong.
    """
    path = folder / "crash.log"
    entry = "".join(traceback.format_exception(error))
    for pattern, replacement in _SECRETS:
        entry = pattern.sub(replacement, entry)
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _LARGEST:
            path.replace(path.with_suffix(".old.log"))
        with path.open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"--- {moment} · {__version__}\n{entry}\n")
    return path
