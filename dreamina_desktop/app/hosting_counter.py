"""The user's own bucket as the window's settings see it."""

from __future__ import annotations

import asyncio
from datetime import datetime

from dreamina_desktop.composition import Profile
from dreamina_desktop.core.bucket_finding import BucketFinding
from dreamina_desktop.core.bucket_keys import BucketKeys
from dreamina_desktop.core.errors import KeyringError
from dreamina_desktop.core.hosting_errors import BucketPlaceError
from dreamina_desktop.core.job import Job
from dreamina_desktop.core.settings import BucketPlace, Travel
from dreamina_desktop.ui.hosting_desk import KeysKept, TypedKeys

_PAGE = 200


class HostingCounter:
    """Implements ``ui.hosting_desk.HostingDesk`` on a profile's bucket keys and jobs."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile

    def look(self, place: BucketPlace) -> KeysKept:
        """Whether there are keys for that bucket."""
        try:
            return KeysKept(self._profile.bucket_keys.read(place) is not None)
        except BucketPlaceError:
            # Half a bucket has no keys; the test says what is wrong with it.
            return KeysKept(are_kept=False)
        except KeyringError as error:
            return KeysKept(are_kept=False, trouble=error)

    def keep(self, place: BucketPlace, typed: TypedKeys) -> None:
        """Save keys in the keyring. Raises HostingError kinds, KeyringError."""
        self._profile.bucket_keys.save(place, _keys(typed))

    def use_for_session(self, place: BucketPlace, typed: TypedKeys) -> None:
        """Use keys until the program ends. Raises HostingError kinds."""
        self._profile.bucket_keys.use_for_session(place, _keys(typed))

    def forget(self, place: BucketPlace) -> None:
        """Remove them from the keyring. Raises HostingError kinds, KeyringError."""
        self._profile.bucket_keys.forget(place)

    def test(self, place: BucketPlace, typed: TypedKeys) -> tuple[BucketFinding, ...]:
        """Try the bucket with a small object.

        Raises HostingError kinds and KeyringError where there is nothing to try it with.
        """
        from dreamina_desktop.hosting.bucket import Bucket

        keys = _keys(typed) if typed.is_whole else self._profile.bucket_keys.needed(place)
        return asyncio.run(Bucket(place, keys).test())

    def last_inline(self) -> datetime | None:
        """When the provider last took a picture inside a request. Raises DiskError."""
        reader, before = self._profile.repository, None
        while page := reader.page(_PAGE, before):
            taken = next((job for job in page if self._was_inline(job)), None)
            if taken is not None:
                return taken.submitted
            before = page[-1].id
        return None

    def _was_inline(self, job: Job) -> bool:
        if job.realm != self._profile.realm or job.spec is None:
            return False
        picture = job.spec.picture
        is_inside = picture.address is None and picture.travel is Travel.INLINE
        return is_inside and job.request_id is not None and job.submitted is not None


def _keys(typed: TypedKeys) -> BucketKeys:
    return BucketKeys.of(typed.access_key_id, typed.secret_access_key)
