"""Somebody without keys who asks for an address, as the provider will."""

from __future__ import annotations

import logging
import ssl
from dataclasses import dataclass

import httpx
import truststore

from dreamina_desktop.core.hosting_errors import BucketUnreachableError

LARGEST = 64 * 1024
"""Bytes read of an answer."""

_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Seen:
    """The HTTP status and the first ``LARGEST`` bytes of what came."""

    status: int
    data: bytes


async def seen_by_anyone(address: str) -> Seen:
    """Asks once: no cookies, no login, no redirect followed.

    Raises BucketUnreachableError, which does not hold the address.
    """
    # Their log lines hold whole addresses with their signatures.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        return await _seen(address)
    except (httpx.HTTPError, OSError, ImportError, ValueError) as error:
        # The latter two come of a proxy in the environment that cannot be used.
        trouble = BucketUnreachableError(f"read: {type(error).__name__}")
    # Outside the handler: the library's error knows the address.
    raise trouble


async def _seen(address: str) -> Seen:
    data = bytearray()
    async with (
        httpx.AsyncClient(
            verify=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT), timeout=_SECONDS
        ) as client,
        client.stream("GET", address, headers={"Accept-Encoding": "identity"}) as response,
    ):
        async for piece in response.aiter_raw():
            data += piece
            if len(data) >= LARGEST:
                break
        return Seen(response.status_code, bytes(data[:LARGEST]))
