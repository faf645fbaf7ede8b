"""``check PICTURE``: whether and how the model will take a file, as it is."""

from __future__ import annotations

import sys
from pathlib import Path

from dreamina_desktop.cli.exit_code import ExitCode
from dreamina_desktop.cli.json_output import print_check
from dreamina_desktop.core.errors import PictureMissingError
from dreamina_desktop.core.framing import Framing, frame_picture
from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.picture import PictureFacts
from dreamina_desktop.core.validation import judge_picture
from dreamina_desktop.core.verdict import Cure, Severity, Verdict, VerdictCode, worst
from dreamina_desktop.words import Phrasebook
from dreamina_desktop.words import command_line_words as text


def check(picture: Path, spec: ModelSpec, words: Phrasebook, *, as_json: bool) -> ExitCode:
    """Judge one file and print what was found."""
    from dreamina_desktop.pictures.probe import decode_to_end, probe

    try:
        facts = decode_to_end(probe(picture), picture)
        verdicts = judge_picture(facts, spec)
    except PictureMissingError:
        facts = PictureFacts("", 0, 0, 0)
        missing = VerdictCode.PICTURE_MISSING
        verdicts = (Verdict(missing, Severity.REFUSED, cure=Cure.CHOOSE_PICTURE),)
    framing = None
    if facts.width > 0 and facts.height > 0:
        framing = frame_picture(facts.width, facts.height, spec.output_sizes)
    if as_json:
        print_check(facts, framing, verdicts, words)
    else:
        sys.stdout.write("\n".join(_lines(facts, framing, verdicts, words)) + "\n")
    return ExitCode.INPUT if worst(verdicts) is Severity.REFUSED else ExitCode.DONE


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
