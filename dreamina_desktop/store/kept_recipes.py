"""What was made of pictures, as a part of the settings' document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dreamina_desktop.core.recipe import BLACK, WHITE, Fill, Frame, Recipe
from dreamina_desktop.core.settings import KeptRecipe

MOST_KEPT = 200

_COLOUR = re.compile(r"#[0-9a-f]{6}")


def recipes_document(recipes: tuple[KeptRecipe, ...]) -> list[dict[str, Any]]:
    """As JSON; the latest ``MOST_KEPT`` of them."""
    return [_document(kept) for kept in recipes[:MOST_KEPT]]


def read_recipes(document: object) -> tuple[KeptRecipe, ...]:
    """Those that make sense."""
    if not isinstance(document, list):
        return ()
    read = (_read(entry) for entry in document if isinstance(entry, dict))
    return tuple(kept for kept in read if kept is not None)


def _document(kept: KeptRecipe) -> dict[str, Any]:
    recipe = kept.recipe
    document: dict[str, Any] = {
        "source": kept.source,
        "mended": recipe.mended,
        "ground": recipe.ground,
    }
    frame = recipe.frame
    if frame is not None:
        document["frame"] = {
            "shape": frame.shape,
            "fill": frame.fill.value,
            "centre": [frame.centre_x, frame.centre_y],
            "zoom": frame.zoom,
            "colour": frame.colour,
        }
    return document


def _read(entry: Mapping[str, Any]) -> KeptRecipe | None:
    source = entry.get("source")
    if not isinstance(source, str) or not source:
        return None
    recipe = Recipe(
        mended=entry.get("mended") is True,
        ground=_colour(entry.get("ground"), WHITE),
        frame=_frame(entry.get("frame")),
    )
    return KeptRecipe(source, recipe)


def _frame(entry: object) -> Frame | None:
    if not isinstance(entry, dict):
        return None
    try:
        across, down = entry["centre"]
        return Frame(
            shape=str(entry["shape"]),
            fill=Fill(entry["fill"]),
            centre_x=float(across),
            centre_y=float(down),
            zoom=float(entry["zoom"]),
            colour=_colour(entry.get("colour"), BLACK),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _colour(text: object, usual: str) -> str:
    return text if isinstance(text, str) and _COLOUR.fullmatch(text) else usual
