"""Where a bucket is, from what a person typed."""

from __future__ import annotations

import pytest

from dreamina_desktop.core.bucket_site import LONGEST_FOLDER, BucketSite
from dreamina_desktop.core.hosting_errors import (
    BucketEndpointError,
    BucketFolderError,
    BucketNameError,
    BucketRegionError,
    HostingError,
)
from dreamina_desktop.core.settings import BucketPlace


def site(endpoint: str = "", region: str = "", bucket: str = "art", folder: str = "") -> BucketSite:
    return BucketSite.of(BucketPlace(endpoint, region, bucket, folder))


@pytest.mark.parametrize(
    ("endpoint", "region", "bucket", "origin", "found", "in_host"),
    [
        ("", "", "art", "https://art.s3.us-east-1.amazonaws.com", "us-east-1", True),
        ("", " eu-west-1 ", " art ", "https://art.s3.eu-west-1.amazonaws.com", "eu-west-1", True),
        ("", "", "my.art", "https://s3.us-east-1.amazonaws.com", "us-east-1", False),
        ("", "cn-north-1", "art", "https://art.s3.cn-north-1.amazonaws.com.cn", "cn-north-1", True),
        ("s3.amazonaws.com", "", "art", "https://s3.amazonaws.com", "us-east-1", False),
        (
            "https://s3.dualstack.eu-west-1.amazonaws.com",
            "",
            "art",
            "https://s3.dualstack.eu-west-1.amazonaws.com",
            "eu-west-1",
            False,
        ),
        (
            "https://ART.S3.eu-west-1.amazonaws.com",
            "",
            "Art",
            "https://art.s3.eu-west-1.amazonaws.com",
            "eu-west-1",
            True,
        ),
        (
            "https://0a.eu.r2.cloudflarestorage.com/art",
            "",
            "art",
            "https://0a.eu.r2.cloudflarestorage.com",
            "auto",
            False,
        ),
        (
            "s3.us-west-004.backblazeb2.com",
            "",
            "art",
            "https://s3.us-west-004.backblazeb2.com",
            "us-west-004",
            False,
        ),
        (
            "https://minio.example.org:9000/",
            "",
            "art",
            "https://minio.example.org:9000",
            "us-east-1",
            False,
        ),
        ("http://127.0.0.1:9000", "home", "art", "http://127.0.0.1:9000", "home", False),
        ("http://[::1]:9000", "", "art", "http://[::1]:9000", "us-east-1", False),
        ("https://[2606:4700::1]", "", "art", "https://[2606:4700::1]", "us-east-1", False),
        ("https://s3.example.org.", "", "art", "https://s3.example.org", "us-east-1", False),
    ],
)
def test_the_forms_that_services_show(
    endpoint: str, region: str, bucket: str, origin: str, found: str, in_host: bool
) -> None:
    one = site(endpoint, region, bucket)
    assert (one.origin, one.region, one.is_virtual_hosted) == (origin, found, in_host)
    assert one.bucket == bucket.strip()


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://s3.example.org",
        "http://192.168.1.2:9000",
        "http://127.0.0.1.example.org",
        "ftp://s3.example.org",
        "https://",
        "https://user:password@s3.example.org",
        "https://s3.example.org/another",
        "https://s3.example.org/art/deeper",
        "https://s3.example.org?x=y",
        "https://s3.example.org#x",
        "https://s3.example.org:port",
        "https://[::1",
        "https://s3 example.org",
        "https://bücket.example.org",
        "://x",
    ],
)
def test_endpoints_that_cannot_be_used(endpoint: str) -> None:
    with pytest.raises(BucketEndpointError):
        site(endpoint)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ({"bucket": ""}, BucketNameError),
        ({"bucket": "ab"}, BucketNameError),
        ({"bucket": "a" * 64}, BucketNameError),
        ({"bucket": "a/b"}, BucketNameError),
        ({"bucket": "-art"}, BucketNameError),
        ({"bucket": "ärt"}, BucketNameError),
        ({"region": "eu west"}, BucketRegionError),
        ({"region": "eu.example.org/"}, BucketRegionError),
        ({"folder": "a/../b"}, BucketFolderError),
        ({"folder": "./b"}, BucketFolderError),
        ({"folder": "a//b"}, BucketFolderError),
        ({"folder": "a?b"}, BucketFolderError),
        ({"folder": "a\\b"}, BucketFolderError),
        ({"folder": "a" * (LONGEST_FOLDER + 1)}, BucketFolderError),
    ],
)
def test_other_fields_that_cannot_be_used(typed: dict[str, str], kind: type[HostingError]) -> None:
    with pytest.raises(kind) as caught:
        site(**typed)
    assert caught.value.is_lasting


@pytest.mark.parametrize(
    ("typed", "folder"),
    [("", ""), (" / ", ""), ("/pictures/", "pictures"), ("my pictures/été", "my pictures/été")],
)
def test_folders(typed: str, folder: str) -> None:
    assert site(folder=typed).folder == folder


@pytest.mark.parametrize(
    ("endpoint", "is_loopback", "is_private"),
    [
        ("", False, False),
        ("https://s3.example.org", False, False),
        ("https://93.184.216.34", False, False),
        ("http://localhost:9000", True, True),
        ("http://127.9.9.9", True, True),
        ("https://[::1]", True, True),
        ("https://10.0.0.3", False, True),
        ("https://nas", False, True),
        ("https://nas.local", False, True),
        ("https://minio.home.arpa", False, True),
    ],
)
def test_who_can_get_there(endpoint: str, is_loopback: bool, is_private: bool) -> None:
    one = site(endpoint)
    assert (one.is_loopback, one.is_private) == (is_loopback, is_private)


def test_keys_stay_with_endpoint_and_bucket() -> None:
    one = site("https://s3.example.org/art/", "a-1", "art", "one")
    assert one.account == "https://s3.example.org/art"
    assert site("S3.example.org", "b-2", "art", "two").account == one.account
    assert site("", "a-1").account == site("", "b-2").account == "https://amazonaws.com/art"
    assert site("", bucket="another").account != site("").account
