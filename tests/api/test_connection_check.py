"""The three questions about the way to the provider, asked of real servers."""

from __future__ import annotations

import asyncio

import pytest

from dreamina_desktop.api.addresses import ApiOrigins
from dreamina_desktop.api.connection_check import ConnectionCheck
from dreamina_desktop.api.routes import Resolve, resolve_host
from dreamina_desktop.core.diagnosis import Step, StepEnded
from dreamina_desktop.core.errors import (
    AnswerUnreadableError,
    KeyMissingError,
    KeyRefusedError,
    NotSentError,
    PortalPageError,
    ProviderTroubleError,
)
from dreamina_desktop.resources import MODEL_ID
from tests.api.clients import IMPATIENT, KEY, PAGE, StoppedClock
from tests.api.raw_server import Conversation, raw_server
from tests.practice_server import PracticeServer


def check(url: str, key: str = KEY, resolve: Resolve = resolve_host) -> ConnectionCheck:
    return ConnectionCheck(
        ApiOrigins.at(url), lambda: key, StoppedClock(), time_outs=IMPATIENT, resolve=resolve
    )


async def last(question: ConnectionCheck) -> StepEnded:
    """Where it stopped; all before was well."""
    *well, ended = await question.run(MODEL_ID)
    assert [one.error for one in well] == [None] * len(well)
    return ended


async def test_all_is_well(server: PracticeServer) -> None:
    way, answer, key = await check(server.url, server.key).run(MODEL_ID)
    assert (way.step, way.detail, way.error) == (Step.WAY, "127.0.0.1", None)
    assert answer.step is Step.ANSWER
    assert answer.detail.startswith("HTTP 401")
    assert key == StepEnded(Step.KEY)
    # The first who answered could have been anybody: the key came with the last question only.
    assert [request.had_key for request in server.requests()[-2:]] == [False, True]


async def test_a_key_that_is_refused(server: PracticeServer) -> None:
    ended = await last(check(server.url))
    assert ended.step is Step.KEY
    assert isinstance(ended.error, KeyRefusedError)


async def test_no_key(server: PracticeServer) -> None:
    def none() -> str:
        raise KeyMissingError

    question = ConnectionCheck(ApiOrigins.at(server.url), none, StoppedClock())
    ended = await last(question)
    assert isinstance(ended.error, KeyMissingError)


@pytest.mark.parametrize("error", [OSError("gone"), TimeoutError()])
async def test_a_name_that_is_not_found(error: Exception) -> None:
    async def nobody(_host: str, _port: int) -> tuple[()]:
        raise error

    ended = await last(check("https://api.example", resolve=nobody))
    assert (ended.step, type(ended.error)) == (Step.WAY, type(ended.error))
    assert isinstance(ended.error, NotSentError)


@pytest.mark.parametrize("password", ["sesame", "it's-sesame"])
async def test_the_way_leads_through_a_proxy(
    monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    """Its password is nobody's business."""
    monkeypatch.setenv("HTTPS_PROXY", f"http://me:{password}@127.0.0.1:1")
    way, answer = await check("https://api.example").run(MODEL_ID)
    assert way.detail == "http://127.0.0.1:1"
    assert isinstance(answer.error, NotSentError)


async def test_a_portal_answers() -> None:
    async def portal(conversation: Conversation) -> None:
        await conversation.request()
        await conversation.say(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(PAGE) + PAGE)

    async with raw_server(portal) as server:
        ended = await last(check(server.url))
    assert ended.step is Step.ANSWER
    assert isinstance(ended.error, PortalPageError)
    # The portal has not seen the key.
    assert all(KEY.encode() not in head for head in server.heads)


async def test_the_provider_has_trouble(server: PracticeServer) -> None:
    server.trouble({"on": "price", "do": {"status": 503, "body": {"detail": "soon"}}})
    ended = await last(check(server.url, server.key))
    assert (ended.step, type(ended.error)) == (Step.ANSWER, ProviderTroubleError)


async def test_nobody_answers() -> None:
    async def silence(conversation: Conversation) -> None:
        await conversation.request()
        await asyncio.sleep(5)

    async with raw_server(silence) as server:
        ended = await last(check(server.url))
    assert ended.step is Step.ANSWER
    assert ended.error is not None


async def test_an_answer_too_large() -> None:
    async def flood(conversation: Conversation) -> None:
        await conversation.request()
        await conversation.say(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(100):
            await conversation.say(bytes(64 * 1024))

    async with raw_server(flood) as server:
        ended = await last(check(server.url))
    assert isinstance(ended.error, AnswerUnreadableError)
