from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null

from dreamina_desktop.core.errors import KeyringError
from dreamina_desktop.core.ports import SecretStore
from dreamina_desktop.store.secrets import KeyringSecretStore
from tests.store import fake_keyrings as fakes
from tests.store.fake_keyrings import ALLOWED, Chain, MemoryKeyring, posing

ORIGIN = "https://model-api.example"
KEY = "canary-0123456789-canary"


@pytest.fixture
def use() -> Iterator[Callable[[KeyringBackend], None]]:
    """Sets the back end for one test."""
    before = keyring.core._keyring_backend
    yield keyring.set_keyring
    keyring.core._keyring_backend = before


type Use = Callable[[KeyringBackend], None]


def store(patience: float = 10.0) -> KeyringSecretStore:
    return KeyringSecretStore(ORIGIN, patience=patience)


@pytest.mark.parametrize(
    "name",
    [
        ALLOWED,
        ("keyring.backends.macOS", "Keyring"),
        ("keyring.backends.Windows", "WinVaultKeyring"),
        ("keyring.backends.libsecret", "Keyring"),
        ("keyring.backends.kwallet", "DBusKeyring"),
        ("keyring.backends.kwallet", "DBusKeyringKWallet4"),
    ],
)
def test_a_key_is_kept_and_forgotten(use: Use, name: tuple[str, str]) -> None:
    backend = posing(MemoryKeyring, name)
    use(backend)
    secrets: SecretStore = store()
    assert secrets.read() is None
    secrets.save(KEY)
    assert backend.kept == {("Dreamina Desktop", ORIGIN): KEY}
    assert secrets.read() == KEY
    assert KeyringSecretStore("https://elsewhere.example").read() is None
    secrets.forget()
    assert secrets.read() is None
    assert backend.kept == {}
    secrets.forget()


def test_an_empty_password_is_no_key(use: Use) -> None:
    backend = posing(MemoryKeyring)
    backend.set_password("Dreamina Desktop", ORIGIN, "")
    use(backend)
    assert store().read() is None


def read() -> None:
    store().read()


def save() -> None:
    store().save(KEY)


def forget() -> None:
    store().forget()


def check_silent(error: KeyringError) -> None:
    """The key is in nothing that a log or a crash report would show."""
    shown = "".join(traceback.format_exception(error)) + repr(error) + str(error.__context__)
    assert KEY not in shown
    assert error.__cause__ is None


@pytest.mark.parametrize(
    ("backend", "trouble"),
    [
        (null.Keyring, "not_safe, keyring.backends.null.Keyring"),
        (fail.Keyring, "not_safe, keyring.backends.fail.Keyring"),
        (MemoryKeyring, "not_safe, tests.store.fake_keyrings.MemoryKeyring"),
        (lambda: Chain(MemoryKeyring()), "not_safe, tests.store.fake_keyrings.Chain"),
        (Chain, "not_safe, tests.store.fake_keyrings.Chain"),
        (lambda: posing(fakes.Raises), "failed, RuntimeError"),
        (lambda: posing(fakes.Locked), "failed, KeyringLocked"),
    ],
)
@pytest.mark.parametrize("call", [read, save, forget])
def test_trouble_with_every_call(
    use: Use, backend: Callable[[], KeyringBackend], trouble: str, call: Callable[[], None]
) -> None:
    use(backend())
    with pytest.raises(KeyringError) as caught:
        call()
    assert caught.value.detail == trouble
    check_silent(caught.value)


@pytest.mark.parametrize(
    ("kind", "call", "trouble"),
    [
        (fakes.Dismissed, save, "failed, KeyringLocked"),
        (fakes.Forgets, save, "not_kept, keyring.backends.SecretService.Keyring"),
        (fakes.Truncates, save, "not_kept, keyring.backends.SecretService.Keyring"),
        (fakes.OtherValue, save, "not_kept, keyring.backends.SecretService.Keyring"),
        (fakes.WrongType, save, "not_kept, keyring.backends.SecretService.Keyring"),
        (fakes.WrongType, read, "no_text"),
        (fakes.Keeps, forget, "not_forgotten, keyring.backends.SecretService.Keyring"),
    ],
)
def test_trouble_with_one_call(
    use: Use, kind: type[MemoryKeyring], call: Callable[[], None], trouble: str
) -> None:
    backend = posing(kind)
    backend.kept["Dreamina Desktop", ORIGIN] = "old"
    use(backend)
    with pytest.raises(KeyringError) as caught:
        call()
    assert caught.value.detail == trouble
    check_silent(caught.value)


def test_a_chain_never_falls_through_to_plain_text(use: Use) -> None:
    plain, safe = MemoryKeyring(), posing(MemoryKeyring)
    use(Chain(plain, safe))
    store().save(KEY)
    assert plain.kept == {}
    assert store().read() == KEY
    refusing = posing(fakes.Locked)
    use(Chain(refusing, plain))
    with pytest.raises(KeyringError, match="KeyringLocked"):
        store().save(KEY)
    assert plain.kept == {}


def test_in_a_chain_all_safe_members_are_asked(use: Use) -> None:
    first, second = posing(MemoryKeyring), posing(MemoryKeyring)
    second.set_password("Dreamina Desktop", ORIGIN, KEY)
    use(Chain(first, second))
    assert store().read() == KEY
    store().forget()
    assert second.kept == {}


def test_a_keyring_that_is_not_installed(use: Use, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(KeyringError) as caught:
        read()
    assert caught.value.detail == "failed, ModuleNotFoundError"


def test_one_that_blocks_is_given_up_and_not_asked_again(use: Use) -> None:
    backend = posing(fakes.Blocks)
    assert isinstance(backend, fakes.Blocks)
    use(backend)
    secrets = store(patience=0.05)
    try:
        for call in (secrets.read, lambda: secrets.save(KEY), secrets.forget):
            with pytest.raises(KeyringError) as caught:
                call()
            assert caught.value.detail == "no_answer"
            check_silent(caught.value)
        assert backend.calls == 1
    finally:
        backend.seen.set()
    secrets._watchdog._hanging.join()  # type: ignore[union-attr]
    assert secrets.read() is None


def test_one_that_wants_to_end_the_program(use: Use) -> None:
    use(posing(fakes.Interrupts))
    with pytest.raises(KeyringError) as caught:
        store().read()
    assert caught.value.detail == "failed, SystemExit"
