"""Asks, once for all of them, about jobs that wait for the user's word."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from dreamina_desktop.core.errors import DreaminaError, StateChangedError
from dreamina_desktop.core.job import Hold, Job, JobError, JobState
from dreamina_desktop.jobs.commands import Commands
from dreamina_desktop.ui.library.price_tags import PriceTags
from dreamina_desktop.ui.notice import Notice, NoticeTone
from dreamina_desktop.ui.notices import NoticeDeed, Notices, PostedNotice
from dreamina_desktop.ui.ports import Background, Outcome
from dreamina_desktop.ui.unfinished_jobs import UnfinishedJobs
from dreamina_desktop.words import Phrasebook

_DOUBT, _WAITING = "doubt", "waiting"


class WaitingNotices(QObject):
    """Two notices at most: what is in doubt, and what can be sent when the user says so.

    What was dismissed is not said again until something about it has changed.
    """

    jobs_sent = Signal()
    """The user let what was held go on."""
    error_met = Signal(object)

    def __init__(
        self,
        unfinished: UnfinishedJobs,
        notices: Notices,
        commands: Commands,
        background: Background,
        tags: PriceTags,
        words: Phrasebook,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._unfinished = unfinished
        self._notices = notices
        self._commands = commands
        self._background = background
        self._tags = tags
        self._words = words
        self._mended: frozenset[Hold] = frozenset({Hold.CONFIRM})
        self._told: dict[str, PostedNotice | None] = {}
        unfinished.unfinished_changed.connect(self.look)
        tags.price_changed.connect(self.look)

    def set_mended(self, mended: frozenset[Hold]) -> None:
        """What the provider would refuse no more: a new key, a balance."""
        if mended != self._mended:
            self._mended = mended
            self.look()

    def look(self) -> None:
        """Say what is to be said now."""
        waiting = self._unfinished.waiting
        doubtful = tuple(job for job in waiting if job.state is JobState.UNKNOWN)
        self._tell(_DOUBT, self._about_doubt(doubtful) if doubtful else None)
        sendable = self._sendable()
        self._tell(_WAITING, self._about_waiting(sendable) if sendable else None)

    def send(self) -> None:
        """The user's word: send all that can be sent."""
        for job in self._sendable():
            self._background.run(partial(self._commands.release, job), self._on_released)

    def _sendable(self) -> tuple[Job, ...]:
        return tuple(
            job
            for job in self._unfinished.waiting
            if job.state is JobState.PREPARED and job.hold in self._mended
        )

    def _about_doubt(self, jobs: tuple[Job, ...]) -> PostedNotice:
        error = jobs[0].error or JobError("interrupted_submit")
        sentence = self._words.job_error(error)
        text = sentence.text
        if len(jobs) > 1:
            text = self.tr(
                "{0} requests are in doubt: they may be running, and may be charged. "
                "They are not sent again."
            ).format(len(jobs))
        notice = Notice(text, NoticeTone.WARNING, sentence.action, sentence.details)
        label = self.tr("Resolve…")
        return PostedNotice(_DOUBT, notice, NoticeDeed.RESOLVE, label, subject=jobs[0].id)

    def _about_waiting(self, jobs: tuple[Job, ...]) -> PostedNotice:
        cost = self._tags.cost(jobs)
        if len(jobs) == 1:
            text = self.tr("A request was kept and waits for your word.")
            label = self.tr("Send it · {0}").format(cost)
        else:
            text = self.tr("{0} requests were kept and wait for your word.").format(len(jobs))
            label = self.tr("Send all · {0}").format(cost)
        advice = self.tr("Nothing was sent yet, and nothing is charged until you say so.")
        notice = Notice(text, NoticeTone.WARNING, advice)
        return PostedNotice(_WAITING, notice, NoticeDeed.SEND_WAITING, label)

    def _tell(self, topic: str, posted: PostedNotice | None) -> None:
        if posted == self._told.get(topic):
            return
        self._told[topic] = posted
        if posted is None:
            self._notices.withdraw(topic)
        else:
            self._notices.post(posted)

    def _on_released(self, outcome: Outcome[Job]) -> None:
        try:
            outcome.get()
        except StateChangedError:
            # Somebody else was quicker; its card shows what is true now.
            return
        except DreaminaError as error:
            self.error_met.emit(error)
        else:
            self.jobs_sent.emit()
