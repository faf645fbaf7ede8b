"""How bytes travel: time-outs, trust store, a key bound to its origin, reads with a cap."""

from __future__ import annotations

import logging
import ssl
import zlib
from collections.abc import AsyncIterator, Generator
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx
import truststore

from dreamina_desktop.api.addresses import ApiOrigins, Origin
from dreamina_desktop.core.errors import AnswerUnreadableError, KeyRefusedError
from dreamina_desktop.core.ports import Left

LARGEST_ANSWER = 4 * 1024 * 1024
"""Bytes of an API answer, unpacked; the API's own are a few kilobytes."""

_UPLOAD_STEP = 64 * 1024
_LOCATION = "dreamina_location"
_USER_AGENT = "dreamina-desktop"


@dataclass(frozen=True, slots=True)
class TimeOuts:
    """Seconds. ``write``, ``read`` and ``submit_read`` count from the last bytes that moved.

    ``whole_…`` bound a call however slowly bytes keep trickling; that of a submit allows for a
    body of several megabytes on a slow line.
    """

    connect: float = 10.0
    write: float = 120.0
    read: float = 30.0
    submit_read: float = 120.0
    whole_call: float = 90.0
    whole_submit: float = 1800.0
    whole_download: float = 3600.0

    def of_calls(self) -> httpx.Timeout:
        """For everything that may be asked again."""
        return httpx.Timeout(
            connect=self.connect, write=self.write, read=self.read, pool=self.connect
        )

    def of_submits(self) -> httpx.Timeout:
        """For the one call whose answer must not be missed."""
        return httpx.Timeout(
            connect=self.connect, write=self.write, read=self.submit_read, pool=self.connect
        )


class OriginKey(httpx.Auth):
    """Adds the key to requests to the API's exact origins, and to nothing else."""

    def __init__(self, key: str, origins: ApiOrigins) -> None:
        if not key or not key.isascii() or not key.isprintable() or " " in key:
            # Cannot be a header's value, so it cannot be the key; its text must not be told.
            raise KeyRefusedError("not a header's value")
        self._key = key
        self._origins = origins

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Called by httpx for every request it is about to send."""
        if Origin.of(request.url) in self._origins:
            request.headers["Authorization"] = f"Bearer {self._key}"
        yield request


class SendWatch:
    """Sees, as httpx's ``trace`` extension, whether a request has begun to leave, and has left.

    ``unsent`` is True only while that is proved: connecting, or talking to a proxy that has not
    opened its tunnel yet. Any other sign, and no sign at all, leaves it False. ``left`` is called
    once the last byte is written, not counting what is said to a proxy about its tunnel.
    """

    def __init__(self, left: Left | None = None) -> None:
        self.unsent = False
        self._left = left

    async def __call__(self, event: str, info: dict[str, object]) -> None:
        if event.startswith("connection.connect"):
            self.unsent = True
        elif "request" in info:
            self.unsent = getattr(info["request"], "method", None) == b"CONNECT"
        elif event.endswith(".send_request_body.complete") and not self.unsent and self._left:
            self._left()


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """An answer as it came: status, ``Retry-After`` header or None, and unpacked body."""

    status: int
    retry_after: str | None
    body: bytes

    @property
    def is_success(self) -> bool:
        """2xx."""
        return 200 <= self.status < 300


def tls_context() -> ssl.SSLContext:
    """Verifies by the operating system's trust store, so that a company's own roots count."""
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def open_client(transport: httpx.AsyncBaseTransport, time_outs: httpx.Timeout) -> httpx.AsyncClient:
    """A client with no redirects, cookies, password files or packed answers, and silent logs."""
    _silence()
    return httpx.AsyncClient(
        transport=transport,
        headers={"User-Agent": _USER_AGENT, "Accept-Encoding": "identity"},
        timeout=time_outs,
        follow_redirects=False,
        trust_env=False,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        event_hooks={"response": [_take_location]},
    )


def location_of(response: httpx.Response) -> str | None:
    """Where a redirect leads, as it was written; None for none."""
    location: str | None = response.extensions.get(_LOCATION)
    return location


async def in_steps(body: bytes) -> AsyncIterator[bytes]:
    """A body in pieces, so that the write time-out counts from the last piece that moved."""
    for start in range(0, len(body), _UPLOAD_STEP):
        yield body[start : start + _UPLOAD_STEP]


async def read_answer(response: httpx.Response) -> RawAnswer:
    """The whole answer. Raises AnswerUnreadableError for a success too large or packed oddly.

    An error's status counts even when its body cannot be had: the body is then empty.
    """
    status, retry_after = response.status_code, response.headers.get("Retry-After")
    try:
        return RawAnswer(status, retry_after, await _body(response))
    except (httpx.HTTPError, OSError, AnswerUnreadableError):
        if status < 400:
            raise
        return RawAnswer(status, retry_after, b"")


async def _take_location(response: httpx.Response) -> None:
    """The library reads it even where it may not follow, and fails on a bad one as if nothing had
    been sent: a submit that was answered so would be sent again.
    """
    location = response.headers.pop("Location", None)
    if location is not None:
        response.extensions[_LOCATION] = location


async def _body(response: httpx.Response) -> bytes:
    raw = bytearray()
    async for piece in response.aiter_raw():
        raw += piece
        if len(raw) > LARGEST_ANSWER:
            raise AnswerUnreadableError("too large", status=response.status_code)
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding == "identity":
        return bytes(raw)
    if encoding in ("gzip", "x-gzip", "deflate"):
        return _unpacked(bytes(raw), response.status_code)
    raise AnswerUnreadableError("unknown encoding", status=response.status_code)


def _unpacked(raw: bytes, status: int) -> bytes:
    """What a server packed although it was asked not to; never more than the cap."""
    unpacker = zlib.decompressobj(wbits=47)  # gzip or zlib, whichever it is
    try:
        body = unpacker.decompress(raw, LARGEST_ANSWER + 1)
    except zlib.error:
        raise AnswerUnreadableError("badly packed", status=status) from None
    if len(body) > LARGEST_ANSWER or not unpacker.eof:
        raise AnswerUnreadableError("too large or cut when unpacked", status=status)
    return body


def _silence() -> None:
    """Their log lines hold whole addresses with their signatures, and headers."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
