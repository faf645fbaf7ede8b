"""The provider's contract, row by row and in both directions, over real HTTP: the calls.

The practice server is the other side; what it saw is read from its ledger and its record of
requests. Tests have the names of the rows.
"""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from pathlib import Path

import pytest

from dreamina_desktop.api.client import RunComfyClient
from dreamina_desktop.api.download import ResultDownloader
from dreamina_desktop.core import errors
from dreamina_desktop.core.answers import CancelOutcome, Phase
from dreamina_desktop.core.job import ClipKind
from dreamina_desktop.resources import MODEL_ID
from tests.api.clients import client_of
from tests.api.conftest import QUIET, STILL
from tests.api.contract_steps import (
    SMALL,
    SUBMISSION,
    answer_with,
    finished,
    reach,
)
from tests.practice_server import PracticeServer


async def test_every_request_carries_the_key(
    server: PracticeServer, client: RunComfyClient
) -> None:
    server.trouble(**STILL)
    before = len(server.requests())
    request_id = (await client.submit(SUBMISSION)).request_id
    await client.status(request_id)
    await client.result(request_id)
    await client.cancel(request_id)
    await client.price(MODEL_ID)
    await client.balance()
    rows = server.requests()[before:]
    assert [(row.method, row.path, row.query) for row in rows] == [
        ("POST", f"/v1/models/{MODEL_ID}", ""),
        ("GET", f"/v1/requests/{request_id}/status", ""),
        ("GET", f"/v1/requests/{request_id}/result", "include_cost=true"),
        ("POST", f"/v1/requests/{request_id}/cancel", ""),
        ("GET", f"/v1/models/{MODEL_ID}", ""),
        ("GET", "/prod/v2/balance", ""),
    ]
    assert all(row.had_key for row in rows)


async def test_submit(server: PracticeServer, client: RunComfyClient) -> None:
    server.trouble(**STILL)
    accepted = await client.submit(SUBMISSION)
    row = server.ledger()[-1]
    assert row.accepted
    assert row.request_id == accepted.request_id
    assert (row.prompt, row.frames, row.seed) == ("A calm sea at dawn", 121, 7)
    assert row.image_sha256 == hashlib.sha256(SMALL).hexdigest()


async def test_submit_follows_no_address_of_the_answer(
    server: PracticeServer, client: RunComfyClient
) -> None:
    elsewhere = "$url/elsewhere"
    body = {"request_id": "r-9", "status_url": elsewhere, "result_url": elsewhere}
    server.trouble(answer_with("submit", 200, body), **STILL)
    accepted = await client.submit(SUBMISSION)
    with pytest.raises(errors.NoSuchRequestError):
        await client.status(accepted.request_id)
    assert server.requests()[-1].path == "/v1/requests/r-9/status"


async def test_status(server: PracticeServer, client: RunComfyClient) -> None:
    server.trouble(**STILL)
    first = (await client.submit(SUBMISSION)).request_id
    second = (await client.submit(SUBMISSION)).request_id
    ahead, behind = await client.status(first), await client.status(second)
    assert (ahead.phase, ahead.word) == (Phase.QUEUED, "in_queue")
    assert ahead.queue_position is not None
    assert behind.queue_position == ahead.queue_position + 1
    for request_id in (first, second):
        await client.cancel(request_id)
    answer = await client.status(first)
    assert (answer.phase, answer.word, answer.queue_position) == (
        Phase.CANCELLED,
        "cancelled",
        None,
    )


@pytest.mark.parametrize(
    ("word", "phase"),
    [
        ("in_queue", Phase.QUEUED),
        ("in_progress", Phase.RUNNING),
        ("completed", Phase.COMPLETED),
        ("succeeded", Phase.COMPLETED),
        ("failed", Phase.FAILED),
        ("cancelled", Phase.CANCELLED),
        ("canceled", Phase.CANCELLED),
        ("pending", Phase.QUEUED),
        ("waiting", Phase.QUEUED),
        ("starting", Phase.RUNNING),
        ("processing", Phase.RUNNING),
        ("dreaming", Phase.OTHER),
    ],
)
async def test_status_words(
    server: PracticeServer, client: RunComfyClient, word: str, phase: Phase
) -> None:
    server.trouble(
        {"on": "status", "times": None, "do": {"word": word}},
        {"on": "result", "times": None, "do": {"word": word}},
        **STILL,
    )
    request_id = (await client.submit(SUBMISSION)).request_id
    status, result = await client.status(request_id), await client.result(request_id)
    assert (status.phase, status.word) == (result.phase, result.word) == (phase, word)
    await client.cancel(request_id)


async def test_result_while_unfinished(server: PracticeServer, client: RunComfyClient) -> None:
    server.trouble(**STILL)
    request_id = (await client.submit(SUBMISSION)).request_id
    answer = await client.result(request_id)
    assert (answer.phase, answer.outputs, answer.cost) == (Phase.QUEUED, (), None)
    await client.cancel(request_id)


