"""Cancelling jobs, and telling the truth about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from dreamina_desktop.core.errors import DreaminaError
from dreamina_desktop.core.job import FINAL, Job, JobState
from dreamina_desktop.jobs.commands import Commands
from dreamina_desktop.ui.library.library_events import JobSeen
from dreamina_desktop.ui.notice import Notice, NoticeTone
from dreamina_desktop.ui.ports import Background, Outcome
from dreamina_desktop.words import Phrasebook

CANCEL_REFUSED = "cancel_refused"
"""The code on a row whose cancel the provider answered with an error: see ``jobs.asking``."""


class Cancelling(QObject):
    """Notes the wish; what became of it is known once the row has been answered."""

    notice_raised = Signal(object)
    error_met = Signal(object)

    def __init__(
        self,
        commands: Commands,
        background: Background,
        words: Phrasebook,
        row_changed: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._commands = commands
        self._background = background
        self._words = words
        self._row_changed = row_changed
        self._asked: set[str] = set()

    def cancel(self, jobs: tuple[Job, ...]) -> None:
        """Cancel these jobs as far as they can be."""
        for job in jobs:
            # Before the row is changed: the answer may come at any moment after it.
            self._asked.add(job.id)
            self._background.run(partial(self._commands.cancel, job.id), self._on_noted)

    def notice(self, seen: JobSeen) -> None:
        """A row has changed: perhaps it is the answer."""
        job = seen.job
        if seen.job_id not in self._asked or (job is not None and job.cancel_wanted):
            return
        self._asked.discard(seen.job_id)
        if job is None or job.state is JobState.UNKNOWN:
            # The card says that it is in doubt.
            return
        if job.state is JobState.CANCELLED:
            self.notice_raised.emit(Notice(self.tr("Cancelled.")))
        elif job.error is not None and job.error.code == CANCEL_REFUSED:
            sentence = self._words.job_error(job.error)
            self.notice_raised.emit(
                Notice(sentence.text, NoticeTone.WARNING, sentence.action, sentence.details)
            )
        elif job.state is JobState.DONE or job.state not in FINAL:
            text = self.tr("Too late: it is already being made and will arrive.")
            self.notice_raised.emit(Notice(text, NoticeTone.WARNING))

    def _on_noted(self, outcome: Outcome[Job]) -> None:
        try:
            job = outcome.get()
        except DreaminaError as error:
            self.error_met.emit(error)
        else:
            self._row_changed(job.id)
