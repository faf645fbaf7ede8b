"""Every kind of wrong file, as a client meets it."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.practice.caller import QUICKEST, Caller

FROM_100 = {"range": "bytes=2000-"}


class Fetch:
    """A finished clip, and how to fetch it under a fault."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self.request_id = caller.submit()
        caller.reach(self.request_id, "completed")
        self.whole = self().content

    def address(self) -> str:
        video: str = self._caller.result(self.request_id)["output"]["video"]
        return video

    def __call__(self, headers: dict[str, str] | None = None, **do: Any) -> httpx.Response:
        rules = [{"on": "clip", "do": do, "times": None}] if do else []
        self._caller.server.trouble(*rules, **QUICKEST)
        return self._caller.bare.get(self.address(), headers=headers)


@pytest.fixture
def fetch(caller: Caller) -> Fetch:
    return Fetch(caller)


def _take(pieces: Iterator[bytes], got: bytearray) -> None:
    for piece in pieces:
        got += piece


def test_truncated(fetch: Fetch, caller: Caller) -> None:
    caller.server.trouble({"on": "clip", "do": {"truncate": 1234}}, **QUICKEST)
    got = bytearray()
    with caller.bare.stream("GET", fetch.address()) as answer:
        assert int(answer.headers["content-length"]) == len(fetch.whole)
        pieces = answer.iter_raw()
        with pytest.raises(httpx.RemoteProtocolError):
            _take(pieces, got)
    assert bytes(got) == fetch.whole[:1234]
    # And then it can be resumed.
    rest = caller.bare.get(fetch.address(), headers={"range": "bytes=1234-"})
    assert bytes(got) + rest.content == fetch.whole


def test_a_resumed_part_can_be_truncated_too(fetch: Fetch) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        fetch(FROM_100, truncate=10)


def test_nothing_but_a_head(fetch: Fetch) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        fetch(truncate=0)


def test_a_portal_page(fetch: Fetch) -> None:
    answer = fetch(short=True)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert b"<html" not in fetch.whole
    assert b"log in" in answer.content


def test_too_short_a_length(fetch: Fetch) -> None:
    answer = fetch(wrong_length=3000)
    assert answer.content == fetch.whole[:3000]


def test_too_great_a_length(fetch: Fetch) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        fetch(wrong_length=len(fetch.whole) + 1)


def test_no_moov(fetch: Fetch) -> None:
    content = fetch(no_moov=True).content
    assert len(content) == len(fetch.whole)
    assert b"moov" in fetch.whole
    assert b"moov" not in content


def test_a_gzip_bomb(fetch: Fetch, caller: Caller) -> None:
    caller.server.trouble({"on": "clip", "do": {"gzip_bomb": 300_000_000}}, **QUICKEST)
    with caller.bare.stream("GET", fetch.address()) as answer:
        assert answer.headers["content-encoding"] == "gzip"
        raw = b"".join(answer.iter_raw())
    assert len(raw) < 1_000_000
    unpacked = 0
    while raw:
        member = zlib.decompressobj(wbits=31)
        unpacked += len(member.decompress(raw))
        raw = member.unused_data
    assert unpacked >= 300_000_000


@pytest.mark.parametrize(
    ("kind", "status", "start", "length"),
    [
        ("wrong_start", 206, 1000, None),
        ("wrong_total", 206, 2000, 1000),
        ("no_header", 206, 2000, None),
        ("ignored", 200, 0, None),
        ("unsatisfiable", 416, None, None),
    ],
)
def test_bad_answers_to_a_range(
    fetch: Fetch, kind: str, status: int, start: int | None, length: int | None
) -> None:
    answer = fetch(FROM_100, bad_range=kind)
    total = len(fetch.whole)
    assert answer.status_code == status
    if start is not None:
        assert answer.content == fetch.whole[start:]
    shown = answer.headers.get("content-range")
    assert (
        shown
        == {
            "wrong_start": f"bytes 1000-{total - 1}/{total}",
            "wrong_total": f"bytes 2000-{total - 1}/{total + (length or 0)}",
            "no_header": None,
            "ignored": None,
            "unsatisfiable": f"bytes */{total}",
        }[kind]
    )
    assert fetch(bad_range=kind).content == fetch.whole


def test_another_tag_and_other_bytes_each_time(fetch: Fetch) -> None:
    first, second = fetch(etag_change=True), fetch(etag_change=True)
    assert first.headers["etag"] != second.headers["etag"]
    assert first.content != second.content
    assert len(first.content) == len(second.content) == len(fetch.whole)
    # They differ at the front: a resumed mixture is neither.
    assert first.content[1000:] == second.content[1000:]
    part = fetch({**FROM_100, "if-range": first.headers["etag"]}, etag_change=True)
    assert part.status_code == 200


def test_slowly(fetch: Fetch, caller: Caller) -> None:
    caller.server.trouble({"on": "clip", "do": {"rate": 40_000}}, **QUICKEST)
    pieces = []
    with caller.bare.stream("GET", fetch.address()) as answer:
        pieces = list(answer.iter_raw())
    assert b"".join(pieces) == fetch.whole
    assert len(pieces) >= len(fetch.whole) // 2000


def test_elsewhere(fetch: Fetch, caller: Caller) -> None:
    answer = fetch(redirect="$clip", status=302)
    assert answer.status_code == 302
    caller.server.trouble(**QUICKEST)
    assert caller.bare.get(answer.headers["location"]).content == fetch.whole


@pytest.mark.parametrize("status", [403, 404, 500])
def test_refused(fetch: Fetch, status: int) -> None:
    assert fetch(status=status).status_code == status


def test_spoiled_copies_do_not_pile_up(fetch: Fetch, caller: Caller) -> None:
    for _ in range(3):
        fetch(no_moov=True)
    variants = caller.server.data_dir / "variants"
    end = time.monotonic() + 20
    while list(variants.iterdir()) and time.monotonic() < end:
        time.sleep(0.01)
    assert not list(variants.iterdir())
