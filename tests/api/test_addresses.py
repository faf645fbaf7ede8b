from __future__ import annotations

import ipaddress

import httpx
import pytest

from dreamina_desktop.api.addresses import (
    ApiOrigins,
    Origin,
    ResultAddresses,
    is_loopback_host,
    is_public,
    is_request_id,
    only_loopback,
)
from dreamina_desktop.core.errors import AddressRefusedError, NoSuchRequestError


def test_the_provider_has_two_hosts() -> None:
    origins = ApiOrigins.at()
    assert str(origins.models) == "https://model-api.runcomfy.net"
    assert str(origins.account) == "https://api.runcomfy.net"
    assert not origins.is_loopback


def test_one_address_stands_for_both_hosts() -> None:
    origins = ApiOrigins.at("http://127.0.0.1:8123/")
    assert str(origins.models) == str(origins.account) == "http://127.0.0.1:8123"
    assert origins.is_loopback


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ("https://API.example.com", "https://api.example.com"),
        ("https://api.example.com:443/", "https://api.example.com"),
        ("https://api.example.com:8443", "https://api.example.com:8443"),
        ("http://localhost", "http://localhost"),
        ("http://[::1]:9", "http://[::1]:9"),
        (" https://bücher.example ", "https://xn--bcher-kva.example"),
    ],
)
def test_an_origin_reads_as_it_is_compared(given: str, origin: str) -> None:
    assert str(ApiOrigins.at(given).models) == origin


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "api.example.com",
        "http://api.example.com",
        "http://127.0.0.1.example.com",
        "http://0.0.0.0:80",
        "ftp://localhost",
        "https://",
        "https://user:secret@api.example.com",
        "https://api.example.com/v1",
        "https://api.example.com?a=secret",
        "https://api.example.com#secret",
        "https://[::1",
        "https://api.example.com:99999999",
        "https://api.example.com:0",
    ],
)
def test_an_origin_is_bare_and_safe(bad: str) -> None:
    with pytest.raises(ValueError, match=r".+") as caught:
        ApiOrigins.at(bad)
    assert "secret" not in str(caught.value)


def test_addresses_are_built_from_base_and_id() -> None:
    origins = ApiOrigins.at()
    assert origins.model("a/b-1.0/c") == "https://model-api.runcomfy.net/v1/models/a/b-1.0/c"
    assert (
        origins.request("1f 2%", "status")
        == "https://model-api.runcomfy.net/v1/requests/1f%202%25/status"
    )
    assert origins.balance() == "https://api.runcomfy.net/prod/v2/balance"


@pytest.mark.parametrize(
    "request_id", ["", ".", "..", "a/b", "a\\b", " a", "a\n", "a\x00", "\ud800", "x" * 201]
)
def test_what_cannot_be_a_request_id_is_never_asked_for(request_id: str) -> None:
    assert not is_request_id(request_id)
    with pytest.raises(NoSuchRequestError):
        ApiOrigins.at().request(request_id, "status")


@pytest.mark.parametrize("request_id", ["a", "x" * 200, "6ba7b810-9dad", "...", "a?b#c%2f", "é"])
def test_odd_request_ids_stay_one_part_of_the_path(request_id: str) -> None:
    url = httpx.URL(ApiOrigins.at().request(request_id, "status"))
    assert url.path == f"/v1/requests/{request_id}/status"
    assert not url.query


def test_an_origin_is_exact() -> None:
    origins = ApiOrigins.at("https://api.example.com:8443")
    assert Origin.of(httpx.URL("https://api.example.com:8443/x?y")) in origins
    for other in (
        "https://api.example.com/",
        "http://api.example.com:8443/",
        "https://api.example.com.evil.example:8443/",
        "https://www.api.example.com:8443/",
        "ftp://api.example.com/",
    ):
        assert Origin.of(httpx.URL(other)) not in origins


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("10.0.0.1", False),
        ("localhost.example.com", False),
        ("127.0.0.1.example.com", False),
        ("", False),
    ],
)
def test_loopback_by_name(host: str, loopback: bool) -> None:
    assert is_loopback_host(host) is loopback


PRIVATE = [
    "0.0.0.1",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:10.0.0.1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::c0a8:101",
    "2002:7f00:1::",
    "2001:db8::1",
    "fc00::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "4000::1",
]


@pytest.mark.parametrize("text", PRIVATE)
def test_private_and_reserved_addresses_are_not_public(text: str) -> None:
    ip = ipaddress.ip_address(text)
    assert not is_public(ip)
    for scheme in ("http", "https"):
        assert not ResultAddresses(loopback=False).permits(scheme, ip)


@pytest.mark.parametrize(
    "text", ["1.1.1.1", "203.0.114.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_public_addresses(text: str) -> None:
    ip = ipaddress.ip_address(text)
    assert is_public(ip)
    for loopback in (False, True):
        assert ResultAddresses(loopback=loopback).permits("https", ip)
        assert not ResultAddresses(loopback=loopback).permits("http", ip)


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("text", ["127.0.0.1", "::1"])
def test_an_api_on_loopback_may_have_results_there(scheme: str, text: str) -> None:
    ip = ipaddress.ip_address(text)
    assert ResultAddresses(loopback=True).permits(scheme, ip)
    assert only_loopback(scheme, ip)
    assert not only_loopback(scheme, ipaddress.ip_address("1.1.1.1"))


@pytest.mark.parametrize(
    "address",
    [
        "",
        "clip.mp4",
        "/clip.mp4",
        "file:///etc/passwd",
        "ftp://example.com/clip.mp4",
        "https://",
        "https://[::1",
        "https://user:word@example.com/clip.mp4",
        "http://example.com/clip.mp4",
        "http://10.0.0.1/clip.mp4",
        "javascript:alert(1)",
        "https://example.com:70000/",
        "https://example.com:0/",
        "https://exa mple\x00.com/",
    ],
)
def test_addresses_that_are_never_fetched(address: str) -> None:
    for loopback in (False, True):
        with pytest.raises(AddressRefusedError) as caught:
            ResultAddresses(loopback=loopback).check(address)
        assert "word" not in str(caught.value)


def test_plain_http_is_for_an_api_on_loopback_alone() -> None:
    address = "http://127.0.0.1:9/clip.mp4?x=1"
    assert str(ResultAddresses(loopback=True).check(address)) == address
    with pytest.raises(AddressRefusedError):
        ResultAddresses(loopback=False).check(address)


def test_https_is_fetched() -> None:
    address = "https://x.runcomfy.net/clip.mp4?sig=a%2Fb"
    assert str(ResultAddresses(loopback=False).check(address)) == address
