"""What each state of a job is called."""

from __future__ import annotations

from dreamina_desktop.core.job import JobState
from dreamina_desktop.words.marking import QT_TRANSLATE_NOOP

STATE_WORDS: dict[JobState, str] = {
    JobState.DRAFT: QT_TRANSLATE_NOOP("words", "draft"),
    JobState.PREPARED: QT_TRANSLATE_NOOP("words", "waiting to be sent"),
    JobState.SUBMITTING: QT_TRANSLATE_NOOP("words", "being sent"),
    JobState.QUEUED: QT_TRANSLATE_NOOP("words", "in the queue"),
    JobState.RUNNING: QT_TRANSLATE_NOOP("words", "being made"),
    JobState.RESULT_SAVED: QT_TRANSLATE_NOOP("words", "made"),
    JobState.DOWNLOADING: QT_TRANSLATE_NOOP("words", "downloading"),
    JobState.DONE: QT_TRANSLATE_NOOP("words", "done"),
    JobState.FAILED: QT_TRANSLATE_NOOP("words", "failed"),
    JobState.CANCELLED: QT_TRANSLATE_NOOP("words", "cancelled"),
    JobState.EXPIRED: QT_TRANSLATE_NOOP("words", "asking for the result again"),
    JobState.REJECTED: QT_TRANSLATE_NOOP("words", "refused"),
    JobState.UNKNOWN: QT_TRANSLATE_NOOP("words", "in doubt"),
}
