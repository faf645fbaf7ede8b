from __future__ import annotations

import gzip
import logging
import zlib

import httpx
import pytest

from dreamina_desktop.api.addresses import ApiOrigins
from dreamina_desktop.api.routes import RoutedTransport
from dreamina_desktop.api.transport import (
    LARGEST_ANSWER,
    OriginKey,
    RawAnswer,
    SendWatch,
    TimeOuts,
    in_steps,
    open_client,
    read_answer,
    tls_context,
)
from dreamina_desktop.core.errors import AnswerUnreadableError, KeyRefusedError
from tests.api.clients import KEY
from tests.api.raw_server import answering, client_tls, http

API = ApiOrigins.at("https://api.example:8443")


def authorised(url: str, origins: ApiOrigins = API) -> str | None:
    request = httpx.Request("GET", url)
    next(OriginKey(KEY, origins).auth_flow(request))
    return request.headers.get("Authorization")


def test_the_key_goes_to_its_origins() -> None:
    assert authorised("https://api.example:8443/v1/x?y") == f"Bearer {KEY}"
    both = ApiOrigins.at()
    assert authorised("https://model-api.runcomfy.net/v1", both) == f"Bearer {KEY}"
    assert authorised("https://api.runcomfy.net/prod", both) == f"Bearer {KEY}"


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example:8443/",
        "https://api.example/",
        "https://api.example:8444/",
        "https://x.api.example:8443/",
        "https://api.example.evil.example:8443/",
        "https://api.example:8443@evil.example/",
        "https://127.0.0.1:8443/",
    ],
)
def test_the_key_goes_nowhere_else(url: str) -> None:
    assert authorised(url) is None


@pytest.mark.parametrize("key", ["", "a b", "a\nb", "schlüssel", "a\x00", "🗝"])
def test_what_no_header_can_hold_is_no_key_and_is_not_told(key: str) -> None:
    with pytest.raises(KeyRefusedError) as caught:
        OriginKey(key, API)
    assert str(caught.value) == "key_refused: not a header's value"


def test_the_key_is_in_no_repr() -> None:
    assert KEY not in repr(OriginKey(KEY, API))


async def test_nothing_is_taken_for_unsent_without_proof() -> None:
    post, connect = httpx.Request("POST", "https://a"), httpx.Request("CONNECT", "https://a")
    connect.method = b"CONNECT"  # type: ignore[assignment]  # as httpcore has it
    watch = SendWatch()
    assert not watch.unsent
    await watch("http11.send_request_headers.started", {"request": post})
    assert not watch.unsent
    await watch("connection.connect_tcp.started", {"host": "a"})
    assert watch.unsent
    await watch("http11.send_request_headers.started", {"request": connect})
    await watch("http11.receive_response_headers.complete", {"return_value": None})
    await watch("proxy.start_tls.started", {"server_hostname": "a"})
    assert watch.unsent
    await watch("anything.renamed", {"request": post})
    assert not watch.unsent


async def test_a_request_has_left_with_its_last_byte_and_not_with_that_of_its_tunnel() -> None:
    get, connect = httpx.Request("GET", "https://a"), httpx.Request("CONNECT", "https://a")
    connect.method = b"CONNECT"  # type: ignore[assignment]  # as httpcore has it
    told: list[str] = []
    watch = SendWatch(lambda: told.append("left"))
    await watch("connection.connect_tcp.started", {"host": "a"})
    await watch("http11.send_request_headers.started", {"request": connect})
    await watch("http11.send_request_body.started", {"request": connect})
    await watch("http11.send_request_body.complete", {"return_value": None})
    await watch("http11.send_request_headers.started", {"request": get})
    await watch("http11.send_request_headers.complete", {"return_value": None})
    await watch("http11.send_request_body.started", {"request": get})
    assert told == []
    await watch("http11.send_request_body.complete", {"return_value": None})
    assert told == ["left"]
    await watch("http11.receive_response_headers.complete", {"return_value": None})
    assert told == ["left"]


def test_time_outs_are_explicit() -> None:
    time_outs = TimeOuts(connect=1, write=2, read=3, submit_read=4)
    assert time_outs.of_calls() == httpx.Timeout(connect=1, write=2, read=3, pool=1)
    assert time_outs.of_submits() == httpx.Timeout(connect=1, write=2, read=4, pool=1)


