"""Ways to the API that end before it, and two that break on the way back."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field

from dreamina_desktop.api.transport import TimeOuts
from dreamina_desktop.core.submit_class import SubmitClass
from tests.api.raw_server import (
    Conversation,
    Speak,
    client_tls,
    free_port,
    http,
    raw_server,
    server_tls,
)
from tests.reliability.go_between import Proxy, Submit, go_between

type Open = Callable[[str], AbstractAsyncContextManager[str]]

_HURRIED = TimeOuts(connect=1.0)
_NOT_PROXIED = "nowhere.invalid"


@dataclass(frozen=True, slots=True)
class Way:
    """A way: ``open``, given the practice server's address, gives the one to call instead."""

    name: str
    open: Open
    outcome: SubmitClass = SubmitClass.NOT_SENT
    taken: bool = False
    time_outs: TimeOuts = field(default_factory=TimeOuts)
    tls: Callable[[], ssl.SSLContext] = client_tls


class Ways:
    """All of them. Those through a proxy need ``proxied`` around them."""

    def __init__(self) -> None:
        self._proxy = Proxy()

    @asynccontextmanager
    async def proxied(self, setenv: Callable[[str, str], None]) -> AsyncIterator[None]:
        """The system has a proxy while this block lasts."""
        async with raw_server(self._proxy.speak) as server:
            setenv("HTTPS_PROXY", server.url)
            setenv("NO_PROXY", _NOT_PROXIED)
            yield

    def all(self) -> tuple[Way, ...]:
        ways = [
            Way("nobody listens", _nobody),
            Way("no such host", _no_such_host),
            Way("a host that does not answer", _full_backlog, time_outs=_HURRIED),
            Way("a certificate nobody vouches for", _untrusted, tls=_trusting_nobody),
            Way("a certificate of another name, behind a tunnel", self._other_name),
            Way("no TLS", _no_tls),
            Way("closed in the handshake", _closed_in_handshake),
            Way("a handshake that never ends", _silent, time_outs=_HURRIED),
        ]
        for name, spoil in (
            ("407", _say(http(407, b"who are you?"))),
            ("403", _say(http(403, b'{"error_code": 400004}'))),
            ("502", _say(http(502))),
            ("no HTTP", _say(b"\x00\x01 what?\r\n\r\n")),
            ("a reset", _reset),
            ("nothing", _say(b"")),
            ("a tunnel to nowhere", _say(b"HTTP/1.1 200 Connected\r\n\r\n")),
        ):
            host = f"p{len(self._proxy.spoils)}.test"
            self._proxy.spoils[host] = spoil
            ways.append(Way(f"{name} from the proxy", _at(f"https://{host}")))
        unknown = SubmitClass.UNKNOWN
        ways.append(Way("broken under TLS", _broken_under_tls, unknown, taken=True))
        ways.append(Way("lost behind the tunnel", self._tunnel, unknown, taken=True))
        return tuple(ways)

    @asynccontextmanager
    async def _other_name(self, practice: str) -> AsyncIterator[str]:
        async with go_between(practice, None, server_tls()) as port:
            self._proxy.ports["other.test"] = port
            yield "https://other.test"

    @asynccontextmanager
    async def _tunnel(self, practice: str) -> AsyncIterator[str]:
        async def lose(submit: Submit) -> None:
            await submit.taken()
            submit.reset()

        async with go_between(practice, lose, server_tls()) as port:
            self._proxy.ports["api.test"] = port
            yield "https://api.test"


def _at(url: str) -> Open:
    @asynccontextmanager
    async def there(_: str) -> AsyncIterator[str]:
        yield url

    return there


_no_such_host = _at(f"https://{_NOT_PROXIED}")


@asynccontextmanager
async def _nobody(_: str) -> AsyncIterator[str]:
    yield f"http://127.0.0.1:{free_port()}"


@asynccontextmanager
async def _full_backlog(_: str) -> AsyncIterator[str]:
    """Connections are neither taken nor refused (where the system refuses them: also not sent)."""
    with contextlib.ExitStack() as ends:
        listener = ends.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _number in range(8):
            waiting = ends.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@asynccontextmanager
async def _untrusted(practice: str) -> AsyncIterator[str]:
    async with go_between(practice, None, server_tls()) as port:
        yield f"https://localhost:{port}"


@asynccontextmanager
async def _no_tls(practice: str) -> AsyncIterator[str]:
    async with go_between(practice, None) as port:
        yield f"https://127.0.0.1:{port}"


@asynccontextmanager
async def _closed_in_handshake(_: str) -> AsyncIterator[str]:
    async def speak(conversation: Conversation) -> None:
        await conversation.reader.read(10)

    async with raw_server(speak) as server:
        yield f"https://127.0.0.1:{server.port}"


@asynccontextmanager
async def _silent(_: str) -> AsyncIterator[str]:
    async def speak(_conversation: Conversation) -> None:
        await asyncio.Event().wait()

    async with raw_server(speak) as server:
        yield f"https://127.0.0.1:{server.port}"


@asynccontextmanager
async def _broken_under_tls(practice: str) -> AsyncIterator[str]:
    async def lose(submit: Submit) -> None:
        await submit.taken()
        submit.say_below(b"x" * 400)
        await asyncio.sleep(0.2)

    async with go_between(practice, lose, server_tls()) as port:
        yield f"https://localhost:{port}"


def _say(said: bytes) -> Speak:
    async def spoil(conversation: Conversation) -> None:
        await conversation.say(said)

    return spoil


async def _reset(conversation: Conversation) -> None:
    conversation.reset()


def _trusting_nobody() -> ssl.SSLContext:
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
