"""The provider's contract, row by row and in both directions, over real HTTP: errors.

The practice server is the other side; what it saw is read from its ledger and its record of
requests. Tests have the names of the rows.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime

import pytest

from dreamina_desktop.api.client import RunComfyClient
from dreamina_desktop.core import errors
from dreamina_desktop.core.answers import Phase
from dreamina_desktop.core.submit_class import SubmitClass, classify
from dreamina_desktop.resources import MODEL_ID
from tests.api.clients import NOW, client_of
from tests.api.conftest import STILL
from tests.api.contract_steps import (
    SUBMISSION,
    answer_with,
    submit_fails,
)
from tests.practice_server import PracticeServer

type Ask = Callable[[RunComfyClient], Awaitable[object]]

CALLS: dict[str, Ask] = {
    "submit": lambda client: client.submit(SUBMISSION),
    "status": lambda client: client.status("r-1"),
    "result": lambda client: client.result("r-1"),
    "cancel": lambda client: client.cancel("r-1"),
    "price": lambda client: client.price(MODEL_ID),
    "balance": lambda client: client.balance(),
}


async def error_of(
    server: PracticeServer,
    client: RunComfyClient,
    call: str,
    status: int,
    body: object = None,
    headers: dict[str, str] | None = None,
) -> errors.WireError:
    """What a call raises when it is answered so; it is asked once."""
    server.trouble(answer_with(call, status, body, headers), **STILL)
    before = len(server.requests())
    with pytest.raises(errors.WireError) as caught:
        await CALLS[call](client)
    assert len(server.requests()) == before + 1
    return caught.value


def coded(code: int, message: str = "The provider's words.") -> dict[str, object]:
    return {"error_code": code, "error_message": message}


async def test_401_really(server: PracticeServer) -> None:
    server.trouble(**STILL)
    async with client_of(server.url, key="revoked") as client:
        for ask in CALLS.values():
            with pytest.raises(errors.KeyRefusedError) as caught:
                await ask(client)
            assert classify(caught.value) is SubmitClass.HELD
    assert not server.ledger()[-1].accepted


@pytest.mark.parametrize(
    ("status", "body"),
    [(401, {}), (403, {}), (401, coded(400004)), (400, coded(400004)), (200, coded(400004))],
)
async def test_401_403_400004(
    server: PracticeServer, client: RunComfyClient, status: int, body: object
) -> None:
    for call in CALLS:
        error = await error_of(server, client, call, status, body)
        assert type(error) is errors.KeyRefusedError
        assert classify(error) is SubmitClass.HELD


@pytest.mark.parametrize("status", [403, 200])
async def test_403001(server: PracticeServer, client: RunComfyClient, status: int) -> None:
    for call in CALLS:
        error = await error_of(server, client, call, status, coded(403001))
        assert type(error) is errors.NotYoursError
        assert not isinstance(error, errors.KeyRefusedError)


@pytest.mark.parametrize(
    ("status", "body"), [(402, {}), (400, coded(400002)), (200, coded(400002))]
)
async def test_402_400002(
    server: PracticeServer, client: RunComfyClient, status: int, body: object
) -> None:
    for call in CALLS:
        error = await error_of(server, client, call, status, body)
        assert type(error) is errors.NoBalanceError
        assert classify(error) is SubmitClass.HELD


async def test_402_really(server: PracticeServer, client: RunComfyClient) -> None:
    server.trouble(**{**STILL, "balance": "0"})
    error = await submit_fails(client, SubmitClass.HELD)
    assert type(error) is errors.NoBalanceError
    assert not server.ledger()[-1].accepted


@pytest.mark.parametrize(
    ("status", "body"), [(404, {}), (400, coded(404001)), (200, coded(404001))]
)
async def test_404_404001(
    server: PracticeServer, client: RunComfyClient, status: int, body: object
) -> None:
    for call in ("status", "result", "cancel"):
        error = await error_of(server, client, call, status, body)
        assert type(error) is errors.NoSuchRequestError


async def test_404_really(server: PracticeServer, client: RunComfyClient) -> None:
    for call in ("status", "result", "cancel"):
        with pytest.raises(errors.NoSuchRequestError) as caught:
            await CALLS[call](client)
        assert caught.value.provider_code == 404001


async def test_404_of_an_expired_request(server: PracticeServer, client: RunComfyClient) -> None:
    server.trouble(**STILL)
    request_id = (await client.submit(SUBMISSION)).request_id
    await client.cancel(request_id)
    server.trouble(request_lifetime_seconds=0, **STILL)
    with pytest.raises(errors.NoSuchRequestError):
        await client.result(request_id)


@pytest.mark.parametrize(
    ("status", "body"), [(404, {}), (400, coded(400001)), (200, coded(400001))]
)
async def test_404_400001_of_a_model(
    server: PracticeServer, client: RunComfyClient, status: int, body: object
) -> None:
    for call in ("submit", "price"):
        error = await error_of(server, client, call, status, body)
        assert type(error) is errors.NoSuchModelError
        assert classify(error) is SubmitClass.REJECTED


async def test_404_of_a_model_really(client: RunComfyClient) -> None:
    with pytest.raises(errors.NoSuchModelError):
        await client.price("nobody/nothing")
    with pytest.raises(errors.NoSuchModelError):
        await client.submit(replace(SUBMISSION, model_id="nobody/nothing"))


@pytest.mark.parametrize("status", [422, 400])
@pytest.mark.parametrize(
    ("detail", "field", "message"),
    [
        ("The prompt is too long.", "", "The prompt is too long."),
        ([{"loc": ["body", "prompt"], "msg": "Too long."}], "prompt", "Too long."),
        (
            [
                {"loc": ["body", "image_urls", 0], "msg": "Too heavy.", "type": "value_error"},
                {"loc": ["body", "seed"], "msg": "No integer."},
            ],
            "image_urls",
            "Too heavy.; No integer.",
        ),
        (["One thing.", {"field": "seed", "message": "Another."}], "seed", "One thing.; Another."),
    ],
)
async def test_422_400_with_detail(
    server: PracticeServer,
    client: RunComfyClient,
    status: int,
    detail: object,
    field: str,
    message: str,
) -> None:
    error = await error_of(server, client, "submit", status, {"detail": detail})
    assert isinstance(error, errors.ProviderRefusedError)
    assert (error.field, error.provider_message) == (field, message)
    assert classify(error) is SubmitClass.REJECTED


@pytest.mark.parametrize("status", [405, 409, 410, 413, 415, 418, 451])
async def test_other_4xx(server: PracticeServer, client: RunComfyClient, status: int) -> None:
    error = await error_of(server, client, "submit", status)
    assert type(error) is errors.ProviderRefusedError
    assert classify(error) is SubmitClass.REJECTED


async def test_408(server: PracticeServer, client: RunComfyClient) -> None:
    for call in CALLS:
        error = await error_of(server, client, call, 408)
        kind = errors.AnswerLostError if call == "submit" else errors.AnswerLateError
        assert type(error) is kind
        assert classify(error) is SubmitClass.UNKNOWN


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [
        ("17", 17.0),
        (format_datetime(NOW + timedelta(seconds=90), usegmt=True), 90.0),
        (format_datetime(NOW - timedelta(seconds=90), usegmt=True), 0.0),
        ("-5", 0.0),
        ("soon", None),
        (None, None),
    ],
)
async def test_429(
    server: PracticeServer,
    client: RunComfyClient,
    retry_after: str | None,
    seconds: float | None,
) -> None:
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    for call in CALLS:
        error = await error_of(server, client, call, 429, {"detail": "Slow down."}, headers)
        assert isinstance(error, errors.TooFastError)
        assert error.retry_after == seconds
        assert error.provider_message == "Slow down."
        assert classify(error) is SubmitClass.NOT_SENT
        assert call != "submit" or not server.ledger()[-1].accepted


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_5xx(server: PracticeServer, client: RunComfyClient, status: int) -> None:
    for call in CALLS:
        error = await error_of(server, client, call, status, {}, {"Retry-After": "3"})
        assert type(error) is errors.ProviderTroubleError
        assert (error.retry_after, error.status) == (3.0, status)
        assert classify(error) is SubmitClass.UNKNOWN


async def test_200_with_error_code(server: PracticeServer, client: RunComfyClient) -> None:
    for call in CALLS:
        error = await error_of(server, client, call, 200, coded(499999))
        assert type(error) is errors.ProviderRefusedError
        assert (error.provider_code, error.provider_message) == (499999, "The provider's words.")
        assert classify(error) is SubmitClass.REJECTED


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"error_message": "1", "message": "2", "error": "3", "detail": "4"}, "1"),
        ({"message": "2", "error": "3", "detail": "4"}, "2"),
        ({"error": "3", "detail": "4"}, "3"),
        ({"error": {"message": "3"}, "detail": "4"}, "3"),
        ({"detail": "4"}, "4"),
    ],
)
async def test_message_fields(
    server: PracticeServer, client: RunComfyClient, fields: dict[str, object], message: str
) -> None:
    error = await error_of(server, client, "status", 400, fields)
    assert error.provider_message == message


@pytest.mark.parametrize("code", [50411, 50412, 50413, 50511, 50516, 50429, 50430, 50500, 50501])
async def test_a_failed_result_with_the_makers_code(
    server: PracticeServer, client: RunComfyClient, code: int
) -> None:
    failure = {"code": code, "message": "Pre Img Risk Not Pass"}
    server.trouble({"on": "result", "do": {"fail": failure}}, **STILL)
    request_id = (await client.submit(SUBMISSION)).request_id
    answer = await client.result(request_id)
    assert (answer.phase, answer.word) == (Phase.FAILED, "failed")
    assert (answer.error_code, answer.error_message) == (code, "Pre Img Risk Not Pass")
