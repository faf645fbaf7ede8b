"""A verdict as one line for people: the message, then what was measured and what is allowed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.validation import nearest_taken
from dreamina_desktop.core.verdict import Severity, Verdict, VerdictCode
from dreamina_desktop.words import Phrasebook

_HIGH = frozenset({VerdictCode.PICTURE_TOO_TALL, VerdictCode.PICTURE_TOO_LOW})
_AT_MOST = frozenset({VerdictCode.PICTURE_TOO_WIDE, VerdictCode.PICTURE_TOO_TALL})
_AT_LEAST = frozenset({VerdictCode.PICTURE_TOO_NARROW, VerdictCode.PICTURE_TOO_LOW})
_RATIOS = frozenset({VerdictCode.PICTURE_RATIO_WIDE, VerdictCode.PICTURE_RATIO_TALL})
_NARROW_SPACE = "\u202f"

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


def _row(verdict: Verdict, words: Phrasebook, measured: str) -> VerdictRow:
    text = words.verdict(verdict)
    if measured:
        text = f"{text} ({measured})"
    return VerdictRow(verdict.severity, text, words.cure(verdict.cure))


def _bound(verdict: Verdict, spec: ModelSpec) -> str:
    """What a side has to reach; "" for a verdict that is not about pixels."""
    translate = QCoreApplication.translate
    if verdict.code in _AT_MOST:
        return translate("VerdictRow", "at most {0}").format(_number(nearest_taken(verdict, spec)))
    if verdict.code in _AT_LEAST:
        return translate("VerdictRow", "at least {0}").format(_number(nearest_taken(verdict, spec)))
    return ""


def _sides(found: list[Verdict]) -> str:
    translate = QCoreApplication.translate
    # False comes first: the width.
    values = [_number(side.measured) for side in sorted(found, key=lambda one: one.code in _HIGH)]
    if len(values) > 1:
        return translate("VerdictRow", "{0} × {1} px").format(*values)
    if found[0].code in _HIGH:
        return translate("VerdictRow", "{0} px high").format(*values)
    return translate("VerdictRow", "{0} px wide").format(*values)


def _measured(verdict: Verdict) -> str:
    if verdict.measured is None or verdict.severity is Severity.FITS:
        return ""
    translate = QCoreApplication.translate
    if verdict.code is VerdictCode.PICTURE_FORMAT:
        return translate("VerdictRow", "this file: {0}").format(verdict.measured)
    measured, limit = _number(verdict.measured), _number(verdict.limit)
    if verdict.code is VerdictCode.PICTURE_BYTES:
        return translate("VerdictRow", "{0} bytes; limit {1} bytes").format(measured, limit)
    if verdict.code in _RATIOS:
        return translate("VerdictRow", "ratio {0}; limit {1}").format(measured, limit)
    # The other sentences hold their numbers themselves.
    return ""


def _number(value: float | str | None) -> str:
    """Thousands apart by a narrow space, as in 4 700 000."""
    if value is None or isinstance(value, str):
        return str(value)
    whole = int(value)
    return f"{whole:,}".replace(",", _NARROW_SPACE) if whole == value else f"{value:g}"
