"""A submit against servers that misbehave: what became of the request?"""

from __future__ import annotations

import asyncio
import json
import socket

import pytest

from dreamina_desktop.api.transport import TimeOuts
from dreamina_desktop.core import errors
from dreamina_desktop.core.answers import Submission
from dreamina_desktop.core.submit_class import SubmitClass, classify
from dreamina_desktop.resources import MODEL_ID
from tests.api.clients import (
    IMPATIENT,
    KEY,
    PAGE,
    SUBMISSION,
    client_of,
    submit_error,
)
from tests.api.raw_server import (
    Conversation,
    answering,
    free_port,
    http,
    raw_server,
    server_tls,
)


async def test_a_submit_carries_the_inputs_and_the_key_once() -> None:
    image = "data:image/png;base64," + "A" * 300_000
    async with answering(http(200, b'{"request_id": "r-1"}')) as server:
        async with client_of(server.url) as client:
            accepted = await client.submit(Submission(MODEL_ID, "é", image, 241, 5))
        head, _, body = server.heads[0].partition(b"\r\n\r\n")
    assert accepted.request_id == "r-1"
    lines = head.decode().split("\r\n")
    assert lines[0] == f"POST /v1/models/{MODEL_ID} HTTP/1.1"
    headers = {name.lower(): value for name, _, value in (x.partition(": ") for x in lines[1:])}
    assert headers["authorization"] == f"Bearer {KEY}"
    assert headers["content-type"] == "application/json"
    assert headers["connection"] == "close"
    assert json.loads(body) == {"prompt": "é", "image_urls": [image], "frames": 241, "seed": 5}


async def test_nobody_listens() -> None:
    error = await submit_error(f"http://127.0.0.1:{free_port()}")
    assert type(error) is errors.NotSentError


async def test_no_such_host() -> None:
    error = await submit_error("https://nowhere.invalid", TimeOuts(connect=5))
    # Some resolvers never answer.
    assert type(error) in (errors.NameNotFoundError, errors.ConnectTimeOutError)


async def test_a_certificate_that_nobody_vouches_for() -> None:
    async with raw_server(Conversation.request, server_tls()) as server:  # type: ignore[arg-type]
        error = await submit_error(f"https://localhost:{server.port}")
    assert type(error) is errors.CertificateRefusedError
    assert not server.heads


async def test_a_server_without_tls() -> None:
    async def speak(conversation: Conversation) -> None:
        await conversation.say(http(400, PAGE))

    async with raw_server(speak) as server:
        error = await submit_error(f"https://127.0.0.1:{server.port}")
    assert type(error) is errors.TlsFailedError


async def test_a_handshake_that_never_ends() -> None:
    async def speak(_conversation: Conversation) -> None:
        await asyncio.Event().wait()

    async with raw_server(speak) as server:
        error = await submit_error(f"https://127.0.0.1:{server.port}", TimeOuts(connect=0.2))
    assert type(error) is errors.ConnectTimeOutError


async def no_answer(conversation: Conversation) -> None:
    await conversation.request()
    await asyncio.Event().wait()


async def closed(conversation: Conversation) -> None:
    await conversation.request()


async def reset(conversation: Conversation) -> None:
    await conversation.request()
    conversation.reset()


async def reset_at_once(conversation: Conversation) -> None:
    await conversation.reader.read(1)
    conversation.reset()


async def half_a_head(conversation: Conversation) -> None:
    await conversation.request()
    await conversation.say(b"HTTP/1.1 200 OK\r\nContent-")


async def half_a_body(conversation: Conversation) -> None:
    await conversation.request()
    await conversation.say(http(200, b'{"request_', length=40))


async def bad_chunks(conversation: Conversation) -> None:
    await conversation.request()
    await conversation.say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n")


async def stops_in_the_body(conversation: Conversation) -> None:
    await conversation.request()
    await conversation.say(http(200, b'{"request_', length=40))
    await asyncio.Event().wait()


async def no_http(conversation: Conversation) -> None:
    await conversation.request()
    await conversation.say(b"SSH-2.0-OpenSSH_9.9\r\n\r\n")


async def bad_lengths(conversation: Conversation) -> None:
    await conversation.request()
    await conversation.say(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}")


