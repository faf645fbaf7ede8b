"""Why nothing could be sent: from a library's exception, and what caused it, to our kinds."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator

import httpx

from dreamina_desktop.core.errors import (
    CertificateRefusedError,
    ConnectTimeOutError,
    NameNotFoundError,
    NotSentError,
    OfflineError,
    ProxyLoginError,
    ProxyTroubleError,
    TlsFailedError,
)

_NO_WAY = frozenset(
    number
    for name in ("ENETUNREACH", "ENETDOWN", "EHOSTUNREACH", "EHOSTDOWN", "EADDRNOTAVAIL")
    # On Windows sockets have numbers of their own.
    for number in (getattr(errno, name, None), getattr(errno, f"WSA{name}", None))
    if number is not None
)
# No failures: the library's way of saying that it waits for the other side.
_PATIENCE = (ssl.SSLWantReadError, ssl.SSLWantWriteError)


def kind_of(error: Exception) -> type[NotSentError]:
    """The kind of an exception that came before the first byte of a request had left.

    TLS goes first, for it also fails behind a proxy's tunnel; then the proxy, through which a
    name or a route is looked up for the proxy itself.
    """
    causes = tuple(_causes(error))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return CertificateRefusedError
    if is_tls(error):
        return TlsFailedError
    if isinstance(error, httpx.ProxyError):
        # The library's only hint is the status in front of its text.
        return ProxyLoginError if str(error).startswith("407") else ProxyTroubleError
    if isinstance(error, httpx.ReadError | httpx.ReadTimeout | httpx.RemoteProtocolError):
        # Before anything is sent, only a proxy is listened to.
        return ProxyTroubleError
    if any(isinstance(cause, socket.gaierror | UnicodeError) for cause in causes):
        return NameNotFoundError
    if any(isinstance(cause, OSError) and cause.errno in _NO_WAY for cause in causes):
        return OfflineError
    return ConnectTimeOutError if isinstance(error, httpx.ConnectTimeout) else NotSentError


def is_tls(error: Exception) -> bool:
    """Whether it was the secure connection that failed."""
    return any(
        isinstance(cause, ssl.SSLError) and not isinstance(cause, _PATIENCE)
        for cause in _causes(error)
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An exception, all that led to it, and all that led to those."""
    waiting, seen = [error], set[int]()
    while waiting:
        cause = waiting.pop()
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        if isinstance(cause, BaseExceptionGroup):
            waiting.extend(cause.exceptions)
        waiting.extend(one for one in (cause.__cause__, cause.__context__) if one is not None)
