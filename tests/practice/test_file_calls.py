"""Clips as they are served when nothing is scripted, and the life of their addresses."""

from __future__ import annotations

import httpx
import pytest

from tests.practice.caller import QUICKEST, SMALL, Caller


@pytest.fixture
def address(caller: Caller) -> str:
    """A fresh address of a finished clip."""
    video: str = caller.finished(caller.submit())["output"]["video"]
    return video


def test_a_clip_comes_with_its_length_and_a_tag(caller: Caller, address: str) -> None:
    answer = caller.bare.get(address)
    assert answer.headers["content-type"] == "video/mp4"
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["etag"] == caller.bare.get(address).headers["etag"]
    head = caller.bare.head(address)
    assert head.headers["content-length"] == answer.headers["content-length"]
    assert head.content == b""


@pytest.mark.parametrize(("asked", "start", "end"), [("100-", 100, None), ("10-19", 10, 20)])
def test_a_part_of_it_can_be_asked_for(
    caller: Caller, address: str, asked: str, start: int, end: int | None
) -> None:
    whole = caller.bare.get(address)
    part = caller.bare.get(
        address, headers={"range": f"bytes={asked}", "if-range": whole.headers["etag"]}
    )
    assert part.status_code == 206
    assert part.content == whole.content[start:end]
    last = len(whole.content) - 1 if end is None else end - 1
    assert part.headers["content-range"] == f"bytes {start}-{last}/{len(whole.content)}"


def test_a_part_of_another_file_is_not_given(caller: Caller, address: str) -> None:
    answer = caller.bare.get(address, headers={"range": "bytes=100-", "if-range": '"other"'})
    assert answer.status_code == 200


def test_a_part_beyond_the_end_does_not_exist(caller: Caller, address: str) -> None:
    answer = caller.bare.get(address, headers={"range": "bytes=99999999-"})
    assert answer.status_code == 416


def test_a_clip_needs_no_key_and_it_is_noted_if_one_comes(caller: Caller, address: str) -> None:
    caller.bare.get(address)
    caller.http.get(address)
    caller.bare.get(address + f"&key={caller.server.key}")
    rows = caller.server.requests(".mp4")[-3:]
    assert [(row.had_key, row.key_anywhere) for row in rows] == [
        (False, False),
        (True, True),
        (False, True),
    ]


def test_every_result_gives_a_fresh_address(caller: Caller) -> None:
    request_id = caller.submit()
    first = caller.finished(request_id)["output"]["video"]
    second = caller.result(request_id)["output"]["video"]
    assert first != second
    assert caller.bare.get(first).content == caller.bare.get(second).content


def test_an_address_expires_and_a_fresh_one_works(caller: Caller) -> None:
    request_id = caller.submit()
    caller.reach(request_id, "completed")
    caller.server.trouble(**QUICKEST, result_lifetime_seconds=0)
    address = caller.result(request_id)["output"]["video"]
    assert caller.bare.get(address).status_code == 403
    caller.server.trouble(**QUICKEST)
    assert caller.bare.get(caller.result(request_id)["output"]["video"]).status_code == 200


@pytest.mark.parametrize("name", ["expires", "nonce", "signature"])
def test_an_address_cannot_be_altered(caller: Caller, address: str, name: str) -> None:
    altered = httpx.URL(address).copy_set_param(name, "9999999999")
    assert caller.bare.get(altered).status_code == 403
    assert caller.bare.get(httpx.URL(address).copy_remove_param(name)).status_code == 403


def test_an_address_leads_to_one_request_only(caller: Caller, address: str) -> None:
    other = caller.submit()
    caller.reach(other, "completed")
    path = httpx.URL(address).path
    assert caller.bare.get(address.replace(path, f"/clips/{other}.mp4")).status_code == 403
    assert caller.bare.get(address.replace(path, "/clips/nobody.mp4")).status_code == 403


def test_a_lost_clip_is_not_found(idle_caller: Caller) -> None:
    request_id = idle_caller.submit()
    address = idle_caller.finished(request_id)["output"]["video"]
    (idle_caller.server.data_dir / "clips" / f"{request_id}.mp4").unlink()
    assert idle_caller.bare.get(address).status_code == 404


def test_a_picture_can_stand_in_an_output(caller: Caller) -> None:
    caller.server.trouble({"on": "result", "do": {"output": {"image": "$image"}}}, **QUICKEST)
    output = caller.finished(caller.submit())["output"]
    answer = caller.bare.get(output["image"])
    assert answer.headers["content-type"] == "image/png"
    assert answer.content == SMALL
