"""A new file or folder: written aside, whole or not at all, and never over another one."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EDQUOT, EEXIST, EFBIG, ENOSPC, ENOTDIR, ENOTEMPTY
from pathlib import Path
from typing import Self

from dreamina_desktop.core.errors import OutputFileError
from dreamina_desktop.core.export_errors import OutputFullError, OutputTakenError
from dreamina_desktop.video.libraries import load_libraries

_NO_ROOM = (ENOSPC, EDQUOT, EFBIG)
_TAKEN = (EEXIST, ENOTEMPTY, ENOTDIR)
_MOST_NAMES = 10_000


class NewFile:
    """``part`` is where to write inside the block; ``name_it`` gives it its name.

    Without that, nothing of it is left behind the block. With ``finds_name`` a number is put
    behind a name that is taken.
    """

    def __init__(self, target: Path, *, finds_name: bool = False) -> None:
        """Raises OutputFileError for what is no name, as that of a whole volume."""
        self._finds_name = finds_name
        with writing(target):
            self._target = target.absolute()
            self.part = self._target.with_name(f".{secrets.token_hex(8)}.part")

    def __enter__(self) -> Self:
        """Raises OutputTakenError, OutputFileError: before any work is done."""
        with writing(self._target):
            if not self._target.parent.is_dir():
                raise NotADirectoryError(self._target.parent)
            if not self._finds_name and _is_taken(self._target):
                raise OutputTakenError(str(self._target))
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            if self.part.is_dir():
                shutil.rmtree(self.part)
            else:
                self.part.unlink(missing_ok=True)

    def name_it(self) -> Path:
        """The name that it has got. Raises OutputTakenError, OutputFileError."""
        with writing(self._target):
            if self.part.is_file():
                _sync(self.part)
            for name in self._names():
                if not _is_taken(name) and _give_name(self.part, name):
                    return name
        raise OutputTakenError(str(self._target))

    def _names(self) -> Iterator[Path]:
        yield self._target
        if self._finds_name:
            stem, suffix = self._target.stem, self._target.suffix
            for number in range(2, _MOST_NAMES):
                yield self._target.with_name(f"{stem} ({number}){suffix}")


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """Raise OutputFileError, or OutputFullError, for what a disk or an encoder refuses."""
    load_libraries()
    import av

    try:
        yield
    except (OSError, av.FFmpegError, ValueError, MemoryError) as error:
        kind = OutputFullError if is_full(error) else OutputFileError
        raise kind(str(target)) from error


def is_full(error: BaseException) -> bool:
    """Whether a disk refused since there is no room left."""
    return getattr(error, "errno", None) in _NO_ROOM


def _is_taken(path: Path) -> bool:
    """An empty folder is not: its name is taken over."""
    if path.is_dir() and not path.is_symlink():
        return any(path.iterdir())
    return os.path.lexists(path)


def _give_name(part: Path, name: Path) -> bool:
    """False where somebody has taken the name in the meantime."""
    is_folder = part.is_dir()
    try:
        if is_folder or sys.platform == "win32":
            if name.is_dir():
                name.rmdir()
            # A rename is refused where there is something, except of files by POSIX.
            part.rename(name)
            return True
        try:
            os.link(part, name)
        except FileExistsError:
            return False
        except OSError:
            # A volume without links.
            if os.path.lexists(name):
                return False
            part.rename(name)
            return True
        part.unlink()
    except OSError as error:
        if error.errno in _TAKEN:
            return False
        raise
    return True


def _sync(path: Path) -> None:
    # Windows wants it open for writing.
    with path.open("r+b") as file:
        os.fsync(file.fileno())
