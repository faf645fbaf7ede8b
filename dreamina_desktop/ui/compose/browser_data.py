"""What browsers hand over of a picture: its address, or the picture itself within an address."""

from __future__ import annotations

import base64
import binascii
import re
from html.parser import HTMLParser
from urllib.parse import unquote_to_bytes

MOST_BYTES = 64 * 2**20
"""Of a picture within an address; more is no picture that anybody means to send."""

_DATA = re.compile(r"data:(image/[a-z0-9.+-]+)((?:;[^,;]*)*),", re.IGNORECASE)


def lone_picture(html: str) -> str:
    """The address of the picture that ``html`` consists of; "" where it holds words, or none.

    A selection with words in it is a text, whatever pictures stand between them.
    """
    reader = _PictureReader()
    reader.feed(html)
    reader.close()
    return "" if reader.has_words else reader.address


def dragged_address(data: bytes) -> str:
    """The address in a ``text/x-moz-url``: UTF-16 or UTF-8, address and title a line each."""
    encoding = "utf-16-le" if b"\0" in data[:4] else "utf-8"
    text = data.decode(encoding, "replace").removeprefix("\ufeff")
    return text.partition("\n")[0].strip("\0\r ")


def picture_within(address: str) -> bytes:
    """The file that a ``data:`` address of a picture holds (RFC 2397); b"" for any other one."""
    found = _DATA.match(address)
    if found is None or len(address) > 2 * MOST_BYTES:
        return b""
    body = unquote_to_bytes(address[found.end() :])
    if not found[2].lower().endswith(";base64"):
        return body
    try:
        # Line breaks come with some programs; padding is left away by others.
        packed = b"".join(body.split()).rstrip(b"=")
        return base64.b64decode(packed + b"=" * (-len(packed) % 4), validate=True)
    except binascii.Error:
        return b""


class _PictureReader(HTMLParser):
    _SILENT = frozenset({"head", "script", "style", "title"})

    def __init__(self) -> None:
        super().__init__()
        self.address = ""
        self.has_words = False
        self._silence = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._SILENT:
            self._silence += 1
        elif tag == "img" and not self.address:
            self.address = (dict(attrs).get("src") or "").strip()

    def handle_endtag(self, tag: str) -> None:
        if tag in self._SILENT:
            self._silence = max(0, self._silence - 1)

    def handle_data(self, data: str) -> None:
        # Windows puts a zero byte behind it.
        if not self._silence and data.strip("\0 \t\r\n\u00a0"):
            self.has_words = True
