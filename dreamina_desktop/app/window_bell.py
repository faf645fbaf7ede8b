"""One window a profile: whoever starts a second one is heard, and the first comes to the front.

The place is a lock of its own, apart from the profile's: a window that carries no jobs, for it
waits for a key, holds up no command line, and is found all the same.
"""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from dreamina_desktop.core.errors import DiskError, ProfileBusyError
from dreamina_desktop.store.doorbell import Doorbell, Ring, ring
from dreamina_desktop.store.profile_lock import ProfileLock
from dreamina_desktop.ui.job_events import ShowRequested

PATIENCE = 5.0
"""Seconds that a window which was begun at the same moment gets to answer."""
_AGAIN = 0.05
_LOOK = 2.0


class WindowBell(QThread):
    """``take`` the place, then ``start``; ``close`` when the window goes, and ``end`` at last."""

    show_requested = Signal(object)
    """Another start wants this window in front."""
    answered = Signal()
    """The place was taken; the window that has it does what was wanted of this one."""
    unanswered = Signal()
    """The place was taken, and whoever has it does not answer."""

    def __init__(self, profile: Path, wanted: Ring, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._profile = profile
        self._wanted = wanted
        self._lock = ProfileLock(profile, "window.lock")
        self._stopping = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended = asyncio.Event()

    def take(self) -> bool:
        """Whether the place is this window's. A folder without room for a lock is nobody's."""
        try:
            self._lock.acquire()
        except ProfileBusyError:
            return False
        except DiskError:
            # The profile cannot be opened either, and the window says so.
            return True
        return True

    def close(self) -> None:
        """Give the place to the next window, at once. May be called again."""
        self._stopping.set()
        if self._loop is not None:
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._ended.set)
        if self._lock.held:
            # It listens, and can stop. Without the place it may wait for a window that is silent.
            self.end()

    def end(self) -> None:
        """After ``close``: wait for the thread, some seconds where another window is silent."""
        self.wait()
        self._lock.release()

    # ---- in this thread --------------------------------------------------------------------

    def run(self) -> None:
        """QThread calls it in the thread."""
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        if not self._lock.held and not await self._has_place():
            return
        while not self._stopping.is_set():
            # Sooner or later the other window is gone, or the disk has room for an address.
            with suppress(ProfileBusyError, DiskError):
                await self._listen()
            await self._rest(_LOOK)

    async def _has_place(self) -> bool:
        """Whether this window is to go on; False once the other has answered for it."""
        end = asyncio.get_running_loop().time() + PATIENCE
        while not self._stopping.is_set() and asyncio.get_running_loop().time() < end:
            if await asyncio.to_thread(ring, self._profile, self._wanted):
                self.answered.emit()
                return False
            if self._stopping.is_set() or self.take():
                break
            await self._rest(_AGAIN)
        self.unanswered.emit()
        return True

    async def _listen(self) -> None:
        if not self._lock.held:
            self._lock.acquire()
        bell = Doorbell(self._profile, self._on_rung, is_window=True)
        await bell.open()
        try:
            if not self._stopping.is_set():
                await self._ended.wait()
        finally:
            await bell.close()

    async def _rest(self, seconds: float) -> None:
        if not self._stopping.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._ended.wait()

    def _on_rung(self, message: Ring) -> None:
        self.show_requested.emit(ShowRequested(message.show or "", message.prompt, message.more))
