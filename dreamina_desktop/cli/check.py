"""``check PICTURE``: whether and how the model will take a file, as it is or prepared."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from dreamina_desktop.cli.exit_code import ExitCode
from dreamina_desktop.cli.json_output import PreparedReport, print_check, print_prepared
from dreamina_desktop.core.errors import PictureMissingError
from dreamina_desktop.core.framing import Framing, frame_picture
from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.picture import PictureFacts, facts_alone
from dreamina_desktop.core.ports import PicturePreparer
from dreamina_desktop.core.recipe import Recipe
from dreamina_desktop.core.validation import judge_missing, judge_picture
from dreamina_desktop.core.verdict import Severity, Verdict, worst
from dreamina_desktop.words import Phrasebook
from dreamina_desktop.words import command_line_words as text

_NOTHING = PictureFacts("", 0, 0, 0)


def check(
    picture: Path, preparer: PicturePreparer, spec: ModelSpec, words: Phrasebook, *, as_json: bool
) -> ExitCode:
    """Judge one file as it is and print what was found."""
    from dreamina_desktop.pictures.probe import is_decodable, probe

    try:
        facts = probe(picture)
        if is_decodable(facts):
            # Whether all of it is there only its pixels tell.
            facts = replace(facts, decoded=preparer.prepare(picture).facts.decoded)
        verdicts = judge_picture(facts, spec)
    except PictureMissingError as error:
        facts, verdicts = _NOTHING, judge_missing(error.trouble)
    framing = _framing(facts, spec)
    if as_json:
        print_check(facts, framing, verdicts, words)
    else:
        sys.stdout.write("\n".join(_lines(facts, framing, verdicts, words)) + "\n")
    return ExitCode.INPUT if worst(verdicts) is Severity.REFUSED else ExitCode.DONE


def check_prepared(
    picture: Path,
    recipe: Recipe,
    preparer: PicturePreparer,
    spec: ModelSpec,
    words: Phrasebook,
    *,
    as_json: bool,
) -> ExitCode:
    """Judge what ``prepare`` would make of it."""
    report = report_of(picture, recipe, preparer, spec)
    if as_json:
        print_prepared(report, words)
    else:
        sys.stdout.write("\n".join(prepared_lines(report, words)) + "\n")
    return ExitCode.DONE if report.is_sendable else ExitCode.INPUT


def report_of(
    picture: Path, recipe: Recipe, preparer: PicturePreparer, spec: ModelSpec
) -> PreparedReport:
    """Make it ready, and judge what came of it."""
    try:
        made = preparer.prepare(picture, recipe)
    except PictureMissingError as error:
        return PreparedReport(facts_alone(_NOTHING), None, judge_missing(error.trouble))
    return PreparedReport(made, _framing(made.facts, spec), judge_picture(made.facts, spec))


def prepared_lines(report: PreparedReport, words: Phrasebook) -> list[str]:
    """What was done, step by step, and what is thought of the result."""
    said = [words.change(change) for change in report.picture.changes]
    return said + _lines(report.picture.facts, report.framing, report.verdicts, words)


def _framing(facts: PictureFacts, spec: ModelSpec) -> Framing | None:
    if facts.width <= 0 or facts.height <= 0:
        return None
    return frame_picture(facts.width, facts.height, spec.output_sizes)


def _lines(
    facts: PictureFacts, framing: Framing | None, verdicts: tuple[Verdict, ...], words: Phrasebook
) -> list[str]:
    lines = []
    if framing is not None:
        lines.append(
            words.say(text.CHECK_FACTS, facts.format, facts.width, facts.height, facts.bytes)
        )
        output = framing.output
        lost = round(framing.lost * 100)
        lines.append(words.say(text.CHECK_SHAPE, output.shape, output.width, output.height, lost))
    for verdict in verdicts:
        measured = ""
        if verdict.limit is not None:
            measured = words.say(text.MEASURED, verdict.measured, verdict.limit)
        parts = (words.verdict(verdict), measured, words.cure(verdict.cure))
        lines.append(" ".join(part for part in parts if part))
    refused = worst(verdicts) is Severity.REFUSED
    lines.append(words.say(text.NOT_SENDABLE if refused else text.SENDABLE))
    return lines
