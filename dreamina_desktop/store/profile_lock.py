"""The locks of a profile. Only the holder of the one named ``lock`` recovers, polls and sends."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from dreamina_desktop.core.errors import ProfileBusyError
from dreamina_desktop.store.disk_faults import disk
from dreamina_desktop.store.durable_files import make_private_folder


class ProfileLock:
    """Held from ``acquire`` to ``release``; the system lets go of it when the process ends.

    Any thread may release it. As a context it is held inside the block.
    """

    def __init__(self, profile: Path, name: str = "lock") -> None:
        self._profile = profile
        self._lock = FileLock(profile / name, mode=0o600, thread_local=False)

    @property
    def held(self) -> bool:
        """Whether this object holds the lock now."""
        return self._lock.is_locked

    def acquire(self) -> None:
        """Take the lock at once, or raise ProfileBusyError. Raises DiskError."""
        with disk("lock"):
            make_private_folder(self._profile)
            try:
                self._lock.acquire(blocking=False)
            except Timeout as error:
                raise ProfileBusyError from error

    def release(self) -> None:
        """Let go; does nothing when it is not held."""
        self._lock.release()

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()
