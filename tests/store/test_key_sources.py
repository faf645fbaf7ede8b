from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass

import pytest

from dreamina_desktop.core.errors import KeyMissingError, KeyringError
from dreamina_desktop.core.ports import SecretStore
from dreamina_desktop.store.key_sources import Key, KeyFound, KeySource, KeySources

KEY = "canary-0123456789"


@dataclass(slots=True)
class Drawer:
    """A keyring of one key, that may be jammed."""

    kept: str | None = None
    jammed: bool = False
    reads: int = 0

    def read(self) -> str | None:
        self._check()
        self.reads += 1
        return self.kept

    def save(self, key: str) -> None:
        self._check()
        self.kept = key

    def forget(self) -> None:
        self._check()
        self.kept = None

    def _check(self) -> None:
        if self.jammed:
            raise KeyringError("no_answer")


def test_the_drawer_is_a_secret_store() -> None:
    drawer: SecretStore = Drawer()
    assert drawer.read() is None


@pytest.mark.parametrize(
    ("environment", "variable"),
    [
        ({"RUNCOMFY_API_TOKEN": KEY, "YOUR_API_TOKEN": "other"}, "RUNCOMFY_API_TOKEN"),
        ({"YOUR_API_TOKEN": f"  {KEY}\n"}, "YOUR_API_TOKEN"),
        ({"RUNCOMFY_API_TOKEN": "  ", "YOUR_API_TOKEN": KEY}, "YOUR_API_TOKEN"),
    ],
)
def test_the_environment_comes_first(environment: dict[str, str], variable: str) -> None:
    drawer = Drawer("kept")
    sources = KeySources(environment, drawer)
    sources.use_for_session(Key.of("session"))
    assert sources.look() == KeyFound(KeySource.ENVIRONMENT, Key(KEY), variable)
    assert sources.text() == KEY
    assert drawer.reads == 0


def test_child_processes_do_not_inherit_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("RUNCOMFY_API_TOKEN", "YOUR_API_TOKEN"):
        monkeypatch.setenv(name, KEY)
    sources = KeySources(os.environ, Drawer())
    child = subprocess.run(
        [sys.executable, "-c", "import os; print(dict(os.environ))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert KEY not in child.stdout
    assert sources.text() == KEY


def test_then_comes_the_keyring() -> None:
    drawer = Drawer(f" {KEY} ")
    sources = KeySources({}, drawer)
    sources.use_for_session(Key.of("session"))
    assert sources.look() == KeyFound(KeySource.KEYRING, Key(KEY))
    assert sources.text() == KEY
    assert drawer.reads == 1


def test_then_the_session() -> None:
    sources = KeySources({}, Drawer())
    sources.use_for_session(Key.of(KEY))
    assert sources.look() == KeyFound(KeySource.SESSION, Key(KEY))
    assert sources.text() == KEY


def test_then_there_is_none_until_somebody_sets_one() -> None:
    drawer = Drawer()
    sources = KeySources({}, drawer)
    assert sources.look() == KeyFound(KeySource.NONE)
    with pytest.raises(KeyMissingError):
        sources.text()
    drawer.kept = KEY
    assert sources.text() == KEY


def test_a_jammed_keyring_is_told() -> None:
    drawer = Drawer(KEY, jammed=True)
    sources = KeySources({}, drawer)
    found = sources.look()
    assert (found.source, found.key) == (KeySource.NONE, None)
    assert found.trouble is not None
    with pytest.raises(KeyringError, match="no_answer"):
        sources.text()
    sources.use_for_session(Key.of("session"))
    assert sources.look().source is KeySource.SESSION
    assert sources.look().trouble is not None
    assert sources.text() == "session"


def test_keep_and_forget() -> None:
    drawer = Drawer()
    sources = KeySources({}, drawer)
    sources.use_for_session(Key.of("session"))
    assert sources.text() == "session"
    sources.keep(Key.of(KEY))
    assert drawer.kept == KEY
    assert sources.look().source is KeySource.KEYRING
    sources.forget()
    assert drawer.kept is None
    assert sources.look().source is KeySource.NONE


def test_what_could_not_be_kept_is_not_used() -> None:
    sources = KeySources({}, Drawer(jammed=True))
    with pytest.raises(KeyringError):
        sources.keep(Key.of(KEY))
    assert sources.look().key is None


@pytest.mark.parametrize("text", ["", "  \n", "two words", "k\x00y", "schlüssel", "a\tb", "a\x7f"])
def test_what_is_no_key(text: str) -> None:
    with pytest.raises(KeyMissingError):
        Key.of(text)
    if text.strip():
        with pytest.raises(KeyMissingError, match="RUNCOMFY_API_TOKEN"):
            KeySources({"RUNCOMFY_API_TOKEN": text}, Drawer()).look()
        with pytest.raises(KeyMissingError, match="keyring"):
            KeySources({}, Drawer(text)).look()


def test_a_key_shows_nowhere() -> None:
    key = Key.of(f" {KEY}\n")
    assert key.text == KEY
    sources = KeySources({"RUNCOMFY_API_TOKEN": KEY}, Drawer())
    for shown in (repr(key), str(key), f"{key}", repr(sources), repr(sources.look()), f"{[key]}"):
        assert KEY not in shown
    with pytest.raises(KeyMissingError) as caught:
        Key.of(f"{KEY} {KEY}")
    assert KEY not in repr(caught.value)


def test_whoever_hides_keys_hears_of_each() -> None:
    drawer = Drawer("kept-in-keyring")
    sources = KeySources({"RUNCOMFY_API_TOKEN": KEY, "YOUR_API_TOKEN": "in another one"}, drawer)
    met: list[str] = []
    sources.watch(met.append)
    assert met == [KEY, "in another one"]
    sources = KeySources({}, drawer)
    sources.watch(met.append)
    sources.look()
    assert sources.take(" typed-in\n") == Key("typed-in")
    with pytest.raises(KeyMissingError):
        sources.take("a slip")
    with pytest.raises(KeyMissingError):
        sources.take(" ")
    sources.take("typed-in")
    assert met[2:] == ["kept-in-keyring", "typed-in", "a slip"]


def test_a_key_that_another_process_kept_is_found_when_asked_again() -> None:
    drawer = Drawer("old-key")
    sources = KeySources({}, drawer)
    met: list[str] = []
    sources.watch(met.append)
    assert sources.text() == "old-key"
    assert not sources.look_again()
    drawer.kept = "new-key"
    assert sources.text() == "old-key"
    assert sources.look_again()
    assert sources.text() == "new-key"
    assert met == ["old-key", "new-key"]


def test_a_key_that_is_gone_from_the_keyring_is_no_other_one() -> None:
    drawer = Drawer("old-key")
    sources = KeySources({}, drawer)
    sources.look()
    drawer.kept = None
    assert not sources.look_again()
    assert sources.text() == "old-key"
    drawer.kept = "no key at all"
    with pytest.raises(KeyMissingError):
        sources.look_again()
