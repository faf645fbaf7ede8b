"""The provider and its clips behind TLS, in this process; it hears every byte and may be told to
speak otherwise."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from weakref import WeakSet

from tests.api.raw_server import CERTIFICATES, Conversation, http

API, CLIPS = "api.test", "clips.test"

type Speak = Callable[[Conversation], Awaitable[None]]


def certificate(name: str) -> ssl.SSLContext:
    """A server's side with one of the certificates of the tests."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / f"{name}.pem")
    return context


@dataclass
class WeatherProvider:
    """Requests stand where ``phases`` says; a submit makes a new one that is queued.

    ``heads`` are the requests that it heard, whole. ``otherwise`` takes its place, ``shown`` is
    the certificate in place of its own; both change at any moment.
    """

    clip: bytes
    port: int = 0
    phases: dict[str, str] = field(default_factory=dict)
    heads: list[bytes] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    otherwise: Speak | None = None
    shown: ssl.SSLContext | None = None

    def tls(self) -> ssl.SSLContext:
        """Its own certificate, or the one that is ``shown``."""
        context = certificate("server")

        def choose(connection: ssl.SSLObject, _name: str | None, _context: object) -> None:
            if self.shown is not None:
                connection.context = self.shown

        context.sni_callback = choose  # type: ignore[assignment]
        return context

    async def speak(self, conversation: Conversation) -> None:
        """For ``raw_server``: one request after the other on a connection."""
        while True:
            head = await conversation.request()
            self.heads.append(head)
            if self.otherwise is not None:
                await self.otherwise(conversation)
                return
            await conversation.say(self._answer(head))
            if b"connection: close" in head.lower():
                return

    def address(self, request_id: str) -> str:
        """Where the clip of a request is."""
        return f"https://{CLIPS}:{self.port}/{request_id}.mp4"

    def heard(self, host: str) -> bytes:
        """All requests to a host."""
        name = f"host: {host}:".encode()
        return b"".join(head for head in self.heads if name in head.lower())

    def _answer(self, head: bytes) -> bytes:
        method, path, _ = head.split(b"\r\n", 1)[0].decode().split(" ")
        parts = path.partition("?")[0].split("/")
        if path.endswith(".mp4"):
            return http(200, self.clip, 'ETag: "v1"', "Content-Type: video/mp4")
        if method == "POST" and parts[2] == "models":
            request_id = f"sent-{len(self.accepted)}"
            self.accepted.append(request_id)
            self.phases[request_id] = "in_queue"
            return _json({"request_id": request_id})
        request_id, phase = parts[3], self.phases[parts[3]]
        if parts[4] == "status":
            return _json({"request_id": request_id, "status": phase})
        word = "succeeded" if phase == "completed" else phase
        output = {"video": self.address(request_id)} if phase == "completed" else None
        return _json({"request_id": request_id, "status": word, "output": output})


def _json(body: object) -> bytes:
    return http(200, json.dumps(body).encode(), "Content-Type: application/json")


class Recorder:
    """A server that keeps whatever it hears and answers always the same."""

    def __init__(self, answer: bytes = b"") -> None:
        self.answer = answer
        self.heard = b""

    async def speak(self, conversation: Conversation) -> None:
        """For ``raw_server``."""
        while data := await conversation.reader.read(65536):
            self.heard += data
            if self.answer:
                await conversation.say(self.answer)
                return


class Line:
    """The wire to one port of loopback. ``bad`` takes the place of the other end."""

    def __init__(self) -> None:
        self.target = 0
        self.port = 0
        self.bad: Speak | None = None
        self.flows = asyncio.Event()
        self.flows.set()
        self.leaves: int | None = None
        """Bytes that the other end still gets to say before the line is cut."""
        self._server: asyncio.Server | None = None
        self._writers: WeakSet[asyncio.StreamWriter] = WeakSet()
        self._tasks: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Listen, always at the same port."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    def refuse(self) -> None:
        """Nobody listens any more."""
        assert self._server is not None
        self._server.close()

    def cut(self) -> None:
        """Reset whatever is connected now."""
        for writer in tuple(self._writers):
            writer.transport.abort()  # type: ignore[union-attr]

    async def close(self) -> None:
        self.refuse()
        ends = tuple(self._writers)
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for writer in (*ends, *self._writers):
            writer.transport.abort()  # type: ignore[union-attr]
        # Their sockets are closed in the loop's next rounds.
        await asyncio.sleep(0.01)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ends = [writer]
        self._writers.add(writer)
        try:
            if self.bad is not None:
                await self.bad(Conversation(reader, writer))
                return
            there, back = await asyncio.open_connection("127.0.0.1", self.target)
            ends.append(back)
            self._writers.add(back)
            async with asyncio.TaskGroup() as group:
                group.create_task(self._carry(reader, back, counted=False))
                group.create_task(self._carry(there, writer, counted=True))
        except* (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            for end in ends:
                end.close()

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, counted: bool
    ) -> None:
        while data := await reader.read(65536):
            await self.flows.wait()
            if counted and self.leaves is not None:
                data, self.leaves = data[: self.leaves], max(0, self.leaves - len(data))
            writer.write(data)
            await writer.drain()
            if counted and self.leaves == 0:
                self.leaves = None
                writer.transport.abort()  # type: ignore[union-attr]
                raise ConnectionResetError
        writer.close()


def make_clip_bytes(folder: Path) -> bytes:
    """A small whole clip."""
    from tests.video.clips import make_clip

    return make_clip(folder / "clip.mp4", 3).read_bytes()
