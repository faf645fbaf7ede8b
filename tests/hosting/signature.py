"""Verifies AWS Signature Version 4 as S3 does, in headers and in pre-signed addresses.

Written from the rules alone, with nothing of a client's code:
https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, unquote

ALGORITHM = "AWS4-HMAC-SHA256"
UNSIGNED = "UNSIGNED-PAYLOAD"
LARGEST_SKEW = timedelta(minutes=15)
LONGEST_LIFE = 604_800
"""Seconds."""

_AUTHORIZATION = re.compile(
    rf"{ALGORITHM} Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{{64}})"
)
_MOMENT = "%Y%m%dT%H%M%SZ"


class RefusedError(Exception):
    """What S3 answers: HTTP status, code, message, and further elements of its XML."""

    def __init__(self, status: int, code: str, message: str = "", **more: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message or code
        self.more = more


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came; header names in lower case, ``target`` is path and query."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def path(self) -> str:
        """Decoded."""
        return unquote(self.target.partition("?")[0])

    @property
    def query(self) -> list[tuple[str, str]]:
        """Decoded, in the order of arrival."""
        pairs = (part.partition("=") for part in self.target.partition("?")[2].split("&") if part)
        return [(unquote(name), unquote(value)) for name, _, value in pairs]


@dataclass(frozen=True, slots=True)
class _Claim:
    credential: str
    signed_headers: str
    signature: str
    moment: str
    payload: str


def verify(asked: Asked, keys: Mapping[str, str], region: str, now: datetime) -> str:
    """The access key id that signed. Raises RefusedError.

    ``keys`` are secrets by id; ``now`` is the server's clock.
    """
    presigned = dict(asked.query)
    if "X-Amz-Signature" in presigned:
        claim = _claim_of_address(presigned)
        _check_life(presigned, _moment(claim.moment), now)
    elif "authorization" in asked.headers:
        claim = _claim_of_header(asked)
        if abs(_moment(claim.moment) - now) > LARGEST_SKEW:
            raise RefusedError(
                403,
                "RequestTimeTooSkewed",
                "The difference between the request time and the current time is too large.",
            )
    else:
        raise RefusedError(403, "AccessDenied", "Access Denied")
    return _check(asked, claim, keys, region)


def _claim_of_address(query: Mapping[str, str]) -> _Claim:
    if query.get("X-Amz-Algorithm") != ALGORITHM:
        raise RefusedError(400, "AuthorizationQueryParametersError")
    try:
        return _Claim(
            query["X-Amz-Credential"],
            query["X-Amz-SignedHeaders"],
            query["X-Amz-Signature"],
            query["X-Amz-Date"],
            UNSIGNED,
        )
    except KeyError as error:
        raise RefusedError(400, "AuthorizationQueryParametersError") from error


def _claim_of_header(asked: Asked) -> _Claim:
    found = _AUTHORIZATION.fullmatch(asked.headers["authorization"])
    if found is None:
        raise RefusedError(400, "AuthorizationHeaderMalformed")
    payload = asked.headers.get("x-amz-content-sha256", "")
    if payload != UNSIGNED and payload != hashlib.sha256(asked.body).hexdigest():
        raise RefusedError(400, "XAmzContentSHA256Mismatch")
    return _Claim(found[1], found[2], found[3], asked.headers.get("x-amz-date", ""), payload)


def _check_life(query: Mapping[str, str], signed: datetime, now: datetime) -> None:
    life = query.get("X-Amz-Expires", "")
    if not life.isdecimal() or not 1 <= int(life) <= LONGEST_LIFE:
        raise RefusedError(400, "AuthorizationQueryParametersError", "X-Amz-Expires")
    if signed - now > LARGEST_SKEW:
        raise RefusedError(403, "AccessDenied", "Request is not valid yet")
    if now > signed + timedelta(seconds=int(life)):
        raise RefusedError(403, "AccessDenied", "Request has expired")


def _check(asked: Asked, claim: _Claim, keys: Mapping[str, str], region: str) -> str:
    key_id, _, scope = claim.credential.partition("/")
    day = claim.moment[:8]
    if scope != f"{day}/{region}/s3/aws4_request":
        raise RefusedError(
            400,
            "AuthorizationHeaderMalformed",
            f"The authorization header is malformed; expecting '{region}'",
            Region=region,
        )
    if key_id not in keys:
        raise RefusedError(403, "InvalidAccessKeyId", AWSAccessKeyId=key_id)
    names = claim.signed_headers.split(";")
    if "host" not in names or any(name not in asked.headers for name in names):
        raise RefusedError(403, "AccessDenied", "There were headers present which were not signed")
    canonical = _canonical(asked, names, claim)
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    to_sign = "\n".join((ALGORITHM, claim.moment, scope, digest))
    key = f"AWS4{keys[key_id]}".encode()
    for part in (day, region, "s3", "aws4_request", to_sign):
        key = hmac.digest(key, part.encode(), "sha256")
    if not hmac.compare_digest(key.hex(), claim.signature):
        # S3 quotes all of it.
        raise RefusedError(
            403,
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided.",
            AWSAccessKeyId=key_id,
            StringToSign=to_sign,
            SignatureProvided=claim.signature,
            CanonicalRequest=canonical,
        )
    return key_id


def _canonical(asked: Asked, names: list[str], claim: _Claim) -> str:
    query = sorted(
        (quote(name, safe="-_.~"), quote(value, safe="-_.~"))
        for name, value in asked.query
        if name != "X-Amz-Signature"
    )
    return "\n".join(
        (
            asked.method,
            quote(asked.path, safe="/-_.~"),
            "&".join(f"{name}={value}" for name, value in query),
            *(f"{name}:{' '.join(asked.headers[name].split())}" for name in names),
            "",
            claim.signed_headers,
            claim.payload,
        )
    )


def _moment(text: str) -> datetime:
    try:
        return datetime.strptime(text, _MOMENT).replace(tzinfo=UTC)
    except ValueError as error:
        raise RefusedError(403, "AccessDenied", "no date") from error
