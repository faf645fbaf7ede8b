"""What a bucket's service or the way to it did wrong, as the errors of ``core``.

The library tells everything as one text: what it did, the HTTP status, the service's XML answer,
and the trace of its own errors. Nothing of that text is passed on but the status, the code and
message of S3's own error format, and the latter cleaned: services quote signed texts and keys.
Codes: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html, and those of R2 and B2.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from dreamina_desktop.core.hosting_errors import (
    BucketClockError,
    BucketForbiddenError,
    BucketHostNotFoundError,
    BucketKeysRefusedError,
    BucketRegionError,
    BucketStrangeError,
    BucketTlsError,
    BucketUnreachableError,
    HostingError,
    NoSuchBucketError,
    NoSuchObjectError,
)

LONGEST_MESSAGE = 500
"""Characters kept of what the service wrote."""

_BY_CODE: dict[str, type[HostingError]] = {
    "AccessDenied": BucketForbiddenError,
    "AccountProblem": BucketForbiddenError,
    "AllAccessDisabled": BucketForbiddenError,
    "AuthorizationHeaderMalformed": BucketRegionError,
    "AuthorizationQueryParametersError": BucketRegionError,
    "ExpiredToken": BucketKeysRefusedError,
    "IllegalLocationConstraintException": BucketRegionError,
    "InvalidAccessKeyId": BucketKeysRefusedError,
    "InvalidRegionName": BucketRegionError,
    "InvalidSecurity": BucketKeysRefusedError,
    "InvalidToken": BucketKeysRefusedError,
    "NoSuchBucket": NoSuchBucketError,
    "NoSuchKey": NoSuchObjectError,
    "NotSignedUp": BucketKeysRefusedError,
    "PermanentRedirect": BucketRegionError,
    "RequestExpired": BucketClockError,
    "RequestTimeTooSkewed": BucketClockError,
    "SignatureDoesNotMatch": BucketKeysRefusedError,
    "TemporaryRedirect": BucketRegionError,
    "Unauthorized": BucketKeysRefusedError,
    "UnauthorizedAccess": BucketKeysRefusedError,
}
_STATUS = re.compile(r"status code: (\d{3})\b")
_CODE = re.compile(r"<Code>\s*(\w{1,100})\s*</Code>")
_MESSAGE = re.compile(r"<Message>([^<]{1,5000})</Message>")
# The library's own trace follows its sentence, and repeats the answer.
_TRACE = "\n\nDebug source:\n"
# How rustls tells that the other side's TLS is none, or not to be trusted.
_TLS = ("kind: InvalidData", "handshake eof", "InvalidCertificate")


def fault(call: str, error: Exception, clean: Callable[[str], str]) -> HostingError:
    """What an exception of the library means; ``clean`` takes secrets out of a text."""
    sentence, _, trace = str(error).partition(_TRACE)
    status, code = _first(_STATUS, sentence), _first(_CODE, sentence)
    if not status:
        return _unanswered(call, sentence, trace)
    words = clean(unescape(_first(_MESSAGE, sentence))).split()
    message = " ".join(words)[:LONGEST_MESSAGE]
    detail = " ".join(filter(None, (f"{call}: HTTP {status}", code)))
    return _kind(int(status), code, message)(detail, provider_message=message)


def _kind(status: int, code: str, message: str) -> type[HostingError]:
    if code == "InvalidArgument" and "access key" in message.lower():
        # R2's words for a key of another service's length.
        return BucketKeysRefusedError
    if code in _BY_CODE:
        return _BY_CODE[code]
    if status >= 500 or status in (408, 429):
        return HostingError
    if status == 401:
        return BucketKeysRefusedError
    # An error without S3's code comes from something else that answers, such as a portal.
    return HostingError if code else BucketStrangeError


def _unanswered(call: str, sentence: str, trace: str) -> HostingError:
    """A call without an HTTP answer, or with one that the library makes nothing of."""
    if "without LOCATION" in sentence:
        return BucketRegionError(f"{call}: redirect")
    if "HTTP error" not in sentence:
        return BucketStrangeError(f"{call}: answer unreadable")
    if "dns error" in trace:
        return BucketHostNotFoundError(f"{call}: name not found")
    if any(sign in trace for sign in _TLS):
        return BucketTlsError(f"{call}: no TLS")
    late = "kind: Timeout" in trace
    return BucketUnreachableError(f"{call}: " + ("time-out" if late else "no connection"))


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""
