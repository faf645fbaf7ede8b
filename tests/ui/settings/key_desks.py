"""A desk for keys that behaves as one with a keyring and a provider behind it."""

from __future__ import annotations

import threading
from decimal import Decimal

from dreamina_desktop.core.answers import Balance
from dreamina_desktop.core.errors import KeyMissingError, KeyRefusedError, KeyringError, WireError
from dreamina_desktop.ui.ports import KeyInUse, KeyOrigin

GOOD_KEY = "rc-good-4711"
OTHER_KEY = "rc-other-0815"


class KeyDeskOfOne:
    """One account, whose key is ``GOOD_KEY``. ``network`` and ``keyring`` are what fails them."""

    def __init__(self, in_use: KeyInUse | None = None) -> None:
        self.in_use = in_use or KeyInUse(KeyOrigin.NONE)
        self.held = ""
        self.network: WireError | None = None
        self.keyring: KeyringError | None = None
        self.answering = threading.Event()
        self.answering.set()

    def look(self) -> KeyInUse:
        return self.in_use

    def check(self, typed: str) -> Balance | None:
        assert self.answering.wait(10)
        key = self._key(typed or self.held)
        if self.network is not None:
            raise self.network
        if key != GOOD_KEY:
            raise KeyRefusedError("no")
        return Balance(Decimal("12.5"), "USD")

    def keep(self, typed: str) -> None:
        key = self._key(typed)
        if self.keyring is not None:
            raise self.keyring
        self.held, self.in_use = key, KeyInUse(KeyOrigin.KEYRING)

    def use_for_session(self, typed: str) -> None:
        self.held, self.in_use = self._key(typed), KeyInUse(KeyOrigin.SESSION)

    def forget(self) -> None:
        if self.keyring is not None:
            raise self.keyring
        self.held, self.in_use = "", KeyInUse(KeyOrigin.NONE)

    def _key(self, typed: str) -> str:
        key = typed.strip()
        if not key or " " in key:
            raise KeyMissingError("not a key")
        return key