async def another_protocol(conversation: Conversation) -> None:
    await conversation.request()
    await conversation.say(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n")


async def endless_head(conversation: Conversation) -> None:
    await conversation.request()
    await conversation.say(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000)


@pytest.mark.parametrize(
    "speak",
    [
        no_answer,
        closed,
        reset,
        reset_at_once,
        half_a_head,
        half_a_body,
        bad_chunks,
        stops_in_the_body,
        no_http,
        bad_lengths,
        another_protocol,
        endless_head,
    ],
)
async def test_an_answer_that_is_lost(speak: object) -> None:
    assert callable(speak)
    async with raw_server(speak) as server:
        error = await submit_error(server.url, IMPATIENT)
    assert type(error) is errors.AnswerLostError
    assert classify(error) is SubmitClass.UNKNOWN


async def test_an_answer_lost_inside_tls() -> None:
    async def speak(conversation: Conversation) -> None:
        await conversation.request()
        # Bytes under the TLS layer that are no TLS record.
        below = conversation.writer.get_extra_info("socket").fileno()
        with socket.fromfd(below, socket.AF_INET, socket.SOCK_STREAM) as raw:
            raw.send(b"x" * 400)
        await asyncio.sleep(0.2)

    async with raw_server(speak, server_tls()) as server:
        error = await submit_error(f"https://localhost:{server.port}", tls=True)
    assert type(error) is errors.AnswerLostError


async def test_a_body_that_is_not_taken_off_the_line_is_lost() -> None:
    async def speak(conversation: Conversation) -> None:
        await conversation.head()
        conversation.stop_reading()
        await asyncio.Event().wait()

    image = "data:image/png;base64," + "A" * 20_000_000
    async with (
        raw_server(speak) as server,
        client_of(server.url, time_outs=TimeOuts(write=0.3)) as client,
    ):
        with pytest.raises(errors.AnswerLostError):
            await client.submit(Submission(MODEL_ID, "x", image, 121, 1))


async def test_an_answer_that_trickles_for_ever_is_lost() -> None:
    async def speak(conversation: Conversation) -> None:
        await conversation.request()
        await conversation.say(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        while True:
            await conversation.say(b" ")
            await asyncio.sleep(0.02)

    async with raw_server(speak) as server:
        error = await submit_error(server.url, TimeOuts(whole_submit=0.4))
    assert type(error) is errors.AnswerLostError


@pytest.mark.parametrize(
    "answer",
    [
        http(200, b""),
        http(204),
        http(200, PAGE, "Content-Type: text/html"),
        http(200, b"{}"),
        http(200, b'{"request_id": null}'),
        http(200, b'{"request_id": "../../balance"}'),
        http(200, b'{"error_code": 0}'),
        http(200, b'{"error": "no code"}'),
        http(200, bytes(5 << 20)),
        http(301, b"", "Location: http://127.0.0.1:9/"),
        http(302, b"", "Location: /login"),
        http(307, b"", "Location: https://example.com/"),
        http(308, b"", "Location: /"),
    ],
    ids=range(13),
)
async def test_an_answer_that_cannot_be_the_apis(answer: bytes) -> None:
    async with answering(answer) as server:
        error = await submit_error(server.url)
    is_portal = answer.startswith(b"HTTP/1.1 3") or PAGE in answer
    assert type(error) is (errors.PortalPageError if is_portal else errors.AnswerUnreadableError)
    assert classify(error) is SubmitClass.UNKNOWN
    assert len(server.heads) == 1


@pytest.mark.parametrize("status", [200, 307, 400, 401, 402, 409, 422, 429, 500, 503])
async def test_a_request_under_way_is_followed_whatever_the_status(status: int) -> None:
    body = b'{"request_id": "r-1", "status_url": "/v1/requests/r-1/status", "error_code": 400002}'
    async with answering(http(status, body)) as server, client_of(server.url) as client:
        assert (await client.submit(SUBMISSION)).request_id == "r-1"
    assert len(server.heads) == 1


@pytest.mark.parametrize(
    ("status", "expected"),
    [(401, SubmitClass.HELD), (404, SubmitClass.REJECTED), (429, SubmitClass.NOT_SENT)],
)
async def test_a_gateways_number_for_a_refusal_is_no_request(
    status: int, expected: SubmitClass
) -> None:
    body = b'{"message": "Refused", "request_id": "9c2e41d0b84a55f79c2e41d0b84a55f7"}'
    async with answering(http(status, body)) as server:
        assert classify(await submit_error(server.url)) is expected


@pytest.mark.parametrize("status", [401, 402, 403, 422, 429, 503])
async def test_a_status_counts_when_its_body_is_lost(status: int) -> None:
    async with answering(http(status, b"{", "Retry-After: 8", length=99)) as server:
        error = await submit_error(server.url)
    expected = {
        401: SubmitClass.HELD,
        402: SubmitClass.HELD,
        403: SubmitClass.HELD,
        422: SubmitClass.REJECTED,
        429: SubmitClass.NOT_SENT,
        503: SubmitClass.UNKNOWN,
    }
    assert classify(error) is expected[status]
    if isinstance(error, errors.ProviderTroubleError):
        assert error.retry_after == 8.0


async def test_a_refusal_in_the_middle_of_the_upload_is_read() -> None:
    async def speak(conversation: Conversation) -> None:
        await conversation.head()
        await conversation.say(http(401, b'{"error_code": 400004}'))
        while await conversation.reader.read(65536):
            pass

    image = "data:image/png;base64," + "A" * 3_000_000
    async with raw_server(speak) as server, client_of(server.url) as client:
        with pytest.raises(errors.KeyRefusedError):
            await client.submit(Submission(MODEL_ID, "x", image, 121, 1))


async def test_every_submit_has_a_connection_of_its_own() -> None:
    connections = 0

    async def speak(conversation: Conversation) -> None:
        nonlocal connections
        connections += 1
        while True:
            await conversation.request()
            await conversation.say(http(200, b'{"request_id": "r-1", "status": "in_queue"}'))

    async with raw_server(speak) as server, client_of(server.url) as client:
        for _ in range(3):
            await client.submit(SUBMISSION)
        assert connections == 3
        for _ in range(3):
            await client.status("r-1")
        assert connections == 4


async def test_a_cancelled_submit_ends_at_once() -> None:
    arrived = asyncio.Event()

    async def speak(conversation: Conversation) -> None:
        await conversation.request()
        arrived.set()
        await asyncio.Event().wait()

    async with raw_server(speak) as server, client_of(server.url) as client:
        task = asyncio.create_task(client.submit(SUBMISSION))
        await arrived.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_a_bug_below_is_an_answer_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    async with (
        answering(http(200, b'{"request_id": "r-1"}')) as server,
        client_of(server.url) as client,
    ):

        async def broken(*_args: object) -> None:
            raise KeyError(KEY)

        monkeypatch.setattr("dreamina_desktop.api.exchange.read_answer", broken)
        with pytest.raises(errors.AnswerLostError) as caught:
            await client.submit(SUBMISSION)
    assert KEY not in str(caught.value)
