"""Gets public files without a key: HTTPS only, every redirect checked like the first address."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import httpx

from dreamina_desktop.api.addresses import ResultAddresses
from dreamina_desktop.api.routes import Resolve, RoutedTransport
from dreamina_desktop.api.transport import TimeOuts, location_of, open_client, tls_context
from dreamina_desktop.core.errors import DetourRefusedError

MOST_REDIRECTS = 5

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class KeylessClient:
    """``loopback`` allows this computer too: where the API itself is there.

    Belongs to one event loop; close it there. ``resolve`` stands for the system's resolver.
    """

    def __init__(
        self,
        *,
        loopback: bool,
        time_outs: TimeOuts,
        tls: ssl.SSLContext | None,
        resolve: Resolve | None,
    ) -> None:
        self._addresses = ResultAddresses(loopback=loopback)
        self._client = open_client(
            RoutedTransport(
                tls or tls_context(),
                # One connection a file: a pooled one is bound to an address, not to a name.
                keep_alive=None,
                permits=self._addresses.permits,
                resolve=resolve,
            ),
            time_outs.of_calls(),
        )

    def check(self, address: str) -> httpx.URL:
        """The address, if it is one to be asked. Raises AddressRefusedError."""
        return self._addresses.check(address)

    @asynccontextmanager
    async def get(
        self, url: httpx.URL, headers: Mapping[str, str]
    ) -> AsyncIterator[httpx.Response]:
        """The answer behind all redirects, its body still to be read.

        Raises httpx's errors, and DetourRefusedError for a redirect that is not followed.
        """
        sent = {"Connection": "close", **headers}
        for _ in range(MOST_REDIRECTS):
            async with self._client.stream("GET", url, headers=sent) as response:
                location = location_of(response)
                if response.status_code not in _REDIRECTS or location is None:
                    yield response
                    return
                url = self._addresses.check_next(url, location)
        raise DetourRefusedError("too many redirects")

    async def aclose(self) -> None:
        """Close all connections."""
        await self._client.aclose()
