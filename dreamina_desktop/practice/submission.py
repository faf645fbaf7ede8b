"""One POST of a request as it came, before anything is judged."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from starlette.requests import ClientDisconnect, Request

from dreamina_desktop.practice.input_check import InputCheck
from dreamina_desktop.practice.ledger import LedgerLine
from dreamina_desktop.practice.picture_source import inline_bytes

MOST_BODY_BYTES = 64 * 1024 * 1024  # the provider's own limit for a whole request


@dataclass(frozen=True, slots=True)
class Submission:
    """What the ledger says of it whatever becomes of it, and the body to be judged.

    ``body`` means nothing when ``too_large`` or ``not_json``.
    """

    prompt: str | None
    frames: int | None
    seed: int | None
    image_sha256: str | None
    body: object = None
    too_large: bool = False
    not_json: bool = False

    def refused(self, error: str) -> LedgerLine:
        return LedgerLine(
            accepted=False,
            request_id=None,
            prompt=self.prompt,
            frames=self.frames,
            seed=self.seed,
            image_sha256=self.image_sha256,
            error=error,
        )


async def read_submission(request: Request, check: InputCheck) -> Submission | None:
    """Read the whole body; None when the client left before its end."""
    raw = bytearray()
    received = 0
    try:
        # What is too large is read to its end all the same, so that the client hears the answer.
        async for piece in request.stream():
            received += len(piece)
            if received <= MOST_BODY_BYTES:
                raw += piece
    except ClientDisconnect:
        return None
    if received > MOST_BODY_BYTES:
        return Submission(None, None, None, None, too_large=True)
    try:
        body: object = json.loads(raw)
    except (ValueError, RecursionError):
        return Submission(None, None, None, None, not_json=True)
    fields = check.defaults(body)
    prompt, frames, seed = fields.get("prompt"), fields.get("frames"), fields.get("seed")
    return Submission(
        prompt=prompt if isinstance(prompt, str) else None,
        frames=_whole(frames),
        seed=_whole(seed),
        image_sha256=_picture_sha256(fields.get("image_urls")),
        body=body,
    )


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _picture_sha256(addresses: object) -> str | None:
    if not isinstance(addresses, list) or not addresses or not isinstance(addresses[0], str):
        return None
    content = inline_bytes(addresses[0])
    return None if content is None else sha256_of(content)
