"""What may be typed about how a picture is made ready, and the recipe that it comes to."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable

from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.recipe import BLACK, WHITE, Fill, Frame, Recipe
from dreamina_desktop.words import command_line_words as text

_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")


def add_recipe_options(
    command: argparse.ArgumentParser, spec: ModelSpec, say: Callable[..., str]
) -> None:
    """``--shape``, ``--fill``, ``--colour`` and ``--ground``."""
    shapes = [size.shape for size in spec.output_sizes]
    command.add_argument(
        "--shape", choices=shapes, metavar="SHAPE", help=say(text.SHAPE, " ".join(shapes))
    )
    command.add_argument(
        "--fill",
        choices=[fill.value for fill in Fill],
        default=Fill.CROP.value,
        help=say(text.FILL),
    )
    command.add_argument(
        "--colour", type=_colour, default=BLACK, metavar="#RRGGBB", help=say(text.BAR_COLOUR)
    )
    command.add_argument(
        "--ground", type=_colour, default=WHITE, metavar="#RRGGBB", help=say(text.GROUND)
    )


def recipe_of(parsed: argparse.Namespace, *, mended: bool) -> Recipe:
    """The recipe that was typed."""
    frame = None
    if parsed.shape is not None:
        frame = Frame(parsed.shape, Fill(parsed.fill), colour=parsed.colour)
    return Recipe(mended=mended, ground=parsed.ground, frame=frame)


def _colour(typed: str) -> str:
    found = _COLOUR.fullmatch(typed)
    if found is None:
        raise argparse.ArgumentTypeError(typed)
    return f"#{found[1].lower()}"
