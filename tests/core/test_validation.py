from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreamina_desktop.core.picture import PictureFacts
from dreamina_desktop.core.picture_trouble import PictureTrouble
from dreamina_desktop.core.validation import (
    judge_address,
    judge_frames,
    judge_missing,
    judge_picture,
    judge_prompt,
    judge_seed,
    nearest_taken,
)
from dreamina_desktop.core.verdict import Cure, Severity, Verdict, VerdictCode, worst
from tests.core.specs import changed_spec, real_spec

SPEC = real_spec()


def picture(
    width: int = 1000,
    height: int = 1000,
    *,
    size: int = 100_000,
    kind: str = "PNG",
    decoded: bool | None = True,
) -> PictureFacts:
    return PictureFacts(kind, width, height, size, decoded)


def codes(verdicts: tuple[Verdict, ...]) -> set[str]:
    return {verdict.code.value for verdict in verdicts}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (picture(), {"picture_fits"}),
        (picture(kind="JPEG", decoded=None), {"picture_fits"}),
        (picture(320, 640), {"picture_too_narrow"}),
        (picture(640, 320), {"picture_too_low"}),
        (picture(321, 321), {"picture_fits"}),
        (picture(4096, 4096), {"picture_fits"}),
        (picture(4097, 4096), {"picture_too_wide"}),
        (picture(4096, 4097), {"picture_too_tall"}),
        (picture(1500, 500), {"picture_ratio_wide"}),
        (picture(1499, 500), {"picture_fits"}),
        (picture(500, 1500), {"picture_fits"}),
        (picture(1254, 3800), {"picture_ratio_tall"}),
        (picture(1255, 3800), {"picture_fits"}),
        (picture(size=4_700_000), {"picture_bytes"}),
        (picture(size=4_699_999), {"picture_fits"}),
        (picture(kind="GIF"), {"picture_format"}),
        (picture(0, 0, kind="", size=12, decoded=None), {"picture_format"}),
        (picture(decoded=False), {"picture_unreadable"}),
        (
            picture(5000, 300, size=9_000_000, kind="WEBP"),
            {
                "picture_format",
                "picture_bytes",
                "picture_too_wide",
                "picture_too_low",
                "picture_ratio_wide",
            },
        ),
    ],
)
def test_picture_edges(facts: PictureFacts, expected: set[str]) -> None:
    assert codes(judge_picture(facts, SPEC)) == expected


def test_a_verdict_says_everything() -> None:
    (verdict,) = judge_picture(picture(size=4_700_000), SPEC)
    assert verdict == Verdict(
        VerdictCode.PICTURE_BYTES,
        Severity.REFUSED,
        "File size must be less than 4.7 MB.",
        4_700_000,
        4_700_000,
        Cure.RECOMPRESS,
    )
    (verdict,) = judge_picture(picture(1500, 500), SPEC)
    assert (verdict.measured, verdict.limit, verdict.cure) == (3.0, 3.0, Cure.CROP)


@pytest.mark.parametrize(
    ("measure", "sign", "limit", "nearest"),
    [
        ("width_pixels", ">", 320, 321),
        ("height_pixels", ">", 320, 321),
        ("width_pixels", ">=", 320, 320),
        ("height_pixels", ">=", 320.5, 321),
        ("width_pixels", "<=", 4096, 4096),
        ("height_pixels", "<", 4096, 4095),
        ("width_pixels", "<", 4096.5, 4096),
    ],
)
def test_the_number_that_a_side_has_to_reach(
    measure: str, sign: str, limit: float, nearest: int
) -> None:
    def change(document: Any) -> None:
        rules = document["input_schema"]["properties"]["image_urls"]["validations"]
        rules[:] = [
            {
                "validation_rule": f"{measure}{sign}",
                "validation_value": limit,
                "validation_error": "No.",
            }
        ]

    spec = changed_spec(change)
    side = nearest + (-1 if ">" in sign else 1)
    (verdict,) = judge_picture(picture(side, side), spec)
    assert nearest_taken(verdict, spec) == nearest
    assert codes(judge_picture(picture(nearest, nearest), spec)) == {"picture_fits"}


def test_what_is_not_about_pixels_has_no_such_number() -> None:
    for facts in (picture(size=4_700_000), picture(1500, 500), picture()):
        (verdict,) = judge_picture(facts, SPEC)
        with pytest.raises(ValueError, match=verdict.code.value):
            nearest_taken(verdict, SPEC)


def test_no_picture_at_all_wants_another_one_a_foreign_one_is_converted() -> None:
    assert judge_picture(picture(0, 0, kind=""), SPEC)[0].cure is Cure.CHOOSE_PICTURE
    assert judge_picture(picture(kind="WEBP"), SPEC)[0].cure is Cure.CONVERT


def test_an_empty_file_is_called_so_and_nothing_else() -> None:
    (verdict,) = judge_picture(PictureFacts("", 0, 0, 0), SPEC)
    assert (verdict.code, verdict.severity) == (VerdictCode.PICTURE_EMPTY, Severity.REFUSED)


@pytest.mark.parametrize("trouble", PictureTrouble)
def test_a_file_that_cannot_be_opened_says_why(trouble: PictureTrouble) -> None:
    (verdict,) = judge_missing(trouble)
    assert (verdict.code, verdict.severity) == (VerdictCode.PICTURE_MISSING, Severity.REFUSED)
    assert verdict.measured == trouble.value
    assert verdict.cure is Cure.CHOOSE_PICTURE


