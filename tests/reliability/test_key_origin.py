"""Row 14: the key goes to the API's origin only, and clips come from public HTTPS hosts."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from dreamina_desktop.api.addresses import ApiOrigins, IpAddress
from dreamina_desktop.api.client import RunComfyClient
from dreamina_desktop.api.download import ResultDownloader
from dreamina_desktop.api.keyless_client import MOST_REDIRECTS
from dreamina_desktop.core import errors
from dreamina_desktop.resources import MODEL_ID
from tests.api.clients import IMPATIENT, SUBMISSION, client_of
from tests.api.raw_server import Conversation, client_tls, http, raw_server, server_tls
from tests.reliability.disguises import CANARY
from tests.reliability.tally import Tally
from tests.reliability.weather import clear_of_proxies

KEY = CANARY.encode()
REDIRECTS = (301, 302, 303, 307, 308)
CALLS: dict[str, Callable[[RunComfyClient], Awaitable[object]]] = {
    "submit": lambda client: client.submit(SUBMISSION),
    "status": lambda client: client.status("r-1"),
    "result": lambda client: client.result("r-1"),
    "cancel": lambda client: client.cancel("r-1"),
    "price": lambda client: client.price(MODEL_ID),
    "balance": lambda client: client.balance(),
}
CLIP = b"clip" * 1000


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    clear_of_proxies(monkeypatch)


@dataclass
class Recording:
    """What came to a port, byte for byte. ``answer`` may hold ``$port`` of another server."""

    answer: bytes
    heard: bytes = b""
    requests: int = 0
    port: int = 0

    async def speak(self, conversation: Conversation) -> None:
        head = await conversation.request()
        self.heard += head
        self.requests += 1
        await conversation.say(self.answer)


@contextlib.asynccontextmanager
async def recording(answer: bytes, *, tls: bool = False) -> AsyncIterator[Recording]:
    recorder = Recording(answer)
    async with raw_server(recorder.speak, server_tls() if tls else None) as server:
        recorder.port = server.port
        yield recorder


def sent_to(location: str, status: int = 302) -> bytes:
    return http(status, b"", f"Location: {location}")


@pytest.mark.promise(14, short=1, long=1)
async def test_no_call_follows_a_redirect(tally: Tally) -> None:
    """Each call, each status, to another port; and to each kind of place."""
    places = [
        "//127.0.0.1:{port}/x",
        "http://localhost:{port}/x",
        "https://127.0.0.1:{port}/x",
        "http://me:word@127.0.0.1:{port}/x",
        "http://[::ffff:127.0.0.1]:{port}/x",
        "/elsewhere",
        "?again",
        # The library stumbles over these.
        "javascript:alert(1)",
        "https://[::1",
        "http://127.0.0.1:99999999/",
    ]
    cases = [(call, status, "http://127.0.0.1:{port}/x") for call in CALLS for status in REDIRECTS]
    cases += [("submit", 307, place) for place in places]
    cases += [("status", 302, place) for place in places]
    async with recording(http(200, b"{}")) as target:
        for call, status, place in cases:
            answer = sent_to(place.format(port=target.port), status)
            async with recording(answer) as api:
                async with client_of(f"http://127.0.0.1:{api.port}", key=CANARY) as client:
                    with pytest.raises(errors.PortalPageError):
                        await CALLS[call](client)
                assert api.requests == 1, (call, status, place)
                assert api.heard.count(KEY) == 1
            tally.fell("not followed")
        assert target.requests == 0
        assert target.heard == b""
    tally.ran(len(cases))


@pytest.mark.promise(14, short=1, long=1)
async def test_no_key_goes_over_plain_http_but_to_this_computer(tally: Tally) -> None:
    refused = [
        "http://api.example",
        "http://10.0.0.1",
        "http://[::ffff:10.0.0.1]",
        "http://127.0.0.1.example",
        "http://localhost.example",
        "http://0.0.0.0",
        "ftp://127.0.0.1",
        "https://me:word@api.example",
        "https://api.example/path",
    ]
    for address in refused:
        with pytest.raises(ValueError, match=r"."):
            ApiOrigins.at(address)
        tally.fell("refused")
    tally.ran(len(refused))


REFUSED_AT_ONCE = [
    "http://127.0.0.1:{port}/c.mp4",
    "http://clips.test:{port}/c.mp4",
    "https://127.0.0.1:{port}/c.mp4",
    "https://localhost:{port}/c.mp4",
    "https://[::1]:{port}/c.mp4",
    "https://[::ffff:127.0.0.1]:{port}/c.mp4",
    "https://[64:ff9b::7f00:1]:{port}/c.mp4",
    "https://2130706433:{port}/c.mp4",
    "https://0x7f.1:{port}/c.mp4",
    "https://127.1.:{port}/c.mp4",
    "https://0.0.0.0:{port}/c.mp4",
    "https://10.0.0.1:{port}/c.mp4",
    "https://169.254.169.254/latest/meta-data",
    "https://[fe80::1]:{port}/c.mp4",
    "https://[fc00::1]:{port}/c.mp4",
    "https://me:word@clips.test:{port}/c.mp4",
    "https://me@clips.test:{port}/c.mp4",
    "file:///etc/passwd",
    "ftp://clips.test/c.mp4",
    "//clips.test:{port}/c.mp4",
]


@pytest.mark.promise(14, short=1, long=1)
async def test_results_that_are_no_public_https_ones_are_refused(
    tally: Tally, tmp_path: Path
) -> None:
    async with recording(http(200, CLIP), tls=True) as target:
        for address in REFUSED_AT_ONCE:
            downloader = real_downloader("127.0.0.1")
            with pytest.raises(errors.AddressRefusedError):
                await downloader.download(address.format(port=target.port), tmp_path / "part")
            await downloader.aclose()
            tally.fell("refused")
        for private in ("127.0.0.1", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "fe80::1"):
            # The name is fine; what it stands for, now, is not.
            downloader = real_downloader(private)
            with pytest.raises(errors.DetourRefusedError):
                await downloader.download(f"https://clips.test:{target.port}/", tmp_path / "part")
            await downloader.aclose()
            tally.fell("refused, tried again later")
        assert target.requests == 0
    tally.ran(len(REFUSED_AT_ONCE) + 5)


def real_downloader(found: str) -> ResultDownloader:
    """That of the provider's own API; all names stand for ``found``."""

    async def resolve(_host: str, _port: int) -> tuple[IpAddress, ...]:
        return (ipaddress.ip_address(found),)

    return ResultDownloader(ApiOrigins.at(), time_outs=IMPATIENT, tls=client_tls(), resolve=resolve)


