"""Steps that the contract's tests share."""

from __future__ import annotations

import asyncio
import base64
import io
from typing import Any

import pytest
from PIL import Image

from dreamina_desktop.api.client import RunComfyClient
from dreamina_desktop.core import errors
from dreamina_desktop.core.answers import Phase, ResultAnswer, Submission
from dreamina_desktop.core.submit_class import SubmitClass, classify
from dreamina_desktop.resources import MODEL_ID


def picture(width: int, height: int, form: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), (90, 60, 30)).save(file, form)
    return file.getvalue()


def inline(content: bytes, media_type: str = "image/png") -> str:
    return f"data:{media_type};base64,{base64.b64encode(content).decode('ascii')}"


SMALL = picture(480, 360)
SUBMISSION = Submission(MODEL_ID, "A calm sea at dawn", inline(SMALL), 121, 7)


def answer_with(
    call: str, status: int, body: object = None, headers: dict[str, str] | None = None
) -> dict[str, Any]:
    """A rule: the next such call is answered so, and nothing is done."""
    deed = {"status": status, "body": {} if body is None else body, "headers": headers or {}}
    return {"on": call, "do": deed}


async def reach(client: RunComfyClient, request_id: str, phase: Phase) -> None:
    while (await client.status(request_id)).phase is not phase:
        await asyncio.sleep(0.02)


async def finished(client: RunComfyClient, request_id: str) -> ResultAnswer:
    await reach(client, request_id, Phase.COMPLETED)
    return await client.result(request_id)


async def submit_fails(client: RunComfyClient, outcome: SubmitClass) -> errors.WireError:
    with pytest.raises(errors.WireError) as caught:
        await client.submit(SUBMISSION)
    assert classify(caught.value) is outcome
    return caught.value
