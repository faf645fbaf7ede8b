"""The client against servers that misbehave below HTTP; the calls themselves: test_contract.py."""

from __future__ import annotations

import asyncio
import json
from decimal import Decimal

import pytest

from dreamina_desktop.api.addresses import ApiOrigins
from dreamina_desktop.api.client import RunComfyClient
from dreamina_desktop.core import errors
from dreamina_desktop.core.answers import CancelOutcome, Phase, StatusAnswer
from tests.api.clients import (
    IMPATIENT,
    KEY,
    PAGE,
    SUBMISSION,
    StoppedClock,
    client_of,
    submit_error,
)
from tests.api.raw_server import (
    Conversation,
    answering,
    http,
    raw_server,
)

# ---- the key -------------------------------------------------------------------------------


async def test_without_a_key_nothing_is_sent() -> None:
    def no_key() -> str:
        raise errors.KeyMissingError

    async with answering(http(200)) as server:
        client = RunComfyClient(ApiOrigins.at(server.url), no_key, StoppedClock())
        with pytest.raises(errors.KeyMissingError):
            await client.submit(SUBMISSION)
        with pytest.raises(errors.KeyMissingError):
            await client.status("r-1")
        await client.aclose()
    assert not server.heads


async def test_a_key_that_cannot_be_one_is_refused_before_anything_is_sent() -> None:
    async with answering(http(200)) as server, client_of(server.url, key="a\nb") as client:
        with pytest.raises(errors.KeyRefusedError):
            await client.submit(SUBMISSION)
    assert not server.heads


async def test_who_cares_for_the_key_hears_that_it_was_refused() -> None:
    heard: list[bool] = []
    async with answering(http(401, b'{"detail": "no"}'), http(200, b'{"status": "in_queue"}')) as (
        server
    ):
        client = RunComfyClient(
            ApiOrigins.at(server.url),
            lambda: KEY,
            StoppedClock(),
            refused=lambda: heard.append(True),
        )
        with pytest.raises(errors.KeyRefusedError):
            await client.status("r-1")
        assert heard == [True]
        await client.status("r-1")
        await client.aclose()
    assert heard == [True]


async def test_the_key_of_each_call_is_the_one_of_that_moment() -> None:
    keys = iter(["first", "second"])
    async with answering(http(200, b'{"status": "in_queue"}')) as server:
        client = RunComfyClient(ApiOrigins.at(server.url), lambda: next(keys), StoppedClock())
        await client.status("r-1")
        await client.status("r-1")
        await client.aclose()
    assert [b"Bearer first\r\n" in head for head in server.heads] == [True, False]
    assert b"Bearer second\r\n" in server.heads[1]


async def test_a_server_that_echoes_the_key() -> None:
    body = json.dumps({"error_code": 400004, "error_message": f"No such key: {KEY}"}).encode()
    for status in (401, 200):
        async with answering(http(status, body)) as server:
            error = await submit_error(server.url)
        assert type(error) is errors.KeyRefusedError
        assert error.provider_message == "No such key: …"
    async with answering(http(422, json.dumps({"detail": [{"msg": KEY}]}).encode())) as server:
        error = await submit_error(server.url)
    assert error.provider_message == "…"


# ---- polls ---------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [200, 302, 401, 402, 403, 404, 451])
async def test_a_portal_says_nothing_of_a_request(status: int) -> None:
    async with answering(http(status, PAGE)) as server, client_of(server.url) as client:
        for call in (client.status, client.result, client.cancel, client.price):
            with pytest.raises(errors.AnswerUnreadableError):
                await call("r-1")
        with pytest.raises(errors.AnswerUnreadableError):
            await client.balance()


async def test_an_id_that_cannot_be_one_is_not_asked_for() -> None:
    async with answering(http(200, b"{}")) as server, client_of(server.url) as client:
        for call in (client.status, client.result, client.cancel):
            with pytest.raises(errors.NoSuchRequestError):
                await call("../models")
    assert not server.heads


