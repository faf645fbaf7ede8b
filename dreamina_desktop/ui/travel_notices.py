"""Tells that a picture could not travel as it was to, with the other ways it can take."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject

from dreamina_desktop.core.error_codes import HOSTING_CODES
from dreamina_desktop.core.inline_refusal import INLINE_REFUSED
from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.ui.library.library_events import JobSeen
from dreamina_desktop.ui.notice import Notice, NoticeTone
from dreamina_desktop.ui.notices import NoticeDeed, Notices, PostedNotice
from dreamina_desktop.words import Phrasebook

_INLINE, _BUCKET = "inline", "bucket"


class TravelNotices(QObject):
    """One notice for each way. Says nothing about what happened before ``started``."""

    def __init__(
        self,
        notices: Notices,
        words: Phrasebook,
        started: datetime,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._notices = notices
        self._words = words
        self._started = started
        self._told: dict[str, str] = {}

    def notice(self, seen: JobSeen) -> None:
        """A changed row was read again."""
        job = seen.job
        if job is None or job.changed < self._started or job.deleted is not None:
            return
        code = "" if job.error is None else job.error.code
        if job.state is JobState.REJECTED and code == INLINE_REFUSED:
            self._tell(_INLINE, job)
        elif job.state is JobState.PREPARED and job.resting and code in HOSTING_CODES:
            self._tell(_BUCKET, job)
        elif self._told.get(_BUCKET) == job.id:
            # It goes on.
            del self._told[_BUCKET]
            self._notices.withdraw(_BUCKET)

    def _tell(self, topic: str, job: Job) -> None:
        if job.error is None or self._told.get(topic) == job.id:
            return
        self._told[topic] = job.id
        sentence = self._words.job_error(job.error)
        tone = NoticeTone.BAD if topic == _INLINE else NoticeTone.WARNING
        notice = Notice(sentence.text, tone, sentence.action, sentence.details)
        self._notices.post(
            PostedNotice(
                topic,
                notice,
                NoticeDeed.SET_UP_BUCKET,
                self.tr("Set up a bucket"),
                job.id,
                other=NoticeDeed.GIVE_ADDRESS if topic == _INLINE else None,
                other_label=self.tr("Use a public address"),
            )
        )
