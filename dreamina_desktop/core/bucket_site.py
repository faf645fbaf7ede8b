"""Where a bucket is on the network, and how it is spoken to, from what a person typed.

The forms of endpoints are those of the services' own pages: AWS S3, Cloudflare R2 (whose page
shows the bucket as the path), Backblaze B2 (without ``https://``) and MinIO.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from dreamina_desktop.core.hosting_errors import (
    BucketEndpointError,
    BucketFolderError,
    BucketNameError,
    BucketRegionError,
)
from dreamina_desktop.core.settings import BucketPlace

LONGEST_FOLDER = 200
"""Characters; a key has 1024 bytes at most."""

_DEFAULT_REGION = "us-east-1"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]", re.ASCII)
_REGION = re.compile(r"[A-Za-z0-9-]{1,40}", re.ASCII)
_HOST = re.compile(r"[A-Za-z0-9.:_-]+", re.ASCII)
# What both the addresses and the library's own paths carry unchanged, or encode alike.
_FOLDER = re.compile(r"[\w .+=@,-]+(?:/[\w .+=@,-]+)*")
_NAMES_ITS_REGION = (".amazonaws.com", ".backblazeb2.com")
_R2 = ".r2.cloudflarestorage.com"
_LOCAL_ENDINGS = (".localhost", ".local", ".lan", ".internal", ".home.arpa")


@dataclass(frozen=True, slots=True)
class BucketSite:
    """``origin`` is scheme, host and port; ``folder`` has no slash at its ends, "" for none.

    ``is_virtual_hosted``: the host's name begins with the bucket's; else the path does. ``account``
    names endpoint and bucket as typed, for the keyring: it stays when region or folder change.
    """

    origin: str
    region: str
    bucket: str
    folder: str
    account: str
    is_virtual_hosted: bool
    is_loopback: bool
    is_private: bool
    """Whether the name alone says that nobody outside this network gets there."""

    @classmethod
    def of(cls, place: BucketPlace) -> BucketSite:
        """Raises BucketPlaceError's kinds, each for the field that cannot be used."""
        bucket, region = place.bucket.strip(), place.region.strip()
        if not _NAME.fullmatch(bucket):
            raise BucketNameError("bucket")
        if region and not _REGION.fullmatch(region):
            raise BucketRegionError("region")
        folder = _folder(place.folder)
        typed = place.endpoint.strip()
        if not typed:
            return cls._of_aws(bucket, region or _DEFAULT_REGION, folder)
        parts = _endpoint(typed, bucket)
        host = parts.hostname or ""
        origin = f"{parts.scheme}://{parts.netloc}"
        return cls(
            origin=origin,
            region=region or _region(host),
            bucket=bucket,
            folder=folder,
            account=f"{origin}/{bucket}",
            is_virtual_hosted=host.startswith(f"{bucket.lower()}."),
            is_loopback=_is_loopback(host),
            is_private=_is_private(host),
        )

    @classmethod
    def _of_aws(cls, bucket: str, region: str, folder: str) -> BucketSite:
        # The certificate of *.s3.… covers no name with a further dot in it.
        is_in_host = "." not in bucket
        host = f"s3.{region}.amazonaws.com" + (".cn" if region.startswith("cn-") else "")
        return cls(
            origin=f"https://{bucket}.{host}" if is_in_host else f"https://{host}",
            region=region,
            bucket=bucket,
            folder=folder,
            account=f"https://amazonaws.com/{bucket}",
            is_virtual_hosted=is_in_host,
            is_loopback=False,
            is_private=False,
        )


def _endpoint(typed: str, bucket: str) -> SplitResult:
    """The parts of an endpoint, its host in lower case."""
    text = typed if "://" in typed else f"https://{typed}"
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as error:
        raise BucketEndpointError("endpoint") from error
    is_bare = "@" not in parts.netloc and not parts.query and not parts.fragment
    if not is_bare or not _HOST.fullmatch(host) or parts.path.strip("/") not in ("", bucket):
        raise BucketEndpointError("endpoint")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(host)):
        raise BucketEndpointError("endpoint")
    named = f"[{host}]" if ":" in host else host
    return parts._replace(netloc=named if port is None else f"{named}:{port}", path="")


def _folder(typed: str) -> str:
    folder = typed.strip().strip("/")
    if not folder:
        return ""
    is_fine = _FOLDER.fullmatch(folder) and len(folder) <= LONGEST_FOLDER
    if not is_fine or any(part in (".", "..") for part in folder.split("/")):
        raise BucketFolderError("folder")
    return folder


def _region(host: str) -> str:
    """The region that a service's host names; R2 calls all of its own "auto"."""
    if host.endswith(_R2):
        return "auto"
    for ending in _NAMES_ITS_REGION:
        label = host.removesuffix(ending).rpartition(".")[2]
        if host.endswith(ending) and label != "s3":
            return label
    return _DEFAULT_REGION


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _is_loopback(host: str) -> bool:
    address = _address(host)
    return host == "localhost" if address is None else address.is_loopback


def _is_private(host: str) -> bool:
    address = _address(host)
    if address is not None:
        return not address.is_global
    return "." not in host or host.endswith(_LOCAL_ENDINGS)
