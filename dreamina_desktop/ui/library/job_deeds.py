"""Carries out what is done with jobs; each commit and each file off the GUI thread."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from dreamina_desktop.core.errors import DreaminaError, StateChangedError
from dreamina_desktop.core.job import Job
from dreamina_desktop.core.mark import Mark
from dreamina_desktop.jobs.commands import Commands
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.job_events import RequestChecked
from dreamina_desktop.ui.library.adopting import Adopting
from dreamina_desktop.ui.library.cancelling import Cancelling
from dreamina_desktop.ui.library.deletion import Deletion
from dreamina_desktop.ui.library.job_details import JobDetails
from dreamina_desktop.ui.library.job_rules import Deed, why_not
from dreamina_desktop.ui.library.library_events import JobReleased, JobSeen, LoadRequested
from dreamina_desktop.ui.library.library_model import LibraryModel
from dreamina_desktop.ui.library.library_needs import LibraryNeeds
from dreamina_desktop.ui.library.marking import Marking
from dreamina_desktop.ui.library.price_tags import PriceTags
from dreamina_desktop.ui.library.resolving import Resolving
from dreamina_desktop.ui.library.saving import Saving
from dreamina_desktop.ui.notice import Notice, NoticeTone
from dreamina_desktop.ui.ports import JobReader, Outcome
from dreamina_desktop.ui.theme import Theme


class JobDeeds(QObject):
    """``carry_out`` does one deed with those of the jobs that allow it."""

    notice_raised = Signal(object)
    load_requested = Signal(object)
    job_released = Signal(object)
    balance_wanted = Signal()
    check_wanted = Signal(object)

    def __init__(
        self,
        needs: LibraryNeeds,
        model: LibraryModel,
        tags: PriceTags,
        theme: Theme,
        icons: Icons,
        window: QWidget,
    ) -> None:
        """``window`` is what dialogs belong to."""
        super().__init__(window)
        self._needs = needs
        self._model = model
        self._theme, self._icons = theme, icons
        self._details = JobDetails(needs.words, self)
        self._cancelling = Cancelling(
            needs.commands, needs.rows, needs.words, model.row_changed, self
        )
        self.marking = Marking(needs.marks, needs.rows, model.row_changed, self)
        self._saving = Saving(needs.files, window)
        self.deletion = Deletion(model, needs.job_bin, needs.rows, needs.files, self)
        self._resolving = Resolving(needs, model, tags, window)
        self.adopting = Adopting(needs, window)
        for part in (self._cancelling, self._saving, self.deletion):
            part.notice_raised.connect(self.notice_raised)
            part.error_met.connect(self.complain)
        for asking in (self._resolving, self.adopting):
            asking.check_wanted.connect(self.check_wanted)
            asking.error_met.connect(self.complain)
        self.marking.error_met.connect(self.complain)
        self._resolving.balance_wanted.connect(self.balance_wanted)

    def carry_out(self, deed: Deed, jobs: tuple[Job, ...]) -> None:
        """Do it with the jobs that allow it; none is fine."""
        able = tuple(job for job in jobs if why_not(deed, job) is None)
        if not able:
            return
        match deed:
            case Deed.CANCEL:
                self._cancelling.cancel(able)
            case Deed.RETRY:
                self._retry(able)
            case Deed.RESOLVE:
                self._resolving.open(able[0], self._theme, self._icons)
            case Deed.LOAD:
                self._load(able[0])
            case Deed.STAR:
                self.marking.toggle(able, Mark.STARRED)
            case Deed.REJECT:
                self.marking.toggle(able, Mark.REJECTED)
            case Deed.REVEAL:
                self._needs.opener.reveal(Path(able[0].file or ""))
            case Deed.SAVE_AS:
                self._saving.save_as(able[0])
            case Deed.COPY_DETAILS:
                self._copy_details(able)
            case Deed.DELETE:
                self.deletion.delete(able, kept=len(jobs) - len(able))

    def resolve(self, job_id: str) -> None:
        """Ask about a job in doubt, listed or not."""
        self._needs.rows.run(partial(self._needs.reader.get, job_id), self._on_doubtful_read)

    def notice(self, seen: JobSeen) -> None:
        """A row has changed."""
        self._cancelling.notice(seen)
        self.marking.notice(seen)
        self._resolving.notice(seen)

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Dialogs that are opened from now on have other colours."""
        self._theme, self._icons = theme, icons

    def adopt_request(self) -> None:
        """Ask for the id of a request made elsewhere."""
        self.adopting.open(self._theme, self._icons)

    def request_checked(self, checked: RequestChecked) -> None:
        """The provider was asked about a request."""
        self._resolving.request_checked(checked)
        self.adopting.request_checked(checked)

    def _retry(self, jobs: tuple[Job, ...]) -> None:
        for job in jobs:
            work = partial(_release, self._needs.commands, self._needs.reader, job.id)
            self._needs.rows.run(work, self._on_released)

    def _load(self, job: Job) -> None:
        if job.spec is not None:
            self.load_requested.emit(LoadRequested(job.id, job.spec))

    def _copy_details(self, jobs: tuple[Job, ...]) -> None:
        text = "\n\n".join(self._details.text(job) for job in jobs)
        QGuiApplication.clipboard().setText(text)
        self.notice_raised.emit(Notice(self.tr("Details copied.")))

    def _on_doubtful_read(self, outcome: Outcome[Job]) -> None:
        try:
            job = outcome.get()
        except DreaminaError as error:
            self.complain(error)
        else:
            self.carry_out(Deed.RESOLVE, (job,))

    def _on_released(self, outcome: Outcome[JobReleased]) -> None:
        try:
            released = outcome.get()
        except DreaminaError as error:
            self.complain(error)
        else:
            self._model.row_changed(released.job_id)
            self.job_released.emit(released)

    def complain(self, error: DreaminaError) -> None:
        """Say why something could not be done."""
        if isinstance(error, StateChangedError):
            # Somebody was quicker: the card shows what is true now.
            self.notice_raised.emit(Notice(self.tr("The job has moved on in the meantime.")))
            return
        sentence = self._needs.words.error(error)
        self.notice_raised.emit(
            Notice(sentence.text, NoticeTone.BAD, sentence.action, sentence.details)
        )


def _release(commands: Commands, reader: JobReader, job_id: str) -> JobReleased:
    job = reader.get(job_id)
    commands.release(job)
    return JobReleased(job_id, job.hold)
