"""The picture process: decodes and encodes where nobody waits for the same interpreter.

Run as ``python -m dreamina_desktop.pictures.picture_child MODEL_FILE``; orders come on standard
input, answers go to standard output, its end is the end of its standard input.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO

from dreamina_desktop.core.errors import PictureMissingError
from dreamina_desktop.core.model_spec import ModelSpec, parse_model_spec
from dreamina_desktop.pictures.fit import NotFittableError, fitted_copy
from dreamina_desktop.pictures.picture_messages import (
    Answer,
    Failure,
    Order,
    Task,
    read_order,
    write_answer,
)
from dreamina_desktop.pictures.prepare import PillowPreparer

_NICENESS = 5


def serve(orders: IO[bytes], answers: IO[bytes], spec: ModelSpec) -> None:
    """Carry out orders until there are no more. Raises OSError when nobody listens any more."""
    preparer = PillowPreparer(spec.byte_limit())
    while (order := read_order(orders)) is not None:
        write_answer(answers, _answer(order, preparer, spec))


def main(arguments: list[str]) -> int:
    """The process, from its command line to its exit code."""
    spec = parse_model_spec(Path(arguments[0]).read_text("utf-8"))
    if hasattr(os, "nice"):
        # The window comes first where there are few cores.
        os.nice(_NICENESS)
    _warm_up()
    serve(sys.stdin.buffer, sys.stdout.buffer, spec)
    return 0


def _answer(order: Order, preparer: PillowPreparer, spec: ModelSpec) -> Answer:
    try:
        if order.task is Task.PREPARE:
            return preparer.prepare(order.path)
        return fitted_copy(order.path, spec)
    except PictureMissingError:
        return Failure.MISSING
    except NotFittableError:
        return Failure.NOT_FITTABLE


def _warm_up() -> None:
    """Load what the first picture would otherwise wait for."""
    from PIL import JpegImagePlugin, PngImagePlugin

    del JpegImagePlugin, PngImagePlugin


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
