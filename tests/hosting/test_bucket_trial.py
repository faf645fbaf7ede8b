"""What the test of the settings finds, at a real server."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from dreamina_desktop.core.bucket_finding import BucketFinding, BucketStep, StepOutcome
from dreamina_desktop.core.bucket_keys import BucketKeys
from dreamina_desktop.core.bucket_site import BucketSite
from dreamina_desktop.core.hosting_errors import (
    BucketAddressError,
    BucketForbiddenError,
    BucketKeysRefusedError,
    BucketNameError,
    BucketPrivateError,
    BucketPublicError,
    BucketUnreachableError,
    HostingError,
)
from dreamina_desktop.core.settings import BucketPlace
from dreamina_desktop.hosting.bucket import Bucket
from dreamina_desktop.hosting.bucket_trial import BucketTrial
from dreamina_desktop.hosting.passer_by import LARGEST, seen_by_anyone
from tests.api.raw_server import Conversation, answering, free_port, http, raw_server
from tests.hosting.s3_server import BUCKET, KEY_ID, SECRET, S3Server

PASSED, WARNED, FAILED, SKIPPED = StepOutcome

type Found = list[tuple[StepOutcome, type[HostingError] | None]]


def found(findings: tuple[BucketFinding, ...]) -> Found:
    assert [one.step for one in findings] == list(BucketStep)
    return [(one.outcome, None if one.error is None else type(one.error)) for one in findings]


async def test_a_good_bucket(s3: S3Server) -> None:
    assert found(await Bucket(s3.place, s3.keys).test()) == [
        # It is on loopback, where no provider gets.
        (WARNED, BucketPrivateError),
        (PASSED, None),
        (PASSED, None),
        (PASSED, None),
        (PASSED, None),
    ]
    assert s3.objects() == []
    assert [(one.method, one.status) for one in s3.requests()] == [
        ("PUT", 200),
        ("GET", 200),
        ("GET", 403),
        ("DELETE", 204),
    ]
    for fetch in s3.requests()[1:3]:
        assert not {"authorization", "cookie"} & fetch.headers.keys()


async def test_a_bucket_that_the_provider_can_reach(s3: S3Server) -> None:
    class Outside(Bucket):
        def site(self) -> BucketSite:
            return replace(super().site(), is_private=False)

    findings = found(await Outside(s3.place, s3.keys).test())
    assert findings == [(PASSED, None)] * 5


async def test_a_public_bucket() -> None:
    with S3Server(public=True) as s3:
        findings = found(await Bucket(s3.place, s3.keys).test())
        assert findings[3] == (WARNED, BucketPublicError)
        assert findings[4] == (PASSED, None)


async def test_keys_that_may_not_read_or_delete() -> None:
    with S3Server(forbidden=("GET", "DELETE")) as s3:
        assert found(await Bucket(s3.place, s3.keys).test())[1:] == [
            (PASSED, None),
            (FAILED, BucketAddressError),
            (PASSED, None),
            (FAILED, BucketForbiddenError),
        ]


async def test_keys_that_are_wrong(s3: S3Server) -> None:
    findings = found(await Bucket(s3.place, BucketKeys(KEY_ID, SECRET[1:])).test())
    assert findings[1:] == [
        (FAILED, BucketKeysRefusedError),
        (SKIPPED, None),
        (SKIPPED, None),
        (SKIPPED, None),
    ]


async def test_settings_that_cannot_be_used(s3: S3Server) -> None:
    place = replace(s3.place, bucket="no bucket")
    assert found(await Bucket(place, s3.keys).test()) == [
        (FAILED, BucketNameError),
        *[(SKIPPED, None)] * 4,
    ]
    assert s3.requests() == []


async def test_an_upload_whose_answer_was_lost_is_cleared_away(s3: S3Server) -> None:
    class Forgetful(Bucket):
        async def put(self, name: str, data: bytes, media_type: str) -> None:
            await super().put(name, data, media_type)
            raise BucketUnreachableError("put: no connection")

    findings = found(await Forgetful(s3.place, s3.keys).test())
    assert findings[1] == (FAILED, BucketUnreachableError)
    assert findings[4] == (SKIPPED, None)
    assert [one.method for one in s3.requests()] == ["PUT", "DELETE"]
    assert s3.objects() == []


async def test_a_trial_that_is_cancelled_leaves_nothing_behind(s3: S3Server) -> None:
    reached = asyncio.Event()

    class Slow(Bucket):
        async def put(self, name: str, data: bytes, media_type: str) -> None:
            await super().put(name, data, media_type)
            reached.set()
            await asyncio.Event().wait()

    trial = asyncio.create_task(Slow(s3.place, s3.keys).test())
    await reached.wait()
    assert len(s3.objects()) == 1
    trial.cancel()
    with pytest.raises(asyncio.CancelledError):
        await trial
    assert s3.objects() == []


async def test_a_service_that_never_answers() -> None:
    async def hang(conversation: Conversation) -> None:
        await conversation.reader.read()

    async with raw_server(hang) as server:
        place = BucketPlace(endpoint=server.url, bucket=BUCKET)
        trial = BucketTrial(Bucket(place, BucketKeys(KEY_ID, SECRET)), step_seconds=0.2)
        findings = found(await trial.run())
    assert findings[1] == (FAILED, BucketUnreachableError)


async def test_a_passer_by_meets_nobody() -> None:
    address = f"http://127.0.0.1:{free_port()}/a.png?X-Amz-Signature=canary"
    with pytest.raises(BucketUnreachableError) as caught:
        await seen_by_anyone(address)
    assert str(caught.value) == "bucket_unreachable: read: ConnectError"
    assert caught.value.__context__ is None


async def test_a_passer_by_follows_no_redirect_and_reads_no_flood() -> None:
    flood = http(200, bytes(3 * LARGEST))
    async with answering(http(302, b"there", "Location: /elsewhere"), flood) as server:
        assert (await seen_by_anyone(server.url)).status == 302
        assert (await seen_by_anyone(server.url)).data == bytes(LARGEST)
        assert len(server.heads) == 2


async def test_a_proxy_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "strange://127.0.0.1")
    with pytest.raises(BucketUnreachableError):
        await seen_by_anyone("http://bucket.example")
