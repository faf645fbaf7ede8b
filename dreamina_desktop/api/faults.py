"""What went wrong on the wire, as the errors of ``core``.

One place decides what a failed submit means for the money, by the tables of the provider's
contract. No text made here holds the key, nor the query of an address.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum

import httpx

from dreamina_desktop.api import unsent as unsent_kinds
from dreamina_desktop.api.redaction import Redactor
from dreamina_desktop.api.wire import Complaint
from dreamina_desktop.core.errors import (
    AddressExpiredError,
    AnswerLateError,
    AnswerLostError,
    AnswerUnreadableError,
    ConnectionLostError,
    DetourRefusedError,
    DownloadError,
    KeyRefusedError,
    NoBalanceError,
    NoSuchModelError,
    NoSuchRequestError,
    NotYoursError,
    PortalPageError,
    ProviderRefusedError,
    ProviderTroubleError,
    TooFastError,
    WireError,
)


class Call(StrEnum):
    """The calls of the API; named in the texts of errors."""

    SUBMIT = "submit"
    STATUS = "status"
    RESULT = "result"
    CANCEL = "cancel"
    PRICE = "price"
    BALANCE = "balance"


class ForbiddenAddressError(httpx.ConnectError):
    """A host's name resolved to addresses that may not be connected to. Nothing was sent."""


LONGEST_WAIT = 366 * 86400.0
"""Seconds; a ``Retry-After`` beyond it would overflow the calendar of whoever adds it."""

# Raised before the first byte of a request can have left.
_BEFORE_SENDING = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
_BY_CODE: dict[int, type[WireError]] = {
    400001: NoSuchModelError,
    400002: NoBalanceError,
    400004: KeyRefusedError,
    403001: NotYoursError,
    404001: NoSuchRequestError,
}
# The account's business: these statuses are never the input's fault, whatever code comes along.
_BY_ACCOUNT_STATUS: dict[int, type[WireError]] = {
    401: KeyRefusedError,
    402: NoBalanceError,
    403: KeyRefusedError,
}
_ACCOUNT_CODES = frozenset({400002, 400004, 403001})
_BY_MISSING: dict[Call, type[WireError]] = {
    Call.SUBMIT: NoSuchModelError,
    Call.PRICE: NoSuchModelError,
    Call.STATUS: NoSuchRequestError,
    Call.RESULT: NoSuchRequestError,
    Call.CANCEL: NoSuchRequestError,
    Call.BALANCE: ProviderRefusedError,
}
_EXPIRED = frozenset({401, 403, 404, 410})
_SECONDS = re.compile(r"[+-]?\d{1,300}(\.\d{1,300})?", re.ASCII)


def unanswered(call: Call, error: Exception, *, unsent: bool, clean: Redactor) -> WireError:
    """A call that ended in an exception. ``unsent``: it was seen not to have begun to send."""
    detail = _told(call, error, clean)
    if unsent or isinstance(error, _BEFORE_SENDING):
        return unsent_kinds.kind_of(error)(detail)
    if call is Call.SUBMIT:
        # Whatever ended it: it may be running, and may be charged.
        return AnswerLostError(detail)
    is_late = isinstance(error, httpx.TimeoutException | TimeoutError)
    return AnswerLateError(detail) if is_late else ConnectionLostError(detail)


def is_page(body: bytes) -> bool:
    """Whether a body is a page for people: the API never sends one."""
    return body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def unreadable(detail: str, status: int, *, page: bool) -> AnswerUnreadableError:
    """An answer that is none of the API's; ``page`` says that it is one for people."""
    kind = PortalPageError if page else AnswerUnreadableError
    return kind(detail, status=status)


def refused(
    call: Call,
    status: int,
    told: Complaint | None,
    retry_after: float | None,
    clean: Redactor,
    *,
    page: bool = False,
) -> WireError:
    """An answer whose HTTP status is no success. ``told`` is None for a body that is no JSON.

    ``page`` says that the body is a page for people.
    """
    message = clean(told.message) if told else ""
    code = told.code if told else None
    detail = f"{call}: HTTP {status}"
    if status == 408:
        lost = AnswerLostError if call is Call.SUBMIT else AnswerLateError
        return lost(detail, provider_message=message, status=status)
    if status == 511:
        # RFC 6585: never the server's own answer, always that of a network wanting a login.
        return PortalPageError(detail, status=status)
    if status == 429 or status >= 500:
        kind = TooFastError if status == 429 else ProviderTroubleError
        return kind(
            detail,
            provider_message=message,
            provider_code=code,
            status=status,
            retry_after=retry_after,
        )
    if status < 400 or (told is None and call is not Call.SUBMIT):
        # A redirect is none of the API's answers. Nor is a page instead of JSON: it comes from
        # something in between, such as a hotel's portal, and says nothing about key or request.
        return unreadable(detail, status, page=page or 300 <= status < 400)
    if status in _BY_ACCOUNT_STATUS:
        error = _BY_ACCOUNT_STATUS[status]
        if code in _ACCOUNT_CODES:
            error = _BY_CODE[code]
    elif code in _BY_CODE:
        error = _BY_CODE[code]
    else:
        error = _BY_MISSING[call] if status == 404 else ProviderRefusedError
    return _made(error, detail, status, told, clean)


def refused_in_success(
    call: Call, status: int, told: Complaint | None, *, answered: bool, clean: Redactor
) -> WireError | None:
    """The error in a 2xx; None when there is none.

    ``answered``: the body also holds the answer that was asked for. A submit's request id then
    outweighs any error beside it, for such a request may be running; elsewhere the API's own
    codes outweigh the answer, while a code of the model maker's belongs to the result.
    """
    if told is None or (answered and call is Call.SUBMIT):
        return None
    detail = f"{call}: error in HTTP {status}"
    if told.code in _BY_CODE:
        return _made(_BY_CODE[told.code], detail, status, told, clean)
    if told.says_error and not answered:
        return _made(ProviderRefusedError, detail, status, told, clean)
    return None


def undelivered(error: Exception, clean: Redactor) -> DownloadError:
    """A download that ended in an exception."""
    if isinstance(error, ForbiddenAddressError):
        return DetourRefusedError("the name stands for a private address")
    return DownloadError(_told("download", error, clean))


def not_delivered(status: int, retry_after: float | None = None) -> DownloadError:
    """A download whose HTTP status is not that of the file."""
    if status in _EXPIRED:
        return AddressExpiredError(f"HTTP {status}")
    return DownloadError(f"HTTP {status}", retry_after=retry_after)


def retry_seconds(header: str | None, now: datetime) -> float | None:
    """``Retry-After`` in seconds from ``now``: whole or broken seconds, or an HTTP date.

    None for nothing or garbage, nought for the past.
    """
    text = (header or "").strip()
    if _SECONDS.fullmatch(text):
        return min(max(float(text), 0.0), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max((moment - now).total_seconds(), 0.0), LONGEST_WAIT)


def _made(
    error: type[WireError], detail: str, status: int, told: Complaint | None, clean: Redactor
) -> WireError:
    message = clean(told.message) if told else ""
    code = told.code if told else None
    if issubclass(error, ProviderRefusedError):
        return error(
            detail,
            provider_message=message,
            provider_code=code,
            status=status,
            field=clean(told.field) if told else "",
        )
    return error(detail, provider_message=message, provider_code=code, status=status)


def _told(call: str, error: Exception, clean: Redactor) -> str:
    reason = clean(str(error))
    return f"{call}: {type(error).__name__}" + (f" ({reason})" if reason else "")
