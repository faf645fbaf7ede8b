"""``prepare PICTURE --output FILE``: what would be sent of a picture, as a file."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from dreamina_desktop.cli.check import prepared_lines, report_of
from dreamina_desktop.cli.exit_code import ExitCode
from dreamina_desktop.cli.json_output import print_prepared
from dreamina_desktop.core.errors import OutputFileError, OverOriginalError
from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.ports import PicturePreparer
from dreamina_desktop.core.recipe import Recipe
from dreamina_desktop.words import Phrasebook
from dreamina_desktop.words import command_line_words as text

_SUFFIXES = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",)}


def prepare(
    picture: Path,
    output: Path,
    recipe: Recipe,
    preparer: PicturePreparer,
    spec: ModelSpec,
    words: Phrasebook,
    *,
    as_json: bool,
) -> ExitCode:
    """Write the file where it can be sent; else ``output`` is left as it is.

    Raises OutputFileError.
    """
    if _is_same(picture, output):
        raise OverOriginalError(str(output))
    report = report_of(picture, recipe, preparer, spec)
    if report.is_sendable:
        _write(output, report.picture.data)
        report = replace(report, output=output.absolute())
    if as_json:
        print_prepared(report, words)
    else:
        lines = prepared_lines(report, words)
        if report.is_sendable:
            lines.append(words.say(text.WRITTEN, output))
            lines += _about_suffix(output, report.picture.facts.format, words)
        sys.stdout.write("\n".join(lines) + "\n")
    return ExitCode.DONE if report.is_sendable else ExitCode.INPUT


def _about_suffix(output: Path, name: str, words: Phrasebook) -> list[str]:
    suffixes = _SUFFIXES[name]
    if output.suffix.lower() in suffixes:
        return []
    return [words.say(text.OTHER_SUFFIX, name, suffixes[0])]


def _is_same(picture: Path, output: Path) -> bool:
    try:
        return picture.samefile(output)
    except OSError:
        # Mostly since there is no such file yet.
        return False


def _write(output: Path, data: bytes) -> None:
    """Whole, or not at all."""
    part = output.with_name(f".{output.name}.part")
    try:
        try:
            part.write_bytes(data)
            part.replace(output)
        finally:
            part.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        raise OutputFileError(str(output)) from error