async def test_a_poll_that_hangs() -> None:
    async def speak(conversation: Conversation) -> None:
        await conversation.request()
        await asyncio.Event().wait()

    async with (
        raw_server(speak) as server,
        client_of(server.url, time_outs=IMPATIENT) as client,
    ):
        with pytest.raises(errors.AnswerLostError):
            await client.status("r-1")


async def test_after_a_sleep_what_is_out_is_given_up_and_asked_over_a_new_connection() -> None:
    asked = asyncio.Event()
    lines = 0

    async def speak(conversation: Conversation) -> None:
        nonlocal lines
        lines += 1
        await conversation.request()
        if lines == 1:
            asked.set()
            await conversation.reader.read()
        else:
            await conversation.say(http(200, b'{"status": "in_queue"}'))

    async with raw_server(speak) as server, client_of(server.url) as client:
        out = asyncio.create_task(client.status("r-1"))
        await asked.wait()
        await client.reconnect()
        with pytest.raises(errors.AnswerLostError):
            await out
        assert (await client.status("r-1")).phase is Phase.QUEUED


async def test_a_submit_survives_a_reconnect() -> None:
    asked, reconnected = asyncio.Event(), asyncio.Event()

    async def speak(conversation: Conversation) -> None:
        await conversation.request()
        asked.set()
        await reconnected.wait()
        await conversation.say(http(200, b'{"request_id": "r-1"}'))

    async with raw_server(speak) as server, client_of(server.url) as client:
        out = asyncio.create_task(client.submit(SUBMISSION))
        await asked.wait()
        await client.reconnect()
        reconnected.set()
        assert (await out).request_id == "r-1"


async def test_it_is_told_that_a_request_has_left_before_its_answer_comes() -> None:
    told, bodies = list[str](), iter([b'{"status": "in_queue"}', b'{"status": "in_queue"}'] * 2)

    async def speak(conversation: Conversation) -> None:
        for body in bodies:
            await conversation.request()
            # Not a byte of the answer is said until the client has told.
            async with asyncio.timeout(30):
                while not told:
                    await asyncio.sleep(0.001)
            told.append("answered")
            await conversation.say(http(200, body))

    async with raw_server(speak) as server, client_of(server.url) as client:
        for call in (client.status, client.result, client.cancel, client.status):
            await call("r-1", lambda: told.append("left"))
            assert told == ["left", "answered"]
            told.clear()


async def test_a_request_that_did_not_leave_is_not_told_of() -> None:
    told: list[str] = []
    async with client_of("http://127.0.0.1:9") as client:
        with pytest.raises(errors.NotSentError):
            await client.status("r-1", lambda: told.append("left"))
    assert told == []


async def test_a_poll_after_the_server_closed_the_kept_connection() -> None:
    # This server closes after each answer without having said so.
    async with (
        answering(http(200, b'{"status": "in_queue"}')) as server,
        client_of(server.url) as client,
    ):
        for _ in range(3):
            assert (await client.status("r-1")).phase is Phase.QUEUED
            await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    "refusal",
    [
        {"detail": [{"loc": ["query", "include_cost"], "msg": "extra input"}]},
        {"error_message": "unknown parameter include_cost"},
    ],
)
async def test_a_server_that_does_not_know_the_cost_is_asked_without(
    refusal: dict[str, object],
) -> None:
    answers = (
        http(422, json.dumps(refusal).encode()),
        http(200, b'{"status": "succeeded", "output": {}}'),
    )
    async with answering(*answers) as server, client_of(server.url) as client:
        answer = await client.result("r-1")
    assert (answer.phase, answer.cost) == (Phase.COMPLETED, None)
    assert [head.split(b" ")[1] for head in server.heads] == [
        b"/v1/requests/r-1/result?include_cost=true",
        b"/v1/requests/r-1/result",
    ]


async def test_another_refusal_of_a_result_is_not_asked_about_again() -> None:
    async with (
        answering(http(422, b'{"detail": "no"}')) as server,
        client_of(server.url) as client,
    ):
        with pytest.raises(errors.ProviderRefusedError):
            await client.result("r-1")
    assert len(server.heads) == 1


