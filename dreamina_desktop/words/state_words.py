"""What each state of a job is called."""

from __future__ import annotations

from dreamina_desktop.core.job import JobState
from dreamina_desktop.words.marking import QT_TRANSLATE_NOOP as MARK

STATE_WORDS: dict[JobState, str] = {
    JobState.DRAFT: MARK("words", "draft"),
    JobState.PREPARED: MARK("words", "waiting to be sent"),
    JobState.SUBMITTING: MARK("words", "being sent"),
    JobState.QUEUED: MARK("words", "in the queue"),
    JobState.RUNNING: MARK("words", "being made"),
    JobState.RESULT_SAVED: MARK("words", "made"),
    JobState.DOWNLOADING: MARK("words", "downloading"),
    JobState.DONE: MARK("words", "done"),
    JobState.FAILED: MARK("words", "failed"),
    JobState.CANCELLED: MARK("words", "cancelled"),
    JobState.EXPIRED: MARK("words", "asking for the result again"),
    JobState.REJECTED: MARK("words", "refused"),
    JobState.UNKNOWN: MARK("words", "in doubt"),
}
