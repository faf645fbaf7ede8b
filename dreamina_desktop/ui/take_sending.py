"""Generate: from the draft to committed rows, off the GUI thread, then the engine is told."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from dreamina_desktop.core.errors import DreaminaError
from dreamina_desktop.core.job import Job
from dreamina_desktop.jobs.preparation import TakeRequest
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.ports import Background, Outcome, RecentPictures
from dreamina_desktop.ui.preferences import Preferences


class TakePreparation(Protocol):
    """``jobs.preparation.Preparation``, as far as it is needed here."""

    def prepare_takes(self, request: TakeRequest, takes: int) -> tuple[Job, ...]:
        """Commit the PREPARED rows, all or none. Blocking. Raises InputRefusedError, DiskError."""
        ...


class TakeSending(QObject):
    """One press, as many rows as takes. The second half of a double click is no press."""

    take_committed = Signal(object)
    """Told once for each take, in their order; carries the ``Job``."""
    error_met = Signal(object)

    def __init__(
        self,
        draft: Draft,
        preparation: TakePreparation,
        background: Background,
        preferences: Preferences,
        recents: RecentPictures,
        clips_folder: Path,
        parent: QObject | None = None,
    ) -> None:
        """``clips_folder`` is where clips go while nothing else is set."""
        super().__init__(parent)
        self._draft = draft
        self._preparation = preparation
        self._background = background
        self._preferences = preferences
        self._recents = recents
        self._clips_folder = clips_folder
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(QGuiApplication.styleHints().mouseDoubleClickInterval())

    def generate(self) -> None:
        """Commit the draft as it stands; nothing happens while there are reasons against it."""
        if self._draft.reasons() or self._rest.isActive():
            return
        self._rest.start()
        request = self._draft.request()
        settings = self._preferences.current
        folder = settings.output_folder or str(self._clips_folder)
        request = replace(request, folder=folder, travel=settings.travel)
        self._recents.add(request.source)
        work = partial(self._preparation.prepare_takes, request, self._draft.takes)
        self._background.run(work, self._on_prepared)

    def _on_prepared(self, outcome: Outcome[tuple[Job, ...]]) -> None:
        try:
            jobs = outcome.get()
        except DreaminaError as error:
            self.error_met.emit(error)
            return
        for job in jobs:
            self.take_committed.emit(job)
