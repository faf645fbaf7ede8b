"""The real model with other limits on pictures."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from dreamina_desktop.core.model_spec import ModelSpec
from tests.core.specs import changed_spec

_RULES = {"file_bytes": 0, "widest": 1, "tallest": 2, "narrowest": 3, "lowest": 4}


def limited(**limits: int) -> ModelSpec:
    """``file_bytes``, ``widest``, ``tallest``, ``narrowest`` and ``lowest`` as in the schema."""

    def change(document: Any) -> None:
        rules = document["input_schema"]["properties"]["image_urls"]["validations"]
        for name, value in limits.items():
            shown = Fraction(value, 10**6) if name == "file_bytes" else value
            rules[_RULES[name]]["validation_value"] = float(shown)

    return changed_spec(change)
