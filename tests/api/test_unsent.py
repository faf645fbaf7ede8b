"""Why nothing could be sent, from exceptions as they come; on the wire: tests/reliability."""

from __future__ import annotations

import errno
import socket
import ssl

import httpx
import pytest

from dreamina_desktop.api.unsent import is_tls, kind_of
from dreamina_desktop.core import errors
from dreamina_desktop.core.error_codes import NOT_SENT_CODES


def after(cause: BaseException, error: Exception | None = None) -> Exception:
    """``error``, and what the library would name as its cause."""
    error = error or httpx.ConnectError("All connection attempts failed")
    error.__cause__ = cause
    return error


UNVOUCHED = ssl.SSLCertVerificationError(1, "self-signed certificate")
NO_ROUTE = OSError(errno.ENETUNREACH, "Network is unreachable")
REFUSED = ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")
NO_NAME = socket.gaierror(socket.EAI_NONAME, "Name or service not known")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (httpx.ConnectError("x"), errors.NotSentError),
        (after(REFUSED), errors.NotSentError),
        (after(NO_ROUTE), errors.OfflineError),
        (after(OSError(errno.EHOSTUNREACH, "x")), errors.OfflineError),
        (after(ExceptionGroup("both", [REFUSED, NO_ROUTE])), errors.OfflineError),
        (after(after(NO_NAME)), errors.NameNotFoundError),
        (after(UnicodeError("label too long")), errors.NameNotFoundError),
        (httpx.ConnectTimeout("x"), errors.ConnectTimeOutError),
        (after(UNVOUCHED), errors.CertificateRefusedError),
        (after(ssl.SSLError(1, "wrong version number")), errors.TlsFailedError),
        (after(UNVOUCHED, httpx.ProxyError("x")), errors.CertificateRefusedError),
        (httpx.ProxyError("407 Who are you?"), errors.ProxyLoginError),
        (httpx.ProxyError("403 Forbidden"), errors.ProxyTroubleError),
        (after(NO_NAME, httpx.ProxyError("not connected")), errors.ProxyTroubleError),
        (httpx.ReadTimeout("x"), errors.ProxyTroubleError),
        (httpx.RemoteProtocolError("x"), errors.ProxyTroubleError),
        (TimeoutError(), errors.NotSentError),
    ],
)
def test_each_kind(error: Exception, kind: type[errors.NotSentError]) -> None:
    assert kind_of(error) is kind


def test_a_cause_in_a_circle_ends() -> None:
    error = httpx.ConnectError("x")
    other = after(error, OSError("y"))
    error.__cause__ = other
    assert kind_of(error) is errors.NotSentError
    assert not is_tls(error)
    assert is_tls(after(UNVOUCHED))


def test_the_codes_are_those_of_the_kinds() -> None:
    kinds = [errors.NotSentError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    assert {kind.code for kind in kinds} == NOT_SENT_CODES
