"""Goes on by itself once there is another key in place of one that was refused."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from dreamina_desktop.core.errors import DreaminaError


class KeyRenewal:
    """Looks for another key whenever one is refused, and when somebody rings after that.

    Belongs to one event loop. The keyring may take its time: it is asked off the loop.
    """

    def __init__(self, look_again: Callable[[], bool]) -> None:
        """``look_again`` blocks; whether another key than before is in use now."""
        self._look_again = look_again
        self._go_on: Callable[[], None] | None = None
        self._is_refused = False
        self._looking: asyncio.Task[None] | None = None

    def begin(self, go_on: Callable[[], None]) -> None:
        """From now on call ``go_on`` when another key is there."""
        self._go_on = go_on
        self.look()

    def refused(self) -> None:
        """The provider does not take the key in use."""
        self._is_refused = True
        self.look()

    def look(self) -> None:
        """Another key may have been kept, by another process."""
        if self._go_on is not None and self._is_refused and self._looking is None:
            self._looking = asyncio.create_task(self._look(self._go_on))

    async def close(self) -> None:
        """Look no more."""
        self._go_on = None
        if self._looking is not None:
            self._looking.cancel()
            with suppress(asyncio.CancelledError):
                await self._looking

    async def _look(self, go_on: Callable[[], None]) -> None:
        try:
            # What is there may be no key at all; the refusal is told already.
            with suppress(DreaminaError):
                if await asyncio.to_thread(self._look_again):
                    self._is_refused = False
                    go_on()
        finally:
            self._looking = None
