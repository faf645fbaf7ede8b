"""Every kind of scripted trouble with the API's calls, as a client meets it."""

from __future__ import annotations

import threading
import time
from typing import Any

import httpx
import pytest

from tests.practice.caller import MODEL, QUICKEST, Caller

PATHS = {
    "price": ("GET", MODEL),
    "balance": ("GET", "/prod/v2/balance"),
    "status": ("GET", "/v1/requests/nobody/status"),
    "result": ("GET", "/v1/requests/nobody/result"),
    "cancel": ("POST", "/v1/requests/nobody/cancel"),
    "clip": ("GET", "/clips/nobody.mp4"),
}


def script(caller: Caller, on: str, rule: dict[str, Any] | None = None, **do: Any) -> None:
    caller.server.trouble({"on": on, "do": do} | (rule or {}), **QUICKEST)


@pytest.mark.parametrize("on", PATHS)
def test_any_call_can_be_answered_from_the_script(caller: Caller, on: str) -> None:
    script(caller, on, status=429, headers={"Retry-After": "7"}, body={"error": "too fast"})
    answer = caller.http.request(*PATHS[on])
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "7")
    assert answer.json() == {"error": "too fast"}
    assert caller.http.request(*PATHS[on]).status_code != 429


def test_a_scripted_answer_to_a_submit_accepts_nothing(caller: Caller) -> None:
    accepted, balance = len(caller.server.accepted()), caller.balance()
    script(caller, "submit", status=503, raw="<html>", headers={"content-type": "text/html"})
    answer = caller.post("refused by script")
    assert (answer.status_code, answer.text) == (503, "<html>")
    assert answer.headers["content-type"] == "text/html"
    row = caller.server.ledger()[-1]
    assert (row.accepted, row.prompt, row.error) == (False, "refused by script", "scripted: 503")
    assert row.image_sha256 is not None
    assert (len(caller.server.accepted()), caller.balance()) == (accepted, balance)


def test_an_error_may_come_with_200(caller: Caller) -> None:
    body = {"error_code": 400002, "error_message": "no balance"}
    script(caller, "submit", body=body)
    answer = caller.post()
    assert (answer.status_code, answer.json()) == (200, body)


@pytest.mark.parametrize("on", ["submit", *PATHS])
def test_garbage_may_come_with_200(caller: Caller, on: str) -> None:
    script(caller, on, raw='{"status": ')
    answer = caller.post() if on == "submit" else caller.http.request(*PATHS[on])
    assert (answer.status_code, answer.text) == (200, '{"status": ')


def test_a_call_can_be_redirected(caller: Caller) -> None:
    script(caller, "submit", redirect="$url/elsewhere")
    answer = caller.post()
    assert answer.status_code == 307
    assert answer.headers["location"] == f"{caller.server.url}/elsewhere"
    script(caller, "balance", redirect="http://other.example/", status=302)
    answer = caller.http.get("/prod/v2/balance")
    assert (answer.status_code, answer.headers["location"]) == (302, "http://other.example/")


@pytest.mark.parametrize("on", ["submit", *PATHS])
def test_a_connection_can_be_reset_before_anything_is_done(caller: Caller, on: str) -> None:
    accepted = len(caller.server.accepted())
    script(caller, on, drop="before")
    with pytest.raises(httpx.ReadError):
        caller.post("dropped") if on == "submit" else caller.http.request(*PATHS[on])
    assert len(caller.server.accepted()) == accepted
    if on == "submit":
        assert caller.server.ledger()[-1].error == "scripted: connection reset"
    assert caller.balance() > 0


def test_the_answer_to_a_submit_can_be_lost(caller: Caller) -> None:
    script(caller, "submit", drop="after")
    with pytest.raises(httpx.ReadError):
        caller.post("lost answer")
    row = caller.server.ledger()[-1]
    assert (row.accepted, row.prompt) == (True, "lost answer")
    assert row.request_id is not None
    assert caller.finished(row.request_id)["status"] == "succeeded"


