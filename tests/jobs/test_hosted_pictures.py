"""Pictures in a bucket are removed when their jobs are over, and not a moment before."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

import pytest

from dreamina_desktop.core.errors import DiskError, PictureMissingError
from dreamina_desktop.core.job import Job, JobState, SentPicture
from dreamina_desktop.jobs import hosted_pictures
from dreamina_desktop.jobs.hosted_pictures import HostedPictures
from tests.hosting.s3_server import S3Server
from tests.jobs.faulty import Faulty
from tests.jobs.workshop import Workshop

S = JobState


@pytest.fixture
def tidy(shop: Workshop, s3: S3Server) -> S3Server:
    """A bucket whose pictures are deleted afterwards."""
    shop.bucket = replace(shop.bucket, deletes_afterwards=True)
    return s3


@asynccontextmanager
async def removing(hosted: HostedPictures) -> AsyncIterator[None]:
    task = asyncio.create_task(hosted.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def deletes(s3: S3Server) -> int:
    return sum(1 for one in s3.requests() if one.method == "DELETE")


async def hosted_job(shop: Workshop) -> Job:
    job = shop.add()
    await shop.hosted().item(job)
    return job


async def test_removed_after_the_clip_arrived(shop: Workshop, tidy: S3Server) -> None:
    job = shop.add()
    async with shop.working():
        await shop.until(job, S.DONE)
        await shop.until_true(lambda: not tidy.objects())
        await shop.until_true(lambda: not shop.stored.hosted(job.id))
    assert deletes(tidy) == 1
    assert shop.stored.removable() == ()


async def test_kept_where_nothing_else_was_wished_at_the_upload(
    shop: Workshop, s3: S3Server
) -> None:
    job = await hosted_job(shop)
    shop.bucket = replace(shop.bucket, deletes_afterwards=True)
    shop.commands.cancel(job.id)
    await shop.hosted().finish()
    assert len(s3.objects()) == 1


async def test_not_removed_before_the_end(shop: Workshop, tidy: S3Server) -> None:
    job = await hosted_job(shop)
    hosted = shop.hosted()
    await hosted.finish()
    sent = shop.stored.begin_attempt(job)
    await hosted.finish()
    assert len(tidy.objects()) == 1
    shop.stored.change(sent, replace(sent, state=S.REJECTED))
    async with removing(hosted):
        await shop.until_true(lambda: not tidy.objects())


async def test_a_failure_is_tried_again_later(
    shop: Workshop, tidy: S3Server, faulty: Faulty
) -> None:
    job = await hosted_job(shop)
    shop.commands.cancel(job.id)
    faulty.faults["note_removed"] = [DiskError("database"), DiskError("database")]
    hosted = shop.hosted()
    async with removing(hosted):
        await shop.until_true(lambda: not shop.stored.hosted(job.id))
    assert deletes(tidy) == 3


async def test_what_has_just_failed_waits(shop: Workshop, tidy: S3Server) -> None:
    job = await hosted_job(shop)
    shop.commands.cancel(job.id)
    shop.rules = replace(shop.rules, back_off_first=300)
    keys, shop.keys = shop.keys, None
    hosted = shop.hosted()
    await hosted.finish()
    shop.keys = keys
    await hosted.finish()
    assert len(tidy.objects()) == 1
    # Until the next start.
    await shop.hosted().finish()
    assert tidy.objects() == []


async def test_the_end_of_the_program_waits_a_moment_only(
    shop: Workshop, tidy: S3Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = await hosted_job(shop)
    shop.commands.cancel(job.id)
    monkeypatch.setattr(hosted_pictures, "LAST_TRY", 0.0)
    await shop.hosted().finish()
    assert shop.stored.removable() != ()


async def test_looked_for_again_after_the_disk_refused(
    shop: Workshop, tidy: S3Server, faulty: Faulty, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hosted_pictures, "LOOK", 0.05)
    job = await hosted_job(shop)
    shop.commands.cancel(job.id)
    faulty.faults["removable"] = [DiskError("database")]
    async with removing(shop.hosted()):
        await shop.until_true(lambda: not tidy.objects())


async def test_cancelled_while_it_is_brought_there(
    shop: Workshop, tidy: S3Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Removed too early, it would be there again a moment later, and for ever."""
    job = shop.add()
    hosted = shop.hosted()
    real = shop.stored.note_uploaded

    def note(name: str) -> None:
        shop.commands.cancel(job.id)
        asyncio.get_running_loop().create_task(hosted.finish())
        real(name)

    monkeypatch.setattr(shop.stored, "note_uploaded", note)
    async with removing(hosted):
        bringing = asyncio.create_task(hosted.item(job))
        await bringing
        await shop.until_true(lambda: not tidy.objects())
    assert [one.method for one in tidy.requests()] == ["PUT", "DELETE"]


async def test_another_bucket_is_another_upload(shop: Workshop, tidy: S3Server) -> None:
    job = await hosted_job(shop)
    with S3Server() as other:
        shop.bucket = replace(other.place, deletes_afterwards=True)
        hosted = shop.hosted()
        await hosted.item(job)
        assert len(other.objects()) == len(tidy.objects()) == 1
        assert len(shop.stored.hosted(job.id)) == 2
        shop.commands.cancel(job.id)
        await hosted.finish()
        assert other.objects() == tidy.objects() == []


async def test_nothing_was_frozen(shop: Workshop, s3: S3Server) -> None:
    job = shop.add()
    bare = replace(job, spec=replace(job.spec, picture=SentPicture("a.png")))  # type: ignore[type-var]
    with pytest.raises(PictureMissingError, match=r"a\.png"):
        await shop.hosted().item(bare)
