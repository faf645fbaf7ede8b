"""What is worth knowing when something does not work, to be read, copied and saved."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dreamina_desktop.core.diagnosis import Diagnosis, StepEnded
from dreamina_desktop.core.errors import DreaminaError
from dreamina_desktop.ui.dialog_button import DialogButton
from dreamina_desktop.ui.ports import Background, DiagnosticsDesk, Outcome
from dreamina_desktop.ui.theme import GAP, ROOM
from dreamina_desktop.ui.told_section import ToldSection
from dreamina_desktop.words import Phrasebook
from dreamina_desktop.words.diagnosis_words import (
    DiagnosisSection,
    as_text,
    check_section,
    sections,
)

_SIZE = (640, 560)
_FILE = "dreamina-diagnostics.txt"


class DiagnosticsDialog(QDialog):
    """Fills itself in the background; nothing is sent before the check is asked for."""

    def __init__(
        self,
        desk: DiagnosticsDesk,
        background: Background,
        words: Phrasebook,
        parent: QWidget,
        *,
        is_practice: bool,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._background = background
        self._words = words
        self._shown: tuple[DiagnosisSection, ...] = ()
        self._checked: DiagnosisSection | None = None
        self._had_focus = False
        self.setObjectName("diagnosticsDialog")
        self.setAccessibleName(self.tr("Diagnostics"))
        self.setWindowTitle(self.tr("Diagnostics"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._area = QScrollArea(self)
        self._area.setObjectName("diagnosticsArea")
        self._area.setAccessibleName(self.tr("Findings"))
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._answer = QLabel(self.tr("Looking…"), self)
        self._answer.setObjectName("diagnosticsAnswer")
        self._answer.setAccessibleName(self.tr("What was done"))
        self._answer.setProperty("look", "hint")
        self._answer.setWordWrap(True)
        self._answer.setTextFormat(Qt.TextFormat.PlainText)
        self._check = DialogButton("checkConnectionButton", self.tr("Check the connection"), self)
        self._check.setToolTip(
            self.tr("Ask the way to the provider, with and without the key. Free.")
        )
        self._copy = DialogButton("copyDiagnosticsButton", self.tr("Copy"), self)
        self._save = DialogButton("saveDiagnosticsButton", self.tr("Save…"), self)
        close = DialogButton("closeDiagnosticsButton", self.tr("Close"), self)
        close.setToolTip(self.tr("Close (Esc)"))
        close.setDefault(True)
        self._check.clicked.connect(self._on_check_clicked)
        self._copy.clicked.connect(self._on_copy_clicked)
        self._save.clicked.connect(self._on_save_clicked)
        close.clicked.connect(self.accept)
        reason = self.tr("Still looking")
        for button in (self._copy, self._save):
            button.setEnabled(False)
            button.setToolTip(reason)
        if is_practice:
            self._check.setEnabled(False)
            self._check.setToolTip(self.tr("Practice mode asks nobody outside this computer."))
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for button in (self._check, self._copy, self._save):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(ROOM, ROOM, ROOM, ROOM)
        column.setSpacing(GAP)
        column.addWidget(self._area, 1)
        column.addWidget(self._answer)
        column.addLayout(row)
        self.resize(*_SIZE)
        background.run(desk.look, self._on_looked)

    @property
    def text(self) -> str:
        """All that is shown, as it is copied and saved."""
        checked = () if self._checked is None else (self._checked,)
        return as_text((*self._shown, *checked))

    # ---- slots -----------------------------------------------------------------------------

    def _on_looked(self, outcome: Outcome[Diagnosis]) -> None:
        self._shown = sections(outcome.get(), self._words)
        self._answer.setText(self.tr("No key and no password is in here."))
        self._copy.setEnabled(True)
        self._copy.setToolTip(self.tr("Copy all of it"))
        self._save.setEnabled(True)
        self._save.setToolTip(self.tr("Save all of it as a text file"))
        self._fill()

    def _on_check_clicked(self) -> None:
        # Qt would pass the focus of a button that is switched off to whatever comes next.
        self._had_focus = self._check.hasFocus()
        if self._had_focus:
            self._area.setFocus()
        self._check.setEnabled(False)
        self._check.setToolTip(self.tr("The provider is being asked."))
        self._answer.setText(self.tr("Asking the provider…"))
        self._background.run(self._desk.check, self._on_checked)

    def _on_checked(self, outcome: Outcome[tuple[StepEnded, ...]]) -> None:
        self._check.setEnabled(True)
        if self._had_focus and self._area.hasFocus():
            self._check.setFocus()
        self._check.setToolTip(
            self.tr("Ask the way to the provider, with and without the key. Free.")
        )
        try:
            steps = outcome.get()
        except DreaminaError as error:
            self._answer.setText(self._words.error(error).text)
            return
        self._checked = check_section(steps, self._words)
        is_good = all(ended.error is None for ended in steps)
        self._answer.setText(
            self.tr("The connection is good.")
            if is_good
            else self.tr("The connection is not good; see the end of the list.")
        )
        self._fill()
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
        self._answer.setText(self.tr("Copied."))

    def _on_save_clicked(self) -> None:
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        folder = QStandardPaths.writableLocation(documents)
        dialog = QFileDialog(self, self.tr("Save the diagnostics"), folder)
        dialog.setObjectName("saveDiagnosticsDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("txt")
        dialog.selectFile(_FILE)
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_file_selected(self, name: str) -> None:
        path = Path(name)
        self._background.run(partial(_write, path, self.text), self._on_saved)

    def _on_saved(self, outcome: Outcome[Path]) -> None:
        try:
            path = outcome.get()
        except OSError as error:
            self._answer.setText(self.tr("It could not be saved: {0}").format(error.strerror))
        else:
            self._answer.setText(self.tr("Saved as {0}").format(path))

    # ---- inside ----------------------------------------------------------------------------

    def _fill(self) -> None:
        page = QWidget(self._area)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, GAP, 0)
        column.setSpacing(ROOM)
        checked = () if self._checked is None else (self._checked,)
        for section in (*self._shown, *checked):
            column.addWidget(ToldSection(section, page))
        column.addStretch(1)
        self._area.setWidget(page)
        # Its place at the end is asked for at once.
        page.adjustSize()
        if (layout := page.layout()) is not None:
            layout.activate()


def _write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path
