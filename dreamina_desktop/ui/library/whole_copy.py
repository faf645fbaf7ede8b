"""Copying a file so that its name appears only when all of it is there."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from dreamina_desktop.core.errors import DiskError


def copy_whole(source: Path, target: Path) -> Path:
    """Copy over whatever ``target`` is. Blocking; raises DiskError and then leaves it as it was."""
    try:
        if target.exists() and target.samefile(source):
            return target
        descriptor, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=target.parent)
        part = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as sink, source.open("rb") as file:
                shutil.copyfileobj(file, sink, 1 << 20)
                sink.flush()
                os.fsync(sink.fileno())
            shutil.copymode(source, part)
            part.replace(target)
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise
    except OSError as error:
        raise DiskError(f"{target}: {error.strerror}") from error
    return target