@contextlib.asynccontextmanager
async def practice_downloader() -> AsyncIterator[ResultDownloader]:
    """That of an API on loopback; all names stand for this computer."""

    async def resolve(_host: str, _port: int) -> tuple[IpAddress, ...]:
        return (ipaddress.ip_address("127.0.0.1"),)

    downloader = ResultDownloader(
        ApiOrigins.at("http://127.0.0.1:9"), time_outs=IMPATIENT, tls=client_tls(), resolve=resolve
    )
    try:
        yield downloader
    finally:
        await downloader.aclose()


@pytest.mark.promise(14, short=1, long=1)
async def test_a_download_follows_hop_by_hop(tally: Tally, tmp_path: Path) -> None:
    part = tmp_path / "part"
    async with recording(http(200, CLIP), tls=True) as last, practice_downloader() as downloader:
        for status in REDIRECTS:
            onwards = sent_to(f"https://account.test:{last.port}/b.mp4", status)
            async with recording(onwards, tls=True) as first:
                found = await downloader.download(f"https://clips.test:{first.port}/a.mp4", part)
            assert (found.size, part.read_bytes()) == (len(CLIP), CLIP)
            for heard in (first.heard, last.heard):
                assert KEY not in heard
                assert b"uthorization" not in heard
                assert b"eferer" not in heard
                assert b"ookie" not in heard
            part.unlink()
            tally.fell("followed, without the key")
    assert last.requests == len(REDIRECTS)
    tally.ran(len(REDIRECTS))


@pytest.mark.promise(14, short=1, long=1)
@pytest.mark.parametrize("hops", [1, 2])
async def test_a_hop_that_may_not_be_made(tally: Tally, tmp_path: Path, hops: int) -> None:
    part = tmp_path / "part"
    places = [
        "http://127.0.0.1:{port}/c.mp4",
        "http://clips.test:{port}/c.mp4",
        "https://10.0.0.1:{port}/c.mp4",
        "https://169.254.169.254/latest/meta-data",
        "https://[::ffff:10.0.0.1]:{port}/c.mp4",
        "https://[fe80::1]:{port}/c.mp4",
        "https://me:word@clips.test:{port}/c.mp4",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://[::1",
    ]
    async with recording(http(200, CLIP)) as target, practice_downloader() as downloader:
        for place in places:
            bad = sent_to(place.format(port=target.port))
            async with recording(bad, tls=True) as second:
                good = sent_to(f"https://account.test:{second.port}/b.mp4")
                async with recording(good, tls=True) as first:
                    start = first if hops == 2 else second
                    with pytest.raises(errors.DetourRefusedError):
                        await downloader.download(f"https://clips.test:{start.port}/a.mp4", part)
                assert second.requests == 1, place
            tally.fell("refused")
        assert target.requests == 0
    assert not part.exists()
    tally.ran(len(places))


async def test_redirects_in_a_circle_end(tmp_path: Path) -> None:
    async with (
        recording(sent_to("/again"), tls=True) as server,
        practice_downloader() as downloader,
    ):
        with pytest.raises(errors.DetourRefusedError):
            await downloader.download(f"https://clips.test:{server.port}/a", tmp_path / "part")
        assert server.requests == MOST_REDIRECTS
        await asyncio.sleep(0)
