"""Pictures that exist nowhere else, pasted or made to fit, kept as files of the program's own."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from uuid import uuid4

from dreamina_desktop.core.errors import DiskError

_LONGEST_STEM = 80


def keep_copy(folder: Path, stem: str, suffix: str, data: bytes) -> Path:
    """A file of ``data`` below ``folder``, named as a person would know it.

    Each lies in a folder named by its content, so that none is overwritten and the same content
    is kept once. Blocking. Raises DiskError.
    """
    home = folder / hashlib.sha256(data).hexdigest()[:16]
    target = home / f"{stem[:_LONGEST_STEM] or 'picture'}{suffix}"
    part = home / f".{uuid4().hex}.part"
    try:
        home.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        raise DiskError("picture copy") from error
    return target
