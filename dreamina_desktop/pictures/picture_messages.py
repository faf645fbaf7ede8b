"""What the window's process and the picture process say to each other, over two pipes.

An order is one line of JSON; an answer is one line of JSON and the bytes it announces. No pickle:
the answer comes from where hostile files are decoded.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from dreamina_desktop.core.picture import PictureFacts, PreparedPicture
from dreamina_desktop.pictures.fit import FittedCopy


class Task(StrEnum):
    """What the child can do with a file."""

    PREPARE = "prepare"
    FIT = "fit"


class Failure(StrEnum):
    """Why it did not."""

    MISSING = "missing"
    NOT_FITTABLE = "not_fittable"


@dataclass(frozen=True, slots=True)
class Order:
    """One task on one file."""

    task: Task
    path: Path


type Answer = PreparedPicture | FittedCopy | Failure


class BrokenPipeWordsError(Exception):
    """The other side went away, or spoke nonsense, in the middle of a message."""


def write_order(pipe: IO[bytes], order: Order) -> None:
    """Raises OSError when nobody listens."""
    # JSON escapes what is no Unicode in a file's name, and brings it back.
    _write_line(pipe, {"task": order.task.value, "path": str(order.path)})
    pipe.flush()


def read_order(pipe: IO[bytes]) -> Order | None:
    """None when no further order will come. Raises BrokenPipeWordsError."""
    line = pipe.readline()
    if not line:
        return None
    said = _parsed(line)
    try:
        return Order(Task(said["task"]), Path(said["path"]))
    except (KeyError, TypeError, ValueError) as error:
        raise BrokenPipeWordsError from error


def write_answer(pipe: IO[bytes], answer: Answer) -> None:
    """Raises OSError when nobody listens."""
    if isinstance(answer, Failure):
        _write_line(pipe, {"failure": answer.value})
    elif isinstance(answer, FittedCopy):
        _write_line(pipe, {"suffix": answer.suffix, "length": len(answer.data)})
        pipe.write(answer.data)
    else:
        said = {
            "media_type": answer.media_type,
            "sha256": answer.sha256,
            "unchanged": answer.unchanged,
            "facts": asdict(answer.facts),
            "length": len(answer.data),
        }
        _write_line(pipe, said)
        pipe.write(answer.data)
    pipe.flush()


def read_answer(pipe: IO[bytes]) -> Answer:
    """Raises BrokenPipeWordsError."""
    said = _parsed(pipe.readline())
    try:
        if "failure" in said:
            return Failure(said["failure"])
        data = pipe.read(int(said["length"]))
        if len(data) < said["length"]:
            raise BrokenPipeWordsError
        if "suffix" in said:
            return FittedCopy(data, str(said["suffix"]))
        return PreparedPicture(
            data=data,
            media_type=str(said["media_type"]),
            sha256=str(said["sha256"]),
            facts=PictureFacts(**said["facts"]),
            unchanged=bool(said["unchanged"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BrokenPipeWordsError from error


def _write_line(pipe: IO[bytes], said: dict[str, Any]) -> None:
    pipe.write(json.dumps(said).encode("ascii") + b"\n")


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except ValueError as error:
        raise BrokenPipeWordsError from error
    if not isinstance(said, dict):
        raise BrokenPipeWordsError
    return said
