"""From an error to the notice that tells of it, with the one action that helps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject

from dreamina_desktop.core.error_codes import DISK_CODES
from dreamina_desktop.core.errors import AnswerLateError, AnswerLostError, DreaminaError
from dreamina_desktop.core.job import JobError
from dreamina_desktop.ui.notice import Notice, NoticeTone
from dreamina_desktop.ui.notices import NoticeDeed, PostedNotice
from dreamina_desktop.ui.status_bar import Connection
from dreamina_desktop.words import Phrasebook, Sentence

CONNECTIONS = {
    "offline": Connection.OFFLINE,
    "name_not_found": Connection.NO_NAME,
    "not_sent": Connection.NOT_REACHED,
    "connect_time_out": Connection.NO_ANSWER,
    "answer_late": Connection.NO_ANSWER,
    "connection_lost": Connection.NO_ANSWER,
    "answer_lost": Connection.NO_ANSWER,
    "tls_failed": Connection.NOT_SECURE,
    "certificate_refused": Connection.NOT_SECURE,
    "proxy_trouble": Connection.PROXY,
    "proxy_login": Connection.PROXY,
    "portal_page": Connection.IN_BETWEEN,
    "answer_unreadable": Connection.IN_BETWEEN,
    "provider_trouble": Connection.TROUBLED,
    "too_fast": Connection.TOO_FAST,
    "download_failed": Connection.DOWNLOAD,
    "detour_refused": Connection.DOWNLOAD,
}
"""Trouble on the way that passes by itself, and how the status bar calls it."""
KEY_CODES = frozenset({"key_missing", "key_refused", "keyring_unusable"})

KEY, BALANCE, CONNECTION, DISK, WORK, BUG = "key", "balance", "connection", "disk", "work", "bug"


@dataclass(frozen=True, slots=True)
class _Shape:
    topic: str
    tone: NoticeTone
    deed: NoticeDeed | None


_SHAPES = {
    **{code: _Shape(KEY, NoticeTone.BAD, NoticeDeed.OPEN_SETTINGS) for code in KEY_CODES},
    **{code: _Shape(CONNECTION, NoticeTone.WARNING, NoticeDeed.ASK_AGAIN) for code in CONNECTIONS},
    # Whoever is asked to wait is offered nothing but to wait.
    "too_fast": _Shape(CONNECTION, NoticeTone.WARNING, None),
    "no_balance": _Shape(BALANCE, NoticeTone.BAD, NoticeDeed.OPEN_PROVIDER_PAGE),
    **{code: _Shape(DISK, NoticeTone.BAD, NoticeDeed.RETRY_WORK) for code in DISK_CODES},
    "practice_unavailable": _Shape(WORK, NoticeTone.BAD, NoticeDeed.RETRY_WORK),
    "profile_busy": _Shape(WORK, NoticeTone.INFO, None),
}


class ErrorNotices(QObject):
    """Knows which action belongs to which error; the sentences come from the phrase book."""

    def __init__(self, words: Phrasebook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    def of(self, error: Exception) -> PostedNotice:
        """The notice of an error; anything outside the error tree is a bug of ours."""
        if isinstance(error, DreaminaError):
            return self._post(error.code, self._words.error(error))
        return self.bug(type(error).__name__)

    def of_job_error(self, error: JobError) -> PostedNotice:
        """The notice of what an engine's event carries."""
        return self._post(error.code, self._words.job_error(error))

    def bug(self, details: str, folder: Path | None = None) -> PostedNotice:
        """The notice of a bug; ``details`` hold nothing secret, ``folder`` has the crash log."""
        sentence = self._words.unforeseen()
        notice = Notice(sentence.text, NoticeTone.BAD, sentence.action, details)
        if folder is None:
            return PostedNotice(BUG, notice)
        deed = NoticeDeed.OPEN_FOLDER
        return PostedNotice(BUG, notice, deed, self._label(deed), subject=str(folder))

    def _post(self, code: str, sentence: Sentence) -> PostedNotice:
        shape = _SHAPES.get(code, _Shape(code, NoticeTone.BAD, None))
        if code == AnswerLostError.code:
            # Its words are for the card: here it is said of questions, which cost nothing.
            late = self._words.job_error(JobError(AnswerLateError.code))
            sentence = replace(late, details=sentence.details)
        notice = Notice(sentence.text, shape.tone, sentence.action, sentence.details)
        label = self._label(shape.deed) if shape.deed is not None else ""
        return PostedNotice(shape.topic, notice, shape.deed, label)

    def _label(self, deed: NoticeDeed) -> str:
        return {
            NoticeDeed.OPEN_SETTINGS: self.tr("Open settings"),
            NoticeDeed.OPEN_PROVIDER_PAGE: self.tr("Open the provider's page"),
            NoticeDeed.ASK_AGAIN: self.tr("Try now"),
            NoticeDeed.RETRY_WORK: self.tr("Try again"),
            NoticeDeed.OPEN_FOLDER: self.tr("Show the crash log"),
        }[deed]
