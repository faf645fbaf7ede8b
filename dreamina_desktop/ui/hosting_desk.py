"""What the settings need to know of how pictures travel; ``app`` hands it in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from dreamina_desktop.core.bucket_finding import BucketFinding
from dreamina_desktop.core.errors import KeyringError
from dreamina_desktop.core.settings import BucketPlace


@dataclass(frozen=True, slots=True)
class TypedKeys:
    """What stands in the two fields, each "" for nothing; it shows nowhere."""

    access_key_id: str = field(default="", repr=False)
    secret_access_key: str = field(default="", repr=False)

    @property
    def is_whole(self) -> bool:
        """Whether both were given."""
        return bool(self.access_key_id.strip() and self.secret_access_key.strip())


@dataclass(frozen=True, slots=True)
class KeysKept:
    """Whether the keyring has keys for a bucket; ``trouble`` is why it could not be asked."""

    are_kept: bool
    trouble: KeyringError | None = None


class HostingDesk(Protocol):
    """The bucket and its keys, without ever showing them. Blocking: never on the GUI thread."""

    def look(self, place: BucketPlace) -> KeysKept:
        """Whether there are keys for that bucket."""
        ...

    def keep(self, place: BucketPlace, typed: TypedKeys) -> None:
        """Save keys in the keyring. Raises HostingError kinds, KeyringError."""
        ...

    def use_for_session(self, place: BucketPlace, typed: TypedKeys) -> None:
        """Use keys until the program ends. Raises HostingError kinds."""
        ...

    def forget(self, place: BucketPlace) -> None:
        """Remove them from the keyring. Raises HostingError kinds, KeyringError."""
        ...

    def test(self, place: BucketPlace, typed: TypedKeys) -> tuple[BucketFinding, ...]:
        """Try the bucket with a small object: with typed keys that are whole, else with those kept.

        Raises BucketKeysMissingError, KeyringError where there are none to try.
        """
        ...

    def last_inline(self) -> datetime | None:
        """When the provider last took a picture inside a request. Raises DiskError."""
        ...
