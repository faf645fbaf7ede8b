"""Finds the files of ``resources/``: beside a checkout, inside a wheel, inside a frozen bundle."""

from __future__ import annotations

from pathlib import Path

MODEL_ID = "bytedance/dreamina-3-0/pro/image-to-video"
SAMPLE_PICTURE = "samples/coffee.png"


def resource(name: str) -> Path:
    """The path of one resource, named relative to ``resources/`` with forward slashes.

    Raises FileNotFoundError for a name that is not there.
    """
    package = Path(__file__).resolve().parent
    # A wheel and a frozen bundle carry the folder inside the package; a checkout has it beside.
    for folder in (package / "_resources", package.parent / "resources"):
        path = folder / name
        if path.is_file():
            return path
    raise FileNotFoundError(name)


def model_file(model_id: str = MODEL_ID) -> Path:
    """The file that describes a model; ``model_id`` as the API spells it."""
    return resource(f"models/{model_id}.json")
