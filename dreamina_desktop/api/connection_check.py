"""Three questions about the way to the provider: is there one, does it answer, is the key good."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import httpx

from dreamina_desktop.api import faults
from dreamina_desktop.api.addresses import ApiOrigins, ascii_host, only_loopback, port_of
from dreamina_desktop.api.client import RunComfyClient
from dreamina_desktop.api.exchange import exchange
from dreamina_desktop.api.faults import Call
from dreamina_desktop.api.redaction import Redactor
from dreamina_desktop.api.routes import (
    Resolve,
    RoutedTransport,
    proxy_for,
    resolve_host,
    without_login,
)
from dreamina_desktop.api.transport import (
    TimeOuts,
    open_client,
    tls_context,
)
from dreamina_desktop.api.wire import complaint
from dreamina_desktop.core.diagnosis import Step, StepEnded
from dreamina_desktop.core.errors import DreaminaError
from dreamina_desktop.core.ports import Clock


class ConnectionCheck:
    """Asks only what is free. ``key`` may raise ``KeyMissingError`` or ``KeyringError``."""

    def __init__(
        self,
        origins: ApiOrigins,
        key: Callable[[], str],
        clock: Clock,
        *,
        time_outs: TimeOuts | None = None,
        resolve: Resolve = resolve_host,
    ) -> None:
        self._origins = origins
        self._key = key
        self._clock = clock
        self._time_outs = time_outs or TimeOuts()
        self._resolve = resolve

    async def run(self, model_id: str) -> tuple[StepEnded, ...]:
        """What was found, up to the first step that did not end well. Raises nothing of the tree.

        The server is first asked without the key: whoever answers there may be a stranger.
        """
        ended: list[StepEnded] = []
        for step, ask in (
            (Step.WAY, self._find_way),
            (Step.ANSWER, self._knock),
            (Step.KEY, self._show_key),
        ):
            try:
                ended.append(StepEnded(step, await ask(model_id)))
            except DreaminaError as error:
                ended.append(StepEnded(step, error=error))
                break
        return tuple(ended)

    async def _find_way(self, model_id: str) -> str:
        url = httpx.URL(self._origins.model(model_id))
        host = ascii_host(url)
        proxy = await asyncio.to_thread(proxy_for, url.scheme, host)
        if proxy is not None:
            return without_login(proxy)
        try:
            async with asyncio.timeout(self._time_outs.connect):
                found = await self._resolve(host, port_of(url))
        except (OSError, UnicodeError, TimeoutError) as error:
            failed = httpx.ConnectError(str(error))
            failed.__cause__ = error
            raise faults.unanswered(Call.PRICE, failed, unsent=True, clean=Redactor()) from None
        return ", ".join(str(ip) for ip in found)

    async def _knock(self, model_id: str) -> str:
        permits = only_loopback if self._origins.is_loopback else None
        transport = RoutedTransport(tls_context(), keep_alive=None, permits=permits)
        clean = Redactor()
        async with open_client(transport, self._time_outs.of_calls()) as client:
            begun = time.monotonic()
            answer = await exchange(
                Call.PRICE,
                client,
                client.build_request("GET", self._origins.model(model_id)),
                auth=None,
                patience=self._time_outs.whole_call,
                clean=clean,
            )
        told = complaint(answer.body)
        if told is None or answer.status >= 500 or 300 <= answer.status < 400:
            # Not in the API's manner: something in between may have answered.
            page = faults.is_page(answer.body)
            raise faults.refused(Call.PRICE, answer.status, told, None, clean, page=page)
        took = round((time.monotonic() - begun) * 1000)
        return f"HTTP {answer.status}, {took} ms"

    async def _show_key(self, model_id: str) -> str:
        client = RunComfyClient(self._origins, self._key, self._clock, time_outs=self._time_outs)
        try:
            await client.price(model_id)
        finally:
            await client.aclose()
        return ""
