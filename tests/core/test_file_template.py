from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreamina_desktop.core.export_errors import TemplateError
from dreamina_desktop.core.file_template import (
    CLIP_TEMPLATE,
    FRAME_TEMPLATE,
    FileTemplate,
    NameValues,
    values_of,
)
from dreamina_desktop.core.job import Job, JobSpec, JobState, SentPicture
from dreamina_desktop.core.safe_name import safe_part

VALUES = NameValues("2026-03-01", "coffee", "Steam rises slowly.", "42", "0007")
JOB = Job(
    "id",
    JobState.DONE,
    "realm",
    created=datetime(2026, 3, 1, 23, 30, tzinfo=UTC),
    changed=datetime(2026, 3, 2, tzinfo=UTC),
    spec=JobSpec("model", "It moves.", 121, 42, SentPicture("/home/me/coffee.final.png")),
)


@pytest.mark.parametrize(
    ("template", "stem"),
    [
        (CLIP_TEMPLATE, "2026-03-01_coffee_42"),
        (FRAME_TEMPLATE, "2026-03-01_coffee_42_0007"),
        ("{prompt}", "Steam rises slowly"),
        ("{seed} {{of}} {source}", "42 {of} coffee"),
        ("cup", "cup"),
        ("", "clip"),
        ("../{source}/{seed}", "_coffee_42"),
        ("CON", "_CON"),
    ],
)
def test_what_a_template_makes(template: str, stem: str) -> None:
    assert FileTemplate(template).stem(VALUES) == stem


@pytest.mark.parametrize(
    ("template", "stem"),
    [
        (FRAME_TEMPLATE, "coffee_42"),
        ("{date} - {source} - {prompt} - {seed}", "coffee - 42"),
        ("{date}", "clip"),
        ("{prompt}.{seed}", "42"),
    ],
)
def test_what_is_not_known_leaves_no_gap(template: str, stem: str) -> None:
    values = NameValues(source="coffee", prompt=" \n", seed="42")
    assert FileTemplate(template).stem(values) == stem


@pytest.mark.parametrize(
    ("template", "detail"),
    [
        ("{colour}", "colour"),
        ("{}", "{}"),
        ("{seed.real}", "seed.real"),
        ("{seed[0]}", "seed[0]"),
        ("{seed:>9}", "seed"),
        ("{seed!r}", "seed"),
        ("{SEED}", "SEED"),
        ("{seed", "{seed"),
        ("seed}", "seed}"),
    ],
)
def test_what_is_no_template(template: str, detail: str) -> None:
    with pytest.raises(TemplateError) as caught:
        FileTemplate(template)
    assert caught.value.detail == detail


def test_a_long_prompt_ends_with_a_word() -> None:
    prompt = "Steam rises slowly from the espresso, while the camera glides towards the cup"
    stem = FileTemplate("{prompt}").stem(NameValues(prompt=prompt))
    assert stem == "Steam rises slowly from the espresso"
    assert FileTemplate("{prompt}").stem(NameValues(prompt="x" * 200)) == "x" * 40


@given(st.text(), st.text(), st.text())
def test_any_values_make_a_safe_name_of_bounded_length(source: str, prompt: str, seed: str) -> None:
    template = FileTemplate("{date}_{source}_{prompt}_{seed}_{frame}_" + "y" * 100)
    stem = template.stem(NameValues("2026-03-01", source, prompt, seed, "0001"))
    assert stem == safe_part(stem, most_characters=150, most_bytes=200)
    assert len(f"{stem} (9999).webp".encode()) <= 255


def test_the_values_of_a_job() -> None:
    found = values_of(JOB, frame=6, zone=timezone(timedelta(hours=1)))
    assert found == NameValues("2026-03-02", "coffee.final", "It moves.", "42", "0007")
    assert values_of(JOB, zone=UTC).frame == ""
    adopted = replace(JOB, spec=None, request_id="0123456789abcdef")
    assert values_of(adopted, zone=UTC) == NameValues("2026-03-01", "01234567")
    assert values_of(replace(adopted, request_id=None), zone=UTC).source == ""
    assert values_of(JOB).date == JOB.created.astimezone().strftime("%Y-%m-%d")
