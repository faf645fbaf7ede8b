"""The verifier agrees with the provider's own examples, and with a signer of another's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth  # type: ignore[import-untyped]
from botocore.awsrequest import AWSRequest  # type: ignore[import-untyped]
from botocore.credentials import Credentials  # type: ignore[import-untyped]

from tests.hosting.signature import Asked, RefusedError, verify

# https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html and
# …/sigv4-query-string-auth.html
DOCUMENTED_ID = "AKIAIOSFODNN7EXAMPLE"
DOCUMENTED = {DOCUMENTED_ID: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}
DOCUMENTED_NOW = datetime(2013, 5, 24, tzinfo=UTC)
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
SCOPE = f"{DOCUMENTED_ID}/20130524/us-east-1/s3/aws4_request"
PRESIGNED = Asked(
    "GET",
    "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
    + SCOPE.replace("/", "%2F")
    + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature="
    "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
    {"host": "examplebucket.s3.amazonaws.com"},
)
IN_HEADER = Asked(
    "GET",
    "/test.txt",
    {
        "host": "examplebucket.s3.amazonaws.com",
        "range": "bytes=0-9",
        "x-amz-content-sha256": EMPTY,
        "x-amz-date": "20130524T000000Z",
        "authorization": f"AWS4-HMAC-SHA256 Credential={SCOPE},"
        "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
        "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
    },
)


def check(asked: Asked, now: datetime = DOCUMENTED_NOW, region: str = "us-east-1") -> str:
    return verify(asked, DOCUMENTED, region, now)


@pytest.mark.parametrize("asked", [PRESIGNED, IN_HEADER])
def test_the_documented_examples_are_accepted(asked: Asked) -> None:
    assert check(asked) == DOCUMENTED_ID


@pytest.mark.parametrize(
    "asked",
    [
        replace(PRESIGNED, method="PUT"),
        replace(PRESIGNED, target=PRESIGNED.target.replace("test.txt", "text.txt")),
        replace(PRESIGNED, target=PRESIGNED.target.replace("=86400", "=86401")),
        replace(PRESIGNED, target=PRESIGNED.target[:-1] + "5"),
        replace(PRESIGNED, target=PRESIGNED.target + "&x=y"),
        replace(PRESIGNED, headers={"host": "elsewhere.s3.amazonaws.com"}),
        replace(IN_HEADER, headers={**IN_HEADER.headers, "range": "bytes=0-99"}),
    ],
)
def test_whatever_was_signed_may_not_be_changed(asked: Asked) -> None:
    with pytest.raises(RefusedError, match="SignatureDoesNotMatch"):
        check(asked)


@pytest.mark.parametrize(
    ("asked", "now", "region", "code"),
    [
        (PRESIGNED, DOCUMENTED_NOW + timedelta(seconds=86401), "us-east-1", "AccessDenied"),
        (PRESIGNED, DOCUMENTED_NOW - timedelta(minutes=16), "us-east-1", "AccessDenied"),
        (PRESIGNED, DOCUMENTED_NOW, "eu-1", "AuthorizationHeaderMalformed"),
        (IN_HEADER, DOCUMENTED_NOW + timedelta(minutes=16), "us-east-1", "RequestTimeTooSkewed"),
        (IN_HEADER, DOCUMENTED_NOW - timedelta(minutes=16), "us-east-1", "RequestTimeTooSkewed"),
        (
            replace(IN_HEADER, body=b"x"),
            DOCUMENTED_NOW,
            "us-east-1",
            "XAmzContentSHA256Mismatch",
        ),
        (Asked("GET", "/test.txt", {"host": "h"}), DOCUMENTED_NOW, "us-east-1", "AccessDenied"),
        (
            replace(PRESIGNED, target=PRESIGNED.target.replace("=86400", "=604801")),
            DOCUMENTED_NOW,
            "us-east-1",
            "AuthorizationQueryParametersError",
        ),
        (
            replace(PRESIGNED, target=PRESIGNED.target.replace("AKIAI", "AKIAX")),
            DOCUMENTED_NOW,
            "us-east-1",
            "InvalidAccessKeyId",
        ),
    ],
)
def test_what_else_is_refused(asked: Asked, now: datetime, region: str, code: str) -> None:
    with pytest.raises(RefusedError, match=code):
        check(asked, now, region)


def asked_as(request: AWSRequest, body: bytes = b"") -> Asked:
    parts = urlsplit(request.url)
    headers = {"host": parts.netloc, **{k.lower(): str(v) for k, v in request.headers.items()}}
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    return Asked(request.method, target, headers, body)


@pytest.fixture
def address() -> str:
    return "https://s3.eu-1.example.org/paintings/a%20folder%2C%20%C3%A9/one%2B%3D%40.png"


def test_another_signer_is_understood_in_headers(address: str) -> None:
    credentials = Credentials(*next(iter(DOCUMENTED.items())))
    request = AWSRequest("PUT", address, {"Content-Type": "image/png"}, data=b"bytes")
    request.context["payload_signing_enabled"] = True
    S3SigV4Auth(credentials, "s3", "eu-1").add_auth(request)
    asked = asked_as(request, b"bytes")
    now = datetime.now(UTC)
    assert verify(asked, DOCUMENTED, "eu-1", now) == DOCUMENTED_ID
    with pytest.raises(RefusedError):
        verify(replace(asked, method="DELETE"), DOCUMENTED, "eu-1", now)


def test_another_signer_is_understood_in_addresses(address: str) -> None:
    credentials = Credentials(*next(iter(DOCUMENTED.items())))
    request = AWSRequest("GET", address)
    S3SigV4QueryAuth(credentials, "s3", "eu-1", expires=3600).add_auth(request)
    asked = asked_as(request)
    now = datetime.now(UTC)
    assert verify(asked, DOCUMENTED, "eu-1", now) == DOCUMENTED_ID
    with pytest.raises(RefusedError, match="AccessDenied"):
        verify(asked, DOCUMENTED, "eu-1", now + timedelta(hours=2))
