"""A bucket at a real server that verifies every signature."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from dreamina_desktop.core.bucket_keys import BucketKeys
from dreamina_desktop.core.hosting_errors import (
    BucketClockError,
    BucketEndpointError,
    BucketForbiddenError,
    BucketHostNotFoundError,
    BucketKeysRefusedError,
    BucketLifetimeError,
    BucketRegionError,
    BucketStrangeError,
    BucketTlsError,
    BucketUnreachableError,
    HostingError,
    NoSuchBucketError,
)
from dreamina_desktop.core.ports import ObjectStore
from dreamina_desktop.core.settings import BucketPlace
from dreamina_desktop.hosting.bucket import Bucket, BucketPatience
from dreamina_desktop.hosting.object_names import object_name
from tests.api.raw_server import Conversation, answering, free_port, raw_server, server_tls
from tests.hosting.s3_server import BUCKET, KEY_ID, SECRET, S3Server
from tests.hosting.signature import Asked, RefusedError, verify

HASTY = BucketPatience(connect=timedelta(seconds=5), call=timedelta(seconds=20), retries=0)
DATA = bytes(range(256)) * 64
HOUR = timedelta(hours=1)

type Call = Callable[[Bucket], Coroutine[object, object, None]]


def bucket_of(place: BucketPlace, keys: BucketKeys | None = None) -> Bucket:
    return Bucket(place, keys or BucketKeys(KEY_ID, SECRET), HASTY)


async def fetched(address: str) -> httpx.Response:
    """By a plain client that knows no keys."""
    async with httpx.AsyncClient(trust_env=False) as client:
        return await client.get(address)


async def test_a_picture_is_put_fetched_by_a_plain_client_and_deleted(s3: S3Server) -> None:
    bucket = Bucket(s3.place, s3.keys)
    store: ObjectStore = bucket
    name = object_name(s3.place, "image/png")
    await store.put(name, DATA, "image/png")
    (lying,) = s3.objects()
    assert (lying.bucket, lying.name, lying.data) == (BUCKET, name, DATA)
    answer = await fetched(await store.address(name, HOUR))
    assert answer.status_code == 200
    assert answer.content == DATA
    assert answer.headers["Content-Type"] == "image/png"
    await store.put(name, b"another", "image/png")
    assert [one.data for one in s3.objects()] == [b"another"]
    await store.delete(name)
    assert s3.objects() == []
    await store.delete(name)
    assert (await fetched(await store.address(name, HOUR))).status_code == 404


@pytest.mark.parametrize("folder", ["", "a folder, é/+=@ b_c-d.e", "dreamina-desktop"])
async def test_folders_of_all_kinds_are_signed_right(s3: S3Server, folder: str) -> None:
    place = replace(s3.place, folder=folder)
    bucket = bucket_of(place)
    name = object_name(place, "image/jpeg")
    assert name.rpartition("/")[0] == folder
    await bucket.put(name, DATA, "image/jpeg")
    assert [one.name for one in s3.objects()] == [name]
    assert (await fetched(await bucket.address(name, HOUR))).content == DATA
    await bucket.delete(name)
    assert s3.objects() == []


async def test_a_forged_or_expired_address_is_refused_there(s3: S3Server) -> None:
    bucket = bucket_of(s3.place)
    for name in ("one.png", "two.png"):
        await bucket.put(name, DATA, "image/png")
    address = await bucket.address("one.png", HOUR)
    last = "0" if address[-1] != "0" else "1"
    forged = [
        address[:-1] + last,
        address.replace("one.png", "two.png"),
        address.replace("Expires=3600", "Expires=7200"),
        address.replace(KEY_ID, "ANOTHERID0123456789"),
        address.partition("?")[0],
    ]
    assert [(await fetched(one)).status_code for one in forged] == [403] * len(forged)
    s3.set_clock(ahead=3590)
    assert (await fetched(address)).status_code == 200
    s3.set_clock(ahead=3700)
    expired = await fetched(address)
    assert expired.status_code == 403
    assert "Request has expired" in expired.text


@pytest.mark.parametrize("hours", [1, 24, 168])
async def test_an_address_lives_for_the_hours_that_were_set(s3: S3Server, hours: int) -> None:
    bucket = bucket_of(s3.place)
    await bucket.put("a.png", DATA, "image/png")
    address = await bucket.address("a.png", timedelta(hours=hours))
    assert parse_qs(urlsplit(address).query)["X-Amz-Expires"] == [str(hours * 3600)]
    s3.set_clock(ahead=hours * 3600 - 30)
    assert (await fetched(address)).status_code == 200
    s3.set_clock(ahead=hours * 3600 + 30)
    assert (await fetched(address)).status_code == 403


@pytest.mark.parametrize("lifetime", [timedelta(), timedelta(hours=-1), timedelta(hours=169)])
async def test_no_address_lives_longer_than_services_allow(lifetime: timedelta) -> None:
    with pytest.raises(BucketLifetimeError):
        await bucket_of(BucketPlace(bucket=BUCKET)).address("a.png", lifetime)


def test_names_are_random_and_tell_nothing() -> None:
    place = BucketPlace(bucket=BUCKET, folder="/pictures/")
    names = {object_name(place, "image/png") for _ in range(200)}
    assert len(names) == 200
    assert all(re.fullmatch(r"pictures/[0-9a-f]{32}\.png", name) for name in names)
    assert object_name(place, "image/jpeg").endswith(".jpg")
    assert re.fullmatch(r"[0-9a-f]{32}", object_name(replace(place, folder=""), "image/x"))


@pytest.mark.parametrize(
    ("place", "host", "path"),
    [
        (
            BucketPlace(bucket="art", region="eu-west-1"),
            "art.s3.eu-west-1.amazonaws.com",
            "/f/a.png",
        ),
        (
            BucketPlace(bucket="my.art", region="eu-west-1"),
            "s3.eu-west-1.amazonaws.com",
            "/my.art/f/a.png",
        ),
        (
            BucketPlace(endpoint="https://0a1b.r2.cloudflarestorage.com/art", bucket="art"),
            "0a1b.r2.cloudflarestorage.com",
            "/art/f/a.png",
        ),
        (
            BucketPlace(endpoint="s3.us-west-004.backblazeb2.com", bucket="art"),
            "s3.us-west-004.backblazeb2.com",
            "/art/f/a.png",
        ),
        (
            BucketPlace(endpoint="https://art.s3.us-east-2.amazonaws.com", bucket="art"),
            "art.s3.us-east-2.amazonaws.com",
            "/f/a.png",
        ),
        (
            BucketPlace(endpoint="https://minio.example.org:9000/", bucket="art"),
            "minio.example.org:9000",
            "/art/f/a.png",
        ),
    ],
)
async def test_addresses_of_the_services_known(place: BucketPlace, host: str, path: str) -> None:
    bucket = bucket_of(place)
    address = await bucket.address("f/a.png", HOUR)
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc, parts.path) == ("https", host, path)
    asked = Asked("GET", f"{parts.path}?{parts.query}", {"host": host})
    now = datetime.now(UTC)
    assert verify(asked, {KEY_ID: SECRET}, bucket.site().region, now) == KEY_ID
    with pytest.raises(RefusedError, match="SignatureDoesNotMatch"):
        verify(asked, {KEY_ID: "another"}, bucket.site().region, now)


async def put(bucket: Bucket) -> None:
    await bucket.put("f/a.png", DATA, "image/png")


async def delete(bucket: Bucket) -> None:
    await bucket.delete("f/a.png")


def check_silent(error: HostingError) -> None:
    """Nothing secret is in what a log, a crash report or a person would see."""
    shown = "".join(traceback.format_exception(error)) + repr(error) + repr(error.__dict__)
    assert SECRET not in shown
    assert KEY_ID not in shown
    assert "Signature=" not in shown
    assert error.__context__ is None


async def raised(call: Call, bucket: Bucket) -> HostingError:
    with pytest.raises(HostingError) as caught:
        await call(bucket)
    check_silent(caught.value)
    return caught.value


@pytest.mark.parametrize("call", [put, delete])
@pytest.mark.parametrize(
    ("keys", "place", "kind"),
    [
        (BucketKeys(KEY_ID, "wrong"), BucketPlace(bucket=BUCKET), BucketKeysRefusedError),
        (BucketKeys("UNKNOWNID", SECRET), BucketPlace(bucket=BUCKET), BucketKeysRefusedError),
        (None, BucketPlace(bucket="elsewhere"), NoSuchBucketError),
        (None, BucketPlace(bucket=BUCKET, region="eu-west-9"), BucketRegionError),
    ],
)
async def test_what_the_service_refuses(
    s3: S3Server,
    call: Call,
    keys: BucketKeys | None,
    place: BucketPlace,
    kind: type[HostingError],
) -> None:
    error = await raised(call, bucket_of(replace(place, endpoint=s3.url), keys))
    assert type(error) is kind
    assert error.is_lasting
    assert error.provider_message


async def test_what_the_keys_may_not_do() -> None:
    with S3Server(forbidden=("DELETE",)) as s3:
        bucket = bucket_of(s3.place)
        await put(bucket)
        assert type(await raised(delete, bucket)) is BucketForbiddenError


@pytest.mark.parametrize("ahead", [-3600, 3600])
async def test_clocks_too_far_apart(s3: S3Server, ahead: float) -> None:
    s3.set_clock(ahead)
    error = await raised(put, bucket_of(s3.place))
    assert type(error) is BucketClockError
    assert not error.is_lasting
    s3.set_clock(0)
    await put(bucket_of(s3.place))


async def test_deleting_what_is_not_there(s3: S3Server) -> None:
    # As some services say it; S3 itself answers 204.
    s3.answer_next(404, "<Error><Code>NoSuchKey</Code></Error>")
    await delete(bucket_of(s3.place))
    # A portal's page says nothing about the object.
    s3.answer_next(404, "<html>Not here</html>")
    assert type(await raised(delete, bucket_of(s3.place))) is BucketStrangeError


async def test_a_redirect_is_not_followed(s3: S3Server) -> None:
    bucket = bucket_of(s3.place)
    s3.answer_next(307, Location=f"{s3.url}/elsewhere/f/a.png")
    assert type(await raised(put, bucket)) is BucketStrangeError
    s3.answer_next(301)
    assert type(await raised(put, bucket)) is BucketRegionError
    assert [(one.method, one.status) for one in s3.requests()] == [("PUT", 307), ("PUT", 301)]


@pytest.mark.parametrize(
    ("status", "body", "kind", "lasting"),
    [
        (200, "<html>Log in</html>", BucketStrangeError, False),
        (404, "<html>Not here</html>", BucketStrangeError, False),
        (401, "", BucketKeysRefusedError, True),
        (500, "", HostingError, False),
        (503, "<Error><Code>SlowDown</Code></Error>", HostingError, False),
        (429, "", HostingError, False),
        (400, "<Error><Code>EntityTooLarge</Code></Error>", HostingError, False),
        (
            400,
            (
                "<Error><Code>InvalidArgument</Code><Message>Credential access key has length 9, "
                "should be 32</Message></Error>"
            ),
            BucketKeysRefusedError,
            True,
        ),
    ],
)
async def test_other_answers(
    s3: S3Server, status: int, body: str, kind: type[HostingError], lasting: bool
) -> None:
    s3.answer_next(status, body)
    error = await raised(put, bucket_of(s3.place))
    assert type(error) is kind
    assert error.is_lasting is lasting


async def test_a_service_that_quotes_the_keys(s3: S3Server) -> None:
    said = f"No &lt;key&gt; {KEY_ID}\n{SECRET} Authorization: x?X-Amz-Signature=0123456789"
    s3.answer_next(403, f"<Error><Code>AccessDenied</Code><Message>{said}</Message></Error>")
    error = await raised(put, bucket_of(s3.place))
    assert error.provider_message == "No <key> … … Authorization: x?…"
    assert error.detail == "put: HTTP 403 AccessDenied"


async def test_trouble_of_the_service_that_passes_at_once_is_not_told(s3: S3Server) -> None:
    s3.answer_next(503, "<Error><Code>SlowDown</Code></Error>")
    await Bucket(s3.place, s3.keys).put("a.png", DATA, "image/png")
    assert [one.status for one in s3.requests()] == [503, 200]


@pytest.mark.parametrize(
    ("endpoint", "kind"),
    [
        ("http://127.0.0.1:{0}", BucketUnreachableError),
        ("https://no-such-host.invalid", BucketHostNotFoundError),
        ("http://bucket.example.org", BucketEndpointError),
    ],
)
async def test_endpoints_that_nobody_answers_at(endpoint: str, kind: type[HostingError]) -> None:
    place = BucketPlace(endpoint=endpoint.format(free_port()), bucket=BUCKET)
    assert type(await raised(put, bucket_of(place))) is kind


async def test_a_certificate_that_is_not_to_be_trusted() -> None:
    async with answering(b"", tls=server_tls()) as server:
        endpoint = server.url.replace("http://127.0.0.1", "https://localhost")
        error = await raised(put, bucket_of(BucketPlace(endpoint=endpoint, bucket=BUCKET)))
        assert type(error) is BucketTlsError
        assert server.heads == []


async def test_what_speaks_no_tls() -> None:
    async def refuse(conversation: Conversation) -> None:
        await conversation.reader.read(1)
        await conversation.say(b"HTTP/1.1 400 Said\r\n\r\n")

    async with raw_server(refuse) as server:
        endpoint = server.url.replace("http:", "https:")
        error = await raised(put, bucket_of(BucketPlace(endpoint=endpoint, bucket=BUCKET)))
        assert type(error) is BucketTlsError


async def test_a_service_that_never_answers() -> None:
    async def hang(conversation: Conversation) -> None:
        await conversation.reader.read()

    async with raw_server(hang) as server:
        place = BucketPlace(endpoint=server.url, bucket=BUCKET)
        patience = BucketPatience(call=timedelta(seconds=0.2), retries=0)
        bucket = Bucket(place, BucketKeys(KEY_ID, SECRET), patience)
        error = await raised(put, bucket)
        assert type(error) is BucketUnreachableError
        assert error.detail == "put: time-out"


async def test_the_environment_changes_nothing(
    s3: S3Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = f"http://127.0.0.1:{free_port()}"
    told = {
        "ACCESS_KEY_ID": "another", "SECRET_ACCESS_KEY": "another", "SESSION_TOKEN": "another",
        "TOKEN": "another", "SKIP_SIGNATURE": "true", "UNSIGNED_PAYLOAD": "true",
        "ENDPOINT": elsewhere, "ENDPOINT_URL": elsewhere, "ENDPOINT_URL_S3": elsewhere,
        "REGION": "eu-west-9", "DEFAULT_REGION": "eu-west-9", "BUCKET": "another",
        "BUCKET_NAME": "another", "VIRTUAL_HOSTED_STYLE_REQUEST": "true", "S3_EXPRESS": "true",
        "REQUEST_PAYER": "true", "ALLOW_HTTP": "false", "ALLOW_INVALID_CERTIFICATES": "true",
    }  # fmt: skip
    for name, value in told.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    bucket = bucket_of(s3.place)
    await put(bucket)
    (request,) = s3.requests()
    assert request.status == 200
    assert "x-amz-security-token" not in request.headers
    assert request.headers["x-amz-content-sha256"] != "UNSIGNED-PAYLOAD"
    address = await bucket.address("f/a.png", HOUR)
    assert "Token" not in address
    assert (await fetched(address)).content == DATA


async def test_nothing_secret_is_logged_or_shown(
    s3: S3Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    bucket = bucket_of(s3.place)
    await bucket.test()
    await raised(put, bucket_of(s3.place, BucketKeys(KEY_ID, SECRET[::-1])))
    shown = caplog.text + repr(bucket) + repr(bucket._store) + repr(s3.keys)
    for secret in (SECRET, SECRET[::-1], KEY_ID, "Signature"):
        assert secret not in shown
