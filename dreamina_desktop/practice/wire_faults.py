"""Answers that break HTTP on purpose: connections reset, cut short, lied about, made slow."""

from __future__ import annotations

import asyncio
import contextlib
import random
import socket
import struct
import sys
from http import HTTPStatus

from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from dreamina_desktop.practice.request_cuts import RequestCut, RequestCuts
from dreamina_desktop.practice.trouble import ConnectionEnd, Cut

CUTS = "cuts"
_PACE_SECONDS = 0.05
# "On, for zero seconds" makes a close a reset: two ints on POSIX, two shorts on Windows.
_LINGER_ZERO = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)


class OpenProtocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, which also hands its transport to the application.

    Under ``CUTS`` in uvicorn's state it finds the RequestCuts to obey.
    """

    _cut: RequestCut | None = None
    _received = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        # uvicorn writes head and body apart. asyncio would see to this only for a listener that
        # was made with its protocol named; without it each answer waits 40 ms for the client.
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._cut = self._cuts.draw()
        self.app_state = {**self.app_state, "transport": transport}

    def data_received(self, data: bytes) -> None:
        self._received += len(data)
        if self._cut is not None and self._received >= self._cut.length:
            # Not even what came before the cut: a request that ends there must not be done.
            cut, self._cut = self._cut, None
            self._cuts.done(cut, self.client[1] if self.client else None)
            _reset(self.transport)
        elif not self.transport.is_closing():
            super().data_received(data)

    @property
    def _cuts(self) -> RequestCuts:
        cuts = self.app_state[CUTS]
        assert isinstance(cuts, RequestCuts)  # noqa: S101 - put there by the server
        return cuts


class ConnectionReset(Response):
    """No answer at all: the connection is reset (RST)."""

    async def __call__(self, scope: Scope, receive: Receive, _: Send) -> None:
        _reset(_transport(scope))
        await _gone(receive)


class ConnectionClosed(Response):
    """No answer: the connection is closed after ``seconds``, or when either side gives up."""

    def __init__(self, seconds: float, closing: asyncio.Event) -> None:
        super().__init__()
        self._seconds = seconds
        self._closing = closing

    async def __call__(self, scope: Scope, receive: Receive, _: Send) -> None:
        waits = [
            asyncio.ensure_future(wait)
            for wait in (asyncio.sleep(self._seconds), self._closing.wait(), _gone(receive))
        ]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        _transport(scope).close()
        await _gone(receive)


class CutShort(Response):
    """The head of ``whole``, ``length`` bytes of its body, and then the end of the connection."""

    def __init__(self, whole: Response, length: int) -> None:
        super().__init__()
        self._whole = whole
        self._length = length

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        left = self._length

        async def some(message: Message) -> None:
            nonlocal left
            if message["type"] == "http.response.body":
                body = bytes(message.get("body", b""))[:left]
                left -= len(body)
                message = {"type": "http.response.body", "body": body, "more_body": True}
            await send(message)

        await self._whole(scope, receive, some)
        _transport(scope).close()
        await _gone(receive)


class Paced(Response):
    """``whole``, at ``rate`` bytes a second."""

    def __init__(self, whole: Response, rate: int, closing: asyncio.Event) -> None:
        super().__init__()
        self._whole = whole
        self._step = max(1, int(rate * _PACE_SECONDS))
        self._closing = closing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        transport = _transport(scope)

        async def slowly(message: Message) -> None:
            if message["type"] != "http.response.body":
                await send(message)
                return
            body = bytes(message.get("body", b""))
            for start in range(0, len(body), self._step):
                if self._closing.is_set() or transport.is_closing():
                    break
                piece = body[start : start + self._step]
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                await asyncio.sleep(_PACE_SECONDS)
            if not message.get("more_body", False) and not self._closing.is_set():
                await send({"type": "http.response.body", "body": b"", "more_body": False})

        await self._whole(scope, receive, slowly)
        if self._closing.is_set():
            transport.close()
            await _gone(receive)


class WrongLength(Response):
    """``content`` whole, under an announced length of ``announced`` bytes."""

    def __init__(self, content: bytes, media_type: str, announced: int) -> None:
        super().__init__()
        self._content = content
        self._type = media_type
        self._announced = announced

    async def __call__(self, scope: Scope, receive: Receive, _: Send) -> None:
        # Written past uvicorn, which would never let such an answer leave.
        status = HTTPStatus.OK
        head = (
            f"HTTP/1.1 {status} {status.phrase}\r\ncontent-type: {self._type}\r\n"
            f"content-length: {self._announced}\r\nconnection: close\r\n\r\n"
        )
        transport = _transport(scope)
        transport.write(head.encode("ascii"))
        transport.write(self._content)
        transport.close()
        await _gone(receive)


class RawAnswer(Response):
    """``whole`` as it stands on the line, cut, at ``rate`` bytes a second, or both."""

    def __init__(
        self, whole: Response, cut: Cut | None, rate: int | None, closing: asyncio.Event
    ) -> None:
        super().__init__()
        self._whole = whole
        self._cut = cut
        self._rate = rate
        self._closing = closing

    async def __call__(self, scope: Scope, receive: Receive, _: Send) -> None:
        # Written past uvicorn, which knows of no bytes, only of heads and bodies.
        transport = _transport(scope)
        left = sys.maxsize if self._cut is None else self._cut.length

        async def raw(message: Message) -> None:
            nonlocal left
            is_head = message["type"] == "http.response.start"
            content = (_head(message) if is_head else bytes(message.get("body", b"")))[:left]
            left -= len(content)
            await self._write(transport, content)

        await self._whole(scope, receive, raw)
        if self._cut is not None and self._cut.how is ConnectionEnd.RESET:
            _reset(transport)
        else:
            transport.close()
        await _gone(receive)

    async def _write(self, transport: asyncio.Transport, content: bytes) -> None:
        if self._rate is None:
            transport.write(content)
            return
        step = max(1, int(self._rate * _PACE_SECONDS))
        for start in range(0, len(content), step):
            if self._closing.is_set() or transport.is_closing():
                break
            transport.write(content[start : start + step])
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(step / self._rate):
                    await self._closing.wait()


class Garbage(Response):
    """``length`` random bytes, the same for the same length, and the end of the connection."""

    def __init__(self, length: int) -> None:
        super().__init__()
        self._length = length

    async def __call__(self, scope: Scope, receive: Receive, _: Send) -> None:
        transport = _transport(scope)
        transport.write(random.Random(self._length).randbytes(self._length))  # noqa: S311
        transport.close()
        await _gone(receive)


def _head(message: Message) -> bytes:
    status = HTTPStatus(message["status"])
    lines = [f"HTTP/1.1 {status} {status.phrase}".encode("ascii")]
    lines += [name + b": " + value for name, value in message["headers"]]
    return b"\r\n".join([*lines, b"connection: close", b"", b""])


def _reset(transport: asyncio.Transport) -> None:
    connection = transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_ZERO)
    transport.abort()


def _transport(scope: Scope) -> asyncio.Transport:
    transport = scope["state"]["transport"]
    assert isinstance(transport, asyncio.Transport)  # noqa: S101 - put there by OpenProtocol
    return transport


async def _gone(receive: Receive) -> None:
    """Wait until uvicorn knows that the connection is no more, so that it adds no answer."""
    while (await receive())["type"] != "http.disconnect":
        pass
