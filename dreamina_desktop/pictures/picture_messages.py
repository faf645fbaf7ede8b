"""What the window's process and the picture process say to each other, over two pipes.

An order is one line of JSON. An answer is any number of lines that tell a step, then one line and
the bytes that it announces. No pickle, and nothing is believed: the answer comes from where
hostile files are decoded.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from dreamina_desktop.core.picture import PictureView, PreparedPicture
from dreamina_desktop.core.picture_step import Step
from dreamina_desktop.core.picture_trouble import PictureTrouble
from dreamina_desktop.core.recipe import Fill, Frame, Recipe
from dreamina_desktop.pictures.answer_reading import NonsenseError, read_prepared, read_view

_LONGEST_LINE = 2**17
_MOST_STEPS = 1000
_PLAIN = Recipe()


class Task(StrEnum):
    """What the child can do with a file."""

    PREPARE = "prepare"
    LOOK = "look"


class Failure(StrEnum):
    """Why there was nothing to be made of a file that can be opened."""

    UNREADABLE = "unreadable"
    BROKEN = "broken"
    """Memory ran out, or a fault of ours: the file is one that could not be decoded."""


@dataclass(frozen=True, slots=True)
class Order:
    """One task on one file.

    ``longest`` is the most pixels a side of the view that comes with the answer; None for no view.
    """

    task: Task
    path: Path
    recipe: Recipe = _PLAIN
    longest: int | None = None


type Answer = PreparedPicture | PictureView | PictureTrouble | Failure


class BrokenPipeWordsError(Exception):
    """The other side went away, or spoke nonsense, in the middle of a message."""


def write_order(pipe: IO[bytes], order: Order) -> None:
    """Raises OSError when nobody listens."""
    said = {
        "task": order.task.value,
        # JSON escapes what is no Unicode in a file's name, and brings it back.
        "path": str(order.path),
        "recipe": asdict(order.recipe),
        "longest": order.longest,
    }
    _write_line(pipe, said)
    pipe.flush()


def read_order(pipe: IO[bytes]) -> Order | None:
    """None when no further order will come. Raises BrokenPipeWordsError."""
    line = pipe.readline()
    if not line:
        return None
    said = _parsed(line)
    try:
        recipe, frame = said["recipe"], said["recipe"]["frame"]
        if frame is not None:
            frame = Frame(**{**frame, "fill": Fill(frame["fill"])})
        return Order(
            Task(said["task"]),
            Path(said["path"]),
            Recipe(recipe["mended"], recipe["ground"], frame),
            said["longest"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BrokenPipeWordsError from error


def write_step(pipe: IO[bytes], step: Step) -> None:
    """Raises OSError when nobody listens."""
    _write_line(pipe, {"step": step.value})
    pipe.flush()


def write_answer(pipe: IO[bytes], answer: Answer) -> None:
    """Raises OSError when nobody listens."""
    said: dict[str, Any]
    parts: tuple[bytes, ...] = ()
    match answer:
        case Failure():
            said = {"failure": answer.value}
        case PictureTrouble():
            said = {"trouble": answer.value}
        case PictureView():
            said, parts = {"view": _view_words(answer)}, (answer.pixels,)
        case PreparedPicture():
            said = {
                "media_type": answer.media_type,
                "unchanged": answer.unchanged,
                "facts": asdict(answer.facts),
                "changes": [[one.kind.value, one.before, one.after] for one in answer.changes],
                "length": len(answer.data),
                "view": None if answer.view is None else _view_words(answer.view),
            }
            parts = (answer.data, b"" if answer.view is None else answer.view.pixels)
    _write_line(pipe, said)
    for part in parts:
        pipe.write(part)
    pipe.flush()


def read_answer(
    pipe: IO[bytes], order: Order, tell: Callable[[Step], None] = lambda _: None
) -> Answer:
    """The answer to ``order``, and nothing that it did not ask for. Raises BrokenPipeWordsError."""
    try:
        said = _parsed(pipe.readline(_LONGEST_LINE))
        for _ in range(_MOST_STEPS):
            if "step" not in said:
                return _answer(pipe, order, said)
            tell(Step(said["step"]))
            said = _parsed(pipe.readline(_LONGEST_LINE))
    except (KeyError, TypeError, ValueError, NonsenseError) as error:
        raise BrokenPipeWordsError from error
    raise BrokenPipeWordsError


def _answer(pipe: IO[bytes], order: Order, said: dict[str, Any]) -> Answer:
    if "failure" in said:
        return Failure(said["failure"])
    if "trouble" in said:
        return PictureTrouble(said["trouble"])
    match order.task:
        case Task.PREPARE:
            return read_prepared(pipe, said, order.longest)
        case Task.LOOK:
            return read_view(pipe, said["view"], order.longest)


def _view_words(view: PictureView) -> dict[str, Any]:
    return {"width": view.width, "height": view.height, "has_alpha": view.has_alpha}


def _write_line(pipe: IO[bytes], said: dict[str, Any]) -> None:
    pipe.write(json.dumps(said).encode("ascii") + b"\n")


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BrokenPipeWordsError from error
    if not isinstance(said, dict):
        raise BrokenPipeWordsError
    return said
