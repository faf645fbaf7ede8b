"""Why there is nothing to be seen of a file, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from dreamina_desktop.core.validation import judge_missing
from dreamina_desktop.core.verdict import Severity, Verdict, VerdictCode
from dreamina_desktop.ui.compose.glance import Glance
from dreamina_desktop.words import Phrasebook


def why_unseen(glance: Glance, words: Phrasebook) -> str:
    """A sentence; "" for a picture that can be seen."""
    if glance.image is not None:
        return ""
    if glance.trouble is not None:
        (verdict,) = judge_missing(glance.trouble)
        return words.verdict(verdict)
    facts = glance.facts
    if facts is not None and not facts.bytes:
        return words.verdict(Verdict(VerdictCode.PICTURE_EMPTY, Severity.REFUSED))
    if facts is None or not facts.format:
        return QCoreApplication.translate("Unseen", "No picture was found in this file.")
    return words.verdict(Verdict(VerdictCode.PICTURE_UNREADABLE, Severity.REFUSED))
