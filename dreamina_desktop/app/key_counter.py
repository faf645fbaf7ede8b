"""The key as the window's settings see it."""

from __future__ import annotations

import asyncio

from dreamina_desktop.composition import Profile
from dreamina_desktop.core.answers import Balance
from dreamina_desktop.core.errors import KeyMissingError, KeyRefusedError, WireError
from dreamina_desktop.store.key_sources import Key
from dreamina_desktop.ui.ports import KeyInUse, KeyOrigin


class KeyCounter:
    """Implements ``ui.ports.KeyDesk`` on a profile's key sources and wire."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile

    def look(self) -> KeyInUse:
        """Which key is in use. Raises KeyMissingError when what is there is no key."""
        found = self._profile.key_sources.look()
        return KeyInUse(KeyOrigin(found.source.value), found.variable or "", found.trouble)

    def check(self, typed: str) -> Balance | None:
        """Ask the provider with the key that was typed, "" for the one in use.

        Raises KeyMissingError, WireError.
        """
        sources = self._profile.key_sources
        key = sources.take(typed if typed.strip() else sources.text())
        return asyncio.run(self._ask(key))

    def keep(self, typed: str) -> None:
        """Save it in the keyring. Raises KeyMissingError, KeyringError."""
        sources = self._profile.key_sources
        sources.keep(sources.take(typed))

    def use_for_session(self, typed: str) -> None:
        """Use it until the program ends. Raises KeyMissingError."""
        sources = self._profile.key_sources
        sources.use_for_session(sources.take(typed))

    def forget(self) -> None:
        """Remove it from the keyring and from memory. Raises KeyringError."""
        self._profile.key_sources.forget()

    async def _ask(self, key: Key) -> Balance | None:
        async with self._profile.api_with(key) as api:
            # The price is asked of the call that is known to want a key.
            await api.price(self._profile.spec.model_id)
            try:
                return await api.balance()
            except (KeyMissingError, KeyRefusedError):
                raise
            except WireError:
                return None
