"""The JSON about files that were made from clips. Its keys are a contract."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from dreamina_desktop.core.export_result import Exported, Joined, StillFile
from dreamina_desktop.video.film_clip import FilmClip

_FRAME = ("job_id", "clip", "frame", "output", "width", "height", "bytes")
_EXPORT = (
    "job_id", "clip", "in", "out", "format", "output", "frames", "width", "height", "bytes",
    "copied",
)  # fmt: skip
_JOIN = ("clips", "output", "frames", "left_out", "width", "height", "bytes")
_KEYS = {"frame": _FRAME, "export": _EXPORT, "join": _JOIN}


def print_frame(clip: FilmClip, number: int, made: StillFile) -> None:
    """``number`` is counted from 1."""
    values = (
        clip.job_id, str(clip.path), number, str(made.path), made.width, made.height, made.bytes,
    )  # fmt: skip
    _print(_FRAME, values)


def print_export(clip: FilmClip, made: Exported) -> None:
    """The in and the out point are printed counted from 1."""
    values = (
        clip.job_id, str(clip.path), made.cut.first + 1, made.cut.last + 1, made.kind.value,
        str(made.path),
        made.frames, made.width, made.height, made.bytes, made.copied,
    )  # fmt: skip
    _print(_EXPORT, values)


def print_join(clips: Sequence[FilmClip], made: Joined) -> None:
    """In the order of the film."""
    named = [{"job_id": clip.job_id, "clip": str(clip.path)} for clip in clips]
    values = (
        named, str(made.path), made.frames, made.left_out, made.width, made.height, made.bytes,
    )  # fmt: skip
    _print(_JOIN, values)


def print_nothing_made(command: str, code: str, message: str) -> None:
    """The same keys, with nothing in them but the error."""
    keys = _KEYS[command]
    _write({**dict.fromkeys(keys), "error": {"code": code, "message": message}})


def _print(keys: Sequence[str], values: Sequence[object]) -> None:
    _write({**dict(zip(keys, values, strict=True)), "error": None})


def _write(document: object) -> None:
    # ASCII only: a terminal's or pipe's encoding must not be able to spoil it.
    sys.stdout.write(json.dumps(document, indent=2) + "\n")
    sys.stdout.flush()
