"""The picture process: decodes and encodes where nobody waits for the same interpreter.

Run as ``python -m dreamina_desktop.pictures.picture_child MODEL_FILE``; orders come on standard
input, answers go to standard output, its end is the end of its standard input.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO

from dreamina_desktop.core.errors import PictureMissingError
from dreamina_desktop.core.model_spec import ModelSpec, parse_model_spec
from dreamina_desktop.core.picture_step import Step
from dreamina_desktop.pictures.child_limits import limit_next_order, limit_this_process
from dreamina_desktop.pictures.looking import UnreadableError, look
from dreamina_desktop.pictures.picture_messages import (
    Answer,
    Failure,
    Order,
    Task,
    read_order,
    write_answer,
    write_step,
)
from dreamina_desktop.pictures.prepare import PillowPreparer


def serve(
    orders: IO[bytes], answers: IO[bytes], spec: ModelSpec, begin: Callable[[], None]
) -> None:
    """Carry out orders until there are no more; ``begin`` is called before each.

    Raises OSError when nobody listens any more.
    """
    preparer = PillowPreparer(spec)
    tell = partial(write_step, answers)
    while (order := read_order(orders)) is not None:
        begin()
        write_answer(answers, _answer(order, preparer, tell))


def main(arguments: list[str]) -> int:
    """The process, from its command line to its exit code."""
    spec = parse_model_spec(Path(arguments[0]).read_text("utf-8"))
    answers = _answers_alone()
    _warm_up()
    limit_this_process()
    serve(sys.stdin.buffer, answers, spec, limit_next_order)
    return 0


def _answer(order: Order, preparer: PillowPreparer, tell: Callable[[Step], None]) -> Answer:
    try:
        match order.task:
            case Task.PREPARE:
                return preparer.prepare(order.path, order.recipe, order.longest, tell)
            case Task.LOOK:
                return look(order.path, order.longest or 0)
    except PictureMissingError as error:
        return error.trouble
    except UnreadableError:
        return Failure.UNREADABLE
    except Exception:
        # Whatever it is, the next picture has nothing to do with it.
        return Failure.BROKEN


def _answers_alone() -> IO[bytes]:
    """Standard output for answers; what a library prints there goes where errors go."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


def _warm_up() -> None:
    """Load what the first picture would otherwise wait for."""
    from PIL import Image, ImageCms

    Image.preinit()
    del ImageCms


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
