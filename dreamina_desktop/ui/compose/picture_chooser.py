"""The dialog that asks for picture files, and shows them."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, QUrl, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHeaderView,
    QLineEdit,
    QSplitter,
    QTreeView,
    QWidget,
)

from dreamina_desktop.ui.compose.chooser_preview import ChooserPreview
from dreamina_desktop.ui.compose.glances import Glances
from dreamina_desktop.ui.compose.incoming_picture import IncomingFile, IncomingFiles
from dreamina_desktop.ui.compose.picture_formats import SUFFIXES
from dreamina_desktop.words import Phrasebook

_HAS_OWN_PREVIEWS = frozenset({"darwin", "win32"})
"""Elsewhere the desktop's dialog shows names only."""

_SIZE = (960, 560)
_PLACES_WIDE = 130
"""Device-independent pixels, as the size."""
_TYPE_COLUMN = 2
_PLACES = (
    QStandardPaths.StandardLocation.HomeLocation,
    QStandardPaths.StandardLocation.DesktopLocation,
    QStandardPaths.StandardLocation.PicturesLocation,
    QStandardPaths.StandardLocation.DownloadLocation,
)


class PictureChooser(QObject):
    """Does not hold up the window. Several pictures may be chosen at once."""

    picture_arrived = Signal(object)
    """Carries an ``IncomingFile`` or ``IncomingFiles``."""

    def __init__(
        self, glances: Glances, words: Phrasebook, parent: QWidget, platform: str = sys.platform
    ) -> None:
        super().__init__(parent)
        self._glances = glances
        self._words = words
        self._parent = parent
        self._has_own_previews = platform in _HAS_OWN_PREVIEWS
        self._dialog: QFileDialog | None = None
        self._preview: ChooserPreview | None = None

    def open(self, beside: Path | None) -> None:
        """Ask, beginning in the folder of ``beside``. A second call brings the dialog forward."""
        if self._dialog is not None:
            self._dialog.raise_()
            self._dialog.activateWindow()
            return
        dialog = QFileDialog(self._parent, self.tr("Choose a picture"))
        dialog.setObjectName("chooseImageDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(self._filters())
        dialog.setOption(QFileDialog.Option.HideNameFilterDetails)
        if not self._has_own_previews:
            self._add_preview(dialog)
        if beside is not None:
            dialog.setDirectory(str(beside.parent))
        dialog.filesSelected.connect(self._on_files_selected)
        dialog.finished.connect(self._on_finished)
        self._dialog = dialog
        dialog.open()

    def _filters(self) -> list[str]:
        every = [suffix for suffixes in SUFFIXES.values() for suffix in suffixes]
        return [
            _filter(self.tr("Pictures"), every),
            *(_filter(name, suffixes) for name, suffixes in SUFFIXES.items()),
            self.tr("All files") + " (*)",
        ]

    def _add_preview(self, dialog: QFileDialog) -> None:
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        places = (QStandardPaths.writableLocation(place) for place in _PLACES)
        dialog.setSidebarUrls([QUrl.fromLocalFile(place) for place in dict.fromkeys(places)])
        layout = dialog.layout()
        if isinstance(layout, QGridLayout):
            self._preview = ChooserPreview(self._glances, self._words, dialog)
            layout.addWidget(self._preview, 1, layout.columnCount(), 1, 1)
            dialog.currentChanged.connect(self._on_current_changed)
        name = dialog.findChild(QLineEdit, "fileNameEdit")
        completer = None if name is None else name.completer()
        popup = None if completer is None else completer.popup()
        if popup is not None:
            popup.setProperty("look", "popup")
        dialog.resize(*_SIZE)
        splitter, files = dialog.findChild(QSplitter), dialog.findChild(QTreeView)
        if splitter is not None and files is not None:
            splitter.setSizes([_PLACES_WIDE, _SIZE[0]])
            # Every file is a picture, and its suffix is in its name.
            header = files.header()
            header.setSectionHidden(_TYPE_COLUMN, True)  # noqa: FBT003 - Qt's signature
            header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _on_current_changed(self, path: str) -> None:
        if self._preview is not None:
            self._preview.show_path(Path(path))

    def _on_files_selected(self, names: list[str]) -> None:
        paths = tuple(Path(name) for name in names)
        if len(paths) == 1:
            self.picture_arrived.emit(IncomingFile(paths[0]))
        elif paths:
            self.picture_arrived.emit(IncomingFiles(paths))

    def _on_finished(self) -> None:
        self._dialog = None
        self._preview = None


def _filter(name: str, suffixes: list[str] | tuple[str, ...]) -> str:
    return f"{name} ({' '.join(f'*{suffix}' for suffix in suffixes)})"
