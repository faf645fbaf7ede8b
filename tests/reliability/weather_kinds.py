"""Kinds of bad network: each makes a sky bad until its block ends."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from tests.api.raw_server import Conversation, free_port, http, raw_server
from tests.reliability.weather import HTML, PAGE, Sky
from tests.reliability.weather_provider import CLIPS, certificate

NO_ROUTE, PRIVATE = "255.255.255.255", "10.255.255.1"


@dataclass(frozen=True)
class Kind:
    """``begin`` makes the network bad until its block ends; ``told`` are codes that may be said.

    ``lossy``: a submit's bytes may have got through.
    """

    name: str
    begin: Callable[[Sky], Any]
    told: frozenset[str]
    lossy: bool = False


KINDS: list[Kind] = []


def kind(*told: str, lossy: bool = False) -> Callable[[Callable[[Sky], AsyncIterator[None]]], None]:
    def keep(begin: Callable[[Sky], AsyncIterator[None]]) -> None:
        name = begin.__name__.replace("_", " ")
        KINDS.append(Kind(name, asynccontextmanager(begin), frozenset(told), lossy))

    return keep


async def _looked_up(sky: Sky, say: Callable[[str], str]) -> AsyncIterator[None]:
    sky.names.say = say
    sky.line.cut()
    yield
    sky.names.say = sky.names.usual


@kind("offline")
async def no_route(sky: Sky) -> AsyncIterator[None]:
    async for _ in _looked_up(sky, lambda _host: NO_ROUTE):
        yield


@kind("name_not_found")
async def no_such_name(sky: Sky) -> AsyncIterator[None]:
    def say(_host: str) -> str:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    async for _ in _looked_up(sky, say):
        yield


@kind("name_not_found")
async def dns_down(sky: Sky) -> AsyncIterator[None]:
    def say(_host: str) -> str:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    async for _ in _looked_up(sky, say):
        yield


@kind("connect_time_out")
async def dns_that_never_answers(sky: Sky) -> AsyncIterator[None]:
    over = threading.Event()

    def say(_host: str) -> str:
        over.wait(20)
        return "127.0.0.1"

    async for _ in _looked_up(sky, say):
        yield
        over.set()


@kind("detour_refused")
async def dns_that_leads_clips_into_a_private_network(sky: Sky) -> AsyncIterator[None]:
    async for _ in _looked_up(sky, lambda host: PRIVATE if host == CLIPS else "127.0.0.1"):
        yield


@kind("not_sent")
async def nobody_listens(sky: Sky) -> AsyncIterator[None]:
    sky.line.refuse()
    sky.line.cut()
    yield
    await sky.line.open()


async def _at_the_other_end(sky: Sky, bad: Callable[[Conversation], Awaitable[None]]) -> Any:
    sky.line.bad = bad
    sky.line.cut()
    yield
    sky.line.bad = None


@kind("not_sent", "tls_failed")
async def reset_at_once(sky: Sky) -> AsyncIterator[None]:
    async def bad(conversation: Conversation) -> None:
        conversation.reset()

    async for _ in _at_the_other_end(sky, bad):
        yield


@kind("not_sent", "tls_failed")
async def closed_in_the_handshake(sky: Sky) -> AsyncIterator[None]:
    async def bad(conversation: Conversation) -> None:
        await conversation.reader.read(100)

    async for _ in _at_the_other_end(sky, bad):
        yield


@kind("tls_failed")
async def a_portal_without_tls(sky: Sky) -> AsyncIterator[None]:
    async for _ in _at_the_other_end(sky, sky.recorder(http(200, PAGE, HTML)).speak):
        yield


@kind("connect_time_out", "answer_late", "connection_lost")
async def half_open(sky: Sky) -> AsyncIterator[None]:
    sky.line.flows.clear()
    yield
    sky.line.flows.set()


@kind("connection_lost", "not_sent", "tls_failed", lossy=True)
async def cut_in_the_middle(sky: Sky) -> AsyncIterator[None]:
    async def cut_again() -> None:
        while True:
            # The handshake takes some 1500 bytes, an answer 200, a clip thousands.
            sky.line.leaves = 1700 if sky.line.leaves is None else sky.line.leaves
            await asyncio.sleep(0.01)

    sky.line.cut()
    task = asyncio.create_task(cut_again())
    yield
    task.cancel()
    sky.line.leaves = None


async def _certified(sky: Sky, name: str) -> AsyncIterator[None]:
    sky.provider.shown = certificate(name)
    sky.line.cut()
    heard = len(sky.provider.heads)
    yield
    assert len(sky.provider.heads) == heard, "spoke to a stranger"
    sky.provider.shown = None


@kind("certificate_refused")
async def self_signed(sky: Sky) -> AsyncIterator[None]:
    async for _ in _certified(sky, "stranger"):
        yield


@kind("certificate_refused")
async def the_certificate_of_another_host(sky: Sky) -> AsyncIterator[None]:
    async for _ in _certified(sky, "other-name"):
        yield


@kind("certificate_refused")
async def an_old_certificate(sky: Sky) -> AsyncIterator[None]:
    async for _ in _certified(sky, "expired"):
        yield


async def _said(sky: Sky, *answers: bytes, after: float = 0.0) -> AsyncIterator[None]:
    """Something on the way whose certificate counts, as that of a company's box does."""

    async def speak(conversation: Conversation) -> None:
        await asyncio.sleep(after)
        for answer in answers:
            await conversation.say(answer)

    sky.provider.otherwise = speak
    yield
    sky.provider.otherwise = None


