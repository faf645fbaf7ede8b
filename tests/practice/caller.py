"""A plain HTTP client for tests in which the practice server itself is what is tested."""

from __future__ import annotations

import base64
import io
import ssl
import time
from typing import Any, Self

import httpx
from PIL import Image

from tests.practice_server import PracticeServer

MODEL = "/v1/models/bytedance/dreamina-3-0/pro/image-to-video"
# Settings of the trouble file: clips of six frames, and money for all of them.
QUICKEST: dict[str, Any] = {"frames_override": 6, "balance": "1000000"}
_PATIENCE_SECONDS = 60.0
# Reading the trust store takes longer than most tests, and all is plain HTTP on loopback.
_NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
_UNFINISHED = ("in_queue", "in_progress")


def picture(width: int = 400, height: int = 400, form: str = "PNG", **options: Any) -> bytes:
    """A colourful picture of that size."""
    image = Image.merge(
        "RGB",
        (
            Image.linear_gradient("L").resize((width, height)),
            Image.linear_gradient("L").rotate(90).resize((width, height)),
            Image.radial_gradient("L").resize((width, height)),
        ),
    )
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def data_uri(content: bytes, media: str = "image/png") -> str:
    return f"data:{media};base64,{base64.b64encode(content).decode()}"


SMALL = picture()
SMALL_URI = data_uri(SMALL)


class Caller:
    """Speaks to one practice server with its key."""

    def __init__(self, server: PracticeServer) -> None:
        self.server = server
        self.http = httpx.Client(
            base_url=server.url,
            headers={"authorization": f"Bearer {server.key}"},
            trust_env=False,
            timeout=_PATIENCE_SECONDS,
            verify=_NO_TLS,
        )
        self.bare = httpx.Client(trust_env=False, timeout=_PATIENCE_SECONDS, verify=_NO_TLS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()
        self.bare.close()

    def post(self, prompt: str = "a calm sea", **fields: Any) -> httpx.Response:
        body = {"prompt": prompt, "image_urls": [SMALL_URI]} | fields
        return self.http.post(MODEL, json=body)

    def submit(self, prompt: str = "a calm sea", **fields: Any) -> str:
        """The id of a request that was accepted."""
        answer = self.post(prompt, **fields)
        assert answer.status_code == 200, answer.text
        request_id: str = answer.json()["request_id"]
        return request_id

    def status(self, request_id: str) -> dict[str, Any]:
        return self._json(f"/v1/requests/{request_id}/status")

    def result(self, request_id: str, query: str = "") -> dict[str, Any]:
        return self._json(f"/v1/requests/{request_id}/result{query}")

    def cancel(self, request_id: str) -> httpx.Response:
        return self.http.post(f"/v1/requests/{request_id}/cancel")

    def balance(self) -> float:
        balance: float = self._json("/prod/v2/balance")["balance_usd"]
        return balance

    def reach(self, request_id: str, word: str) -> dict[str, Any]:
        """Ask until the status is ``word``; another end of waiting fails the test."""
        end = time.monotonic() + _PATIENCE_SECONDS
        while (answer := self.status(request_id))["status"] != word:
            assert answer["status"] in _UNFINISHED, answer
            assert time.monotonic() < end, answer
            time.sleep(0.02)
        return answer

    def finished(self, request_id: str) -> dict[str, Any]:
        """The result of a request, when it has one."""
        self.reach(request_id, "completed")
        return self.result(request_id)

    def clip_of(self, request_id: str) -> bytes:
        return self.bare.get(self.finished(request_id)["output"]["video"]).content

    def _json(self, path: str) -> dict[str, Any]:
        answer = self.http.get(path)
        assert answer.status_code == 200, answer.text
        loaded: dict[str, Any] = answer.json()
        return loaded
