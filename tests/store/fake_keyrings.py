# ruff: noqa: ARG002 - they have the signatures of their betters
"""Keyring back ends, well-behaved and otherwise, as the keyring library itself would find them."""

from __future__ import annotations

import threading

from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

ALLOWED = ("keyring.backends.SecretService", "Keyring")


class MemoryKeyring(KeyringBackend):
    """Does what it should; not on the list of those allowed."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError("not found")
        del self.kept[service, username]


def posing(kind: type[MemoryKeyring], name: tuple[str, str] = ALLOWED) -> MemoryKeyring:
    """One under the name of a back end that is allowed."""
    module, qualified = name
    return type(qualified, (kind,), {"__module__": module})()


class Raises(MemoryKeyring):
    """Its system's own kind of error, with the key in its text."""

    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError(f"dbus: {self.kept}")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError(f"cannot store {password}")

    def delete_password(self, service: str, username: str) -> None:
        raise RuntimeError("dbus")


class Locked(Raises):
    """Nobody unlocks it."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("Failed to unlock the collection!")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked("Failed to unlock the collection!")


class Dismissed(MemoryKeyring):
    """The prompt comes when something is saved, and is dismissed."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked("Failed to unlock the item!")


class Blocks(MemoryKeyring):
    """Waits for a prompt that nobody sees, until ``seen``."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = threading.Event()
        self.calls = 0

    def get_password(self, service: str, username: str) -> str | None:
        self.calls += 1
        self.seen.wait()
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.calls += 1
        self.seen.wait()
        super().set_password(service, username, password)


class Forgets(MemoryKeyring):
    """Takes everything and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class Truncates(MemoryKeyring):
    """Has room for little."""

    def set_password(self, service: str, username: str, password: str) -> None:
        super().set_password(service, username, password[:8])


class OtherValue(MemoryKeyring):
    """Gives what somebody else saved."""

    def get_password(self, service: str, username: str) -> str | None:
        return "another"


class WrongType(MemoryKeyring):
    """Gives bytes."""

    def get_password(self, service: str, username: str) -> str | None:
        return b"key"  # type: ignore[return-value]


class Keeps(MemoryKeyring):
    """Never lets go of anything."""

    def delete_password(self, service: str, username: str) -> None:
        pass


class Interrupts(MemoryKeyring):
    """Ends the program, it thinks."""

    def get_password(self, service: str, username: str) -> str | None:
        raise SystemExit(1)


class Chain(ChainerBackend):  # type: ignore[misc]
    """A chain of just these."""

    backends: tuple[KeyringBackend, ...] = ()
    priority = 10

    def __init__(self, *members: KeyringBackend) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.backends = members