async def test_a_body_goes_in_steps_and_whole() -> None:
    body = bytes(range(256)) * 1000
    steps = [step async for step in in_steps(body)]
    assert b"".join(steps) == body
    assert max(map(len, steps)) == 65536
    assert [step async for step in in_steps(b"")] == []


async def ask(url: str, path: str = "/") -> RawAnswer:
    client = open_client(RoutedTransport(client_tls(), keep_alive=5.0), httpx.Timeout(5))
    async with client, client.stream("GET", url + path) as response:
        return await read_answer(response)


async def test_an_answer_is_read_raw() -> None:
    async with answering(http(200, b'{"a":1}', "Retry-After: 3")) as server:
        assert await ask(server.url) == RawAnswer(200, "3", b'{"a":1}')
    assert b"accept-encoding: identity" in server.heads[0].lower()
    assert b"user-agent: dreamina-desktop\r\n" in server.heads[0].lower()


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("GZIP ", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("identity", bytes),
    ],
)
async def test_a_server_that_packs_all_the_same(encoding: str, pack: object) -> None:
    assert callable(pack)
    answer = http(200, pack(b'{"a":1}'), f"Content-Encoding: {encoding}")
    async with answering(answer) as server:
        assert (await ask(server.url)).body == b'{"a":1}'


BOMB = gzip.compress(bytes(LARGEST_ANSWER + 1))


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (bytes(LARGEST_ANSWER + 1), "identity"),
        (BOMB, "gzip"),
        (gzip.compress(b"{}" * 100, mtime=0)[:-9], "gzip"),
        (b"not packed", "gzip"),
        (b"{}", "br"),
        (b"{}", "gzip, gzip"),
    ],
)
async def test_bodies_that_are_not_taken(body: bytes, encoding: str) -> None:
    async with answering(http(200, body, f"Content-Encoding: {encoding}")) as server:
        with pytest.raises(AnswerUnreadableError) as caught:
            await ask(server.url)
    assert caught.value.status == 200
    # An error's status counts all the same.
    async with answering(http(422, body, f"Content-Encoding: {encoding}")) as server:
        assert await ask(server.url) == RawAnswer(422, None, b"")


async def test_an_answer_of_the_largest_size_is_taken() -> None:
    async with answering(http(200, bytes(LARGEST_ANSWER))) as server:
        assert len((await ask(server.url)).body) == LARGEST_ANSWER


async def test_an_endless_answer_is_given_up() -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"%x\r\n" % (1 << 20) + bytes(1 << 20) + b"\r\n"
    async with answering(head + chunk * 8) as server:
        with pytest.raises(AnswerUnreadableError):
            await ask(server.url)


async def test_a_cut_body() -> None:
    async with answering(http(200, b"{", length=10)) as server:
        with pytest.raises(httpx.RemoteProtocolError):
            await ask(server.url)
    async with answering(http(503, b"{", "Retry-After: 9", length=10)) as server:
        assert await ask(server.url) == RawAnswer(503, "9", b"")


async def test_cookies_are_not_kept() -> None:
    async with answering(http(200, b"{}", "Set-Cookie: a=1; Path=/")) as server:
        client = open_client(RoutedTransport(client_tls(), keep_alive=5.0), httpx.Timeout(5))
        async with client:
            for _ in range(2):
                assert (await client.get(server.url)).status_code == 200
    assert len(server.heads) == 2
    assert not any(b"cookie" in head.lower() for head in server.heads)


async def test_redirects_are_not_followed() -> None:
    async with answering(http(307, b"", "Location: /elsewhere")) as server:
        assert (await ask(server.url)).status == 307
    assert len(server.heads) == 1


async def test_the_libraries_do_not_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        async with answering(http(200, b"{}")) as server:
            await ask(server.url, "/?signature=secret")
    assert not [record for record in caplog.records if record.name.startswith("http")]


def test_the_trust_store_is_the_systems() -> None:
    context = tls_context()
    assert type(context).__module__.startswith("truststore")
    assert context.check_hostname
