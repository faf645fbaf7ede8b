"""The services that are known to speak S3, and what their endpoints look like.

The patterns are those of the services' own documentation; letters in capitals are to be replaced.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class BucketKind(StrEnum):
    """Only decides which hints are shown; what counts is the endpoint."""

    AWS = "aws"
    R2 = "r2"
    B2 = "b2"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class KindHints:
    """``pattern`` is the endpoint with ``blank`` to be replaced; both "" where there is none.

    ``region`` is what an empty region stands for. ``keys_page`` is where keys are made, "" for
    nowhere in particular.
    """

    name: str
    pattern: str = ""
    blank: str = ""
    region: str = ""
    keys_page: str = ""


HINTS: dict[BucketKind, KindHints] = {
    BucketKind.AWS: KindHints(
        "Amazon S3", region="us-east-1", keys_page="https://console.aws.amazon.com/iam/"
    ),
    BucketKind.R2: KindHints(
        "Cloudflare R2",
        "https://ACCOUNT_ID.r2.cloudflarestorage.com",
        "ACCOUNT_ID",
        "auto",
        "https://dash.cloudflare.com/?to=/:account/r2/api-tokens",
    ),
    BucketKind.B2: KindHints(
        "Backblaze B2",
        "https://s3.REGION.backblazeb2.com",
        "REGION",
        "",
        "https://secure.backblaze.com/app_keys.htm",
    ),
    BucketKind.OTHER: KindHints("MinIO, or another", "https://HOST", "HOST", "us-east-1"),
}


def kind_of(endpoint: str) -> BucketKind:
    """Whose endpoint that is."""
    host = endpoint.strip().lower()
    if not host or ".amazonaws.com" in host:
        return BucketKind.AWS
    if "r2.cloudflarestorage.com" in host:
        return BucketKind.R2
    return BucketKind.B2 if "backblazeb2.com" in host else BucketKind.OTHER
