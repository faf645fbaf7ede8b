"""Where the file goes."""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from dreamina_desktop.ui.dialog_button import DialogButton
from dreamina_desktop.ui.export.new_name import NewName
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import GAP


class FolderRow(QWidget):
    """Typed, or chosen. Whether it will do is seen when the file is made."""

    def __init__(self, name: NewName, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self._edit = QLineEdit(str(name.folder), self)
        self._edit.setObjectName("exportFolderEdit")
        self._edit.setAccessibleName(self.tr("Folder"))
        self._edit.setToolTip(self.tr("Empty for the folder of the clip"))
        self._edit.setCursorPosition(0)
        self._choose = DialogButton("exportFolderButton", self.tr("Choose…"), self)
        self._choose.setAccessibleName(self.tr("Choose the folder"))
        self._choose.setToolTip(self.tr("Choose the folder for this file"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._edit, 1)
        row.addWidget(self._choose)
        self._edit.textEdited.connect(name.set_folder)
        self._choose.clicked.connect(self._on_choose_clicked)
        self.set_icons(icons)

    def set_icons(self, icons: Icons) -> None:
        """Show them in other colours."""
        self._choose.setIcon(icons.icon("open"))

    def _on_choose_clicked(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose the folder"), str(self._name.folder))
        dialog.setObjectName("exportFolderDialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._on_folder_selected)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_folder_selected(self, folder: str) -> None:
        self._edit.setText(folder)
        self._edit.setCursorPosition(0)
        self._name.set_folder(folder)
