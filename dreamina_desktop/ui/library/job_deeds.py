"""Carries out what is done with jobs; each commit and each file off the GUI thread."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from dreamina_desktop.core.errors import AlreadyFollowedError, DreaminaError, StateChangedError
from dreamina_desktop.core.job import Job
from dreamina_desktop.jobs.commands import Commands
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.cancelling import Cancelling
from dreamina_desktop.ui.library.deletion import Deletion
from dreamina_desktop.ui.library.job_details import JobDetails
from dreamina_desktop.ui.library.job_rules import Deed, why_not
from dreamina_desktop.ui.library.library_events import JobReleased, JobSeen, LoadRequested
from dreamina_desktop.ui.library.library_model import LibraryModel
from dreamina_desktop.ui.library.library_needs import LibraryNeeds
from dreamina_desktop.ui.library.price_tags import PriceTags
from dreamina_desktop.ui.library.resolve_dialog import RequestAbsent, RequestFound, ResolveDialog
from dreamina_desktop.ui.library.saving import Saving
from dreamina_desktop.ui.notice import Notice, NoticeTone
from dreamina_desktop.ui.ports import JobReader, Outcome


class JobDeeds(QObject):
    """``carry_out`` does one deed with those of the jobs that allow it."""

    notice_raised = Signal(object)
    load_requested = Signal(object)
    job_released = Signal(object)

    def __init__(
        self,
        needs: LibraryNeeds,
        model: LibraryModel,
        tags: PriceTags,
        icons: Icons,
        window: QWidget,
    ) -> None:
        """``window`` is what dialogs belong to."""
        super().__init__(window)
        self._needs = needs
        self._model = model
        self._tags = tags
        self._window = window
        self.icons = icons
        self._details = JobDetails(needs.words, self)
        self._cancelling = Cancelling(
            needs.commands, needs.rows, needs.words, model.row_changed, self
        )
        self._saving = Saving(needs.files, window)
        self.deletion = Deletion(model, needs.job_bin, needs.rows, needs.files, self)
        for part in (self._cancelling, self._saving, self.deletion):
            part.notice_raised.connect(self.notice_raised)
            part.error_met.connect(self.complain)

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
                self._resolve(able[0])
            case Deed.LOAD:
                self._load(able[0])
            case Deed.REVEAL:
                self._needs.opener.reveal(Path(able[0].file or ""))
            case Deed.SAVE_AS:
                self._saving.save_as(able[0])
            case Deed.COPY_DETAILS:
                self._copy_details(able)
            case Deed.DELETE:
                self.deletion.delete(able, kept=len(jobs) - len(able))

    def notice(self, seen: JobSeen) -> None:
        """A row has changed."""
        self._cancelling.notice(seen)

    def _retry(self, jobs: tuple[Job, ...]) -> None:
        for job in jobs:
            work = partial(_release, self._needs.commands, self._needs.reader, job.id)
            self._needs.rows.run(work, self._on_released)

    def _resolve(self, job: Job) -> None:
        dialog = ResolveDialog(
            job,
            words=self._needs.words,
            icons=self.icons,
            cost=self._tags.cost((job,)),
            generations_page=self._needs.generations_page,
            parent=self._window,
        )
        dialog.request_found.connect(self._on_request_found)
        dialog.request_absent.connect(self._on_request_absent)
        dialog.open()

    def _load(self, job: Job) -> None:
        if job.spec is not None:
            self.load_requested.emit(LoadRequested(job.id, job.spec))

    def _copy_details(self, jobs: tuple[Job, ...]) -> None:
        text = "\n\n".join(self._details.text(job) for job in jobs)
        QGuiApplication.clipboard().setText(text)
        self.notice_raised.emit(Notice(self.tr("Details copied.")))

    def _on_request_found(self, found: RequestFound) -> None:
        work = partial(self._needs.commands.adopt, found.request_id, found.job_id)
        self._needs.rows.run(work, self._on_changed)

    def _on_request_absent(self, absent: RequestAbsent) -> None:
        work = partial(self._needs.commands.send_again, absent.job_id)
        self._needs.rows.run(work, self._on_changed)

    def _on_released(self, outcome: Outcome[JobReleased]) -> None:
        try:
            released = outcome.get()
        except DreaminaError as error:
            self.complain(error)
        else:
            self._model.row_changed(released.job_id)
            self.job_released.emit(released)

    def _on_changed(self, outcome: Outcome[Job]) -> None:
        try:
            job = outcome.get()
        except DreaminaError as error:
            self.complain(error)
        else:
            self._model.row_changed(job.id)

    def complain(self, error: DreaminaError) -> None:
        """Say why something could not be done."""
        if isinstance(error, StateChangedError):
            # Somebody was quicker: the card shows what is true now.
            self.notice_raised.emit(Notice(self.tr("The job has moved on in the meantime.")))
            return
        if isinstance(error, AlreadyFollowedError):
            text = self.tr("Another card follows that request already; this one stays in doubt.")
            self.notice_raised.emit(Notice(text, NoticeTone.WARNING, details=error.detail))
            return
        sentence = self._needs.words.error(error)
        self.notice_raised.emit(
            Notice(sentence.text, NoticeTone.BAD, sentence.action, sentence.details)
        )


def _release(commands: Commands, reader: JobReader, job_id: str) -> JobReleased:
    job = reader.get(job_id)
    commands.release(job)
    return JobReleased(job_id, job.hold)
