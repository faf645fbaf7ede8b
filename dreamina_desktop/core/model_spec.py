"""The model as data: fields, limits, messages and output sizes, read from its JSON file.

The file's ``input_schema`` is the API page's own schema; ``known`` is what other sources say,
each entry with its certainty. Only the page's rules may refuse an input, the rest may warn.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any


class ModelSpecError(ValueError):
    """The model file does not say what the program needs; ``args[0]`` names the place."""


class Measure(StrEnum):
    """What a validation of the schema looks at."""

    FILE_SIZE_MB = "file_size_mb"
    WIDTH_PIXELS = "width_pixels"
    HEIGHT_PIXELS = "height_pixels"
    ASPECT_RATIO = "width/height"


class Comparison(StrEnum):
    """How the measured value must stand to the limit."""

    LESS = "<"
    LESS_OR_EQUAL = "<="
    MORE = ">"
    MORE_OR_EQUAL = ">="

    def holds(self, measured: Fraction, limit: Fraction) -> bool:
        """Whether ``measured`` passes."""
        return {
            Comparison.LESS: measured < limit,
            Comparison.LESS_OR_EQUAL: measured <= limit,
            Comparison.MORE: measured > limit,
            Comparison.MORE_OR_EQUAL: measured >= limit,
        }[self]

    @property
    def is_upper(self) -> bool:
        """Whether the limit is one from above."""
        return self in (Comparison.LESS, Comparison.LESS_OR_EQUAL)


@dataclass(frozen=True, slots=True)
class PictureRule:
    """One validation of the schema. The limit is exact: 4.7 is 47/10, not a float near it."""

    measure: Measure
    comparison: Comparison
    limit: Fraction
    message: str


@dataclass(frozen=True, slots=True)
class OutputSize:
    """One shape in which the model makes clips; pixels."""

    shape: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """Everything the program knows about one model."""

    model_id: str
    title: str
    prompt_limit: int
    prompt_recommended: int
    prompt_example: str
    picture_rules: tuple[PictureRule, ...]
    picture_formats: tuple[str, ...]
    picture_format_message: str
    bytes_per_megabyte: int
    seed_lowest: int
    seed_highest: int
    frames_offered: tuple[int, ...]
    frames_default: int
    frames_per_second: int
    output_sizes: tuple[OutputSize, ...]

    def seconds(self, frames: int) -> Fraction:
        """Exact length of a clip of so many frames."""
        return Fraction(frames, self.frames_per_second)

    def byte_limit(self) -> int:
        """The smallest number of bytes that the upper rules on file size refuse.

        Raises ModelSpecError where the model has no such rule.
        """
        refused = [
            # Under "<" the limit itself is refused, under "<=" the byte after it.
            -(-exact.numerator // exact.denominator)
            if rule.comparison is Comparison.LESS
            else exact.numerator // exact.denominator + 1
            for rule in self.picture_rules
            if rule.measure is Measure.FILE_SIZE_MB and rule.comparison.is_upper
            for exact in (rule.limit * self.bytes_per_megabyte,)
        ]
        if not refused:
            raise ModelSpecError("file_size_mb")
        return min(refused)

    def picture_messages(self) -> frozenset[str]:
        """The provider's sentences for what is wrong with a picture itself."""
        return frozenset(
            {self.picture_format_message, *(rule.message for rule in self.picture_rules)}
        )


def parse_model_spec(text: str) -> ModelSpec:
    """Read a model file's text. Raises ModelSpecError when it is not a whole model."""
    try:
        return _read(json.loads(text, parse_float=Fraction))
    except ModelSpecError:
        raise
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise ModelSpecError(f"{type(error).__name__}: {error}") from error


def _read(document: Any) -> ModelSpec:
    fields = document["input_schema"]["properties"]
    known = document["known"]
    lowest, highest = known["seed_range"]["value"]
    sizes = known["output_sizes"]["value"]
    return ModelSpec(
        model_id=str(document["model_id"]),
        title=str(document["title"]),
        prompt_limit=int(fields["prompt"]["maxLength"]),
        prompt_recommended=int(known["prompt_recommended_length"]["value"]),
        prompt_example=str(fields["prompt"].get("default", "")),
        picture_rules=tuple(_picture_rule(rule) for rule in fields["image_urls"]["validations"]),
        picture_formats=tuple(str(name) for name in known["image_formats"]["value"]),
        picture_format_message=str(fields["image_urls"]["description"]),
        bytes_per_megabyte=int(known["bytes_per_megabyte"]["value"]),
        seed_lowest=int(lowest),
        seed_highest=int(highest),
        frames_offered=tuple(int(count) for count in fields["frames"]["enum"]),
        frames_default=int(fields["frames"]["default"]),
        frames_per_second=int(known["frames_per_second"]["value"]),
        output_sizes=tuple(
            OutputSize(str(size["shape"]), int(size["width"]), int(size["height"]))
            for size in sizes
        ),
    )


def _picture_rule(rule: Any) -> PictureRule:
    text = str(rule["validation_rule"])
    # Longest first, so that "<=" is not read as "<" with a stray "=".
    for comparison in sorted(Comparison, key=len, reverse=True):
        if text.endswith(comparison.value):
            return PictureRule(
                measure=Measure(text.removesuffix(comparison.value)),
                comparison=comparison,
                limit=Fraction(rule["validation_value"]),
                message=str(rule["validation_error"]),
            )
    raise ModelSpecError(text)
