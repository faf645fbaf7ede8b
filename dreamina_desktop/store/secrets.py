"""The key in the system's keyring: only in back ends that are known to keep it safely."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dreamina_desktop.core.errors import KeyringError
from dreamina_desktop.core.keyring_trouble import KeyringTrouble
from dreamina_desktop.store.watchdog import OutOfPatienceError, Watchdog

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "Dreamina Desktop"
PATIENCE = 10.0
"""Seconds: a Secret Service without its prompt can block for ever."""

_ALLOWED = frozenset(
    {
        ("keyring.backends.macOS", "Keyring"),
        ("keyring.backends.Windows", "WinVaultKeyring"),
        ("keyring.backends.SecretService", "Keyring"),
        ("keyring.backends.libsecret", "Keyring"),
        ("keyring.backends.kwallet", "DBusKeyring"),
        ("keyring.backends.kwallet", "DBusKeyringKWallet4"),
    }
)


class KeyringSecretStore:
    """``core.ports.SecretStore``. Calls block for at most ``patience`` seconds each.

    ``origin`` is the API's, so that a key never goes to another one. All raise KeyringError,
    whose detail is one of ``KeyringTrouble``, and a back end's or an exception's name; never what
    the back end said, for that may hold the key.
    """

    def __init__(self, origin: str, *, patience: float = PATIENCE) -> None:
        self._origin = origin
        self._watchdog = Watchdog(patience)

    def back_end(self) -> str:
        """The name of the back end that would keep the key."""
        return self._guarded(lambda: _name(_backends()[0]))

    def read(self) -> str | None:
        """The key, None when there is none."""
        return self._guarded(self._read)

    def save(self, key: str) -> None:
        """Keep the key; it has been read back when this returns."""
        self._guarded(lambda: self._save(key))

    def forget(self) -> None:
        """Remove the key; nothing there is fine."""
        self._guarded(self._forget)

    def _read(self) -> str | None:
        found = (backend.get_password(SERVICE, self._origin) for backend in _backends())
        key = next((one for one in found if one is not None), None)
        if key is not None and not isinstance(key, str):
            raise KeyringError(KeyringTrouble.NO_TEXT.value)
        return key or None

    def _save(self, key: str) -> None:
        backend = _backends()[0]
        backend.set_password(SERVICE, self._origin, key)
        if backend.get_password(SERVICE, self._origin) != key:
            raise KeyringError(f"{KeyringTrouble.NOT_KEPT}, {_name(backend)}")

    def _forget(self) -> None:
        for backend in _backends():
            if backend.get_password(SERVICE, self._origin) is None:
                continue
            backend.delete_password(SERVICE, self._origin)
            if backend.get_password(SERVICE, self._origin) is not None:
                raise KeyringError(f"{KeyringTrouble.NOT_FORGOTTEN}, {_name(backend)}")

    def _guarded[T](self, call: Callable[[], T]) -> T:
        try:
            return self._watchdog.run(call)
        except KeyringError:
            raise
        except OutOfPatienceError:
            trouble = KeyringTrouble.NO_ANSWER.value
        except (Exception, SystemExit) as error:
            # Also one that wants to end the program: it would only end the thread, and tell nobody.
            trouble = f"{KeyringTrouble.FAILED}, {type(error).__name__}"
        # Outside the handler: what the back end raised must not hang on as the context.
        raise KeyringError(trouble)


def _backends() -> tuple[KeyringBackend, ...]:
    """The back ends to use, the preferred one first. Raises KeyringError when none is safe.

    A chain is taken apart, so that it cannot fall through to a member that is not on the list.
    """
    # Here, because finding the back ends takes a tenth of a second, or hangs.
    import keyring
    from keyring.backends.chainer import ChainerBackend

    found = keyring.get_keyring()
    members = found.backends if isinstance(found, ChainerBackend) else [found]
    allowed = tuple(
        one for one in members if (type(one).__module__, type(one).__name__) in _ALLOWED
    )
    if not allowed:
        raise KeyringError(f"{KeyringTrouble.NOT_SAFE}, {_name(found)}")
    return allowed


def _name(backend: KeyringBackend) -> str:
    return f"{type(backend).__module__}.{type(backend).__name__}"
