"""Addresses that the server hands out: plain ones of the API, signed ones of clips and pictures."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from enum import StrEnum


class FileKind(StrEnum):
    """What a signed address leads to."""

    CLIP = "clips"
    PICTURE = "pictures"


class Addresses:
    """All under one base, since this one server stands for every host of the API."""

    def __init__(self, base: str, key: str) -> None:
        self.base = base
        self._secret = hashlib.sha256(b"addresses of " + key.encode("ascii")).digest()

    def request(self, request_id: str, action: str) -> str:
        """The address of ``status``, ``result`` or ``cancel`` of a request."""
        return f"{self.base}/v1/requests/{request_id}/{action}"

    def file(self, kind: FileKind, request_id: str, expires: float) -> str:
        """A fresh address, good until ``expires`` (seconds since the epoch); no two are alike."""
        until = f"{expires:.3f}"
        nonce = secrets.token_hex(4)
        signature = self._signature(kind, request_id, until, nonce)
        ending = ".mp4" if kind is FileKind.CLIP else ""
        return (
            f"{self.base}/{kind}/{request_id}{ending}"
            f"?expires={until}&nonce={nonce}&signature={signature}"
        )

    def filled(self, text: str, request_id: str | None, expires: float) -> str:
        """``text`` of a scripted answer with its $url, $id, $clip and $image replaced."""
        text = text.replace("$url", self.base)
        if request_id is None:
            return text
        for mark, kind in (("$clip", FileKind.CLIP), ("$image", FileKind.PICTURE)):
            while mark in text:
                text = text.replace(mark, self.file(kind, request_id, expires), 1)
        return text.replace("$id", request_id)

    def is_good(
        self, kind: FileKind, request_id: str, query: tuple[str, str, str], now: float
    ) -> bool:
        """Whether the (expires, nonce, signature) of an address were given here and still hold."""
        until, nonce, signature = query
        expected = self._signature(kind, request_id, until, nonce)
        if not hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace")):
            return False
        return now < float(until)

    def _signature(self, kind: FileKind, request_id: str, until: str, nonce: str) -> str:
        message = f"{kind}\n{request_id}\n{until}\n{nonce}".encode("utf-8", "replace")
        return hmac.new(self._secret, message, "sha256").hexdigest()
