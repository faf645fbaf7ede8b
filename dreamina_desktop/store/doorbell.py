"""Waking a profile's holder, or its window, from another process: a knock on a loopback port.

The holder leaves ``holder.json``, the window ``window.json``, each with its process id, its port
and a token drawn for this one time. The token never travels: knock and answer are signed with it,
so that neither a stranger at the door nor a stranger behind a port that was given away meanwhile
is believed.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
import os
import secrets
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from dreamina_desktop.store.disk_faults import disk
from dreamina_desktop.store.durable_files import write_whole

_HOST = "127.0.0.1"
LONGEST_PROMPT = 8_000
"""Characters: ten times what the model takes, so that its verdict is about the whole."""
_LONGEST = 192 * 1024
_MAC_LENGTH = 64
_AROUND = 1024
"""Characters of a message beside its texts, amply."""
_PATIENCE = 2.0


@dataclass(frozen=True, slots=True)
class Ring:
    """What is told: with ``show`` None the holder, to look at the rows; else the window.

    "" is to come to the front, any other text a picture or address to do so with. ``prompt`` goes
    with it, "" for none. ``more`` are paths of further pictures to choose from, as many as there
    is room for; a window of an earlier version shows the first alone.
    """

    show: str | None = None
    prompt: str = ""
    more: tuple[str, ...] = ()


class Doorbell:
    """The holder's side, or the window's. ``rung`` is called on the loop that ``open`` ran on."""

    def __init__(
        self, profile: Path, rung: Callable[[Ring], None], *, is_window: bool = False
    ) -> None:
        self._path = address_file(profile, is_window=is_window)
        self._rung = rung
        self._token = secrets.token_hex(32)
        self._server: asyncio.Server | None = None
        self._visitors: set[asyncio.StreamWriter] = set()

    async def open(self) -> None:
        """Listen, and leave the address. Raises DiskError, also when no port can be had."""
        with disk("doorbell"):
            self._server = await asyncio.start_server(self._visit, _HOST, 0, limit=_LONGEST)
            port: int = self._server.sockets[0].getsockname()[1]
            document = {"pid": os.getpid(), "port": port, "token": self._token}
            try:
                write_whole(self._path, json.dumps(document).encode("ascii"))
            except OSError:
                await self.close()
                raise

    async def close(self) -> None:
        """Stop listening and take the address away. May be called again."""
        if self._server is None:
            return
        server, self._server = self._server, None
        server.close()
        while self._visitors:
            # Hung up on rather than cancelled, which the streams' own callback would log.
            for visitor in self._visitors:
                visitor.transport.abort()
            await asyncio.sleep(0)
        await server.wait_closed()
        with suppress(OSError):
            # Not that of a next holder, who may be there already.
            if self._token.encode("ascii") in self._path.read_bytes():
                self._path.unlink()

    async def _visit(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._visitors.add(writer)
        try:
            # Whoever does not speak like ``ring`` is not answered.
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                async with asyncio.timeout(_PATIENCE):
                    await self._answer(reader, writer)
        finally:
            writer.close()
            self._visitors.discard(writer)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = (await reader.readuntil(b"\n")).rstrip()
        signature, body = line[:_MAC_LENGTH], line[_MAC_LENGTH:]
        if not hmac.compare_digest(signature, _sign(self._token, b"ring", body)):
            return
        self._rung(_message(json.loads(body)))
        writer.write(_sign(self._token, b"heard", body) + b"\n")
        await writer.drain()


def ring(profile: Path, message: Ring | None = None, patience: float = _PATIENCE) -> bool:
    """Wake the one it is for; whether it heard. Blocks for at most about ``patience`` seconds.

    A prompt longer than
    ``LONGEST_PROMPT`` is not handed over, and not cut either: nobody hears of it.
    """
    message = message or Ring()
    if len(message.prompt) > LONGEST_PROMPT:
        return False
    address = _read_address(address_file(profile, is_window=message.show is not None))
    if address is None:
        return False
    port, token = address
    document: dict[str, object] = {
        "once": secrets.token_hex(16),
        "show": message.show,
        "prompt": message.prompt,
    }
    document["more"] = _fitting(message.more, _LONGEST - _AROUND - len(json.dumps(document)))
    body = json.dumps(document).encode("ascii")
    try:
        with socket.create_connection((_HOST, port), timeout=patience) as connection:
            connection.sendall(_sign(token, b"ring", body) + body + b"\n")
            with connection.makefile("rb") as answer:
                heard = answer.read(_MAC_LENGTH)
    except OSError:
        return False
    return hmac.compare_digest(heard, _sign(token, b"heard", body))


def _fitting(paths: tuple[str, ...], room: int) -> list[str]:
    """As many of the first as take no more than ``room`` characters of JSON."""
    lengths = itertools.accumulate(len(json.dumps(path)) + 2 for path in paths)
    return [path for path, length in zip(paths, lengths, strict=True) if length <= room]


def _message(document: dict[str, object]) -> Ring:
    """What was said; whoever rings may be of an older or a newer version."""
    show, prompt = document.get("show"), document.get("prompt")
    said = prompt if isinstance(prompt, str) and len(prompt) <= LONGEST_PROMPT else ""
    more = document.get("more")
    paths = more if isinstance(more, list) else []
    further = tuple(path for path in paths if isinstance(path, str))
    return Ring(show if isinstance(show, str) else None, said, further)


def address_file(profile: Path, *, is_window: bool) -> Path:
    """Where the holder's address lies, or the window's."""
    return profile / ("window.json" if is_window else "holder.json")


def _read_address(path: Path) -> tuple[int, str] | None:
    try:
        document = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    match document:
        case {"port": int(port), "token": str(token)} if 0 < port < 65536 and token:
            return port, token
        case _:
            return None


def _sign(token: str, purpose: bytes, body: bytes) -> bytes:
    digest = hmac.digest(token.encode(), purpose + b"\n" + body, hashlib.sha256)
    return digest.hex().encode("ascii")
