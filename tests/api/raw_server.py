"""Servers that speak bytes, for all that a well-behaved HTTP server would not do."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

CERTIFICATES = Path(__file__).parent / "certificates"

type Speak = Callable[["Conversation"], Awaitable[None]]


class Conversation:
    """One connection, from the server's side."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def head(self) -> bytes:
        """The request line and headers."""
        return await self.reader.readuntil(b"\r\n\r\n")

    async def request(self) -> bytes:
        """A whole request with a Content-Length, or without a body."""
        head = await self.head()
        lengths = [
            line.split(b":")[1]
            for line in head.lower().split(b"\r\n")
            if line.startswith(b"content-length:")
        ]
        return head + await self.reader.readexactly(int(lengths[0]) if lengths else 0)

    async def say(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    def stop_reading(self) -> None:
        """Leave what comes on the line, so that the other side cannot go on."""
        transport = self.writer.transport
        assert isinstance(transport, asyncio.Transport)
        transport.pause_reading()

    def reset(self) -> None:
        """End the connection as a crash would: RST instead of FIN."""
        raw = self.writer.get_extra_info("socket")
        pair = "hh" if sys.platform == "win32" else "ii"
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack(pair, 1, 0))
        self.writer.transport.abort()


@dataclass
class RawServer:
    port: int
    heads: list[bytes] = field(default_factory=list)
    """What each connection began with."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextlib.asynccontextmanager
async def raw_server(speak: Speak, tls: ssl.SSLContext | None = None) -> AsyncIterator[RawServer]:
    """A server on loopback that calls ``speak`` for each connection and closes it afterwards."""
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                await speak(Conversation(reader, writer))
        finally:
            writer.close()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        # One that is cancelled before its first step closes nothing itself.
        task.add_done_callback(lambda _: writer.close())

    server = await asyncio.start_server(accept, "127.0.0.1", 0, ssl=tls)
    try:
        yield RawServer(server.sockets[0].getsockname()[1])
    finally:
        server.close()
        # Whoever was let in a moment before has not got a task yet.
        await asyncio.sleep(0)
        while tasks:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await asyncio.sleep(0)


@contextlib.asynccontextmanager
async def answering(*answers: bytes, tls: ssl.SSLContext | None = None) -> AsyncIterator[RawServer]:
    """A server whose n-th request gets the n-th answer (the last one for all that follow)."""
    requests: list[bytes] = []

    async def speak(conversation: Conversation) -> None:
        requests.append(await conversation.request())
        await conversation.say(answers[min(len(requests), len(answers)) - 1])

    async with raw_server(speak, tls) as server:
        server.heads = requests
        yield server


def http(status: int = 200, body: bytes = b"", *headers: str, length: int | None = None) -> bytes:
    """An answer; ``length`` announces another Content-Length than the body has."""
    lines = [
        f"HTTP/1.1 {status} Said",
        f"Content-Length: {len(body) if length is None else length}",
        *headers,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def free_port() -> int:
    """A port of loopback at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def server_tls() -> ssl.SSLContext:
    """The server's side, with a certificate for api.test, account.test, clips.test, localhost."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / "server.pem")
    return context


def client_tls() -> ssl.SSLContext:
    """The client's side, trusting the test authority alone."""
    return ssl.create_default_context(cafile=str(CERTIFICATES / "authority.pem"))
