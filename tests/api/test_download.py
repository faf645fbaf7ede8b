"""Downloads against servers that lie; against the practice server: test_contract.py."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import os
import re
import traceback
from pathlib import Path

import pytest

from dreamina_desktop.api.addresses import ApiOrigins
from dreamina_desktop.api.download import SAVED_EVERY, ResultDownloader
from dreamina_desktop.api.part_file import NOTE_SUFFIX
from dreamina_desktop.api.transport import TimeOuts
from dreamina_desktop.core import errors
from tests.api.clients import IMPATIENT, downloader_of
from tests.api.raw_server import Conversation, answering, free_port, http, raw_server

CLIP = bytes(range(256)) * 4000
ETAG = 'ETag: "v1"'
HERE = "http://127.0.0.1:9"
SECRET = "?X-Amz-Signature=secret"


@pytest.fixture
def part(tmp_path: Path) -> Path:
    return tmp_path / ".job-0.part"


def is_clip(part: Path) -> bool:
    return part.read_bytes() == CLIP


async def failing(
    url: str, part: Path, *, api: str = HERE, time_outs: TimeOuts | None = None
) -> errors.DreaminaError:
    """What a download raises; its texts hold no query."""
    async with downloader_of(api, time_outs=time_outs) as downloader:
        with pytest.raises(errors.DreaminaError) as caught:
            await downloader.download(url, part)
    assert "secret" not in "".join(traceback.format_exception(caught.value))
    return caught.value


class RangeServer:
    """Serves ``CLIP`` with ranges, as it should; the first answer is cut after ``cut`` bytes."""

    def __init__(self, cut: int, etag: str = '"v1"') -> None:
        self.cut: int | None = cut
        self.etag = etag
        self.heads: list[str] = []

    async def speak(self, conversation: Conversation) -> None:
        head = (await conversation.request()).decode()
        self.heads.append(head)
        found = re.search(r"range: bytes=(\d+)-", head, re.IGNORECASE)
        condition = re.search(r"if-range: (\S+)", head, re.IGNORECASE)
        if found and condition and condition[1] == self.etag:
            start = int(found[1])
            place = f"Content-Range: bytes {start}-{len(CLIP) - 1}/{len(CLIP)}"
            await conversation.say(http(206, CLIP[start:], place, f"ETag: {self.etag}"))
            return
        body = CLIP if self.cut is None else CLIP[: self.cut]
        self.cut = None
        await conversation.say(http(200, body, f"ETag: {self.etag}", length=len(CLIP)))


# ---- whole files ---------------------------------------------------------------------------


async def test_a_whole_file(part: Path) -> None:
    async with answering(http(200, CLIP)) as server, downloader_of(HERE) as downloader:
        found = await downloader.download(f"{server.url}/c.mp4{SECRET}", part)
    assert is_clip(part)
    assert (found.size, found.sha256) == (len(CLIP), hashlib.sha256(CLIP).hexdigest())
    assert list(part.parent.glob(".job*")) == [part]
    head = server.heads[0].decode().lower()
    assert "accept-encoding: identity" in head
    for unwanted in ("authorization", "cookie", "range", "referer"):
        assert unwanted not in head


async def test_a_file_in_chunks(part: Path) -> None:
    chunks = b"".join(
        b"%x\r\n%b\r\n" % (len(piece), piece)
        for piece in (CLIP[start : start + 70000] for start in range(0, len(CLIP), 70000))
    )
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    async with answering(head + chunks + b"0\r\n\r\n") as server:
        async with downloader_of(HERE) as downloader:
            await downloader.download(server.url, part)
        assert is_clip(part)
    async with answering(head + chunks) as server:
        assert type(await failing(server.url, part)) is errors.DownloadError


async def test_a_large_file_is_saved_on_the_way(
    part: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes: list[str] = []
    replace = os.replace

    def noted(old: Path, new: Path) -> None:
        notes.append(new.name)
        replace(old, new)

    monkeypatch.setattr(os, "replace", noted)
    body = bytes(3 * SAVED_EVERY)
    async with answering(http(200, body, ETAG)) as server, downloader_of(HERE) as downloader:
        found = await downloader.download(server.url, part)
    assert found.size == len(body)
    assert len(notes) >= 2
    assert not part.with_name(part.name + NOTE_SUFFIX).exists()


async def test_an_empty_file(part: Path) -> None:
    async with answering(http(200, b"")) as server, downloader_of(HERE) as downloader:
        assert (await downloader.download(server.url, part)).size == 0


# ---- going on ------------------------------------------------------------------------------


@pytest.mark.parametrize("cut", [1, 100_000, len(CLIP) - 1])
async def test_a_later_try_goes_on(part: Path, cut: int) -> None:
    ranges = RangeServer(cut)
    async with raw_server(ranges.speak) as server, downloader_of(HERE) as downloader:
        with pytest.raises(errors.DownloadError):
            await downloader.download(f"{server.url}/c.mp4?a=1", part)
        assert part.read_bytes() == CLIP[:cut]
        found = await downloader.download(f"{server.url}/c.mp4?a=2", part)
    assert is_clip(part)
    assert found.sha256 == hashlib.sha256(CLIP).hexdigest()
    assert f"Range: bytes={cut}-\r\n" in ranges.heads[1]
    assert 'If-Range: "v1"\r\n' in ranges.heads[1]


async def test_a_file_that_changed_is_brought_whole(part: Path) -> None:
    ranges = RangeServer(5000, '"old"')
    async with raw_server(ranges.speak) as server, downloader_of(HERE) as downloader:
        with pytest.raises(errors.DownloadError):
            await downloader.download(f"{server.url}/c.mp4", part)
        part.write_bytes(b"x" * 5000)
        ranges.etag = '"new"'
        await downloader.download(f"{server.url}/c.mp4", part)
    assert is_clip(part)
    # The server took the condition at its word and sent all: no third request.
    assert len(ranges.heads) == 2


@pytest.mark.parametrize("etag", ['W/"v1"', "v1", '""x', ""])
async def test_without_a_strong_etag_a_later_try_starts_over(part: Path, etag: str) -> None:
    ranges = RangeServer(5000, etag)
    async with raw_server(ranges.speak) as server, downloader_of(HERE) as downloader:
        with pytest.raises(errors.DownloadError):
            await downloader.download(server.url, part)
        await downloader.download(server.url, part)
    assert is_clip(part)
    assert "Range" not in ranges.heads[1]


SIZE = len(CLIP)
REST = CLIP[5000:]


@pytest.mark.parametrize(
    "second",
    [
        http(206, REST, ETAG),
        http(206, REST, ETAG, "Content-Range: garbage"),
        http(206, REST, ETAG, f"Content-Range: bytes 4000-{SIZE - 1}/{SIZE}"),
        http(206, REST, ETAG, f"Content-Range: bytes 5000-{SIZE - 1}/*"),
        http(206, REST, ETAG, f"Content-Range: bytes 5000-{SIZE - 1}/{SIZE + 1}"),
        http(206, REST[:-9], ETAG, f"Content-Range: bytes 5000-{SIZE - 10}/{SIZE}"),
        http(206, REST[:-9], ETAG, f"Content-Range: bytes 5000-{SIZE - 1}/{SIZE}"),
        http(206, REST, 'ETag: "v2"', f"Content-Range: bytes 5000-{SIZE - 1}/{SIZE}"),
        http(206, REST, f"Content-Range: bytes 5000-{SIZE - 1}/{SIZE}"),
        http(206, b"", ETAG, "Content-Range: bytes 5000-4999/5000"),
        http(416, b"", f"Content-Range: bytes */{SIZE}"),
    ],
    ids=range(11),
)
async def test_a_wrong_answer_to_a_range_starts_over(part: Path, second: bytes) -> None:
    first = http(200, CLIP[:5000], ETAG, length=SIZE)
    async with (
        answering(first, second, http(200, CLIP, ETAG)) as server,
        downloader_of(HERE) as downloader,
    ):
        with pytest.raises(errors.DownloadError):
            await downloader.download(server.url, part)
        await downloader.download(server.url, part)
    assert is_clip(part)
    assert b"Range" in server.heads[1]
    assert b"Range" not in server.heads[2]


@pytest.mark.parametrize("rest", [REST[:-9], REST + b"x"])
async def test_a_rest_in_chunks_of_another_length(part: Path, rest: bytes) -> None:
    first = http(200, CLIP[:5000], ETAG, length=SIZE)
    head = f"HTTP/1.1 206 Rest\r\n{ETAG}\r\nContent-Range: bytes 5000-{SIZE - 1}/{SIZE}\r\n"
    chunks = b"%x\r\n%b\r\n0\r\n\r\n" % (len(rest), rest)
    second = head.encode() + b"Transfer-Encoding: chunked\r\n\r\n" + chunks
    async with answering(first, second, http(416), http(200, CLIP, ETAG)) as server:
        for _ in range(2):
            assert type(await failing(server.url, part)) is errors.DownloadError
        async with downloader_of(HERE) as downloader:
            await downloader.download(server.url, part)
    assert is_clip(part)


async def test_a_part_of_a_file_that_nobody_asked_for(part: Path) -> None:
    answer = http(206, CLIP[:10], ETAG, f"Content-Range: bytes 0-9/{SIZE}")
    async with answering(answer) as server:
        assert type(await failing(server.url, part)) is errors.DownloadError
    assert not part.exists()


async def test_a_cancelled_download_can_be_gone_on_with(part: Path) -> None:
    async def speak(conversation: Conversation) -> None:
        await conversation.request()
        await conversation.say(http(200, CLIP[:5000], ETAG, length=SIZE))
        await asyncio.Event().wait()

    async with raw_server(speak) as server, downloader_of(HERE) as downloader:
        task = asyncio.create_task(downloader.download(server.url, part))
        while not part.exists() or not part.stat().st_size:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert part.read_bytes() == CLIP[:5000]
    assert part.with_name(part.name + NOTE_SUFFIX).exists()


async def test_a_portal_does_not_touch_what_came(part: Path) -> None:
    first = http(200, CLIP[:5000], ETAG, length=SIZE)
    page = http(200, b"<title>Welcome</title>", "Content-Type: text/html; charset=utf-8")
    async with answering(first, page) as server:
        await failing(server.url, part)
        assert type(await failing(server.url, part)) is errors.DownloadError
    assert part.read_bytes() == CLIP[:5000]


# ---- what is not taken ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (http(401), errors.AddressExpiredError),
        (http(403), errors.AddressExpiredError),
        (http(404), errors.AddressExpiredError),
        (http(410), errors.AddressExpiredError),
        (http(302, b"", "Location: http://10.0.0.1/"), errors.DetourRefusedError),
        (http(307), errors.DownloadError),
        (http(429), errors.DownloadError),
        (http(500), errors.DownloadError),
        (http(204), errors.DownloadError),
        (http(200, CLIP, length=len(CLIP) + 1), errors.DownloadError),
        (http(200, gzip.compress(CLIP, mtime=0), "Content-Encoding: gzip"), errors.DownloadError),
        (http(200, b"<p>", "Content-Type: TEXT/HTML"), errors.DownloadError),
        (b"HTTP/1.1 200 OK\r\n\r\n" + CLIP, errors.DownloadError),
        (b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n" + CLIP, errors.DownloadError),
        (b"what?\r\n\r\n", errors.DownloadError),
        (b"", errors.DownloadError),
    ],
    ids=range(16),
)
async def test_answers_that_are_no_file(
    part: Path, answer: bytes, kind: type[errors.DreaminaError]
) -> None:
    async with answering(answer) as server:
        assert type(await failing(f"{server.url}/c.mp4{SECRET}", part)) is kind
    assert len(server.heads) == 1


async def test_nobody_listens(part: Path) -> None:
    error = await failing(f"http://127.0.0.1:{free_port()}/{SECRET}", part)
    assert type(error) is errors.DownloadError


async def test_a_download_that_stops(part: Path) -> None:
    async def speak(conversation: Conversation) -> None:
        await conversation.request()
        await conversation.say(http(200, CLIP[:5000], length=SIZE))
        await asyncio.Event().wait()

    async with raw_server(speak) as server:
        error = await failing(server.url, part, time_outs=IMPATIENT)
    assert type(error) is errors.DownloadError


async def test_a_download_that_trickles_for_ever(part: Path) -> None:
    async def speak(conversation: Conversation) -> None:
        await conversation.request()
        await conversation.say(http(200, b"", length=SIZE))
        while True:
            await conversation.say(b"x")
            await asyncio.sleep(0.02)

    async with raw_server(speak) as server:
        error = await failing(server.url, part, time_outs=TimeOuts(whole_download=0.4))
    assert type(error) is errors.DownloadError


async def test_too_large(part: Path) -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"5\r\nhello\r\n" * 40
    for answer in (http(200, bytes(101)), chunked):
        async with (
            answering(answer) as server,
            downloader_of(HERE, largest=100) as downloader,
        ):
            with pytest.raises(errors.TooLargeError):
                await downloader.download(server.url, part)
        assert not part.exists()
    async with (
        answering(http(200, bytes(100))) as server,
        downloader_of(HERE, largest=100) as downloader,
    ):
        assert (await downloader.download(server.url, part)).size == 100


async def test_the_rest_counts_with_its_beginning(part: Path) -> None:
    ranges = RangeServer(5000)
    async with raw_server(ranges.speak) as server:
        await failing(server.url, part)
        async with downloader_of(HERE, largest=SIZE - 1) as downloader:
            with pytest.raises(errors.TooLargeError):
                await downloader.download(server.url, part)


async def test_the_disk_refuses(tmp_path: Path) -> None:
    async with answering(http(200, CLIP)) as server:
        error = await failing(server.url, tmp_path / "nowhere" / "x.part")
    assert type(error) is errors.DiskError


@pytest.mark.parametrize(
    "address",
    [
        "http://10.0.0.1/c.mp4",
        "http://example.com/c.mp4",
        "https://10.0.0.1/c.mp4",
        "https://169.254.169.254/latest/meta-data",
        "https://[fe80::1]/c.mp4",
        "https://me:secret@example.com/c.mp4",
        "file:///etc/passwd",
        "c.mp4",
    ],
)
async def test_addresses_that_are_refused(part: Path, address: str) -> None:
    for api in ("https://api.example", HERE):
        error = await failing(address + SECRET, part, api=api)
        assert type(error) is errors.AddressRefusedError


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1"])
async def test_loopback_is_refused_for_a_real_api(part: Path, host: str) -> None:
    async with answering(http(200, CLIP)) as server:
        for scheme in ("http", "https"):
            address = f"{scheme}://{host}:{server.port}/c.mp4"
            error = await failing(address, part, api="https://api.example")
            assert type(error) is errors.AddressRefusedError
    assert not server.heads


async def test_a_downloader_has_nowhere_to_put_a_key() -> None:
    downloader = ResultDownloader(ApiOrigins.at())
    assert downloader._client._client.auth is None
    assert "authorization" not in downloader._client._client.headers
    await downloader.aclose()
