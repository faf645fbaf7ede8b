from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dreamina_desktop.core.job import Job, SentPicture
from dreamina_desktop.store.file_names import (
    MOST_BYTES,
    MOST_CHARACTERS,
    clip_stem,
    numbered,
    safe_part,
)
from tests.store.sample_jobs import a_spec, adopted, prepared

BAD_NAMES = [
    *("", ".", "..", "...", " ", "/", "\\", "~", "-rf", "--help", ".hidden", "a/../../b"),
    *("CON", "con", "Nul.txt", "COM1", "lpt9.tar.gz", "COM¹", "CONIN$", "aux ", "prn."),
    *("a:b", "c:", "a*b?", '"', "<>|", "tail.", "tail ", "tail. . ", "\x00", "a\nb", "\x7f"),
    *("\u202egpj.exe", "\u200b", "\ud800", "e\u0301", "\ufeffx", "%2e%2e", "💡" * 100, "é" * 200),
    *("x" * 300, "x" * 79 + ". .", "\u0301", "a\u0301" * 120, "KON", "\u212aON"),
]


def check(name: str) -> None:
    """What Linux, macOS and Windows all take as one plain file name."""
    assert name
    assert len(name) <= MOST_CHARACTERS + 1
    assert len(name.encode()) <= MOST_BYTES + 1
    assert name == unicodedata.normalize("NFC", name)
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(sign)[0] == "C" for sign in name)
    assert name[0] not in ".- "
    assert name[-1] not in ". "
    assert PurePosixPath(name).name == name
    windows = PureWindowsPath(name)
    assert windows.name == name
    assert not windows.drive
    assert not windows.is_reserved()


@pytest.mark.parametrize("text", BAD_NAMES)
def test_bad_names(text: str) -> None:
    check(safe_part(text))


@settings(max_examples=2000, deadline=None)
@given(
    st.one_of(
        st.text(st.characters(exclude_categories=())),
        st.text(st.sampled_from('conprauxltm123. -/\\:*"<>|\u0301é\u202e\n\ud800¹$')),
        st.sampled_from(BAD_NAMES).flatmap(lambda bad: st.text(max_size=3).map(bad.__add__)),
    )
)
def test_any_text_becomes_a_safe_name(text: str) -> None:
    check(safe_part(text))
    assert safe_part(safe_part(text)) == safe_part(text)


def test_a_good_name_stays() -> None:
    for name in ("coffee", "Straße 7", "咖啡", "a_b-c (1)", "été", "👩 cook"):
        assert safe_part(name) == name


def of(source: str, address: str | None = None) -> Job:
    spec = replace(a_spec(seed=42), picture=SentPicture(source, address=address))
    return replace(prepared(), spec=spec)


@pytest.mark.parametrize(
    ("source", "address", "stem"),
    [
        ("/home/me/coffee.png", None, "coffee"),
        ("C:\\Users\\me\\My cup.final.jpeg", None, "My cup.final"),
        ("/home/me/.png", None, "png"),
        ("coffee", None, "coffee"),
        ("/", None, "clip"),
        ("x", "https://h.example/a/b/My%20cup.jpg?X-Sign=secret#part", "My cup"),
        ("x", "https://h.example/a/%2e%2e%2fetc%2fpasswd", "passwd"),
        ("x", "https://h.example/a/b/", "b"),
        ("x", "https://h.example", "clip"),
    ],
)
def test_the_source_names_the_clip(source: str, address: str | None, stem: str) -> None:
    assert clip_stem(of(source, address), UTC) == f"2026-03-01_{stem}_42"


def test_the_date_is_the_local_one() -> None:
    late = replace(prepared(), created=datetime(2026, 3, 1, 23, 30, tzinfo=UTC))
    assert clip_stem(late, timezone(timedelta(hours=1))).startswith("2026-03-02_")
    assert clip_stem(late, timezone(timedelta(hours=-1))).startswith("2026-03-01_")
    assert clip_stem(late) == clip_stem(late, late.created.astimezone().tzinfo)


def test_an_adopted_job_is_named_by_its_request() -> None:
    job = adopted(request_id="0123456789abcdef")
    assert clip_stem(job, UTC) == "2026-03-01_adopted_01234567"
    assert clip_stem(replace(job, request_id="../../x"), UTC) == "2026-03-01_adopted__.._x"
    assert clip_stem(replace(job, request_id=None), UTC) == "2026-03-01_adopted_clip"


def test_a_whole_name_fits_everywhere() -> None:
    job = replace(of("/" + "é" * 500 + ".png"), created=datetime(2026, 3, 1, tzinfo=UTC))
    spec = replace(a_spec(), seed=10**100, picture=SentPicture("💡" * 500))
    for one in (job, replace(job, spec=spec)):
        assert len(numbered(clip_stem(one, UTC), 999, ".webm").encode()) <= 255


def test_numbers_begin_at_two() -> None:
    assert [numbered("a", number, ".mp4") for number in (1, 2, 3)] == [
        "a.mp4",
        "a (2).mp4",
        "a (3).mp4",
    ]
