"""What is said when the list of jobs was damaged, and how much of it came back."""

from __future__ import annotations

from dreamina_desktop.words.marking import QT_TRANSLATE_NOOP

REBUILT = QT_TRANSLATE_NOOP(
    "words",
    "The list of jobs was damaged and was rebuilt: {0} of {1} jobs came back, with {2} of {3} "
    "clips.",
)
NOTHING_SENT = QT_TRANSLATE_NOOP(
    "words", "Nothing of it is sent by itself: what was not sent yet asks you first."
)
KEPT_AT = QT_TRANSLATE_NOOP("words", "The damaged file was kept: {0}")
OPEN_FOLDER = QT_TRANSLATE_NOOP("words", "Open folder")
