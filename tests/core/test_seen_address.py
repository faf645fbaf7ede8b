"""What a fetched address means for a take."""

from __future__ import annotations

import pytest

from dreamina_desktop.core.picture import PictureFacts
from dreamina_desktop.core.seen_address import SeenAddress, judge_seen_address
from dreamina_desktop.core.verdict import Severity, VerdictCode, worst
from tests.core.specs import real_spec

ADDRESS = "https://example.com/boat.png"
FINE = PictureFacts("PNG", 1600, 1200, 2_000_000, decoded=True)


def judged(seen: SeenAddress) -> list[VerdictCode]:
    return [verdict.code for verdict in judge_seen_address(seen, real_spec())]


def test_a_picture_that_fits() -> None:
    seen = SeenAddress(ADDRESS, facts=FINE, media_type="image/png", status=200)
    assert judged(seen) == [VerdictCode.PICTURE_FITS]
    assert seen.verdict is None


def test_all_rules_apply_to_the_file_as_it_lies_there() -> None:
    wide = PictureFacts("PNG", 5000, 1000, 9_000_000, decoded=True)
    assert judged(SeenAddress(ADDRESS, facts=wide, media_type="image/png")) == [
        VerdictCode.PICTURE_BYTES,
        VerdictCode.PICTURE_TOO_WIDE,
        VerdictCode.PICTURE_RATIO_WIDE,
    ]


@pytest.mark.parametrize(
    "fault",
    [
        VerdictCode.ADDRESS_PRIVATE,
        VerdictCode.ADDRESS_LOGIN,
        VerdictCode.ADDRESS_GONE,
        VerdictCode.ADDRESS_PAGE,
        VerdictCode.ADDRESS_TOO_LARGE,
    ],
)
def test_what_the_provider_cannot_fetch_is_refused(fault: VerdictCode) -> None:
    (verdict,) = judge_seen_address(SeenAddress(ADDRESS, fault, 403), real_spec())
    assert (verdict.code, verdict.severity) == (fault, Severity.REFUSED)


@pytest.mark.parametrize("fault", [VerdictCode.ADDRESS_UNREACHED, VerdictCode.ADDRESS_ANSWER])
def test_a_check_that_could_not_be_made_only_warns(fault: VerdictCode) -> None:
    (verdict,) = judge_seen_address(SeenAddress(ADDRESS, fault, 503), real_spec())
    assert (verdict.code, verdict.severity, verdict.measured) == (fault, Severity.WARNING, 503)


@pytest.mark.parametrize(("media_type", "said"), [("text/plain", "text/plain"), ("", "-")])
def test_a_type_that_is_not_the_files_is_told(media_type: str, said: str) -> None:
    seen = SeenAddress(ADDRESS, facts=FINE, media_type=media_type)
    found = judge_seen_address(seen, real_spec())
    assert [verdict.code for verdict in found] == [
        VerdictCode.PICTURE_FITS,
        VerdictCode.ADDRESS_TYPE,
    ]
    assert (found[1].measured, found[1].limit) == (said, "image/png")
    assert worst(found) is Severity.WARNING


def test_what_is_no_picture_is_told_once() -> None:
    seen = SeenAddress(ADDRESS, facts=PictureFacts("", 0, 0, 12), media_type="text/plain")
    assert judged(seen) == [VerdictCode.PICTURE_FORMAT]


def test_a_place_in_the_file_is_public_already() -> None:
    seen = SeenAddress(ADDRESS, facts=FINE, media_type="image/png", has_place=True)
    assert judged(seen) == [VerdictCode.PICTURE_FITS, VerdictCode.ADDRESS_PLACE]


def test_an_address_that_is_none_stays_refused() -> None:
    assert judged(SeenAddress("http://example.com/a.png")) == [VerdictCode.ADDRESS_NOT_HTTPS]


def test_nothing_known_is_unseen() -> None:
    assert judged(SeenAddress(ADDRESS)) == [VerdictCode.ADDRESS_UNSEEN]