@given(width=st.integers(1, 9000), height=st.integers(1, 9000), size=st.integers(1, 9_000_000))
def test_refused_exactly_when_a_rule_of_the_page_is_broken(
    width: int, height: int, size: int
) -> None:
    fits = (
        size < 4_700_000
        and 320 < width <= 4096
        and 320 < height <= 4096
        and Fraction(33, 100) < Fraction(width, height) < 3
    )
    verdicts = judge_picture(picture(width, height, size=size), SPEC)
    assert worst(verdicts) is (Severity.FITS if fits else Severity.REFUSED)
    assert all(v.message for v in verdicts if v.severity is Severity.REFUSED)


@given(limit=st.integers(400, 5000), offset=st.integers(-3, 3), wide=st.booleans())
def test_a_number_changed_in_the_file_changes_the_check(
    limit: int, offset: int, wide: bool
) -> None:
    def change(document: Any) -> None:
        fields = document["input_schema"]["properties"]
        rule = fields["image_urls"]["validations"][1 if wide else 2]
        rule["validation_value"] = limit
        rule["validation_error"] = f"At most {limit}."

    side = limit + offset
    facts = picture(side, 4000) if wide else picture(4000, side)
    found = [
        v
        for v in judge_picture(facts, changed_spec(change))
        if v.code in (VerdictCode.PICTURE_TOO_WIDE, VerdictCode.PICTURE_TOO_TALL)
    ]
    assert [v.message for v in found] == ([f"At most {limit}."] if offset > 0 else [])


def test_a_lower_limit_on_the_file_size_is_understood_too() -> None:
    def change(document: Any) -> None:
        rule = document["input_schema"]["properties"]["image_urls"]["validations"][0]
        rule["validation_rule"], rule["validation_value"] = "file_size_mb>", 0.0015

    (verdict,) = judge_picture(picture(size=1500), changed_spec(change))
    assert (verdict.code, verdict.cure) == (VerdictCode.PICTURE_BYTES, Cure.CHOOSE_PICTURE)

    def odd(document: Any) -> None:
        rule = document["input_schema"]["properties"]["image_urls"]["validations"][0]
        rule["validation_value"] = 0.0000015

    (verdict,) = judge_picture(picture(size=2), changed_spec(odd))
    assert verdict.limit == 1.5


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("https://example.org/a.png", VerdictCode.ADDRESS_UNSEEN),
        ("HTTPS://example.org/a.png", VerdictCode.ADDRESS_UNSEEN),
        ("http://example.org/a.png", VerdictCode.ADDRESS_NOT_HTTPS),
        ("ftp://example.org/a.png", VerdictCode.ADDRESS_NOT_HTTPS),
        ("https://", VerdictCode.ADDRESS_NOT_HTTPS),
        ("https://[::1", VerdictCode.ADDRESS_NOT_HTTPS),
        ("", VerdictCode.ADDRESS_NOT_HTTPS),
    ],
)
def test_addresses(address: str, code: VerdictCode) -> None:
    (verdict,) = judge_address(address)
    assert verdict.code is code


@pytest.mark.parametrize(
    ("length", "code", "severity", "limit"),
    [
        (1, "prompt_fits", Severity.FITS, 800),
        (400, "prompt_fits", Severity.FITS, 800),
        (401, "prompt_over_recommended", Severity.WARNING, 400),
        (800, "prompt_over_recommended", Severity.WARNING, 400),
        (801, "prompt_too_long", Severity.REFUSED, 800),
    ],
)
def test_prompt_edges(length: int, code: str, severity: Severity, limit: int) -> None:
    # One emoji is one character, though it is two UTF-16 units and four bytes.
    for letter in ("a", "😀", "é"):
        (verdict,) = judge_prompt(letter * length, SPEC)
        assert (verdict.code, verdict.severity) == (code, severity)
        assert (verdict.measured, verdict.limit) == (length, limit)


@given(st.text(" \t\r\n\u3000\xa0", max_size=50))
def test_a_blank_prompt_is_refused(prompt: str) -> None:
    (verdict,) = judge_prompt(prompt, SPEC)
    assert verdict.code is VerdictCode.PROMPT_BLANK
    assert verdict.severity is Severity.REFUSED


@given(st.one_of(st.none(), st.integers(-(2**40), 2**40)))
def test_a_seed_may_warn_but_never_refuse(seed: int | None) -> None:
    (verdict,) = judge_seed(seed, SPEC)
    inside = seed is None or -1 <= seed <= 2**31 - 1
    assert verdict.severity is (Severity.FITS if inside else Severity.WARNING)


@pytest.mark.parametrize(("seed", "limit"), [(-2, -1), (2**31, 2**31 - 1)])
def test_seed_edges(seed: int, limit: int) -> None:
    assert judge_seed(seed, SPEC)[0].limit == limit


@given(st.one_of(st.sampled_from([121, 241]), st.integers()))
def test_frames(frames: int) -> None:
    (verdict,) = judge_frames(frames, SPEC)
    assert (verdict.severity is Severity.FITS) == (frames in (121, 241))


def test_half_a_character_is_refused() -> None:
    (verdict,) = judge_prompt("steam \udcff rises", SPEC)
    assert (verdict.code, verdict.severity) == (VerdictCode.PROMPT_NOT_TEXT, Severity.REFUSED)


def test_the_worst_of_nothing_fits() -> None:
    assert worst(()) is Severity.FITS
    assert worst(judge_prompt("x" * 500, SPEC)) is Severity.WARNING
