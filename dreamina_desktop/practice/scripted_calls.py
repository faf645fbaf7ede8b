"""Puts the script's deeds around a call: instead of it, before it, after it."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable

from starlette.responses import Response

from dreamina_desktop.practice.addresses import Addresses
from dreamina_desktop.practice.chaos import Strike
from dreamina_desktop.practice.trouble import CallKind, Deed, DropMoment, ScriptedAnswer
from dreamina_desktop.practice.trouble_script import TroubleScript
from dreamina_desktop.practice.wire_faults import (
    ConnectionClosed,
    ConnectionReset,
    Garbage,
    RawAnswer,
)

type Work = Callable[[Deed], Awaitable[Response]]


class ScriptedCalls:
    """Runs each call as the trouble file wants it; ``closing`` ends every wait."""

    def __init__(self, script: TroubleScript, addresses: Addresses, closing: asyncio.Event) -> None:
        self._script = script
        self._addresses = addresses
        self._closing = closing

    async def run(
        self,
        kind: CallKind,
        work: Work,
        *,
        strike: Strike | None,
        prompt: str | None = None,
        request_id: str | None = None,
        refused: Callable[[str], None] | None = None,
    ) -> Response:
        """The answer to one call, which chaos may have struck.

        ``refused`` hears why ``work`` was not done.
        """
        deed = self._script.deed_for(kind, prompt) if strike is None else strike.deed
        await self._pause(deed.delay)
        instead = self._instead(deed, request_id)
        if instead is not None:
            why, answer = instead
            if refused is not None:
                refused(why)
            return self._as_sent(answer, deed)
        answer = await work(deed)
        if deed.lost is not None:
            answer = self._answer(deed.lost, request_id or _request_id_in(answer))
        if deed.hang_after is not None:
            return ConnectionClosed(deed.hang_after, self._closing)
        if deed.drop is DropMoment.AFTER:
            return ConnectionReset()
        if deed.garbage is not None:
            return Garbage(deed.garbage)
        return self._as_sent(answer, deed)

    def _as_sent(self, answer: Response, deed: Deed) -> Response:
        if deed.cut is None and deed.trickle is None:
            return answer
        return RawAnswer(answer, deed.cut, deed.trickle, self._closing)

    async def _pause(self, seconds: float) -> None:
        if seconds > 0:
            try:
                async with asyncio.timeout(seconds):
                    await self._closing.wait()
            except TimeoutError:
                pass

    def _instead(self, deed: Deed, request_id: str | None) -> tuple[str, Response] | None:
        if deed.hang is not None:
            return "scripted: no answer", ConnectionClosed(deed.hang, self._closing)
        if deed.drop is DropMoment.BEFORE:
            return "scripted: connection reset", ConnectionReset()
        if deed.answer is not None:
            answer = self._answer(deed.answer, request_id)
            return f"scripted: {answer.status_code}", answer
        return None

    def _answer(self, scripted: ScriptedAnswer, request_id: str | None) -> Response:
        expires = time.time() + self._script.trouble.result_lifetime_seconds

        def filled(text: str) -> str:
            return self._addresses.filled(text, request_id, expires)

        headers = {"content-type": "application/json"} | {
            name.lower(): filled(text) for name, text in scripted.headers
        }
        content = filled(scripted.text).encode("utf-8", "surrogatepass")
        return Response(content, scripted.status, headers)


def _request_id_in(answer: Response) -> str | None:
    """The id that a submit just gave, for an answer in its place that names it."""
    given = json.loads(bytes(answer.body))
    request_id = given.get("request_id")
    return request_id if isinstance(request_id, str) else None
