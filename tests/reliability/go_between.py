"""Servers that stand between the program and the practice server, and spoil one submit."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from urllib.parse import urlsplit

from tests.api.raw_server import Conversation, raw_server

type Spoil = Callable[["Submit"], Awaitable[None]]


class Submit:
    """One POST that has begun to come in: ``head`` is its first byte."""

    def __init__(self, head: bytes, conversation: Conversation, port: int) -> None:
        self._began = head
        self._conversation = conversation
        self._port = port

    async def whole(self) -> bytes:
        """All of it."""
        return self._began + await self._conversation.request()

    async def taken(self) -> bytes:
        """All of it, handed on; the practice server's answer, which is to say: it is paid for."""
        sent = await self.whole()
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            writer.write(sent)
            return await reader.read()
        finally:
            writer.close()

    async def part(self, length: int) -> None:
        """So many bytes of it."""
        await self._conversation.reader.readexactly(length - len(self._began))

    async def head(self) -> None:
        """Its head alone."""
        await self._conversation.head()

    async def rest(self) -> None:
        """Whatever else comes, until the other side has enough."""
        while await self._conversation.reader.read(65536):
            pass

    async def say(self, data: bytes) -> None:
        await self._conversation.say(data)

    def say_below(self, data: bytes) -> None:
        """Bytes on the line below TLS."""
        below = self._conversation.writer.get_extra_info("socket")
        # asyncio's view of a socket does not send; a copy of it does.
        with contextlib.closing(below.dup()) as raw:
            raw.send(data)

    def reset(self) -> None:
        self._conversation.reset()


class GoBetween:
    """Hands on all calls but the first submit, which ``spoil`` gets."""

    def __init__(self, practice: str, spoil: Spoil | None) -> None:
        self._port = urlsplit(practice).port or 0
        self._spoil = spoil

    async def speak(self, conversation: Conversation) -> None:
        began = await conversation.reader.readexactly(1)
        spoil = self._spoil
        if spoil is not None and began == b"P":
            self._spoil = None
            await spoil(Submit(began, conversation, self._port))
            return
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        writer.write(began)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(_pipe(conversation.reader, writer))
                group.create_task(_pipe(reader, conversation.writer))
        finally:
            writer.close()


class Proxy:
    """An HTTP proxy: the name that a tunnel is asked for says what becomes of it."""

    def __init__(self) -> None:
        self.ports: dict[str, int] = {}
        """Ports of loopback behind the names of hosts."""
        self.spoils: dict[str, Callable[[Conversation], Awaitable[None]]] = {}
        """What is done instead, by the names of hosts."""

    async def speak(self, conversation: Conversation) -> None:
        head = await conversation.head()
        host = head.split()[1].partition(b":")[0].decode()
        if host in self.spoils:
            await self.spoils[host](conversation)
            return
        reader, writer = await asyncio.open_connection("127.0.0.1", self.ports[host])
        await conversation.say(b"HTTP/1.1 200 Connected\r\n\r\n")
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(_pipe(conversation.reader, writer))
                group.create_task(_pipe(reader, conversation.writer))
        finally:
            writer.close()


@contextlib.asynccontextmanager
async def go_between(
    practice: str, spoil: Spoil | None, tls: ssl.SSLContext | None = None
) -> AsyncIterator[int]:
    """The port of a GoBetween."""
    async with raw_server(GoBetween(practice, spoil).speak, tls) as server:
        yield server.port


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()
