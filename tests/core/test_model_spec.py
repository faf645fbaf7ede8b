from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest

from dreamina_desktop.core.model_spec import (
    Comparison,
    Measure,
    ModelSpecError,
    parse_model_spec,
)
from dreamina_desktop.resources import model_file
from tests.core.specs import changed_spec, real_spec


def test_the_file_holds_the_page() -> None:
    spec = real_spec()
    assert spec.model_id == "bytedance/dreamina-3-0/pro/image-to-video"
    assert spec.prompt_limit == 800
    assert spec.prompt_example.startswith("A slow, sweeping tracking shot")
    assert spec.frames_offered == (121, 241)
    assert spec.frames_default == 121
    assert spec.picture_formats == ("JPEG", "PNG")
    assert spec.picture_format_message == "Upload JPEG or PNG only."
    assert [(rule.measure, rule.comparison, rule.limit) for rule in spec.picture_rules] == [
        (Measure.FILE_SIZE_MB, Comparison.LESS, Fraction(47, 10)),
        (Measure.WIDTH_PIXELS, Comparison.LESS_OR_EQUAL, 4096),
        (Measure.HEIGHT_PIXELS, Comparison.LESS_OR_EQUAL, 4096),
        (Measure.WIDTH_PIXELS, Comparison.MORE, 320),
        (Measure.HEIGHT_PIXELS, Comparison.MORE, 320),
        (Measure.ASPECT_RATIO, Comparison.LESS, 3),
        (Measure.ASPECT_RATIO, Comparison.MORE, Fraction(33, 100)),
    ]


def test_what_is_known_beyond_the_page_states_its_certainty() -> None:
    known = json.loads(model_file().read_text("utf-8"))["known"]
    assert known
    for entry in known.values():
        assert set(entry) == {"value", "certainty", "source"}
    spec = real_spec()
    assert (spec.prompt_recommended, spec.frames_per_second) == (400, 24)
    assert (spec.seed_lowest, spec.seed_highest) == (-1, 2**31 - 1)
    assert len(spec.output_sizes) == 6


def test_length_in_seconds_is_exact() -> None:
    assert real_spec().seconds(121) == Fraction(121, 24)


def test_byte_limit_follows_the_rule() -> None:
    assert real_spec().byte_limit() == 4_700_000

    def at_most(document: Any) -> None:
        rule = document["input_schema"]["properties"]["image_urls"]["validations"][0]
        rule["validation_rule"] = "file_size_mb<="

    assert changed_spec(at_most).byte_limit() == 4_700_001

    def odd(document: Any) -> None:
        rule = document["input_schema"]["properties"]["image_urls"]["validations"][0]
        rule["validation_value"] = 0.0000015

    assert changed_spec(odd).byte_limit() == 2

    def none(document: Any) -> None:
        del document["input_schema"]["properties"]["image_urls"]["validations"][0]

    with pytest.raises(ModelSpecError, match="file_size_mb"):
        changed_spec(none).byte_limit()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"input_schema": {"properties": {}}}', "null"])
def test_a_file_that_is_no_model_is_told(text: str) -> None:
    with pytest.raises(ModelSpecError):
        parse_model_spec(text)


@pytest.mark.parametrize("rule", ["width_pixels", "depth<", "width_pixels=="])
def test_a_rule_nobody_knows_is_told(rule: str) -> None:
    def strange(document: Any) -> None:
        validations = document["input_schema"]["properties"]["image_urls"]["validations"]
        validations[0]["validation_rule"] = rule

    with pytest.raises(ModelSpecError):
        changed_spec(strange)


@pytest.mark.parametrize(
    ("comparison", "below", "equal", "above"),
    [("<", True, False, False), ("<=", True, True, False), (">", False, False, True),
     (">=", False, True, True)],
)  # fmt: skip
def test_comparisons(comparison: str, below: bool, equal: bool, above: bool) -> None:
    holds = Comparison(comparison).holds
    limit = Fraction(3)
    assert (holds(Fraction(2), limit), holds(limit, limit), holds(Fraction(4), limit)) == (
        below,
        equal,
        above,
    )
