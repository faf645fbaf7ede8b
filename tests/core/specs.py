"""The real model file, for the tests of the rules."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from dreamina_desktop.core.model_spec import ModelSpec, parse_model_spec
from dreamina_desktop.resources import model_file


def real_spec() -> ModelSpec:
    """The model as shipped."""
    return parse_model_spec(model_file().read_text("utf-8"))


def changed_spec(change: Callable[[Any], None]) -> ModelSpec:
    """The model with something in its file changed."""
    document = json.loads(model_file().read_text("utf-8"))
    change(document)
    return parse_model_spec(json.dumps(document))