def test_another_answer_can_take_the_place_of_a_lost_one(caller: Caller) -> None:
    script(caller, "submit", lost_status={"status": 502, "raw": "Bad Gateway"})
    answer = caller.post("accepted, then 502")
    assert (answer.status_code, answer.text) == (502, "Bad Gateway")
    assert caller.server.ledger()[-1].accepted

    script(caller, "submit", lost_status={"body": {"id": "$id", "extra": [1]}})
    answer = caller.post("another form")
    assert answer.json() == {"id": caller.server.ledger()[-1].request_id, "extra": [1]}

    script(caller, "balance", lost_status={"status": 500})
    assert caller.http.get("/prod/v2/balance").status_code == 500


def test_a_cancel_whose_answer_is_lost_was_done(idle_caller: Caller) -> None:
    idle_caller.server.trouble(
        {"on": "cancel", "do": {"drop": "after"}}, **QUICKEST | {"queue_seconds": 3600}
    )
    request_id = idle_caller.submit()
    with pytest.raises(httpx.ReadError):
        idle_caller.cancel(request_id)
    assert idle_caller.status(request_id)["status"] == "cancelled"


@pytest.mark.parametrize(("key", "accepts"), [("hang", False), ("hang_after", True)])
def test_an_answer_may_never_come(caller: Caller, key: str, *, accepts: bool) -> None:
    caller.server.trouble({"on": "submit", "do": {key: 3600}}, **QUICKEST)
    with pytest.raises(httpx.ReadTimeout):
        caller.http.post(
            MODEL, json={"prompt": "hung", "image_urls": ["https://x.example/a.png"]}, timeout=4
        )
    assert caller.server.ledger()[-1].accepted is accepts


def test_a_hanging_connection_is_closed_in_the_end(caller: Caller) -> None:
    script(caller, "status", hang=0.05)
    with pytest.raises(httpx.RemoteProtocolError):
        caller.http.get("/v1/requests/nobody/status")


def test_a_call_can_be_slow_and_is_done_all_the_same(caller: Caller) -> None:
    script(caller, "submit", delay=0.3)
    began = time.monotonic()
    caller.submit("slow")
    assert time.monotonic() - began >= 0.3
    # Done also when the client gives up in the meantime: another way to lose an answer.
    script(caller, "submit", delay=0.3)
    with pytest.raises(httpx.ReadTimeout):
        caller.http.post(
            MODEL, json={"prompt": "gave up", "image_urls": ["https://x.example/"]}, timeout=0.1
        )
    end = time.monotonic() + 20
    while caller.server.ledger()[-1].prompt != "gave up" and time.monotonic() < end:
        time.sleep(0.02)
    assert caller.server.ledger()[-1].accepted


def test_other_calls_are_answered_while_one_is_slow(caller: Caller) -> None:
    script(caller, "balance", hang=3600)
    waiting = threading.Event()

    def wait() -> None:
        waiting.set()
        with httpx.Client(trust_env=False, timeout=1.5) as client, pytest.raises(httpx.ReadTimeout):
            client.get(caller.server.url + "/prod/v2/balance")

    thread = threading.Thread(target=wait)
    thread.start()
    waiting.wait()
    end = time.monotonic() + 1
    while not caller.server.requests("/balance") and time.monotonic() < end:
        time.sleep(0.01)
    assert caller.http.get(MODEL).status_code == 200
    thread.join()


@pytest.mark.parametrize("word", ["processing", "canceled", "dreaming", ""])
def test_a_status_word_is_said_verbatim(caller: Caller, word: str) -> None:
    request_id = caller.submit()
    caller.reach(request_id, "completed")
    script(caller, "status", word=word)
    assert caller.status(request_id)["status"] == word
    script(caller, "result", word=word)
    assert caller.result(request_id)["status"] == word


def test_a_position_can_be_said(caller: Caller) -> None:
    request_id = caller.submit()
    caller.reach(request_id, "completed")
    script(caller, "status", position=17)
    assert caller.status(request_id)["queue_position"] == 17


