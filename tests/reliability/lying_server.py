"""A server of clips that breaks every promise of HTTP in turn, as seeded dice say."""

from __future__ import annotations

import asyncio
import gzip
import random
import re
import struct
from dataclasses import dataclass, field
from hashlib import sha256

from tests.api.raw_server import Conversation, http

_BOMB = gzip.compress(bytes(32 << 20), 9)
_PAGE = b"<!DOCTYPE html><title>Welcome</title>Please log in."

WHOLE_FAULTS = (
    *(
        "close",
        "reset",
        "stall",
        "nothing",
        "head cut",
        "long",
        "short",
        "no length",
        "two lengths",
    ),
    *(
        "chunks cut",
        "bomb",
        "packed",
        "page",
        "no moov",
        "half a clip",
        "empty",
        "forbidden",
        "gone",
    ),
    *("busy", "redirect", "junk", "changed", "weak"),
)
RANGE_FAULTS = (
    *("wrong start", "wrong total", "no range", "wrong end", "other bytes", "other etag"),
    *("unsatisfiable", "whole instead", "range cut", "range long", "range packed", "many ranges"),
)


@dataclass
class LyingServer:
    """Serves ``clip``. The next answers are wrong in the ways of ``faults``, later ones right."""

    clip: bytes
    dice: random.Random
    faults: list[str]
    digests: set[str] = field(default_factory=set)
    """Of every file that it has ever really had."""
    told: list[str] = field(default_factory=list)
    number: int = 0

    def __post_init__(self) -> None:
        self._own(self.clip)

    async def speak(self, conversation: Conversation) -> None:
        head = (await conversation.request()).decode("latin-1")
        fault = self.faults.pop(0) if self.faults else ""
        self.told.append(fault)
        asked = re.search(r"(?im)^range: bytes=(\d+)-", head)
        condition = re.search(r"(?im)^if-range: (\S+)", head)
        start = int(asked[1]) if asked else 0
        if asked is None or condition is None or condition[1] != self._etag:
            if fault in RANGE_FAULTS:
                # A range that was not asked for cannot be wrong: a beginning is left instead.
                self.faults.insert(0, fault)
                fault = "close"
            await self._whole(conversation, fault)
        else:
            await self._rest(conversation, fault, start)

    @property
    def _etag(self) -> str:
        return f'"v{self.number}"'

    def _own(self, content: bytes) -> None:
        self.clip = content
        self.digests.add(sha256(content).hexdigest())

    def _cut(self, content: bytes) -> bytes:
        # The rest of a file that was nearly whole may be a byte, or none.
        return content[: self.dice.randrange(1, max(2, len(content)))]

    async def _whole(self, talk: Conversation, fault: str) -> None:
        clip, etag = self.clip, f"ETag: {self._etag}"
        answers = {
            "": lambda: http(200, clip, etag),
            "close": lambda: http(200, self._cut(clip), etag, length=len(clip)),
            "reset": lambda: http(200, self._cut(clip), etag, length=len(clip)),
            "stall": lambda: http(200, self._cut(clip), etag, length=len(clip)),
            "nothing": lambda: b"",
            "head cut": lambda: http(200, b"", etag, length=len(clip))[
                : self.dice.randrange(2, 40)
            ],
            "long": lambda: http(200, clip, etag, length=len(clip) + 777),
            "short": lambda: http(200, clip, etag, length=len(clip) - 777),
            "no length": lambda: b"HTTP/1.1 200 OK\r\nETag: " + etag.encode() + b"\r\n\r\n" + clip,
            "two lengths": lambda: http(200, clip, "Content-Length: 7", etag),
            "chunks cut": lambda: self._chunks(etag),
            "bomb": lambda: http(200, _BOMB, "Content-Encoding: gzip", etag),
            "packed": lambda: http(200, gzip.compress(clip), "Content-Encoding: gzip", etag),
            "page": lambda: http(200, _PAGE, "Content-Type: text/html"),
            "no moov": lambda: http(200, clip.replace(b"moov", b"free"), f'ETag: "n{self.number}"'),
            "half a clip": lambda: http(200, self._cut(clip), f'ETag: "h{self.number}"'),
            "empty": lambda: http(200, b"", etag),
            "forbidden": lambda: http(403, b"Request has expired"),
            "gone": lambda: http(404, b"Not found"),
            "busy": lambda: http(503, b"Slow down", "Retry-After: 1"),
            "redirect": lambda: http(302, b"", "Location: http://192.0.2.1/clip.mp4"),
            "junk": lambda: self.dice.randbytes(self.dice.randrange(1, 4000)),
            "weak": lambda: http(200, self._cut(clip), f"ETag: W/{self._etag}", length=len(clip)),
            "changed": self._changed,
        }
        await talk.say(answers[fault]())
        if fault == "reset":
            talk.reset()
        if fault == "stall":
            await asyncio.sleep(30)

    def _changed(self) -> bytes:
        """The file is another one from the next answer on, and this answer is cut."""
        cut = http(200, self._cut(self.clip), f"ETag: {self._etag}", length=len(self.clip))
        self._replace()
        return cut

    def _replace(self) -> None:
        self.number += 1
        self._own(_restamped(self.clip, self.number))

    def _chunks(self, etag: str) -> bytes:
        body = b"".join(
            b"%x\r\n%b\r\n" % (len(piece), piece)
            for piece in (self.clip[at : at + 3000] for at in range(0, len(self.clip), 3000))
        )
        head = f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n{etag}\r\n\r\n"
        return head.encode() + self._cut(body)

    async def _rest(self, talk: Conversation, fault: str, start: int) -> None:
        clip, total = self.clip, len(self.clip)
        rest, etag = clip[start:], f"ETag: {self._etag}"

        def place(first: int, last: int, size: int) -> str:
            return f"Content-Range: bytes {first}-{last}/{size}"

        right = place(start, total - 1, total)
        if fault == "other etag":
            self._replace()
            rest, etag = self.clip[start:], f"ETag: {self._etag}"
        answers = {
            "": lambda: http(206, rest, right, etag),
            "wrong start": lambda: http(206, rest, place(start + 9, total - 1, total), etag),
            "wrong total": lambda: http(206, rest, place(start, total - 1, total + 9), etag),
            "wrong end": lambda: http(206, rest[:-9], place(start, total - 10, total), etag),
            "no range": lambda: http(206, rest, etag),
            "other bytes": lambda: http(206, bytes(len(rest)), right, 'ETag: "other"'),
            "other etag": lambda: http(206, rest, right, etag),
            "unsatisfiable": lambda: http(416, b"", f"Content-Range: bytes */{total}"),
            "whole instead": lambda: http(200, clip, etag),
            "range cut": lambda: http(206, self._cut(rest), right, etag, length=len(rest)),
            "range long": lambda: http(206, rest + b"more", right, etag),
            "range packed": lambda: http(206, gzip.compress(rest), right, "Content-Encoding: gzip"),
            "many ranges": lambda: http(
                206, rest, "Content-Type: multipart/byteranges; boundary=x"
            ),
        }
        if fault in answers:
            await talk.say(answers[fault]())
        else:
            await self._whole(talk, fault)


def _restamped(content: bytes, number: int) -> bytes:
    """The same clip with another modification time: pieces of two make neither of them."""
    place = content.index(b"mvhd") + 4 + 4 + 4
    return content[:place] + struct.pack(">I", number) + content[place + 4 :]