@kind("portal_page", lossy=True)
async def a_portals_page(sky: Sky) -> AsyncIterator[None]:
    async for _ in _said(sky, http(200, PAGE, HTML)):
        yield


@kind("portal_page", lossy=True)
async def a_portals_redirect(sky: Sky) -> AsyncIterator[None]:
    async for _ in _said(sky, http(302, b"", f"Location: {sky.portal_url}/login")):
        yield


@kind("portal_page", lossy=True)
async def network_authentication_required(sky: Sky) -> AsyncIterator[None]:
    async for _ in _said(sky, http(511, PAGE, HTML)):
        yield


@kind("provider_trouble", lossy=True)
async def a_gateways_502(sky: Sky) -> AsyncIterator[None]:
    async for _ in _said(sky, http(502, PAGE, HTML)):
        yield


@kind("connection_lost", lossy=True)
async def no_http_at_all(sky: Sky) -> AsyncIterator[None]:
    async for _ in _said(sky, b"\x00\x01 what?\r\n\r\n"):
        yield


@kind("answer_late", "connection_lost", lossy=True)
async def no_answer(sky: Sky) -> AsyncIterator[None]:
    async for _ in _said(sky, after=1.5):
        yield


async def _through(sky: Sky, proxy: str) -> AsyncIterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HTTPS_PROXY", proxy)
        yield


async def _through_one_that_says(sky: Sky, answer: bytes) -> AsyncIterator[None]:
    async with raw_server(sky.recorder(answer).speak) as server:
        async for _ in _through(sky, server.url):
            yield


@kind("proxy_login")
async def a_proxy_that_asks_for_a_login(sky: Sky) -> AsyncIterator[None]:
    async for _ in _through_one_that_says(sky, http(407, PAGE, HTML)):
        yield


@kind("proxy_trouble")
async def a_proxy_that_forbids(sky: Sky) -> AsyncIterator[None]:
    async for _ in _through_one_that_says(sky, http(403, PAGE, HTML)):
        yield


@kind("tls_failed")
async def a_proxy_that_opens_to_a_page(sky: Sky) -> AsyncIterator[None]:
    tunnel = b"HTTP/1.1 200 Connected\r\n\r\n" + http(200, PAGE, HTML)
    async for _ in _through_one_that_says(sky, tunnel):
        yield


@kind("proxy_trouble")
async def a_proxy_that_hangs(sky: Sky) -> AsyncIterator[None]:
    async for _ in _through_one_that_says(sky, b""):
        yield


@kind("proxy_trouble")
async def a_proxy_that_is_not_there(sky: Sky) -> AsyncIterator[None]:
    async for _ in _through(sky, f"http://127.0.0.1:{free_port()}"):
        yield


@kind("proxy_trouble")
async def a_proxy_whose_name_nobody_knows(sky: Sky) -> AsyncIterator[None]:
    async for _ in _through(sky, "http://proxy.invalid:3128"):
        yield