async def test_result(client: RunComfyClient, downloader: ResultDownloader, tmp_path: Path) -> None:
    request_id = (await client.submit(SUBMISSION)).request_id
    answer = await finished(client, request_id)
    assert (answer.phase, answer.word) == (Phase.COMPLETED, "succeeded")
    assert answer.cost == Decimal("0.4")
    document = json.loads(answer.document)
    assert document["request_id"] == request_id
    assert [(output.kind, output.address) for output in answer.outputs] == [
        (ClipKind.VIDEO, document["output"]["video"])
    ]
    part = tmp_path / "clip.part"
    found = await downloader.download(answer.outputs[0].address, part)
    assert found.sha256 == hashlib.sha256(part.read_bytes()).hexdigest()
    assert part.read_bytes()[4:8] == b"ftyp"


V, W = ClipKind.VIDEO, ClipKind.IMAGE


@pytest.mark.parametrize(
    ("output", "kinds"),
    [
        ({"video": "$clip"}, [V]),
        ({"videos": ["$clip", "$clip"]}, [V, V]),
        ({"image": "$image"}, [W]),
        ({"images": ["$image", "$image"]}, [W, W]),
        ({"image": "$image", "video": "$clip", "images": ["$image"]}, [V, W, W]),
        ({}, []),
        (None, []),
    ],
)
async def test_result_output(
    server: PracticeServer, client: RunComfyClient, output: object, kinds: list[ClipKind]
) -> None:
    server.trouble({"on": "result", "times": None, "do": {"output": output}}, **QUIET)
    answer = await finished(client, (await client.submit(SUBMISSION)).request_id)
    assert answer.phase is Phase.COMPLETED
    assert [output.kind for output in answer.outputs] == kinds


async def test_result_without_the_cost(server: PracticeServer, client: RunComfyClient) -> None:
    refusal = {"detail": [{"loc": ["query", "include_cost"], "msg": "Extra input."}]}
    request_id = (await client.submit(SUBMISSION)).request_id
    await finished(client, request_id)
    server.trouble(answer_with("result", 422, refusal), **QUIET)
    answer = await client.result(request_id)
    assert (answer.phase, answer.cost) == (Phase.COMPLETED, None)
    assert [row.query for row in server.requests("/result")[-2:]] == ["include_cost=true", ""]


async def test_cancel_queued(server: PracticeServer, client: RunComfyClient) -> None:
    server.trouble(**STILL)
    request_id = (await client.submit(SUBMISSION)).request_id
    assert await client.cancel(request_id) is CancelOutcome.CANCELLED
    assert (await client.result(request_id)).phase is Phase.CANCELLED


async def test_cancel_running(server: PracticeServer, client: RunComfyClient) -> None:
    server.trouble(run_seconds=3600, **QUIET)
    request_id = (await client.submit(SUBMISSION)).request_id
    await reach(client, request_id, Phase.RUNNING)
    assert await client.cancel(request_id) is CancelOutcome.NOT_CANCELLABLE
    assert (await client.status(request_id)).phase is Phase.RUNNING
    server.trouble(**QUIET)
    await finished(client, request_id)


@pytest.mark.parametrize("status", [200, 202, 400, 409])
async def test_cancel_trusts_the_outcome_not_the_status(
    server: PracticeServer, client: RunComfyClient, status: int
) -> None:
    for word, outcome in (
        ("cancelled", CancelOutcome.CANCELLED),
        ("not_cancellable", CancelOutcome.NOT_CANCELLABLE),
    ):
        body = {"request_id": "$id", "status": "in_progress", "outcome": word}
        server.trouble(answer_with("cancel", status, body), **STILL)
        assert await client.cancel("r-1") is outcome


async def test_price_per_second(client: RunComfyClient) -> None:
    price = await client.price(MODEL_ID)
    assert (price.amount, price.unit, price.note) == (Decimal("0.08"), "second", "")
    assert (price.total(5), price.total(10)) == (Decimal("0.40"), Decimal("0.80"))


async def test_price_per_output(server: PracticeServer, client: RunComfyClient) -> None:
    told = {"base_price_usd": "0.50", "price_unit": "output", "pricing_note": "Flat."}
    server.trouble(price=told, **QUIET)
    price = await client.price(MODEL_ID)
    assert (price.unit, price.note) == ("output", "Flat.")
    assert price.total(5) == price.total(10) == Decimal("0.50")


async def test_price_in_another_unit(server: PracticeServer, client: RunComfyClient) -> None:
    server.trouble(
        price={"base_price_usd": 2, "price_unit": "credit", "pricing_note": None}, **QUIET
    )
    price = await client.price(MODEL_ID)
    assert (price.amount, price.unit, price.total(5)) == (Decimal(2), "credit", None)


async def test_price_checks_the_key(server: PracticeServer) -> None:
    async with client_of(server.url, key="wrong") as client:
        with pytest.raises(errors.KeyRefusedError):
            await client.price(MODEL_ID)


@pytest.mark.parametrize("amount", [12.5, 0, -0.05, "7.25"])
async def test_balance(server: PracticeServer, client: RunComfyClient, amount: float | str) -> None:
    server.trouble(answer_with("balance", 200, {"balance_usd": amount, "currency": "USD"}), **QUIET)
    balance = await client.balance()
    assert (balance.amount, balance.currency) == (Decimal(str(amount)), "USD")


async def test_balance_is_charged_for_what_is_accepted(
    server: PracticeServer, client: RunComfyClient
) -> None:
    server.trouble(**STILL)
    before = (await client.balance()).amount
    await client.submit(SUBMISSION)
    assert (await client.balance()).amount == before - Decimal("0.4")
