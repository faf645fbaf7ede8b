"""One request and its whole answer, with every way to fail as an error of ``core``."""

from __future__ import annotations

import asyncio

import httpx

from dreamina_desktop.api import faults
from dreamina_desktop.api.faults import Call
from dreamina_desktop.api.redaction import Redactor
from dreamina_desktop.api.transport import RawAnswer, SendWatch, read_answer
from dreamina_desktop.core.errors import AnswerUnreadableError
from dreamina_desktop.core.ports import Left


async def exchange(
    call: Call,
    client: httpx.AsyncClient,
    request: httpx.Request,
    *,
    auth: httpx.Auth | None,
    patience: float,
    clean: Redactor,
    left: Left | None = None,
) -> RawAnswer:
    """Send once and read all that comes, within ``patience`` seconds. Raises WireError kinds.

    ``left`` is told when the last byte has been written.
    """
    watch = SendWatch(left)
    request.extensions["trace"] = watch
    try:
        async with asyncio.timeout(patience):
            response = await client.send(request, auth=auth, stream=True)
            try:
                return await read_answer(response)
            finally:
                await response.aclose()
    except AnswerUnreadableError as error:
        raise AnswerUnreadableError(f"{call}: {error.detail}", status=error.status) from None
    except Exception as error:  # whatever it was, a submit may have left
        raise faults.unanswered(call, error, unsent=watch.unsent, clean=clean) from None
