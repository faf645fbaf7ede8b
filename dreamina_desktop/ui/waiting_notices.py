"""Asks, once for all of them, about jobs that wait for the user's word."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from dreamina_desktop.core.error_codes import CLIP_FOLDER_CODES
from dreamina_desktop.core.errors import DreaminaError, StateChangedError
from dreamina_desktop.core.job import Hold, Job, JobError, JobState
from dreamina_desktop.jobs.commands import Commands
from dreamina_desktop.ui.library.price_tags import PriceTags
from dreamina_desktop.ui.notice import Notice, NoticeTone
from dreamina_desktop.ui.notices import NoticeDeed, Notices, PostedNotice
from dreamina_desktop.ui.ports import Background, Outcome
from dreamina_desktop.ui.unfinished_jobs import UnfinishedJobs
from dreamina_desktop.words import Phrasebook
from dreamina_desktop.words.doubt_words import DOUBT, DOUBT_ACTION

_DOUBT, _WAITING, _FOLDER = "doubt", "waiting", "folder"


class WaitingNotices(QObject):
    """Three notices at most: what is in doubt, what can be sent when the user says so, and clips
    whose folder is gone, full or read-only: those go on by themselves when it is back.

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
        landing = self._without_folder()
        self._tell(_FOLDER, self._about_folder(landing) if landing else None)
        sendable = self._sendable()
        self._tell(_WAITING, self._about_waiting(sendable) if sendable else None)

    def send(self) -> None:
        """The user's word: send all that can be sent."""
        for job in self._sendable():
            self._background.run(partial(self._commands.release, job), self._on_released)

    def move(self, folder: str) -> None:
        """The user's word: clips that wait for their folder go into this one."""
        for job in self._without_folder():
            self._background.run(partial(self._commands.land_in, job.id, folder), self._on_moved)

    def _without_folder(self) -> tuple[Job, ...]:
        return tuple(
            job
            for job in self._unfinished.running
            if job.error is not None and job.error.code in CLIP_FOLDER_CODES
        )

    def _sendable(self) -> tuple[Job, ...]:
        return tuple(
            job
            for job in self._unfinished.waiting
            if job.state is JobState.PREPARED and job.hold in self._mended
        )

    def _about_doubt(self, jobs: tuple[Job, ...]) -> PostedNotice:
        text = self._words.say(DOUBT)
        if len(jobs) > 1:
            text = self.tr(
                "We do not know whether the provider accepted {0} requests. They may be running "
                "and may be charged. We will not send them again unless you say so."
            ).format(len(jobs))
        sentence = self._words.job(jobs[0])
        why = "" if sentence is None else sentence.details
        notice = Notice(text, NoticeTone.WARNING, self._words.say(DOUBT_ACTION), why)
        label = self.tr("Resolve…")
        return PostedNotice(_DOUBT, notice, NoticeDeed.RESOLVE, label, subject=jobs[0].id)

    def _about_folder(self, jobs: tuple[Job, ...]) -> PostedNotice:
        error = jobs[0].error or JobError("folder_missing")
        sentence = self._words.job_error(error)
        advice = sentence.action
        if len(jobs) > 1:
            others = self.tr("{0} clips wait for their folder.").format(len(jobs))
            advice = f"{others} {advice}"
        notice = Notice(sentence.text, NoticeTone.WARNING, advice)
        label = self.tr("Choose another folder…")
        return PostedNotice(_FOLDER, notice, NoticeDeed.CHOOSE_FOLDER, label, error.message)

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

    def _on_moved(self, outcome: Outcome[Job]) -> None:
        try:
            outcome.get()
        except StateChangedError:
            # Its folder has come back in the meantime.
            return
        except DreaminaError as error:
            self.error_met.emit(error)

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
