"""Where the keys of the user's own buckets are kept: the keyring, one entry for each bucket."""

from __future__ import annotations

import json
from collections.abc import Callable

from dreamina_desktop.core.bucket_keys import BucketKeys
from dreamina_desktop.core.bucket_site import BucketSite
from dreamina_desktop.core.errors import KeyringError
from dreamina_desktop.core.hosting_errors import BucketKeysMissingError
from dreamina_desktop.core.keyring_trouble import KeyringTrouble
from dreamina_desktop.core.settings import BucketPlace
from dreamina_desktop.store.secrets import PATIENCE, KeyringSecretStore


class BucketKeyStore:
    """Both keys of a bucket as one entry, so that there is never one without the other.

    ``hide`` is called with each secret that is met here, before it can get into any text. Calls
    block for at most ``patience`` seconds each and raise KeyringError, as ``KeyringSecretStore``
    does, and BucketPlaceError's kinds for a place that cannot be used.
    """

    def __init__(self, hide: Callable[[str], None], *, patience: float = PATIENCE) -> None:
        self._hide = hide
        self._patience = patience
        self._session: dict[str, BucketKeys] = {}
        # Kept, so that a keyring that hangs is not asked again.
        self._entries: dict[str, KeyringSecretStore] = {}

    def __repr__(self) -> str:
        return "BucketKeyStore()"

    def back_end(self, place: BucketPlace) -> str:
        """The name of the back end that would keep the keys."""
        return self._entry(_account(place)).back_end()

    def read(self, place: BucketPlace) -> BucketKeys | None:
        """The keys of that bucket, None when there are none."""
        account = _account(place)
        if account in self._session:
            return self._session[account]
        text = self._entry(account).read()
        return None if text is None else self._met(_keys(text))

    def needed(self, place: BucketPlace) -> BucketKeys:
        """The keys of that bucket. Raises BucketKeysMissingError when there are none."""
        keys = self.read(place)
        if keys is None:
            raise BucketKeysMissingError("keyring")
        return keys

    def save(self, place: BucketPlace, keys: BucketKeys) -> None:
        """Keep the keys in the keyring; they have been read back when this returns."""
        account, keys = _account(place), self._met(keys)
        both = {
            "access_key_id": keys.access_key_id,
            "secret_access_key": keys.secret_access_key,
        }
        self._entry(account).save(json.dumps(both))
        self._session.pop(account, None)

    def use_for_session(self, place: BucketPlace, keys: BucketKeys) -> None:
        """Use the keys until the program ends, in place of any in the keyring."""
        self._session[_account(place)] = self._met(keys)

    def forget(self, place: BucketPlace) -> None:
        """Remove the keys; nothing there is fine."""
        account = _account(place)
        self._session.pop(account, None)
        self._entry(account).forget()

    def _entry(self, account: str) -> KeyringSecretStore:
        if account not in self._entries:
            self._entries[account] = KeyringSecretStore(account, patience=self._patience)
        return self._entries[account]

    def _met(self, keys: BucketKeys) -> BucketKeys:
        self._hide(keys.secret_access_key)
        return keys


def _account(place: BucketPlace) -> str:
    return BucketSite.of(place).account


def _keys(text: str) -> BucketKeys:
    try:
        match json.loads(text):
            case {"access_key_id": str(key_id), "secret_access_key": str(secret)}:
                return BucketKeys.of(key_id, secret)
    except (ValueError, RecursionError, BucketKeysMissingError):
        pass
    # Outside the handler: what the entry holds must not hang on as the context.
    raise KeyringError(KeyringTrouble.NO_TEXT.value)
