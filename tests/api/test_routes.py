from __future__ import annotations

import asyncio
import ipaddress
import os
import socket
import threading

import httpx
import pytest

from dreamina_desktop.api import routes
from dreamina_desktop.api.addresses import IpAddress, ResultAddresses, only_loopback
from dreamina_desktop.api.faults import ForbiddenAddressError
from dreamina_desktop.api.routes import (
    Resolve,
    RoutedTransport,
    proxy_for,
    resolve_host,
    without_login,
)
from dreamina_desktop.api.transport import TimeOuts, open_client
from dreamina_desktop.core import errors
from tests.api.clients import IMPATIENT, KEY, SUBMISSION, client_of
from tests.api.raw_server import (
    Conversation,
    answering,
    client_tls,
    free_port,
    http,
    raw_server,
    server_tls,
)

PROXIES = [
    ("http://me:sesame@127.0.0.1:9", "http://127.0.0.1:9"),
    ("http://me:it's-sesame@127.0.0.1:9", "http://127.0.0.1:9"),
    ('http://me:se"sesame@[::1]:9/', "http://[::1]:9"),
    ("http://me:p@sesame@proxy.example", "http://proxy.example"),
    ("socks5://me:sesame@proxy.example:1080", "socks5://proxy.example:1080"),
    ("http://me:pa/sesame@proxy.example:9", "…"),
    ("http://me:12/sesame@proxy.example:9", "…"),
    ("http://me:12?sesame@proxy.example:9", "…"),
    ("http://me:12#sesame@proxy.example:9", "…"),
    ("http://", "…"),
    ("http://me:se same@proxy.example:9", "http://proxy.example:9"),
]

