"""A frozen picture as an item of ``image_urls``: its bytes inline, or its address untouched."""

from __future__ import annotations

import base64
import hashlib

import pytest

from dreamina_desktop.core.errors import PictureMissingError
from dreamina_desktop.core.job import SentPicture
from dreamina_desktop.core.ports import PictureHost
from dreamina_desktop.hosting.inline import InlineHost
from dreamina_desktop.hosting.picture_items import PictureItems
from dreamina_desktop.hosting.public_url import PublicUrlHost

DATA = bytes(range(256)) * 3
SHA = hashlib.sha256(DATA).hexdigest()


def read(sha256: str) -> bytes:
    if sha256 != SHA:
        raise PictureMissingError(sha256)
    return DATA


@pytest.fixture
def items() -> PictureHost:
    return PictureItems(InlineHost(read), PublicUrlHost())


@pytest.mark.parametrize("media_type", ["image/png", "image/jpeg"])
def test_local_picture_travels_inline(items: PictureHost, media_type: str) -> None:
    item = items.item(SentPicture("/home/a/b.png", SHA, media_type))
    head, data = item.split(",")
    assert head == f"data:{media_type};base64"
    assert base64.b64decode(data, validate=True) == DATA


@pytest.mark.parametrize("address", ["https://example.com/a.png", "https://ex.com/ä b?s=1&t=%20#x"])
def test_address_travels_as_it_is(items: PictureHost, address: str) -> None:
    assert items.item(SentPicture(address, address=address)) == address


def test_bytes_are_gone(items: PictureHost) -> None:
    with pytest.raises(PictureMissingError):
        items.item(SentPicture("a.png", "0" * 64, "image/png"))


def test_neither_bytes_nor_address(items: PictureHost) -> None:
    for host in (items, PublicUrlHost()):
        with pytest.raises(PictureMissingError) as caught:
            host.item(SentPicture("a.png"))
        assert caught.value.detail == "a.png"
