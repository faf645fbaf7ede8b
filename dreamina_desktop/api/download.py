"""Fetches results: no key, HTTPS, no private address, each redirect checked; a whole file or an
error."""

from __future__ import annotations

import asyncio
import re
import ssl
from datetime import UTC, datetime
from pathlib import Path

import httpx

from dreamina_desktop.api import faults
from dreamina_desktop.api.addresses import ApiOrigins
from dreamina_desktop.api.keyless_client import KeylessClient
from dreamina_desktop.api.part_file import Beginning, PartFile
from dreamina_desktop.api.redaction import Redactor
from dreamina_desktop.api.routes import Resolve
from dreamina_desktop.api.transport import TimeOuts
from dreamina_desktop.core.answers import Downloaded
from dreamina_desktop.core.errors import (
    DownloadError,
    DreaminaError,
    TooLargeError,
)

LARGEST_RESULT = 1024**3
"""Bytes; far beyond any clip of ten seconds."""

SAVED_EVERY = 4 * 1024 * 1024
"""Bytes between two notes of how much is safe on disk."""

_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18})", re.ASCII)


class ResultDownloader:
    """``core.ports.Downloader`` over HTTP, by a client that never had a key.

    Belongs to one event loop; close it there. ``resolve`` stands for the system's resolver.
    """

    def __init__(
        self,
        origins: ApiOrigins,
        *,
        time_outs: TimeOuts | None = None,
        tls: ssl.SSLContext | None = None,
        largest: int = LARGEST_RESULT,
        resolve: Resolve | None = None,
    ) -> None:
        self._time_outs = time_outs or TimeOuts()
        self._largest = largest
        self._clean = Redactor()
        self._client = KeylessClient(
            loopback=origins.is_loopback, time_outs=self._time_outs, tls=tls, resolve=resolve
        )

    async def download(self, address: str, part: Path) -> Downloaded:
        """Bring the whole file to ``part``, going on with what is there if the server allows.

        Raises ``DownloadError`` kinds and ``DiskError``; what came is then kept for the next try.
        """
        url = self._client.check(address)
        file = PartFile(part, str(url.copy_with(query=None, fragment=None)))
        try:
            async with asyncio.timeout(self._time_outs.whole_download):
                beginning = file.beginning()
                if beginning is None or not await self._fetch(url, file, beginning):
                    await self._fetch(url, file, None)
            return await asyncio.to_thread(file.finish)
        except TooLargeError:
            file.discard()
            raise
        except DreaminaError:
            raise
        except Exception as error:  # the network's, or a library's about it
            raise faults.undelivered(error, self._clean) from None
        finally:
            file.close()

    async def aclose(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    async def _fetch(self, url: httpx.URL, file: PartFile, beginning: Beginning | None) -> bool:
        """One request, and one more for each redirect to an address checked like the first.

        False when the server cannot go on with ``beginning``; nothing was written. A server that
        sends the whole file instead of its rest is taken at its word.
        """
        headers = {}
        if beginning is not None:
            headers = {"Range": f"bytes={beginning.length}-", "If-Range": beginning.etag}
        async with self._client.get(url, headers) as response:
            return await self._take_answer(response, file, beginning)

    async def _take_answer(
        self, response: httpx.Response, file: PartFile, beginning: Beginning | None
    ) -> bool:
        if beginning is not None and response.status_code in (206, 416):
            size = _size_continued(response, beginning)
            if size is None:
                return False
            _refuse_what_is_no_file(response)
            await self._take(response, file, beginning.length, size)
        elif response.status_code == 200:
            _refuse_what_is_no_file(response)
            await self._take(response, file, 0, _size_announced(response))
        else:
            asked = response.headers.get("Retry-After")
            wait = faults.retry_seconds(asked, datetime.now(UTC))
            raise faults.not_delivered(response.status_code, wait)
        return True

    async def _take(
        self, response: httpx.Response, file: PartFile, offset: int, size: int | None
    ) -> None:
        if size is not None and size > self._largest:
            raise TooLargeError("announced")
        file.open(offset, _strong_etag(response))
        come = saved = offset
        async for piece in response.aiter_raw():
            come += len(piece)
            if come > self._largest:
                raise TooLargeError("on the way")
            file.write(piece)
            if come - saved >= SAVED_EVERY:
                await asyncio.to_thread(file.save)
                saved = come
        if size is not None and come != size:
            raise DownloadError("length")


def _refuse_what_is_no_file(response: httpx.Response) -> None:
    headers = response.headers
    if headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise DownloadError("packed")
    if headers.get("Content-Type", "").lower().startswith("text/html"):
        # The page of a portal, or of a service that has trouble.
        raise DownloadError("a page instead of a file")


def _size_announced(response: httpx.Response) -> int | None:
    """The file's size; None when it comes in chunks, which have an end mark.

    Raises DownloadError when its end could not be told from a lost connection.
    """
    if "Transfer-Encoding" in response.headers:
        return None
    if "Content-Length" not in response.headers:
        raise DownloadError("no length")
    return int(response.headers["Content-Length"])


def _size_continued(response: httpx.Response, beginning: Beginning) -> int | None:
    """The whole file's size, if an answer to a range is exactly the rest of the same file."""
    found = _RANGE.fullmatch(response.headers.get("Content-Range", "").strip())
    if response.status_code != 206 or found is None:
        return None
    first, last, size = (int(number) for number in found.groups())
    rest = str(last - first + 1)
    if (
        first == beginning.length <= last == size - 1
        and response.headers.get("Content-Length", rest) == rest
        and _strong_etag(response) == beginning.etag
    ):
        return size
    return None


def _strong_etag(response: httpx.Response) -> str | None:
    """The ETag, if it promises the same bytes."""
    etag: str = response.headers.get("ETag", "").strip()
    return etag if re.fullmatch(r'"[\x21\x23-\x7e]*"', etag) else None
