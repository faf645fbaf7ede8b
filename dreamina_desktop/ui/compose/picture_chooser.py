"""The dialog that asks for a picture file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from dreamina_desktop.ui.compose.incoming_picture import IncomingFile


class PictureChooser(QObject):
    """Opens the desktop's own dialog, which does not hold up the window."""

    picture_arrived = Signal(object)
    """Carries an ``IncomingFile``."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._dialog: QFileDialog | None = None

    def open(self, beside: Path | None) -> None:
        """Ask, beginning in the folder of ``beside``. A second call brings the dialog forward."""
        if self._dialog is not None:
            self._dialog.raise_()
            self._dialog.activateWindow()
            return
        dialog = QFileDialog(self._parent, self.tr("Choose a picture"))
        dialog.setObjectName("chooseImageDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [
                # What the model does not take can be made into what it takes.
                self.tr("Pictures")
                + " (*.jpg *.jpeg *.jfif *.png *.webp *.avif *.gif *.bmp *.tif *.tiff)",
                self.tr("All files") + " (*)",
            ]
        )
        if beside is not None:
            dialog.setDirectory(str(beside.parent))
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.finished.connect(self._on_finished)
        self._dialog = dialog
        dialog.open()

    def _on_file_selected(self, path: str) -> None:
        self.picture_arrived.emit(IncomingFile(Path(path)))

    def _on_finished(self) -> None:
        self._dialog = None
