"""Every row of the contract's table of calls, as the provider answers it."""

from __future__ import annotations

import json
import socket
from datetime import datetime

import httpx
import pytest

from dreamina_desktop.resources import model_file
from tests.practice.caller import MODEL, QUICKEST, Caller

HELD = {**QUICKEST, "queue_seconds": 3600}
ENDLESS = {**QUICKEST, "run_seconds": 3600}


def test_a_submit_is_answered_with_an_id_and_three_addresses(caller: Caller) -> None:
    answer = caller.post().json()
    base = f"{caller.server.url}/v1/requests/{answer['request_id']}"
    assert answer == {
        "request_id": answer["request_id"],
        "status_url": f"{base}/status",
        "result_url": f"{base}/result",
        "cancel_url": f"{base}/cancel",
    }


def test_a_request_goes_from_the_queue_over_progress_to_its_clip(idle_caller: Caller) -> None:
    idle_caller.server.trouble(**HELD)
    request_id = idle_caller.submit()
    queued = idle_caller.status(request_id)
    assert (queued["status"], queued["queue_position"]) == ("in_queue", 1)
    assert idle_caller.result(request_id)["status"] == "in_queue"

    idle_caller.server.trouble(**ENDLESS)
    running = idle_caller.reach(request_id, "in_progress")
    assert "queue_position" not in running
    result = idle_caller.result(request_id)
    assert result["status"] == "in_progress"
    assert "output" not in result

    idle_caller.server.trouble(**QUICKEST)
    idle_caller.reach(request_id, "completed")
    result = idle_caller.result(request_id)
    assert result["status"] == "succeeded"
    assert list(result["output"]) == ["video"]
    assert datetime.fromisoformat(result["created_at"]) <= datetime.fromisoformat(
        result["finished_at"]
    )
    assert "cost" not in result


def test_positions_count_from_the_next_and_close_up(idle_caller: Caller) -> None:
    idle_caller.server.trouble(**HELD)
    ids = [idle_caller.submit(f"take {number}") for number in range(3)]
    assert [idle_caller.status(each)["queue_position"] for each in ids] == [1, 2, 3]
    assert idle_caller.result(ids[2])["queue_position"] == 3
    idle_caller.cancel(ids[0])
    assert [idle_caller.status(each)["queue_position"] for each in ids[1:]] == [1, 2]


def test_requests_run_in_the_order_of_their_acceptance(idle_caller: Caller) -> None:
    idle_caller.server.trouble(**ENDLESS)
    first, second, third = (idle_caller.submit(f"take {number}") for number in range(3))
    idle_caller.reach(first, "in_progress")
    words = [idle_caller.status(each)["status"] for each in (second, third)]
    assert words == ["in_queue", "in_queue"]
    idle_caller.server.trouble(**ENDLESS, workers=2)
    idle_caller.reach(second, "in_progress")
    assert idle_caller.status(third)["status"] == "in_queue"


def test_cancelling_a_queued_request_ends_it_and_costs_nothing(idle_caller: Caller) -> None:
    idle_caller.server.trouble(**HELD)
    before = idle_caller.balance()
    request_id = idle_caller.submit()
    assert idle_caller.balance() < before
    answer = idle_caller.cancel(request_id)
    assert answer.status_code == 202
    assert answer.json() == {
        "request_id": request_id,
        "status": "cancelled",
        "outcome": "cancelled",
    }
    assert idle_caller.cancel(request_id).json()["outcome"] == "cancelled"
    assert idle_caller.status(request_id)["status"] == "cancelled"
    result = idle_caller.result(request_id, "?include_cost=true")
    assert (result["status"], result["cost"]) == ("cancelled", 0)
    assert idle_caller.balance() == before


def test_a_running_or_finished_request_is_not_cancellable(idle_caller: Caller) -> None:
    idle_caller.server.trouble(**ENDLESS)
    request_id = idle_caller.submit()
    idle_caller.reach(request_id, "in_progress")
    answer = idle_caller.cancel(request_id)
    assert answer.status_code == 202
    assert answer.json()["outcome"] == "not_cancellable"
    assert answer.json()["status"] == "in_progress"
    idle_caller.server.trouble(**QUICKEST)
    idle_caller.reach(request_id, "completed")
    assert idle_caller.cancel(request_id).json()["outcome"] == "not_cancellable"
    assert idle_caller.result(request_id)["status"] == "succeeded"


@pytest.mark.parametrize(("frames", "cost"), [(121, 0.4), (241, 0.8)])
def test_a_clip_costs_its_seconds(caller: Caller, frames: int, cost: float) -> None:
    before = caller.balance()
    request_id = caller.submit(frames=frames)
    caller.reach(request_id, "completed")
    assert caller.result(request_id, "?include_cost=true")["cost"] == cost
    assert caller.balance() == pytest.approx(before - cost)