ACCEPTED = http(200, b'{"request_id": "r-1"}')


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in tuple(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


def resolving(*texts: str) -> Resolve:
    async def resolve(_host: str, _port: int) -> tuple[IpAddress, ...]:
        return tuple(ipaddress.ip_address(text) for text in texts)

    return resolve


async def fetch(
    url: str, resolve: Resolve, permits: routes.Permits = only_loopback
) -> httpx.Response:
    transport = RoutedTransport(client_tls(), keep_alive=None, permits=permits, resolve=resolve)
    async with open_client(transport, httpx.Timeout(2)) as client:
        return await client.get(url)


@pytest.mark.parametrize(("proxy", "shown"), PROXIES)
def test_a_proxy_is_shown_without_what_it_is_logged_in_with(proxy: str, shown: str) -> None:
    assert without_login(proxy) == shown


# ---- straight ------------------------------------------------------------------------------


async def test_the_checked_address_is_connected_to_by_the_name_of_the_host() -> None:
    async with answering(http(200, b"hello"), tls=server_tls()) as server:
        # The certificate is for clips.test: the name is what is verified, and what is asked for.
        url = f"https://clips.test:{server.port}/x?y=1"
        response = await fetch(url, resolving("127.0.0.1"))
    assert response.content == b"hello"
    head = server.heads[0].lower()
    assert head.startswith(b"get /x?y=1 http/1.1\r\n")
    assert b"host: clips.test:%d\r\n" % server.port in head


async def test_a_certificate_for_another_name_is_refused() -> None:
    async with answering(http(200), tls=server_tls()) as server:
        with pytest.raises(httpx.ConnectError):
            await fetch(f"https://other.test:{server.port}/", resolving("127.0.0.1"))
    assert not server.heads


async def test_a_name_that_stands_for_a_private_address_is_refused() -> None:
    public = ResultAddresses(loopback=False).permits
    async with answering(http(200), tls=server_tls()) as server:
        for found in (["127.0.0.1"], ["10.0.0.1", "::1"], []):
            with pytest.raises(ForbiddenAddressError):
                await fetch(f"https://clips.test:{server.port}/", resolving(*found), public)
    assert not server.heads


async def test_an_address_in_digits_is_not_resolved_but_checked() -> None:
    async def resolve(_host: str, _port: int) -> tuple[IpAddress, ...]:
        raise AssertionError

    async with answering(http(200, b"hello")) as server:
        assert (await fetch(server.url, resolve)).content == b"hello"
    for url in ("https://10.0.0.1/", "https://[fe80::1]/", "https://[::ffff:127.0.0.1]/"):
        with pytest.raises(ForbiddenAddressError):
            await fetch(url, resolve, ResultAddresses(loopback=False).permits)


async def test_only_permitted_addresses_are_tried_one_after_the_other() -> None:
    async with answering(http(200, b"hello")) as server:
        # ::1 is not listened at, 10.0.0.1 is not permitted.
        response = await fetch(
            f"http://localhost:{server.port}/", resolving("10.0.0.1", "::1", "127.0.0.1")
        )
    assert response.content == b"hello"


async def test_nobody_listens_at_any_address() -> None:
    with pytest.raises(httpx.ConnectError):
        await fetch(f"http://localhost:{free_port()}/", resolving("::1", "127.0.0.1"))


@pytest.mark.parametrize("error", [socket.gaierror(-2, "unknown"), UnicodeError("label")])
async def test_a_name_that_cannot_be_resolved(error: Exception) -> None:
    async def resolve(_host: str, _port: int) -> tuple[IpAddress, ...]:
        raise error

    with pytest.raises(httpx.ConnectError):
        await fetch("https://clips.test/", resolve)


async def test_a_name_that_is_not_resolved_in_time() -> None:
    async def resolve(_host: str, _port: int) -> tuple[IpAddress, ...]:
        await asyncio.Event().wait()
        raise AssertionError

    transport = RoutedTransport(
        client_tls(), keep_alive=None, permits=only_loopback, resolve=resolve
    )
    async with open_client(transport, httpx.Timeout(0.05)) as client:
        with pytest.raises(httpx.ConnectTimeout):
            await client.get("https://clips.test/")


async def test_the_systems_resolver() -> None:
    found = await resolve_host("localhost", 80)
    assert found
    assert all(ip.is_loopback for ip in found)
    assert len(set(found)) == len(found)


async def test_a_connection_is_kept_for_the_next_call_or_not_at_all() -> None:
    connections = 0

    async def speak(conversation: Conversation) -> None:
        nonlocal connections
        connections += 1
        while True:
            await conversation.request()
            await conversation.say(http(200, b"{}"))

    async with raw_server(speak) as server:
        for keep_alive, expected in ((30.0, 1), (None, 3)):
            connections = 0
            transport = RoutedTransport(client_tls(), keep_alive=keep_alive)
            async with open_client(transport, httpx.Timeout(5)) as client:
                for _ in range(3):
                    await client.get(server.url)
            assert connections == expected


# ---- proxies -------------------------------------------------------------------------------


def test_the_proxy_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    assert proxy_for("https", "api.example") is None
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", "inside.example")
    assert proxy_for("https", "api.example") == "http://proxy.example:3128"
    assert proxy_for("https", "x.inside.example") is None
    assert proxy_for("http", "api.example") is None
    monkeypatch.setenv("ALL_PROXY", "other.example:8080")
    assert proxy_for("http", "api.example") == "http://other.example:8080"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_loopback_has_no_proxy(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://proxy.example:3128")
    for scheme in ("http", "https"):
        assert proxy_for(scheme, host) is None


async def test_a_system_that_does_not_say_its_proxy_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = threading.Event()

    def hanging(_scheme: str, _host: str) -> str | None:
        said.wait(10)
        return None

    monkeypatch.setattr(routes, "proxy_for", hanging)
    async with client_of("https://api.test", time_outs=TimeOuts(connect=0.05)) as client:
        with pytest.raises(errors.NotSentError):
            await client.submit(SUBMISSION)
    said.set()


async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


class TunnelProxy:
    """Opens its tunnels to one port of loopback, whatever was asked for."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.heads: list[bytes] = []

    async def speak(self, conversation: Conversation) -> None:
        self.heads.append(await conversation.head())
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        await conversation.say(b"HTTP/1.1 200 Connected\r\n\r\n")
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(pipe(conversation.reader, writer))
                group.create_task(pipe(reader, conversation.writer))
        finally:
            writer.close()


async def test_a_submit_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    async with answering(ACCEPTED, tls=server_tls()) as server:
        proxy = TunnelProxy(server.port)
        async with raw_server(proxy.speak) as middle:
            monkeypatch.setenv("HTTPS_PROXY", middle.url)
            async with client_of("https://api.test:8443", tls=client_tls()) as client:
                assert (await client.submit(SUBMISSION)).request_id == "r-1"
                assert (await client.submit(SUBMISSION)).request_id == "r-1"
    # The proxy sees where to, and not the key; the API sees the key inside the tunnel.
    assert [head.split(b"\r\n")[0] for head in proxy.heads] == [
        b"CONNECT api.test:8443 HTTP/1.1"
    ] * 2
    assert not any(KEY.encode() in head or b"uthorization" in head for head in proxy.heads)
    assert all(f"Bearer {KEY}".encode() in head for head in server.heads)


async def answers_407(conversation: Conversation) -> None:
    await conversation.head()
    await conversation.say(http(407, b"who are you?"))


async def answers_garbage(conversation: Conversation) -> None:
    await conversation.head()
    await conversation.say(b"\x00\x01\x02 what?\r\n\r\n")


async def hangs(conversation: Conversation) -> None:
    await conversation.head()
    await asyncio.Event().wait()


async def resets(conversation: Conversation) -> None:
    await conversation.head()
    conversation.reset()


async def closes(conversation: Conversation) -> None:
    await conversation.head()


async def opens_to_no_tls(conversation: Conversation) -> None:
    await conversation.head()
    await conversation.say(b"HTTP/1.1 200 Connected\r\n\r\n")
    await conversation.say(b"this is not TLS at all")


async def opens_and_closes(conversation: Conversation) -> None:
    await conversation.head()
    await conversation.say(b"HTTP/1.1 200 Connected\r\n\r\n")


@pytest.mark.parametrize(
    "speak",
    [answers_407, answers_garbage, hangs, resets, closes, opens_to_no_tls, opens_and_closes],
)
async def test_a_proxy_that_fails_before_the_tunnel_carried_nothing(
    monkeypatch: pytest.MonkeyPatch, speak: object
) -> None:
    assert callable(speak)
    async with raw_server(speak) as middle:
        monkeypatch.setenv("HTTPS_PROXY", middle.url)
        async with client_of("https://api.test", tls=client_tls(), time_outs=IMPATIENT) as client:
            with pytest.raises(errors.NotSentError):
                await client.submit(SUBMISSION)


async def test_an_answer_lost_behind_the_tunnel_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    async with (
        raw_server(closes, server_tls()) as server,
        raw_server(TunnelProxy(server.port).speak) as middle,
        client_of("https://api.test", tls=client_tls()) as client,
    ):
        monkeypatch.setenv("HTTPS_PROXY", middle.url)
        with pytest.raises(errors.AnswerLostError):
            await client.submit(SUBMISSION)


@pytest.mark.parametrize(
    "proxy",
    ["socks://me:word@127.0.0.1:9", "socks5://me:word@127.0.0.1:9", "http://me:word@[::1", "://"],
)
async def test_a_proxy_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    async with client_of("https://api.test", tls=client_tls(), time_outs=IMPATIENT) as client:
        with pytest.raises(errors.NotSentError) as caught:
            await client.submit(SUBMISSION)
    assert "word" not in str(caught.value)


async def test_nobody_listens_at_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://me:word@127.0.0.1:{free_port()}")
    async with client_of("https://api.test", tls=client_tls()) as client:
        with pytest.raises(errors.NotSentError) as caught:
            await client.submit(SUBMISSION)
    assert "word" not in str(caught.value)


async def test_a_result_is_fetched_through_the_proxy_unresolved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def resolve(_host: str, _port: int) -> tuple[IpAddress, ...]:
        raise AssertionError

    async with (
        answering(http(200, b"clip"), tls=server_tls()) as server,
        raw_server(TunnelProxy(server.port).speak) as middle,
    ):
        monkeypatch.setenv("HTTPS_PROXY", middle.url)
        permits = ResultAddresses(loopback=False).permits
        response = await fetch("https://clips.test/c.mp4", resolve, permits)
    assert response.content == b"clip"
