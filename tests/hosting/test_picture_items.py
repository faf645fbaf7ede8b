"""A frozen picture as an item of ``image_urls``: its bytes inline, or an address untouched."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace

import pytest

from dreamina_desktop.core.errors import PictureMissingError
from dreamina_desktop.core.job import Job, SentPicture
from dreamina_desktop.core.ports import PictureHost
from dreamina_desktop.core.settings import Travel
from dreamina_desktop.hosting.inline import InlineHost
from dreamina_desktop.hosting.picture_items import PictureItems
from dreamina_desktop.hosting.public_url import PublicUrlHost
from tests.store.sample_jobs import a_spec, adopted, prepared

DATA = bytes(range(256)) * 3
SHA = hashlib.sha256(DATA).hexdigest()


def read(sha256: str) -> bytes:
    if sha256 != SHA:
        raise PictureMissingError(sha256)
    return DATA


class Shelf:
    """A bucket that has everything."""

    async def item(self, job: Job) -> str:
        return f"https://bucket.example/{job.picture.sha256}"


@pytest.fixture
def items() -> PictureHost:
    return PictureItems(InlineHost(read), PublicUrlHost(), Shelf())


def job_with(picture: SentPicture) -> Job:
    return replace(prepared(), spec=replace(a_spec(), picture=picture))


@pytest.mark.parametrize("media_type", ["image/png", "image/jpeg"])
async def test_local_picture_travels_inline(items: PictureHost, media_type: str) -> None:
    item = await items.item(job_with(SentPicture("/home/a/b.png", SHA, media_type)))
    head, data = item.split(",")
    assert head == f"data:{media_type};base64"
    assert base64.b64decode(data, validate=True) == DATA


async def test_a_click_for_the_bucket_goes_there(items: PictureHost) -> None:
    picture = SentPicture("/home/a/b.png", SHA, "image/png", travel=Travel.BUCKET)
    assert await items.item(job_with(picture)) == f"https://bucket.example/{SHA}"


@pytest.mark.parametrize("travel", Travel)
@pytest.mark.parametrize("address", ["https://example.com/a.png", "https://ex.com/ä b?s=1&t=%20#x"])
async def test_address_travels_as_it_is(items: PictureHost, address: str, travel: Travel) -> None:
    picture = SentPicture(address, address=address, travel=travel)
    assert await items.item(job_with(picture)) == address


async def test_bytes_are_gone(items: PictureHost) -> None:
    with pytest.raises(PictureMissingError):
        await items.item(job_with(SentPicture("a.png", "0" * 64, "image/png")))


async def test_neither_bytes_nor_address(items: PictureHost) -> None:
    for host in (items, PublicUrlHost()):
        with pytest.raises(PictureMissingError) as caught:
            await host.item(job_with(SentPicture("a.png")))
        assert caught.value.detail == "a.png"


async def test_nothing_is_known_of_an_adopted_request(items: PictureHost) -> None:
    with pytest.raises(ValueError, match="job-a"):
        await items.item(adopted())
