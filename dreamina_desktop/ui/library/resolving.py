"""A job in doubt, from the dialog about it to what became of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dreamina_desktop.core.errors import AlreadyFollowedError, DreaminaError
from dreamina_desktop.core.evidence import Evidence
from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.job_events import RequestChecked, RequestCheckWanted
from dreamina_desktop.ui.library.library_events import JobSeen
from dreamina_desktop.ui.library.library_model import LibraryModel
from dreamina_desktop.ui.library.library_needs import LibraryNeeds
from dreamina_desktop.ui.library.price_tags import PriceTags
from dreamina_desktop.ui.library.resolve_dialog import RequestAbsent, RequestFound, ResolveDialog
from dreamina_desktop.ui.ports import Outcome
from dreamina_desktop.ui.theme import Theme
from dreamina_desktop.words.doubt_words import evidence_text


class Resolving(QObject):
    """One dialog at a time. A request id is believed only when the provider knows it."""

    check_wanted = Signal(object)
    balance_wanted = Signal()
    error_met = Signal(object)

    def __init__(
        self, needs: LibraryNeeds, model: LibraryModel, tags: PriceTags, window: QWidget
    ) -> None:
        super().__init__(window)
        self._needs = needs
        self._model = model
        self._tags = tags
        self._window = window
        self._dialog: ResolveDialog | None = None
        self._job: Job | None = None
        self._asked: RequestFound | None = None

    def open(self, job: Job, theme: Theme, icons: Icons) -> None:
        """Ask about a job in doubt."""
        if self._dialog is not None:
            self._dialog.reject()
        dialog = ResolveDialog(
            job,
            words=self._needs.words,
            theme=theme,
            icons=icons,
            cost=self._tags.cost((job,)),
            generations_page=self._needs.generations_page,
            parent=self._window,
        )
        dialog.request_found.connect(self._on_request_found)
        dialog.request_absent.connect(self._on_request_absent)
        dialog.finished.connect(self._on_finished)
        self._dialog, self._job, self._asked = dialog, job, None
        self._read_evidence()
        dialog.open()
        # What the account holds now may tell more than what it held right after the submit.
        self.balance_wanted.emit()

    def notice(self, seen: JobSeen) -> None:
        """A row has changed."""
        if self._dialog is None or seen.job_id != self._dialog.job_id:
            return
        if seen.job is None or seen.job.state is not JobState.UNKNOWN:
            self._dialog.reject()
        else:
            self._read_evidence()

    def request_checked(self, checked: RequestChecked) -> None:
        """The provider was asked about a request, perhaps the one that was pasted here."""
        found = self._asked
        if found is None or self._dialog is None or checked.request_id != found.request_id:
            return
        if checked.error is not None:
            self._asked = None
            sentence = self._needs.words.error(checked.error)
            self._dialog.refuse(f"{sentence.text} {sentence.action}".strip())
            return
        # Where nobody could ask, whoever carries the jobs will, and puts it back in doubt if
        # there is no such request.
        work = partial(self._needs.commands.adopt, found.request_id, found.job_id)
        self._needs.rows.run(work, self._on_adopted)

    # ---- slots and inside ------------------------------------------------------------------

    def _read_evidence(self) -> None:
        if self._job is not None:
            work = partial(self._needs.reader.evidence, self._job.id)
            self._needs.rows.run(work, self._on_evidence_read)

    def _on_evidence_read(self, outcome: Outcome[dict[str, Evidence]]) -> None:
        if self._dialog is None or self._job is None:
            return
        try:
            evidence = outcome.get().get(self._job.id)
        except DreaminaError:
            # The dialog does without; whatever is wrong with the disk is told elsewhere.
            return
        if evidence is not None:
            price = self._tags.total((self._job,))
            self._dialog.show_evidence(evidence_text(self._needs.words, evidence, price))

    def _on_request_found(self, found: RequestFound) -> None:
        self._asked = found
        self.check_wanted.emit(RequestCheckWanted(found.request_id))

    def _on_request_absent(self, absent: RequestAbsent) -> None:
        work = partial(self._needs.commands.send_again, absent.job_id)
        self._needs.rows.run(work, self._on_sent_again)

    def _on_adopted(self, outcome: Outcome[Job]) -> None:
        try:
            job = outcome.get()
        except AlreadyFollowedError:
            if self._dialog is not None:
                text = self.tr("Another card follows that request already.")
                self._dialog.refuse(text)
        except DreaminaError as error:
            if self._dialog is not None:
                self._dialog.reject()
            self.error_met.emit(error)
        else:
            if self._dialog is not None:
                self._dialog.accept()
            self._model.row_changed(job.id)

    def _on_sent_again(self, outcome: Outcome[Job]) -> None:
        try:
            job = outcome.get()
        except DreaminaError as error:
            self.error_met.emit(error)
        else:
            self._model.row_changed(job.id)

    def _on_finished(self) -> None:
        self._dialog = self._job = self._asked = None
