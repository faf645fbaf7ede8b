"""Answers and requests that end at any byte, come slowly, or are no HTTP at all."""

from __future__ import annotations

import contextlib
import json
import socket
import time
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.practice.caller import MODEL, QUICKEST, SMALL_URI, Caller

WHOLE = 1 << 20


def exchange(caller: Caller, sent: bytes) -> bytes:
    """What comes back to raw bytes until the connection ends, in whichever way."""
    url = urlsplit(caller.server.url)
    received = bytearray()
    with (
        contextlib.suppress(ConnectionResetError, BrokenPipeError),
        socket.create_connection((url.hostname, url.port), 30) as line,
    ):
        line.sendall(sent)
        while piece := line.recv(65536):
            received += piece
    return bytes(received)


def request(caller: Caller, method: str, path: str, body: bytes = b"") -> bytes:
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: practice\r\nContent-Length: {len(body)}\r\n"
        f"Authorization: Bearer {caller.server.key}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


def submit(caller: Caller, prompt: str) -> bytes:
    body = json.dumps({"prompt": prompt, "image_urls": [SMALL_URI]})
    return request(caller, "POST", MODEL, body.encode())


def rules(on: str, **told: list[Any]) -> list[dict[str, Any]]:
    """One rule for each value: they act one after the other."""
    return [{"on": on, "do": {key: value}} for key, values in told.items() for value in values]


@pytest.fixture
def balance(caller: Caller) -> bytes:
    """A request whose answer is always the same."""
    return request(caller, "GET", "/prod/v2/balance")


def test_an_answer_can_be_cut_at_every_byte(caller: Caller, balance: bytes) -> None:
    caller.server.trouble(*rules("balance", cut=[{"bytes": WHOLE}]), **QUICKEST)
    whole = exchange(caller, balance)
    head, _, body = whole.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert json.loads(body)["currency"] == "USD"
    cuts = [{"bytes": length} for length in range(len(whole) + 1)]
    caller.server.trouble(*rules("balance", cut=cuts), **QUICKEST)
    for length in range(len(whole) + 1):
        assert exchange(caller, balance) == whole[:length]


def test_a_cut_can_be_a_reset(caller: Caller) -> None:
    caller.server.trouble(*rules("balance", cut=[{"bytes": 30, "how": "reset"}]), **QUICKEST)
    with pytest.raises(httpx.ReadError):
        caller.http.get("/prod/v2/balance")
    assert caller.balance() > 0


@pytest.mark.parametrize("length", [0, 1, 40, WHOLE])
def test_what_is_cut_was_done(caller: Caller, length: int) -> None:
    caller.server.trouble(*rules("submit", cut=[{"bytes": length}]), **QUICKEST)
    answer = exchange(caller, submit(caller, f"cut at {length}"))
    row = caller.server.accepted()[-1]
    assert row.prompt == f"cut at {length}"
    assert len(answer) == length or (row.request_id or "").encode() in answer


def test_a_scripted_answer_can_be_cut_too(caller: Caller) -> None:
    do = {"status": 503, "raw": "busy", "cut": {"bytes": 20}}
    caller.server.trouble({"on": "submit", "do": do}, **QUICKEST)
    accepted = len(caller.server.accepted())
    assert exchange(caller, submit(caller, "never seen")) == b"HTTP/1.1 503 Service"
    assert len(caller.server.accepted()) == accepted


def test_a_file_can_be_cut_in_its_head(caller: Caller) -> None:
    request_id = caller.submit()
    address = urlsplit(caller.finished(request_id)["output"]["video"])
    caller.server.trouble(*rules("clip", cut=[{"bytes": 60}, {"bytes": 3000}]), **QUICKEST)
    asked = request(caller, "GET", f"{address.path}?{address.query}")
    assert len(exchange(caller, asked)) == 60
    answer = exchange(caller, asked)
    assert len(answer) == 3000
    start = answer.partition(b"\r\n\r\n")[2]
    clip = caller.server.data_dir / "clips" / f"{request_id}.mp4"
    assert clip.read_bytes().startswith(start)


def test_an_answer_can_trickle(caller: Caller, balance: bytes) -> None:
    caller.server.trouble(*rules("balance", trickle=[400]), **QUICKEST)
    began = time.monotonic()
    whole = exchange(caller, balance)
    assert json.loads(whole.partition(b"\r\n\r\n")[2])["currency"] == "USD"
    assert time.monotonic() - began >= len(whole) / 400 / 2


def test_an_answer_that_trickles_does_not_hold_up_the_end(own_caller: Caller) -> None:
    own_caller.server.trouble(*rules("balance", trickle=[1]), **QUICKEST)
    with pytest.raises(httpx.ReadTimeout):
        own_caller.http.get("/prod/v2/balance", timeout=0.2)
    assert own_caller.server.stop() == 0
    assert own_caller.server.log() == ""


def test_an_answer_can_be_no_http(caller: Caller) -> None:
    caller.server.trouble(*rules("submit", garbage=[200, 200, 201]), **QUICKEST)
    accepted = len(caller.server.accepted())
    first, second, third = (exchange(caller, submit(caller, "to garbage")) for _ in range(3))
    assert (len(first), len(third)) == (200, 201)
    assert first == second != third[:200]
    assert len(caller.server.accepted()) == accepted + 3


def test_a_request_can_be_cut_at_every_byte(caller: Caller) -> None:
    caller.http.close()
    asked = submit(caller, "cut on its way")
    head = asked.index(b"\r\n\r\n") + 4
    places = [0, 1, 2, *range(3, head, 7), head - 1, head, head + 1, len(asked) - 1, len(asked)]
    accepted = len(caller.server.accepted())
    caller.server.trouble(*rules("connection", cut_request=[*places, len(asked) + 1]), **QUICKEST)
    for _ in places:
        assert exchange(caller, asked) == b""
    # Nothing came of any of them; one that ends before the cut is as any other.
    assert len(caller.server.accepted()) == accepted
    assert b"request_id" in exchange(caller, asked)
    assert len(caller.server.accepted()) == accepted + 1


def test_connections_are_counted_as_they_open(caller: Caller, balance: bytes) -> None:
    rule = {"on": "connection", "skip": 1, "times": 2, "do": {"cut_request": 5}}
    caller.server.trouble(rule, **QUICKEST)
    assert [len(exchange(caller, balance)) > 0 for _ in range(5)] == [
        True,
        False,
        False,
        True,
        True,
    ]


def test_an_unreadable_file_is_complained_of_in_the_answer(
    own_caller: Caller,
) -> None:
    own_caller.server.trouble({"on": "connection", "do": {"cut_requests": 5}}, **QUICKEST)
    answer = own_caller.http.get("/prod/v2/balance")
    assert "cut_requests: unknown key" in answer.json()["error_message"]
