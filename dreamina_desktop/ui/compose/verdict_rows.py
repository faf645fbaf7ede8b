"""A verdict as one line for people: the message, then what was measured and what is allowed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.seed import RANDOM_SEED
from dreamina_desktop.core.validation import nearest_taken
from dreamina_desktop.core.verdict import Severity, Verdict, VerdictCode
from dreamina_desktop.ui.compose.measured import megabytes, number, pixels, side
from dreamina_desktop.ui.compose.picture_formats import format_name
from dreamina_desktop.words import Phrasebook

_HIGH = frozenset({VerdictCode.PICTURE_TOO_TALL, VerdictCode.PICTURE_TOO_LOW})
_AT_MOST = frozenset({VerdictCode.PICTURE_TOO_WIDE, VerdictCode.PICTURE_TOO_TALL})
_AT_LEAST = frozenset({VerdictCode.PICTURE_TOO_NARROW, VerdictCode.PICTURE_TOO_LOW})
_RATIOS = frozenset({VerdictCode.PICTURE_RATIO_WIDE, VerdictCode.PICTURE_RATIO_TALL})

ICONS = {Severity.FITS: "fits", Severity.WARNING: "warning", Severity.REFUSED: "refused"}
"""The icon of each severity."""


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """``text`` begins with the message; ``cure`` says what to do, "" for nothing."""

    severity: Severity
    text: str
    cure: str = ""


def picture_rows(
    verdicts: tuple[Verdict, ...], spec: ModelSpec, words: Phrasebook, *, is_final: bool
) -> tuple[VerdictRow, ...]:
    """A row for each verdict on a picture; where both sides miss the same limit they share one.

    ``is_final`` False while the picture is still being read.
    """
    groups: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in verdicts:
        bound = _bound(verdict, spec) or verdict.code.value
        groups.setdefault((words.verdict(verdict), bound), []).append(verdict)
    rows = []
    for (text, bound), found in groups.items():
        first = found[0]
        if first.code in _AT_MOST | _AT_LEAST:
            rows.append(_row(first, words, f"{_sides(found)}, {bound}"))
        elif first.code is VerdictCode.PICTURE_FITS and not is_final:
            reading = QCoreApplication.translate("VerdictRow", "Still being read to its end…")
            rows.append(VerdictRow(first.severity, f"{text} {reading}"))
        else:
            rows.append(verdict_row(first, words))
    return tuple(rows)


def verdict_row(verdict: Verdict, words: Phrasebook) -> VerdictRow:
    """The row of a verdict that is not about pixels."""
    return _row(verdict, words, _measured(verdict))


def seed_row(verdict: Verdict, spec: ModelSpec, words: Phrasebook) -> VerdictRow:
    """The row of a verdict on a seed: the whole range where the seed is outside of it."""
    if verdict.code is not VerdictCode.SEED_OUT_OF_RANGE:
        return verdict_row(verdict, words)
    # The lowest "seed" only asks for a random one.
    lowest = max(spec.seed_lowest, RANDOM_SEED + 1)
    text = QCoreApplication.translate(
        "VerdictRow", "Seeds go from {0} to {1}; the model may refuse {2}."
    ).format(lowest, spec.seed_highest, verdict.measured)
    return VerdictRow(verdict.severity, text, words.cure(verdict.cure))


def _row(verdict: Verdict, words: Phrasebook, measured: str) -> VerdictRow:
    text = words.verdict(verdict)
    if measured:
        text = f"{text} ({measured})"
    return VerdictRow(verdict.severity, text, words.cure(verdict.cure))


def _bound(verdict: Verdict, spec: ModelSpec) -> str:
    """What a side has to reach; "" for a verdict that is not about pixels."""
    translate = QCoreApplication.translate
    if verdict.code in _AT_MOST:
        return translate("VerdictRow", "at most {0}").format(side(nearest_taken(verdict, spec)))
    if verdict.code in _AT_LEAST:
        return translate("VerdictRow", "at least {0}").format(side(nearest_taken(verdict, spec)))
    return ""


def _sides(found: list[Verdict]) -> str:
    translate = QCoreApplication.translate
    # False comes first: the width.
    ordered = sorted(found, key=lambda one: one.code in _HIGH)
    size = pixels(*(one.measured for one in ordered))
    if len(ordered) > 1:
        return size
    if found[0].code in _HIGH:
        return translate("VerdictRow", "{0} high").format(size)
    return translate("VerdictRow", "{0} wide").format(size)


def _measured(verdict: Verdict) -> str:
    translate = QCoreApplication.translate
    measured, limit = verdict.measured, verdict.limit
    if verdict.code is VerdictCode.PICTURE_FORMAT:
        if not measured:
            return translate("VerdictRow", "no picture was found in this file")
        return translate("VerdictRow", "this file is {0}").format(format_name(str(measured)))
    if isinstance(measured, str | None) or isinstance(limit, str | None):
        return ""
    if verdict.code is VerdictCode.PICTURE_BYTES:
        return translate("VerdictRow", "{0}, limit {1}").format(*megabytes(measured, limit))
    if verdict.code in _RATIOS:
        return translate("VerdictRow", "ratio {0}, limit {1}").format(
            number(measured), number(limit)
        )
    # The other sentences hold their numbers themselves.
    return ""
