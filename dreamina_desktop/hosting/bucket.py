"""The user's own S3-compatible bucket: AWS, Cloudflare R2, Backblaze B2, MinIO."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from dreamina_desktop.core.bucket_finding import BucketFinding
from dreamina_desktop.core.bucket_keys import BucketKeys
from dreamina_desktop.core.bucket_site import BucketSite
from dreamina_desktop.core.hosting_errors import BucketLifetimeError, NoSuchObjectError
from dreamina_desktop.core.redaction import Secrets
from dreamina_desktop.core.settings import LONGEST_HOURS, BucketPlace
from dreamina_desktop.hosting.bucket_faults import fault
from dreamina_desktop.hosting.object_names import object_name

if TYPE_CHECKING:
    from obstore.store import S3Credential, S3Store

_LONGEST = timedelta(hours=LONGEST_HOURS)
_ZERO = timedelta()


@dataclass(frozen=True, slots=True)
class BucketPatience:
    """``call`` bounds a whole upload: 5 MB on a line of 32 kB/s take two minutes and a half.

    ``retries`` are the library's own, at once, after a broken connection or a 5xx.
    """

    connect: timedelta = timedelta(seconds=10)
    call: timedelta = timedelta(seconds=180)
    retries: int = 2
    retry: timedelta = timedelta(seconds=30)


class Bucket:
    """Implements ``core.ports.ObjectStore``. All calls raise HostingError and nothing else.

    The first call raises BucketPlaceError's kinds when ``place`` cannot be used. Redirects are
    never followed; nothing of the environment (``AWS_…``) changes where a picture goes or how.
    """

    def __init__(
        self, place: BucketPlace, keys: BucketKeys, patience: BucketPatience | None = None
    ) -> None:
        self._place = place
        self._keys = keys
        self._patience = patience or BucketPatience()
        self._store: S3Store | None = None
        self._secrets = Secrets()
        for key in (keys.access_key_id, keys.secret_access_key):
            self._secrets.add(key)

    def __repr__(self) -> str:
        return f"Bucket({self._place.bucket!r})"

    def site(self) -> BucketSite:
        """Where it is. Raises BucketPlaceError's kinds."""
        return BucketSite.of(self._place)

    def object_name(self, media_type: str) -> str:
        """As the function of that name, for this place."""
        return object_name(self._place, media_type)

    async def put(self, name: str, data: bytes, media_type: str) -> None:
        """Upload; one of the same name is replaced."""
        from obstore import put_async

        sending = put_async(
            self._opened(),
            name,
            data,
            attributes={"Content-Type": media_type},
            use_multipart=False,
        )
        await self._done("put", sending)

    async def address(self, name: str, lifetime: timedelta) -> str:
        """A pre-signed address for GET by anyone: a secret. HTTPS, but for loopback.

        Made here, without asking the service. Raises BucketLifetimeError for more than seven days.
        """
        from obstore import sign_async

        if not _ZERO < lifetime <= _LONGEST:
            raise BucketLifetimeError("lifetime")
        return await self._done("address", sign_async(self._opened(), "GET", name, lifetime))

    async def delete(self, name: str) -> None:
        """Delete; one that is not there is fine."""
        from obstore import delete_async

        with suppress(NoSuchObjectError):
            await self._done("delete", delete_async(self._opened(), name))

    async def test(self) -> tuple[BucketFinding, ...]:
        """Try everything with a small object; never raises HostingError. See ``BucketStep``."""
        from dreamina_desktop.hosting.bucket_trial import BucketTrial

        return await BucketTrial(self).run()

    async def _done[T](self, call: str, work: Awaitable[T]) -> T:
        try:
            return await work
        except Exception as error:
            # The library's errors have no other root in common. Their texts are not passed on.
            trouble = fault(call, error, self._secrets.clean)
        # Outside the handler, or the library's text would hang on as the context.
        raise trouble

    def _opened(self) -> S3Store:
        if self._store is None:
            self._store = self._open(self.site())
        return self._store

    def _open(self, site: BucketSite) -> S3Store:
        # Here, because it takes a while to load, and pictures seldom travel so.
        from obstore.store import S3Store

        patience = self._patience
        # The library reads every setting that is not given from the environment.
        return S3Store(
            site.bucket,
            config={
                "endpoint": site.origin,
                "aws_endpoint_url_s3": site.origin,
                "region": site.region,
                "virtual_hosted_style_request": site.is_virtual_hosted,
                "skip_signature": False,
                "unsigned_payload": False,
                "request_payer": False,
                "s3_express": False,
                # One by one: not every service knows the other way.
                "disable_bulk_delete": True,
            },
            client_options={
                "allow_http": site.is_loopback,
                "allow_invalid_certificates": False,
                "connect_timeout": patience.connect,
                "timeout": patience.call,
            },
            retry_config={"max_retries": patience.retries, "retry_timeout": patience.retry},
            credential_provider=_credential_of(self._keys),
        )


def _credential_of(keys: BucketKeys) -> Callable[[], S3Credential]:
    # No method of the bucket: library and bucket would keep each other for ever.
    def credential() -> S3Credential:
        return {
            "access_key_id": keys.access_key_id,
            "secret_access_key": keys.secret_access_key,
            "token": None,
            "expires_at": None,
        }

    return credential