@pytest.mark.parametrize("status", [200, 202, 400, 404, 409, 500])
async def test_the_outcome_of_a_cancel_is_trusted_whatever_the_status(status: int) -> None:
    for word, outcome in (
        (b"cancelled", CancelOutcome.CANCELLED),
        (b"not_cancellable", CancelOutcome.NOT_CANCELLABLE),
    ):
        body = b'{"outcome": "%s"}' % word
        async with answering(http(status, body)) as server, client_of(server.url) as client:
            assert await client.cancel("r-1") is outcome
            assert server.heads[0].startswith(b"POST /v1/requests/r-1/cancel ")


async def test_a_cancel_without_an_outcome() -> None:
    for body, outcome in (
        (b'{"status": "cancelled"}', CancelOutcome.CANCELLED),
        (b'{"status": "in_progress"}', CancelOutcome.NOT_CANCELLABLE),
    ):
        async with answering(http(202, body)) as server, client_of(server.url) as client:
            assert await client.cancel("r-1") is outcome
    async with (
        answering(http(409, b'{"status": "x"}')) as server,
        client_of(server.url) as client,
    ):
        with pytest.raises(errors.ProviderRefusedError):
            await client.cancel("r-1")


async def test_an_error_in_a_success() -> None:
    for body, kind in (
        (b'{"error_code": 404001, "error_message": "gone"}', errors.NoSuchRequestError),
        (b'{"status": "error", "error_code": 404001}', errors.NoSuchRequestError),
        (b'{"error_code": 123456}', errors.ProviderRefusedError),
    ):
        async with answering(http(200, body)) as server, client_of(server.url) as client:
            with pytest.raises(kind):
                await client.status("r-1")
    async with (
        answering(http(200, b'{"status": "failed", "error_code": 50411}')) as server,
        client_of(server.url) as client,
    ):
        assert (await client.status("r-1")).phase is Phase.FAILED
        assert (await client.result("r-1")).error_code == 50411


async def test_an_unreadable_answer_names_its_call() -> None:
    async with answering(http(200, b"{}")) as server, client_of(server.url) as client:
        with pytest.raises(errors.AnswerUnreadableError) as caught:
            await client.status("r-1")
    assert str(caught.value) == "answer_unreadable: status: no status"
    assert caught.value.status == 200


async def test_an_oversized_answer_names_its_call() -> None:
    async with answering(http(200, bytes(5 << 20))) as server, client_of(server.url) as client:
        with pytest.raises(errors.AnswerUnreadableError) as caught:
            await client.result("r-1")
    assert str(caught.value) == "answer_unreadable: result: too large"


async def test_localhost_by_name() -> None:
    async with (
        answering(http(200, b'{"status": "in_queue"}')) as server,
        client_of(f"http://localhost:{server.port}") as client,
    ):
        assert (await client.status("r-1")).phase is Phase.QUEUED


async def test_many_polls_at_once() -> None:
    async with (
        answering(http(200, b'{"status": "in_queue", "queue_position": 4}')) as server,
        client_of(server.url) as client,
    ):
        answers = await asyncio.gather(*(client.status(f"r-{n}") for n in range(60)))
    assert set(answers) == {StatusAnswer(Phase.QUEUED, "in_queue", 4)}


async def test_the_balance_comes_from_the_accounts_host() -> None:
    origins = ApiOrigins.at()
    async with answering(http(200, b'{"balance_usd": -0.05, "currency": "USD"}')) as server:
        other = ApiOrigins.at(server.url).account
        mixed = ApiOrigins(models=origins.models, account=other)
        client = RunComfyClient(mixed, lambda: KEY, StoppedClock())
        assert (await client.balance()).amount == Decimal("-0.05")
        await client.aclose()
    assert server.heads[0].startswith(b"GET /prod/v2/balance ")
    assert f"Bearer {KEY}".encode() in server.heads[0]
