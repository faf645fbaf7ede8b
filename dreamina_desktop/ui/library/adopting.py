"""A clip fetched by its request id: checked first, so that a wrong id leaves nothing behind."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dreamina_desktop.core.errors import DreaminaError
from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.ui.adopt_dialog import AdoptDialog
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.job_events import RequestChecked, RequestCheckWanted
from dreamina_desktop.ui.library.library_events import JobAdopted
from dreamina_desktop.ui.library.library_needs import LibraryNeeds
from dreamina_desktop.ui.library.request_id_row import RequestNamed
from dreamina_desktop.ui.ports import Outcome
from dreamina_desktop.ui.theme import Theme


class Adopting(QObject):
    """One dialog at a time. ``job_adopted`` carries JobAdopted, for a known request too."""

    check_wanted = Signal(object)
    job_adopted = Signal(object)
    error_met = Signal(object)

    def __init__(self, needs: LibraryNeeds, window: QWidget) -> None:
        super().__init__(window)
        self._needs = needs
        self._window = window
        self._dialog: AdoptDialog | None = None
        self._asked = ""

    def open(self, theme: Theme, icons: Icons) -> None:
        """Ask for a request id."""
        if self._dialog is not None:
            self._dialog.activateWindow()
            return
        self._dialog = AdoptDialog(theme, icons, self._window)
        self._dialog.request_named.connect(self._on_request_named)
        self._dialog.finished.connect(self._on_finished)
        states = frozenset({JobState.UNKNOWN})
        self._needs.rows.run(
            partial(self._needs.reader.page, 1, states=states), self._on_doubtful_read
        )
        self._dialog.open()

    def request_checked(self, checked: RequestChecked) -> None:
        """The provider was asked about a request, perhaps the one that was pasted here."""
        if self._dialog is None or checked.request_id != self._asked:
            return
        if checked.error is not None:
            self._complain(checked.error)
        elif not checked.is_known:
            self._refuse(self.tr("The provider could not be asked now. Try again in a moment."))
        else:
            work = partial(self._needs.commands.adopt, self._asked)
            self._needs.rows.run(work, self._on_adopted)

    # ---- slots and inside ------------------------------------------------------------------

    def _complain(self, error: DreaminaError) -> None:
        sentence = self._needs.words.error(error)
        self._refuse(f"{sentence.text} {sentence.action}".strip())

    def _refuse(self, text: str) -> None:
        self._asked = ""
        if self._dialog is not None:
            self._dialog.refuse(text)

    def _on_doubtful_read(self, outcome: Outcome[tuple[Job, ...]]) -> None:
        try:
            doubtful = outcome.get()
        except DreaminaError as error:
            self.error_met.emit(error)
            return
        if doubtful and self._dialog is not None:
            self._dialog.hint_at_doubt()

    def _on_request_named(self, named: RequestNamed) -> None:
        self._asked = named.request_id
        work = partial(self._needs.commands.following, named.request_id)
        self._needs.rows.run(work, self._on_looked_for)

    def _on_looked_for(self, outcome: Outcome[Job | None]) -> None:
        try:
            known = outcome.get()
        except DreaminaError as error:
            self._complain(error)
            return
        if known is not None:
            self._end(known)
        elif self._asked:
            self.check_wanted.emit(RequestCheckWanted(self._asked))

    def _on_adopted(self, outcome: Outcome[Job]) -> None:
        try:
            job = outcome.get()
        except DreaminaError as error:
            self._complain(error)
        else:
            self._end(job)

    def _end(self, job: Job) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        self.job_adopted.emit(JobAdopted(job.id))

    def _on_finished(self) -> None:
        self._dialog, self._asked = None, ""
