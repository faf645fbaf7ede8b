"""The folder for new clips: typed or chosen, and tried before it is taken."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.ports import Background, Outcome
from dreamina_desktop.ui.return_key import ReturnKey
from dreamina_desktop.ui.settings.answer_line import AnswerLine, AnswerTone
from dreamina_desktop.ui.settings.folder_check import FolderState, look_at
from dreamina_desktop.ui.theme import GAP, Theme


@dataclass(frozen=True, slots=True)
class FolderChosen:
    """New clips go to ``folder``; None for the usual place."""

    folder: str | None


class FolderChoice(QWidget):
    """Tells a folder only when clips can be put there."""

    folder_chosen = Signal(object)
    settled = Signal()
    """What was typed has been tried."""

    def __init__(
        self,
        chosen: str | None,
        usual: Path,
        background: Background,
        theme: Theme,
        icons: Icons,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._usual = usual
        self._background = background
        self._taken = Path(chosen) if chosen else usual
        self._trying: Path | None = None
        self._edit = _FolderEdit(self)
        self._edit.setObjectName("outputFolderEdit")
        self._edit.setAccessibleName(self.tr("Folder for new clips"))
        self._edit.setPlaceholderText(str(usual))
        self._edit.setText(str(self._taken))
        self._edit.setCursorPosition(0)
        self._edit.setToolTip(
            self.tr("Empty for the usual place. Earlier clips stay where they are.")
        )
        self._browse = QPushButton(self.tr("Choose…"), self)
        self._browse.setObjectName("chooseFolderButton")
        self._browse.setAccessibleName(self.tr("Choose the folder"))
        self._browse.setToolTip(self.tr("Choose the folder for new clips"))
        self._browse.setAutoDefault(False)
        ReturnKey(self._browse)
        self._answer = AnswerLine("folderAnswer", self.tr("Folder"), theme, icons, self)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self._edit, 1)
        row.addWidget(self._browse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(row)
        column.addWidget(self._answer)
        self._edit.editingFinished.connect(self._try)
        self._edit.textEdited.connect(self._on_edited)
        self._browse.clicked.connect(self._on_browse_clicked)
        self.set_theme(theme, icons)

    @property
    def is_trying(self) -> bool:
        """Whether it is not known yet if the folder will do."""
        return self._trying is not None

    @property
    def is_refused(self) -> bool:
        """Whether what stands in the field is not what was taken."""
        return self._typed() != self._taken

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Show it in other colours."""
        self._browse.setIcon(icons.icon("open"))
        self._answer.set_theme(theme, icons)

    def _typed(self) -> Path:
        text = self._edit.text().strip()
        if text == "~" or text.startswith(("~/", "~\\")):
            return Path.home() / text[2:]
        return Path(text) if text else self._usual

    def _try(self) -> None:
        folder = self._typed()
        if folder in (self._trying, self._taken):
            self._edit.setText(str(folder))
            return
        self._trying = folder
        self._answer.say(self.tr("Trying the folder…"), AnswerTone.BUSY)
        self._background.run(partial(_tried, folder), self._on_tried)

    def _on_edited(self) -> None:
        self._trying = None
        self._answer.say("", AnswerTone.GOOD)

    def _on_tried(self, outcome: Outcome[_Tried]) -> None:
        tried = outcome.get()
        if tried.folder != self._trying:
            return
        self._trying = None
        words, tone = self._words(tried.state)
        self._answer.say(words, tone)
        if tone is not AnswerTone.BAD:
            self._taken = tried.folder
            self._edit.setText(str(tried.folder))
            is_usual = tried.folder == self._usual
            self.folder_chosen.emit(FolderChosen(None if is_usual else str(tried.folder)))
        self.settled.emit()

    def _words(self, state: FolderState) -> tuple[str, AnswerTone]:
        bad = AnswerTone.BAD
        return {
            FolderState.GOOD: (self.tr("New clips go here."), AnswerTone.GOOD),
            FolderState.NEW: (
                self.tr("New clips go here; the folder is made with the first one."),
                AnswerTone.GOOD,
            ),
            FolderState.NOT_WHOLE: (self.tr("Give the whole path, from the top."), bad),
            FolderState.NOT_A_FOLDER: (self.tr("This is a file, not a folder."), bad),
            FolderState.NOT_WRITABLE: (
                self.tr("Nothing can be written there. New clips go where they went before."),
                bad,
            ),
        }[state]

    def _on_browse_clicked(self) -> None:
        dialog = QFileDialog(self, self.tr("Folder for new clips"), str(self._taken))
        dialog.setObjectName("folderDialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_folder_selected)
        dialog.open()

    def _on_folder_selected(self, folder: str) -> None:
        self._edit.setText(str(Path(folder)))
        self._try()


@dataclass(frozen=True, slots=True)
class _Tried:
    folder: Path
    state: FolderState


def _tried(folder: Path) -> _Tried:
    return _Tried(folder, look_at(folder))


class _FolderEdit(QLineEdit):
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # It means "take this folder", not the dialog's OK.
            event.accept()
