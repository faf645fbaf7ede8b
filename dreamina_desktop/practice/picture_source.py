"""From an item of `image_urls` to a picture: data URI, loopback address, or a stand-in."""

from __future__ import annotations

import asyncio
import base64
import binascii
import io
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes, urlsplit

if TYPE_CHECKING:
    from PIL import Image

_MOST_BYTES = 50_000_000  # what the API page recommends at most for hosted pictures
_MOST_PIXELS = 50_000_000  # no picture of the largest sides that pass has more
_FETCH_SECONDS = 10.0
_EXIF_ORIENTATION = 0x0112
_SIDEWAYS = (5, 6, 7, 8)
# A JPEG with several pictures in it (MPO) is a JPEG to everybody else.
_FORMATS = {"JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG"}


class PictureRefusedError(Exception):
    """No picture can be had; the text is what the API would say."""


@dataclass(frozen=True, slots=True)
class SentPicture:
    """A picture as it came. Width and height in pixels, upright (EXIF orientation applied).

    ``format`` is JPEG or PNG by content, None for anything else (then without sides);
    ``whole`` says that it decodes to its end. ``note`` tells of a stand-in, which was not sent.
    """

    content: bytes
    format: str | None
    width: int
    height: int
    whole: bool
    note: str | None = None


async def picture_of(address: str) -> SentPicture:
    """The picture behind one item of `image_urls`. Raises PictureRefusedError."""
    scheme = address[:5].lower()
    if scheme == "data:":
        content = inline_bytes(address)
        if content is None:
            raise PictureRefusedError("Invalid data URI.")
        return await asyncio.to_thread(_probed, content, None)
    parts = _parts(address)
    if parts is None:
        raise PictureRefusedError("Input should be a valid image URI.")
    if _is_loopback(parts):
        return await asyncio.to_thread(_probed, await _fetched(address), None)
    from dreamina_desktop.practice.stand_in import stand_in

    content = await asyncio.to_thread(stand_in, address, parts)
    note = f"Practice mode fetches nothing from {parts}: a stand-in picture was used instead."
    return await asyncio.to_thread(_probed, content, note)


def inline_bytes(address: str) -> bytes | None:
    """The bytes inside a base64 data URI of a picture; None when it is none."""
    head, comma, body = address.partition(",")
    media, *parameters = head.lower().removeprefix("data:").split(";")
    if not comma or not media.startswith("image/") or "base64" not in parameters:
        return None
    try:
        return base64.b64decode(unquote_to_bytes(body), validate=True)
    except binascii.Error:
        return None


def _parts(address: str) -> str | None:
    """The host of an http(s) address; None when it is no such address."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts.hostname if parts.scheme in ("http", "https") else None


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


async def _fetched(address: str) -> bytes:
    import httpx

    refused = PictureRefusedError("Failed to download the image.")
    content = bytearray()
    try:
        async with (
            asyncio.timeout(_FETCH_SECONDS),
            # No proxy, no redirect: nothing but the loopback address that was named.
            httpx.AsyncClient(trust_env=False, timeout=_FETCH_SECONDS) as client,
            client.stream("GET", address, headers={"accept-encoding": "identity"}) as answer,
        ):
            if answer.status_code != httpx.codes.OK:
                raise refused
            async for piece in answer.aiter_raw():
                content += piece
                if len(content) > _MOST_BYTES:
                    raise refused
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
        raise refused from error
    return bytes(content)


def _probed(content: bytes, note: str | None) -> SentPicture:
    """The facts of a picture, which is decoded to its end only if its sides are within reason."""
    from PIL import Image

    # The rules below judge the sides; Pillow's own alarm would only print.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as picture:
            width, height = picture.size
            format_ = _FORMATS.get(picture.format or "")
            if width * height > _MOST_PIXELS:
                # Refused for its sides in any case.
                return SentPicture(content, format_, width, height, whole=True, note=note)
            whole = _decodes(picture)
            # Read last: a PNG may hold it behind the picture.
            if whole and picture.getexif().get(_EXIF_ORIENTATION) in _SIDEWAYS:
                width, height = height, width
    except (OSError, SyntaxError, ValueError):
        return SentPicture(content, None, 0, 0, whole=False, note=note)
    return SentPicture(content, format_, width, height, whole, note)


def _decodes(picture: Image.Image) -> bool:
    try:
        picture.load()
    except (OSError, SyntaxError, ValueError):
        return False
    return True
