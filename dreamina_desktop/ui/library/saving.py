"""Saving a copy of a job's file where the user wants it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from dreamina_desktop.core.errors import DreaminaError
from dreamina_desktop.core.job import Job
from dreamina_desktop.ui.library.whole_copy import copy_whole
from dreamina_desktop.ui.notice import Notice
from dreamina_desktop.ui.ports import Background, Outcome


class Saving(QObject):
    """Asks where to, then copies off the GUI thread."""

    notice_raised = Signal(object)
    error_met = Signal(object)

    def __init__(self, files: Background, window: QWidget) -> None:
        """``window`` is what the dialog belongs to."""
        super().__init__(window)
        self._files = files
        self._window = window
        self._folder = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.MoviesLocation
        )
        self._source: Path | None = None

    def save_as(self, job: Job) -> None:
        """Ask for a name, which the dialog itself will not give twice without asking."""
        if job.file is None:
            return
        self._source = Path(job.file)
        dialog = QFileDialog(self._window, self.tr("Save a copy"), self._folder)
        dialog.setObjectName("saveFileDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(self._source.suffix.removeprefix("."))
        dialog.selectFile(self._source.name)
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_file_selected(self, name: str) -> None:
        if self._source is None:
            return
        target = Path(name)
        self._folder = str(target.parent)
        self._files.run(partial(copy_whole, self._source, target), self._on_copied)

    def _on_copied(self, outcome: Outcome[Path]) -> None:
        try:
            target = outcome.get()
        except DreaminaError as error:
            self.error_met.emit(error)
        else:
            text = self.tr("Saved as {name}.").format(name=target.name)
            self.notice_raised.emit(Notice(text, details=str(target)))