def test_a_request_can_be_made_to_fail(caller: Caller) -> None:
    before = caller.balance()
    script(caller, "submit", fail={"code": 50412, "message": "prompt refused"})
    request_id = caller.submit("will fail")
    assert caller.reach(request_id, "completed")["status"] == "completed"
    result = caller.result(request_id, "?include_cost=true")
    assert result["status"] == "failed"
    assert result["error"] == {"code": 50412, "message": "prompt refused"}
    assert "output" not in result
    assert (result["cost"], caller.balance()) == (0, before)


@pytest.mark.parametrize("on", ["status", "result"])
def test_a_request_can_fail_in_the_middle(idle_caller: Caller, on: str) -> None:
    idle_caller.server.trouble(**QUICKEST, run_seconds=3600)
    request_id = idle_caller.submit("fails late")
    idle_caller.reach(request_id, "in_progress")
    idle_caller.server.trouble(
        {"on": on, "request": "late", "do": {"fail": {"code": 50500, "message": "m"}}},
        **QUICKEST,
        run_seconds=3600,
    )
    idle_caller.http.get(f"/v1/requests/{request_id}/{on}")
    assert idle_caller.result(request_id)["error"]["code"] == 50500
    # The place in progress is free again.
    idle_caller.reach(idle_caller.submit(), "in_progress")


@pytest.mark.parametrize(
    "output", [{}, None, [], {"videos": []}, {"image": None}, "text", {"video": "not an address"}]
)
def test_an_output_can_be_anything(caller: Caller, output: Any) -> None:
    request_id = caller.submit()
    caller.reach(request_id, "completed")
    script(caller, "result", output=output)
    assert caller.result(request_id)["output"] == output


def test_addresses_stand_in_outputs_where_marks_stood(caller: Caller) -> None:
    request_id = caller.submit()
    caller.reach(request_id, "completed")
    script(caller, "result", output={"videos": ["$clip", "$clip"], "images": ["$image"]})
    output = caller.result(request_id)["output"]
    assert len({*output["videos"], *output["images"]}) == 3
    for address in (*output["videos"], *output["images"]):
        assert caller.bare.get(address).status_code == 200


def test_an_unfinished_request_has_no_output_even_if_one_is_scripted(idle_caller: Caller) -> None:
    idle_caller.server.trouble(
        {"on": "result", "do": {"output": {"video": "$clip"}}},
        **QUICKEST | {"queue_seconds": 3600},
    )
    assert "output" not in idle_caller.result(idle_caller.submit())


def test_a_rule_can_skip_calls_and_end(caller: Caller) -> None:
    script(caller, "price", {"skip": 1, "times": 2}, status=500)
    codes = [caller.http.get(MODEL).status_code for _ in range(5)]
    assert codes == [200, 500, 500, 200, 200]


def test_a_rule_can_be_about_one_request_only(caller: Caller) -> None:
    one, other = caller.submit("one of them"), caller.submit("another")
    script(caller, "status", {"request": "one of", "times": None}, status=404)
    assert caller.http.get(f"/v1/requests/{one}/status").status_code == 404
    assert caller.http.get(f"/v1/requests/{other}/status").status_code == 200


def test_a_broken_trouble_file_breaks_every_answer(idle_caller: Caller) -> None:
    idle_caller.server.trouble(queue_secs=0)
    answer = idle_caller.http.get("/prod/v2/balance")
    assert answer.status_code == 500
    assert "queue_secs: unknown key" in answer.json()["error_message"]
    idle_caller.server.trouble()
    assert idle_caller.http.get("/prod/v2/balance").status_code == 200


def test_requests_are_recorded_only_on_demand(own_caller: Caller) -> None:
    own_caller.server.trouble(record=False)
    own_caller.balance()
    assert own_caller.server.requests() == []
    own_caller.server.trouble()
    own_caller.balance()
    own_caller.bare.get(own_caller.server.url + "/prod/v2/balance?a=b")
    first, second = own_caller.server.requests("/balance")
    assert (first.method, first.path, first.query) == ("GET", "/prod/v2/balance", "")
    assert (first.had_key, second.had_key) == (True, False)
    assert second.query == "a=b"
    assert "authorization" in first.headers
    assert "authorization" not in second.headers
    assert first.connection != second.connection
