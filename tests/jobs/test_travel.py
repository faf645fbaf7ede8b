"""How a click's picture reaches the provider, and what that has to do with sending."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from dreamina_desktop.core.errors import DiskError
from dreamina_desktop.core.events import ConnectionChanged
from dreamina_desktop.core.job import Job, JobError, JobState
from dreamina_desktop.core.settings import Travel
from dreamina_desktop.hosting.inline import InlineHost
from tests.hosting.s3_server import S3Server
from tests.jobs.faulty import Faulty
from tests.jobs.workshop import Workshop

S = JobState
_SCHEME = {"detail": [{"loc": ["body", "image_urls", 0], "msg": "URL scheme must be https"}]}


def puts(s3: S3Server) -> list[str]:
    """The names of the uploads, in their order."""
    return [one.target for one in s3.requests() if one.method == "PUT"]


async def test_the_provider_fetches_the_picture_from_the_bucket(
    shop: Workshop, s3: S3Server
) -> None:
    (job,) = await shop.finish(shop.add())
    (held,) = s3.objects()
    assert held.data == shop.media.picture(str(job.picture.sha256))
    assert held.media_type == "image/png"
    assert [row.image_sha256 for row in shop.server.accepted()] == [job.picture.sha256]
    (hosted,) = shop.stored.hosted(job.id)
    assert hosted.name == held.name
    assert hosted.uploaded is not None
    assert hosted.name.startswith("dreamina-desktop/")
    # The address that opens it is nowhere.
    kept = [path.read_bytes() for path in shop.folder.rglob("*") if path.is_file()]
    assert kept
    assert not any(b"X-Amz" in content for content in kept)


async def test_a_click_keeps_the_way_it_was_made_with(shop: Workshop, s3: S3Server) -> None:
    by_bucket = shop.add("by bucket")
    shop.travel = Travel.INLINE
    inline = shop.add("inline")
    await shop.finish(by_bucket, inline)
    assert len(puts(s3)) == 1
    assert [shop.get(job).picture.travel for job in (by_bucket, inline)] == [
        Travel.BUCKET,
        Travel.INLINE,
    ]


async def test_what_was_not_sent_is_not_uploaded_again(shop: Workshop, s3: S3Server) -> None:
    shop.server.trouble({"on": "submit", "times": 2, "do": {"status": 429}})
    (job,) = await shop.finish(shop.add())
    assert job.attempts == 3
    assert len(puts(s3)) == 1


async def test_an_upload_that_nobody_noted_is_made_again_under_its_name(
    shop: Workshop, s3: S3Server, faulty: Faulty
) -> None:
    faulty.faults["note_uploaded"] = [DiskError("database")]
    (job,) = await shop.finish(shop.add())
    first, second = puts(s3)
    assert first == second
    assert job.attempts == 1


async def test_no_upload_without_its_name_on_disk(
    shop: Workshop, s3: S3Server, faulty: Faulty
) -> None:
    faulty.faults["begin_hosting"] = [DiskError("database")]
    job = shop.add()
    async with shop.working():
        await shop.until_true(lambda: any(_troubles(shop)))
        assert puts(s3) == []
        await shop.until(job, S.DONE)
    assert len(puts(s3)) == 1


async def test_trouble_with_the_bucket_is_waited_for(shop: Workshop, s3: S3Server) -> None:
    s3.stop()
    job = shop.add()
    async with shop.working():
        waiting = await shop.until_true(lambda: row if (row := shop.get(job)).error else None)
        assert (waiting.state, waiting.attempts, waiting.resting) == (S.PREPARED, 0, False)
        assert waiting.error == JobError("bucket_unreachable", waiting.error.message)
        assert waiting.not_before is not None
        with S3Server() as better:
            shop.bucket, shop.keys = better.place, better.keys
            done = await shop.until(job, S.DONE)
    assert (done.attempts, done.error) == (1, None)
    # The provider has nothing to do with it.
    assert not any(_troubles(shop))


async def test_what_a_person_has_to_mend_is_not_tried_again_before(
    shop: Workshop, s3: S3Server
) -> None:
    keys, shop.keys = shop.keys, None
    job, lost = shop.add(), shop.add("lost")
    async with shop.working() as engine:
        resting = await shop.until_true(lambda: row if (row := shop.get(job)).resting else None)
        assert resting.state is S.PREPARED
        assert resting.error == JobError("bucket_keys_missing")
        shop.repository.change(shop.get(lost), replace(shop.get(lost), error=JobError("x")))
        shop.keys = keys
        engine.mend()
        await shop.until(job, S.DONE)
        assert shop.get(lost).resting
        shop.commands.release(shop.get(lost))
        await shop.until(lost, S.DONE)
    assert len(shop.server.accepted()) == 2


async def test_a_row_that_refuses_stays_at_rest(
    shop: Workshop, s3: S3Server, faulty: Faulty
) -> None:
    keys, shop.keys = shop.keys, None
    job = shop.add()
    async with shop.working() as engine:
        await shop.until_true(lambda: shop.get(job).resting)
        shop.keys = keys
        faulty.faults["change"] = [DiskError("database")]
        engine.mend()
        assert shop.get(job).resting
        engine.mend()
        await shop.until(job, S.DONE)


async def test_a_picture_that_is_gone_travels_no_way(shop: Workshop, s3: S3Server) -> None:
    job = shop.add()
    (kept,) = (path for path in shop.folder.rglob(f"*{job.picture.sha256}*"))
    kept.unlink()
    async with shop.working():
        resting = await shop.until_true(lambda: row if (row := shop.get(job)).resting else None)
    assert resting.error == JobError("picture_missing")
    assert puts(s3) == []


async def test_an_address_that_waited_long_for_its_turn_is_made_anew(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    real = InlineHost.item

    async def item(host: InlineHost, job: Job) -> str:
        asked.append(job.id)
        if len(asked) == 1:
            shop.clock.shift = timedelta(minutes=11)
        return await real(host, job)

    monkeypatch.setattr(InlineHost, "item", item)
    (job,) = await shop.finish(shop.add())
    assert asked == [job.id, job.id]
    assert job.attempts == 1


async def test_a_picture_refused_for_being_inside_the_request(shop: Workshop) -> None:
    shop.server.trouble({"on": "submit", "do": {"status": 422, "body": _SCHEME}})
    async with shop.working():
        job = await shop.until(shop.add(), S.REJECTED)
    assert job.error == JobError("inline_refused", "URL scheme must be https")


@pytest.mark.parametrize("message", ["File size must be less than 4.7 MB.", "No."])
async def test_a_picture_refused_for_what_it_is(shop: Workshop, message: str) -> None:
    body = {"detail": [{"loc": ["body", "image_urls", 0], "msg": message}]}
    shop.server.trouble({"on": "submit", "do": {"status": 422, "body": body}})
    async with shop.working():
        job = await shop.until(shop.add(), S.REJECTED)
    assert job.error == JobError("provider_refused", message)


async def test_an_address_that_is_refused_was_not_inside_the_request(
    shop: Workshop, s3: S3Server
) -> None:
    shop.server.trouble({"on": "submit", "do": {"status": 422, "body": _SCHEME}})
    async with shop.working():
        job = await shop.until(shop.add(), S.REJECTED)
    assert job.error == JobError("provider_refused", "URL scheme must be https")


def _troubles(shop: Workshop) -> list[JobError | None]:
    return [event.trouble for event in shop.events if isinstance(event, ConnectionChanged)]
