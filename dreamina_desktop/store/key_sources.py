"""Where the key comes from: the environment, else the keyring, else what was typed just now."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from enum import StrEnum

from dreamina_desktop.core.errors import KeyMissingError, KeyringError
from dreamina_desktop.core.ports import SecretStore
from dreamina_desktop.store.key_variables import VARIABLES


class KeySource(StrEnum):
    """Which key is in use."""

    ENVIRONMENT = "environment"
    KEYRING = "keyring"
    SESSION = "session"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Key:
    """A key that shows nowhere: its text has to be asked for."""

    text: str = field(repr=False)

    @classmethod
    def of(cls, text: str) -> Key:
        """The key in what was typed or pasted; white space around it does not count.

        Raises KeyMissingError when nothing is left, or what cannot travel in a header.
        """
        text = text.strip()
        if not text or not text.isascii() or not text.isprintable() or " " in text:
            raise KeyMissingError("not a key")
        return cls(text)


@dataclass(frozen=True, slots=True)
class KeyFound:
    """The key in use, if there is one. ``variable`` names the environment's, where it is that.

    ``trouble`` is why the keyring could not be asked, None when it could or need not be.
    """

    source: KeySource
    key: Key | None = None
    variable: str | None = None
    trouble: KeyringError | None = None


class KeySources:
    """The key of one API. A key that was found is remembered until it is changed here.

    The variables are taken out of ``environment`` at once: child processes must not have them.
    """

    def __init__(self, environment: MutableMapping[str, str], keyring: SecretStore) -> None:
        taken = [(name, environment.pop(name, "").strip()) for name in VARIABLES]
        self._from_environment = next(((name, text) for name, text in taken if text), None)
        self._keyring = keyring
        self._session: Key | None = None
        self._found: KeyFound | None = None
        self._met: list[str] = []
        self._listeners: list[Callable[[str], None]] = []
        for _, text in taken:
            self.meet(text)

    def __repr__(self) -> str:
        return "KeySources()"

    def look(self) -> KeyFound:
        """Which key is in use. Blocks while the keyring is asked, until it has given a key.

        Raises KeyMissingError, naming the variable or the keyring, when what it holds is no key.
        """
        if self._found is not None:
            return self._found
        found = self._look()
        if found.key is not None:
            self._found = found
        return found

    def look_again(self) -> bool:
        """Ask anew, after a key was refused; whether another one than before is in use now.

        Another process may have kept one meanwhile. Blocks and raises as ``look``.
        """
        before, found = self._found, self._look()
        if found.key is None:
            return False
        self._found = found
        return before is None or before.key != found.key

    def watch(self, hide: Callable[[str], None]) -> None:
        """Have ``hide`` called with each key that was met here, and that will be: in any thread.

        Whoever writes texts that may hold one needs to know it, to take it out.
        """
        self._listeners.append(hide)
        for text in tuple(self._met):
            hide(text)

    def take(self, typed: str) -> Key:
        """The key in what was typed; nothing is kept. Raises KeyMissingError as ``Key.of``."""
        self.meet(typed.strip())
        return Key.of(typed)

    def text(self) -> str:
        """The key itself, for the one who sends it. Blocks and raises as ``look``.

        Raises KeyMissingError when there is none, KeyringError when the keyring may hold it.
        """
        found = self.look()
        if found.key is not None:
            return found.key.text
        if found.trouble is not None:
            raise found.trouble
        raise KeyMissingError

    def keep(self, key: Key) -> None:
        """Save the key in the keyring. Raises KeyringError; then it is not used either."""
        self._keyring.save(key.text)
        self._session = self._found = None

    def use_for_session(self, key: Key) -> None:
        """Use the key until the program ends, where neither of the other sources has one."""
        self._session, self._found = key, None

    def forget(self) -> None:
        """Remove the key from the keyring and from memory. Raises KeyringError."""
        self._session = self._found = None
        self._keyring.forget()

    def _look(self) -> KeyFound:
        if self._from_environment is not None:
            name, text = self._from_environment
            return KeyFound(KeySource.ENVIRONMENT, _key(text, name), variable=name)
        trouble = None
        try:
            kept = self._keyring.read()
        except KeyringError as error:
            kept, trouble = None, error
        if kept is not None:
            self.meet(kept.strip())
            return KeyFound(KeySource.KEYRING, _key(kept, "keyring"))
        if self._session is not None:
            return KeyFound(KeySource.SESSION, self._session, trouble=trouble)
        return KeyFound(KeySource.NONE, trouble=trouble)

    def meet(self, text: str) -> None:
        """Tell whoever watches of a secret. Any thread may say so."""
        # What is no key may still be one with a slip in it.
        if text and text not in self._met:
            self._met.append(text)
            for hide in tuple(self._listeners):
                hide(text)


def _key(text: str, place: str) -> Key:
    try:
        return Key.of(text)
    except KeyMissingError as error:
        raise KeyMissingError(place) from error
