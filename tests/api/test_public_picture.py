"""Public addresses, looked at over real HTTP against servers that say what they like."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from ipaddress import ip_address

import pytest

from dreamina_desktop.api.addresses import IpAddress
from dreamina_desktop.api.public_picture import PATIENCE, FetchedPicture, PublicPictures
from dreamina_desktop.core.verdict import VerdictCode
from tests.api.clients import PAGE
from tests.api.raw_server import answering, client_tls, free_port, http, server_tls

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(5000)
PNG = "Content-Type: image/png"
QUICK = replace(PATIENCE, connect=2.0, read=0.3, whole_download=2.0)


@contextlib.asynccontextmanager
async def pictures_of(
    *, loopback: bool = True, largest: int = 10_000
) -> AsyncIterator[PublicPictures]:
    made = PublicPictures(
        loopback=loopback, time_outs=QUICK, tls=client_tls(), largest=largest, resolve=_here
    )
    try:
        yield made
    finally:
        await made.aclose()


async def fetched(*answers: bytes, largest: int = 10_000) -> FetchedPicture:
    async with answering(*answers) as server, pictures_of(largest=largest) as pictures:
        return await pictures.fetch(f"{server.url}/boat.png")


async def test_a_picture_comes_as_it_lies_there_and_nothing_is_told_about_us() -> None:
    async with answering(http(200, PICTURE, "Content-Type: Image/PNG; q=1")) as server:
        async with pictures_of() as pictures:
            found = await pictures.fetch(f"{server.url}/boat.png?a=1")
        assert found == FetchedPicture(None, 200, PICTURE, "image/png")
        head = server.heads[0].decode().lower()
    assert head.startswith("get /boat.png?a=1 ")
    for unwanted in ("authorization", "cookie", "referer", "range"):
        assert unwanted not in head


async def test_over_tls_with_a_certificate_that_is_trusted() -> None:
    async with answering(http(200, PICTURE, PNG), tls=server_tls()) as server:
        address = f"https://localhost:{server.port}/boat.png"
        async with pictures_of() as pictures:
            assert (await pictures.fetch(address)).data == PICTURE


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (401, VerdictCode.ADDRESS_LOGIN),
        (403, VerdictCode.ADDRESS_LOGIN),
        (404, VerdictCode.ADDRESS_GONE),
        (410, VerdictCode.ADDRESS_GONE),
        (429, VerdictCode.ADDRESS_ANSWER),
        (503, VerdictCode.ADDRESS_ANSWER),
        (304, VerdictCode.ADDRESS_ANSWER),
    ],
)
async def test_an_answer_without_the_picture(status: int, fault: VerdictCode) -> None:
    found = await fetched(http(status, b"no"))
    assert (found.fault, found.status, found.data) == (fault, status, b"")


@pytest.mark.parametrize(
    "answer",
    [
        http(200, PAGE, "Content-Type: text/html; charset=utf-8"),
        http(200, b"\xef\xbb\xbf \n" + PAGE, PNG),
        http(200, b"<html><body>", "Content-Type: text/plain"),
    ],
)
async def test_a_page_is_no_picture(answer: bytes) -> None:
    assert (await fetched(answer)).fault is VerdictCode.ADDRESS_PAGE


@pytest.mark.parametrize("length", [10_001, None])
async def test_no_more_is_read_than_a_picture_may_have(length: int | None) -> None:
    answer = http(200, bytes(10_001), PNG, length=length)
    assert (await fetched(answer)).fault is VerdictCode.ADDRESS_TOO_LARGE
    assert (await fetched(http(200, bytes(10_000), PNG))).fault is None


async def test_half_a_picture_is_none() -> None:
    found = await fetched(http(200, PICTURE, PNG, length=len(PICTURE) + 1))
    assert found.fault is VerdictCode.ADDRESS_UNREACHED


async def test_packed_although_asked_not_to() -> None:
    found = await fetched(http(200, PICTURE, PNG, "Content-Encoding: gzip"))
    assert found.fault is VerdictCode.ADDRESS_UNREACHED


async def test_redirects_are_followed_hop_by_hop() -> None:
    found = await fetched(
        http(302, b"", "Location: /other.png"),
        http(307, b"", "Location: third.png"),
        http(200, PICTURE, PNG),
    )
    assert found.data == PICTURE


@pytest.mark.parametrize(
    "location", ["https://10.0.0.7/boat.png", "file:///etc/passwd", "http://example.com/boat.png"]
)
async def test_a_redirect_to_where_nobody_may_look(location: str) -> None:
    answers = http(302, b"", f"Location: {location}"), http(200, PICTURE, PNG)
    async with answering(*answers, tls=server_tls()) as server, pictures_of() as pictures:
        found = await pictures.fetch(f"https://localhost:{server.port}/boat.png")
    assert found.fault is VerdictCode.ADDRESS_UNREACHED


async def test_redirects_have_an_end() -> None:
    found = await fetched(http(302, b"", "Location: /again.png"))
    assert found.fault is VerdictCode.ADDRESS_UNREACHED


@pytest.mark.parametrize(
    "address",
    [
        "https://192.168.1.7/boat.png",
        "https://127.0.0.1/boat.png",
        "https://localhost/boat.png",
        "https://169.254.169.254/latest",
        "https://[fd00::1]/boat.png",
        "https://2130706433/boat.png",
        "https://me:secret@example.com/boat.png",
        "http://example.com/boat.png",
    ],
)
async def test_addresses_that_nobody_outside_can_reach(address: str) -> None:
    async with pictures_of(loopback=False) as pictures:
        found = await pictures.fetch(address)
    assert found.fault is VerdictCode.ADDRESS_PRIVATE
    assert "secret" not in repr(found)


async def test_a_name_that_stands_for_a_private_address_is_not_asked() -> None:
    async with answering(http(200, PICTURE, PNG), tls=server_tls()) as server:
        address = f"https://clips.test:{server.port}/boat.png"
        async with pictures_of() as pictures:
            assert (await pictures.fetch(address)).data == PICTURE
        async with pictures_of(loopback=False) as pictures:
            found = await pictures.fetch(address)
        assert len(server.heads) == 1
    assert found.fault is VerdictCode.ADDRESS_UNREACHED


async def test_nobody_there() -> None:
    async with pictures_of() as pictures:
        found = await pictures.fetch(f"http://127.0.0.1:{free_port()}/boat.png")
    assert found == FetchedPicture(VerdictCode.ADDRESS_UNREACHED)


async def test_a_server_that_says_nothing() -> None:
    assert (await fetched(b"")).fault is VerdictCode.ADDRESS_UNREACHED


async def test_a_location_that_is_no_address() -> None:
    found = await fetched(http(302, b"", "Location: http://[bad"))
    assert found.fault is VerdictCode.ADDRESS_UNREACHED


async def _here(host: str, port: int) -> tuple[IpAddress, ...]:
    del host, port
    return (ip_address("127.0.0.1"),)
