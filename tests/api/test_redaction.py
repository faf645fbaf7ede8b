from __future__ import annotations

import base64
import re
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreamina_desktop.api.redaction import LONGEST_TEXT, Redactor
from tests.api.clients import KEY


@given(st.binary(max_size=20), st.binary(max_size=20))
def test_the_key_is_found_in_base64_wherever_it_stands(before: bytes, behind: bytes) -> None:
    plain = before + KEY.encode() + behind
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        cleaned = Redactor(KEY)("x " + encode(plain).decode())
        # What is left is too little to get the key back.
        for left in re.findall(r"[\w+/-]{12,}", cleaned):
            padded = left + "=" * (-len(left) % 4)
            for offset in range(4):
                piece = padded[offset:].replace("-", "+").replace("_", "/")
                piece = piece[: len(piece) // 4 * 4].rstrip("=")
                piece = piece[: len(piece) // 4 * 4]
                assert KEY[4:20].encode() not in base64.b64decode(piece)


@pytest.mark.parametrize(
    "form",
    [
        KEY,
        KEY.upper(),
        quote(KEY, safe=""),
        quote(KEY, safe="").lower(),
        "".join(f"%{byte:02X}" for byte in KEY.encode()),
        "Bearer " + KEY,
    ],
)
def test_the_key_is_found_as_it_is_and_percent_encoded(form: str) -> None:
    cleaned = Redactor(KEY)(f"bad key '{form}' given")
    assert cleaned.startswith("bad key '")
    assert cleaned.endswith("…' given")
    assert KEY[8:16].lower() not in cleaned.lower()
    assert "%" not in cleaned


def test_a_redactor_tells_nothing_of_its_key() -> None:
    assert KEY not in repr(Redactor(KEY))


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("see https://a.example/x?sig=1&b=2 now", "see https://a.example/x?… now"),
        ("see https://a.example/x#t", "see https://a.example/x?…"),
        ('"https://a.example?X-Amz-Signature=abc"', '"https://a.example?…"'),
        ("http://me:pass@proxy.example:3128/", "http://proxy.example:3128/"),
        ("http://me:p@ss@proxy.example", "http://proxy.example"),
        ("S3://bucket/key?token=1", "S3://bucket/key?…"),
        ("/clip.mp4?X-Amz-Signature=abc&x=1 gone", "/clip.mp4?… gone"),
        ("Really? yes", "Really? yes"),
        ("https://a.example/x", "https://a.example/x"),
    ],
)
def test_addresses_lose_what_may_be_secret(text: str, cleaned: str) -> None:
    assert Redactor()(text) == cleaned


def test_one_line_without_controls() -> None:
    assert Redactor()(" a\r\n\tb\x00\x1b[31mc\u202ed\ud800e  ") == "a b [31mc d e"


def test_long_texts_are_cut() -> None:
    assert Redactor()("x" * LONGEST_TEXT) == "x" * LONGEST_TEXT
    cleaned = Redactor()("x" * (LONGEST_TEXT + 1))
    assert len(cleaned) == LONGEST_TEXT
    assert cleaned.endswith("x…")


def test_the_key_is_gone_before_the_text_is_cut() -> None:
    text = "x" * (LONGEST_TEXT - 10) + KEY
    assert KEY[:5] not in Redactor(KEY)(text)


def test_large_texts_take_no_time_worth_noticing() -> None:
    # Quadratic patterns would run into the test's time-out here.
    for text in ("a" * 2_000_000, "a://" * 200_000, "?" * 1_000_000, "https://@" * 100_000):
        assert len(Redactor(KEY)(text)) <= LONGEST_TEXT