@pytest.mark.parametrize("unit", ["output", "fortnight"])
def test_any_other_unit_counts_once(caller: Caller, unit: str) -> None:
    price = {"base_price_usd": "0.35", "price_unit": unit, "pricing_note": "a note"}
    caller.server.trouble(**QUICKEST, price=price)
    before = caller.balance()
    caller.submit(frames=241)
    assert caller.balance() == pytest.approx(before - 0.35)
    shown = caller.http.get(MODEL).json()
    assert {name: shown[name] for name in price} == price


def test_the_price_call_shows_price_and_schema(caller: Caller) -> None:
    shown = caller.http.get(MODEL).json()
    schema = json.loads(model_file().read_text("utf-8"))["input_schema"]
    assert shown == {
        "model_id": MODEL.removeprefix("/v1/models/"),
        "base_price_usd": 0.08,
        "price_unit": "second",
        "pricing_note": None,
        "input_schema": schema,
    }


def test_the_balance_may_be_below_zero(caller: Caller) -> None:
    caller.server.trouble(balance="-3.5")
    assert caller.balance() < -3.5 + 1e-9
    assert caller.http.get("/prod/v2/balance").json()["currency"] == "USD"


def test_without_balance_a_submit_is_refused(own_caller: Caller) -> None:
    own_caller.server.trouble(balance="0.79")
    assert own_caller.post(frames=241).status_code == 402
    answer = own_caller.post(frames=121)
    assert answer.status_code == 200
    assert own_caller.post(frames=121).json()["error_code"] == 400002
    errors = [row.error for row in own_caller.server.ledger()]
    assert errors[1] is None
    assert "402" in (errors[0] or "")
    assert "402" in (errors[2] or "")
    assert own_caller.balance() == pytest.approx(0.39)


@pytest.mark.parametrize("sent", [{}, {"authorization": "Bearer nonsense"}, {"authorization": "é"}])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", MODEL),
        ("POST", MODEL),
        ("GET", "/prod/v2/balance"),
        ("GET", "/v1/requests/x/status"),
        ("GET", "/v1/requests/x/result"),
        ("POST", "/v1/requests/x/cancel"),
    ],
)
def test_without_the_right_key_nothing_is_answered(
    caller: Caller, method: str, path: str, sent: dict[str, str]
) -> None:
    headers = {name: text.encode("latin-1") for name, text in sent.items()}
    raw = [(name.encode(), text) for name, text in headers.items()]
    answer = caller.bare.request(method, caller.server.url + path, headers=raw)
    assert answer.status_code == 401
    assert answer.json()["error_code"] == 400004
    if method == "POST" and path == MODEL:
        assert caller.server.ledger()[-1].error == "401"


@pytest.mark.parametrize("action", ["status", "result"])
def test_an_unknown_request_is_404001(caller: Caller, action: str) -> None:
    answer = caller.http.get(f"/v1/requests/nobody/{action}")
    assert (answer.status_code, answer.json()["error_code"]) == (404, 404001)


def test_an_unknown_request_cannot_be_cancelled(caller: Caller) -> None:
    answer = caller.cancel("nobody")
    assert (answer.status_code, answer.json()["error_code"]) == (404, 404001)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_unknown_model_is_400001(caller: Caller, method: str) -> None:
    answer = caller.http.request(method, "/v1/models/bytedance/other", json={})
    assert (answer.status_code, answer.json()["error_code"]) == (404, 400001)


def test_other_addresses_and_methods_are_refused_as_json(caller: Caller) -> None:
    assert caller.http.get("/v1/requests").json() == {"detail": "Not Found"}
    assert caller.http.delete(MODEL).status_code == 405


def test_a_finished_request_is_forgotten_after_its_lifetime(caller: Caller) -> None:
    request_id = caller.submit()
    caller.reach(request_id, "completed")
    caller.server.trouble(**QUICKEST, request_lifetime_seconds=0)
    answer = caller.http.get(f"/v1/requests/{request_id}/result")
    assert (answer.status_code, answer.json()["error_code"]) == (404, 404001)


def test_a_body_of_64_mib_is_read_and_a_larger_one_refused(own_caller: Caller) -> None:
    largest = b" " * (64 * 1024 * 1024 - 2) + b"{}"
    assert own_caller.http.post(MODEL, content=largest).status_code == 422
    answer = own_caller.http.post(MODEL, content=largest + b" ")
    assert answer.status_code == 413
    errors = [row.error or "" for row in own_caller.server.ledger()]
    assert [error[:3] for error in errors] == ["422", "413"]


def test_a_client_that_leaves_in_the_middle_of_its_body_changes_nothing(
    own_caller: Caller,
) -> None:
    port = httpx.URL(own_caller.server.url).port
    assert port is not None
    with socket.create_connection(("127.0.0.1", port)) as connection:
        head = f"POST {MODEL} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"
        connection.sendall(head.encode() + b'{"prompt": "never finished')
    assert own_caller.submit() is not None
    assert [row.accepted for row in own_caller.server.ledger()] == [True]
    assert own_caller.server.log() == ""
