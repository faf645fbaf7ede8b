"""What can go wrong with the user's own bucket. Nothing of it changes a job's state or money.

``is_lasting`` says that trying again by itself is of no use: somebody has to change something.
``provider_message`` holds the service's own words, without keys and signatures.
"""

from __future__ import annotations

from typing import ClassVar

from dreamina_desktop.core.errors import DreaminaError


class HostingError(DreaminaError):
    """The bucket did not do what it was asked; ``detail`` is the call, HTTP status and code."""

    code = "hosting"
    is_lasting: ClassVar[bool] = False


# ---- settings ------------------------------------------------------------------------------


class BucketPlaceError(HostingError):
    """The settings of the bucket cannot be used. Raised before anything is sent."""

    code = "bucket_place"
    is_lasting = True


class BucketEndpointError(BucketPlaceError):
    """No HTTPS address of a host alone, nor HTTP on this computer itself."""

    code = "bucket_endpoint"


class BucketNameError(BucketPlaceError):
    """No name that a bucket can have."""

    code = "bucket_name"


class BucketRegionError(BucketPlaceError):
    """No name of a region, or the bucket is in another one."""

    code = "bucket_region"


class BucketFolderError(BucketPlaceError):
    """The folder has characters that an address does not carry well."""

    code = "bucket_folder"


class BucketLifetimeError(BucketPlaceError):
    """An address lives for more than nothing and at most seven days."""

    code = "bucket_lifetime"


class BucketKeysMissingError(HostingError):
    """There are no keys for the bucket, or what was typed is none."""

    code = "bucket_keys_missing"
    is_lasting = True


# ---- what the service says -----------------------------------------------------------------


class BucketKeysRefusedError(HostingError):
    """The service does not know the keys, or the secret is not theirs."""

    code = "bucket_keys_refused"
    is_lasting = True


class BucketForbiddenError(HostingError):
    """The keys may not do this in the bucket; some services hide a missing bucket so."""

    code = "bucket_forbidden"
    is_lasting = True


class NoSuchBucketError(HostingError):
    """The service has no bucket of that name."""

    code = "no_such_bucket"
    is_lasting = True


class NoSuchObjectError(HostingError):
    """The bucket has no object of that name."""

    code = "no_such_object"


class BucketClockError(HostingError):
    """The service's clock and this computer's are too far apart for signatures."""

    code = "bucket_clock"


class BucketStrangeError(HostingError):
    """What answers does not speak S3: a page, a redirect, another service."""

    code = "bucket_strange"


# ---- the way there -------------------------------------------------------------------------


class BucketUnreachableError(HostingError):
    """The service cannot be reached, or does not answer in time."""

    code = "bucket_unreachable"


class BucketHostNotFoundError(BucketUnreachableError):
    """The name of the service's host could not be looked up."""

    code = "bucket_host_not_found"


class BucketTlsError(BucketUnreachableError):
    """No secure connection to the service came about."""

    code = "bucket_tls"


# ---- what the test of the settings finds ---------------------------------------------------


class BucketAddressError(HostingError):
    """The pre-signed address does not give what was uploaded to one who has no keys."""

    code = "bucket_address"
    is_lasting = True


class BucketPublicError(HostingError):
    """Anybody can read the bucket without a signature."""

    code = "bucket_public"


class BucketPrivateError(HostingError):
    """The endpoint is this computer or in its own network: the provider cannot fetch from it."""

    code = "bucket_private"
