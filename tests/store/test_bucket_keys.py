"""The keys of buckets in keyrings, well-behaved and otherwise."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace

import keyring
import pytest
from keyring.backend import KeyringBackend

from dreamina_desktop.core.bucket_keys import BucketKeys
from dreamina_desktop.core.errors import KeyringError
from dreamina_desktop.core.hosting_errors import BucketKeysMissingError, BucketNameError
from dreamina_desktop.core.settings import BucketPlace
from dreamina_desktop.store.bucket_keys import BucketKeyStore
from tests.store import fake_keyrings as fakes
from tests.store.fake_keyrings import MemoryKeyring, posing

PLACE = BucketPlace(endpoint="https://s3.example.org", bucket="art")
ENTRY = ("Dreamina Desktop", "https://s3.example.org/art")
SECRET = "canary/0123456789+canary"
KEYS = BucketKeys("CANARYID", SECRET)

type Use = Callable[[KeyringBackend], None]


@pytest.fixture
def use() -> Iterator[Use]:
    """Sets the back end for one test."""
    before = keyring.core._keyring_backend
    yield keyring.set_keyring
    keyring.core._keyring_backend = before


def store(met: list[str] | None = None, patience: float = 10.0) -> BucketKeyStore:
    known: list[str] = [] if met is None else met
    return BucketKeyStore(known.append, patience=patience)


def test_both_keys_are_one_entry_of_their_bucket(use: Use) -> None:
    backend = posing(MemoryKeyring)
    use(backend)
    met: list[str] = []
    keys = store(met)
    assert keys.read(PLACE) is None
    keys.save(PLACE, KEYS)
    assert list(backend.kept) == [ENTRY]
    assert met == [SECRET]
    assert store(met).read(PLACE) == KEYS
    assert met == [SECRET, SECRET]
    assert keys.read(replace(PLACE, folder="another", region="eu-1", hours=2)) == KEYS
    assert keys.read(replace(PLACE, bucket="another")) is None
    assert keys.read(replace(PLACE, endpoint="")) is None
    assert keys.back_end(PLACE) == "keyring.backends.SecretService.Keyring"
    keys.forget(PLACE)
    assert backend.kept == {}
    keys.forget(PLACE)


def test_keys_that_are_needed(use: Use) -> None:
    use(posing(MemoryKeyring))
    keys = store()
    with pytest.raises(BucketKeysMissingError):
        keys.needed(PLACE)
    keys.save(PLACE, KEYS)
    assert keys.needed(PLACE) == KEYS


def test_keys_for_a_session_are_kept_nowhere(use: Use) -> None:
    backend = posing(MemoryKeyring)
    use(backend)
    met: list[str] = []
    keys = store(met)
    keys.use_for_session(PLACE, KEYS)
    assert met == [SECRET]
    assert keys.read(PLACE) == KEYS
    assert backend.kept == {}
    other = BucketKeys("OTHERID", "other/0123456789")
    keys.save(PLACE, other)
    assert keys.read(PLACE) == other
    keys.use_for_session(PLACE, KEYS)
    keys.forget(PLACE)
    assert keys.read(PLACE) is None


def check_silent(error: KeyringError) -> None:
    shown = "".join(traceback.format_exception(error)) + repr(error) + str(error.__context__)
    assert SECRET not in shown


@pytest.mark.parametrize(
    "entry",
    [
        "no JSON",
        "[]",
        "{}",
        '"text"',
        f'{{"access_key_id": 1, "secret_access_key": "{SECRET}"}}',
        f'{{"access_key_id": "", "secret_access_key": "{SECRET}"}}',
        "[" * 100_000,
    ],
)
def test_an_entry_of_somebody_else(use: Use, entry: str) -> None:
    backend = posing(MemoryKeyring)
    backend.kept[ENTRY] = entry
    use(backend)
    with pytest.raises(KeyringError) as caught:
        store().read(PLACE)
    assert caught.value.detail == "no_text"
    check_silent(caught.value)


@pytest.mark.parametrize(
    ("kind", "trouble"),
    [
        (fakes.Forgets, "not_kept, keyring.backends.SecretService.Keyring"),
        (fakes.Truncates, "not_kept, keyring.backends.SecretService.Keyring"),
        (fakes.Raises, "failed, RuntimeError"),
    ],
)
def test_keyrings_that_do_not_keep(use: Use, kind: type[MemoryKeyring], trouble: str) -> None:
    use(posing(kind))
    keys = store()
    with pytest.raises(KeyringError) as caught:
        keys.save(PLACE, KEYS)
    assert caught.value.detail == trouble
    check_silent(caught.value)


def test_a_keyring_that_writes_plain_text_is_not_used(use: Use) -> None:
    backend = MemoryKeyring()
    use(backend)
    with pytest.raises(KeyringError, match="not_safe"):
        store().save(PLACE, KEYS)
    assert backend.kept == {}


def test_a_keyring_that_hangs_is_asked_once(use: Use) -> None:
    backend = posing(fakes.Blocks)
    assert isinstance(backend, fakes.Blocks)
    use(backend)
    keys = store(patience=0.05)
    try:
        for _ in range(2):
            with pytest.raises(KeyringError, match="no_answer"):
                keys.read(PLACE)
        assert backend.calls == 1
    finally:
        backend.seen.set()


def test_a_place_that_cannot_be_used(use: Use) -> None:
    use(posing(MemoryKeyring))
    with pytest.raises(BucketNameError):
        store().read(BucketPlace())


def test_it_shows_nothing() -> None:
    keys = store()
    keys.use_for_session(PLACE, KEYS)
    assert repr(keys) == "BucketKeyStore()"
