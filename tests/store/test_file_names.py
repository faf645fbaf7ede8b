from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from dreamina_desktop.core.job import Job, SentPicture
from dreamina_desktop.store.file_names import clip_stem, numbered
from tests.store.sample_jobs import a_spec, adopted, prepared


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
