"""A verdict as one line for people: the message, then what was measured and what is allowed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from dreamina_desktop.core.verdict import Severity, Verdict, VerdictCode
from dreamina_desktop.words import Phrasebook

_PIXELS = frozenset(
    {
        VerdictCode.PICTURE_TOO_WIDE,
        VerdictCode.PICTURE_TOO_TALL,
        VerdictCode.PICTURE_TOO_NARROW,
        VerdictCode.PICTURE_TOO_LOW,
    }
)
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


def verdict_row(verdict: Verdict, words: Phrasebook, *, is_final: bool = True) -> VerdictRow:
    """The row of a verdict; ``is_final`` False while the picture is still being read."""
    translate = QCoreApplication.translate
    text = words.verdict(verdict)
    if verdict.code is VerdictCode.PICTURE_FITS and not is_final:
        text += " " + translate("VerdictRow", "Still being read to its end…")
    measured = _measured(verdict)
    if measured:
        text = f"{text} ({measured})"
    return VerdictRow(verdict.severity, text, words.cure(verdict.cure))


def _measured(verdict: Verdict) -> str:
    if verdict.measured is None or verdict.severity is Severity.FITS:
        return ""
    translate = QCoreApplication.translate
    if verdict.code is VerdictCode.PICTURE_FORMAT:
        return translate("VerdictRow", "this file: {0}").format(verdict.measured)
    measured, limit = _number(verdict.measured), _number(verdict.limit)
    if verdict.code is VerdictCode.PICTURE_BYTES:
        return translate("VerdictRow", "{0} bytes; limit {1} bytes").format(measured, limit)
    if verdict.code in _PIXELS:
        return translate("VerdictRow", "{0} px; limit {1} px").format(measured, limit)
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
