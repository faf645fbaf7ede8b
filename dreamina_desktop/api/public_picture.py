"""Looks at a public address as the provider's server will: no key, no login, no cookies."""

from __future__ import annotations

import asyncio
import re
import ssl
from dataclasses import dataclass, field

import httpx

from dreamina_desktop.api.keyless_client import KeylessClient
from dreamina_desktop.api.routes import Resolve
from dreamina_desktop.api.transport import TimeOuts
from dreamina_desktop.core.errors import AddressRefusedError, DetourRefusedError
from dreamina_desktop.core.seen_address import LARGEST_FETCHED
from dreamina_desktop.core.verdict import VerdictCode

PATIENCE = TimeOuts(connect=10.0, read=15.0, whole_download=60.0)

_FAULTS = {
    401: VerdictCode.ADDRESS_LOGIN,
    403: VerdictCode.ADDRESS_LOGIN,
    404: VerdictCode.ADDRESS_GONE,
    410: VerdictCode.ADDRESS_GONE,
}
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FetchedPicture:
    """``fault`` is why there is no ``data``, None where there is; ``status`` the HTTP status.

    ``media_type`` is what the server says, lower case and without parameters; "" for nothing.
    """

    fault: VerdictCode | None = None
    status: int | None = None
    data: bytes = field(default=b"", repr=False)
    media_type: str = ""


class PublicPictures:
    """HTTPS only, each redirect checked, at most ``LARGEST_FETCHED`` bytes in memory.

    ``loopback`` allows this computer too: where the API itself is there. Belongs to one event loop;
    close it there. ``resolve`` stands for the system's resolver.
    """

    def __init__(
        self,
        *,
        loopback: bool,
        time_outs: TimeOuts = PATIENCE,
        tls: ssl.SSLContext | None = None,
        largest: int = LARGEST_FETCHED,
        resolve: Resolve | None = None,
    ) -> None:
        self._patience = time_outs.whole_download
        self._largest = largest
        self._client = KeylessClient(
            loopback=loopback, time_outs=time_outs, tls=tls, resolve=resolve
        )

    async def fetch(self, address: str) -> FetchedPicture:
        """What is there. Raises nothing: whatever kept it from coming is a ``fault``."""
        try:
            url = self._client.check(address)
        except AddressRefusedError:
            return FetchedPicture(VerdictCode.ADDRESS_PRIVATE)
        try:
            async with asyncio.timeout(self._patience):
                async with self._client.get(url, {"Accept": "image/*"}) as response:
                    return await self._take(response)
        except (
            httpx.HTTPError,
            httpx.InvalidURL,
            httpx.StreamError,
            OSError,
            ValueError,
            DetourRefusedError,
        ):
            # Also a name that stands for a private address here: elsewhere it may be another.
            return FetchedPicture(VerdictCode.ADDRESS_UNREACHED)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    async def _take(self, response: httpx.Response) -> FetchedPicture:
        status, headers = response.status_code, response.headers
        if status != 200:
            return FetchedPicture(_FAULTS.get(status, VerdictCode.ADDRESS_ANSWER), status)
        media_type = headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if media_type in _PAGES:
            return FetchedPicture(VerdictCode.ADDRESS_PAGE, status, media_type=media_type)
        if headers.get("Content-Encoding", "identity").strip().lower() != "identity":
            # Asked not to: nobody knows what the provider would make of it.
            return FetchedPicture(VerdictCode.ADDRESS_UNREACHED, status)
        data = bytearray()
        async for piece in response.aiter_raw():
            data += piece
            if len(data) > self._largest:
                return FetchedPicture(VerdictCode.ADDRESS_TOO_LARGE, status, media_type=media_type)
        if _PAGE.match(data):
            return FetchedPicture(VerdictCode.ADDRESS_PAGE, status, media_type=media_type)
        return FetchedPicture(None, status, bytes(data), media_type)
