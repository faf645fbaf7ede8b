"""The dialog: what it offers, what it shows, what it brings."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QTreeView, QWidget

from dreamina_desktop.ui.compose.glances import Glances
from dreamina_desktop.ui.compose.incoming_picture import IncomingFile, IncomingFiles
from dreamina_desktop.ui.compose.picture_chooser import PictureChooser
from dreamina_desktop.words import Phrasebook
from tests.ui.conftest import Show, Until
from tests.ui.drafts import SAMPLE, Counter


@pytest.fixture
def parent(show: Show) -> QWidget:
    return show(QWidget(), 300, 200)


def opened(chooser: PictureChooser, parent: QWidget, beside: Path | None = SAMPLE) -> QFileDialog:
    chooser.open(beside)
    dialog = parent.findChild(QFileDialog, "chooseImageDialog")
    assert dialog is not None
    return dialog


def test_it_shows_the_file_and_what_it_is(
    parent: QWidget, glances: Glances, words: Phrasebook, until: Until, tmp_path: Path
) -> None:
    dialog = opened(PictureChooser(glances, words, parent, "linux"), parent)
    assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
    preview = dialog.findChild(QWidget, "choosePreview")
    text = dialog.findChild(QLabel, "choosePreviewText")
    empty = preview.grab().toImage()
    dialog.currentChanged.emit(str(SAMPLE))
    until(lambda: bool(text.text()))
    kind, size = text.text().splitlines()
    assert kind.startswith("PNG · ")
    assert size.replace("\xa0", " ") == "600 × 400 px"
    until(lambda: preview.grab().toImage() != empty)
    # A folder is no picture, and nothing is wrong with it.
    dialog.currentChanged.emit(str(tmp_path))
    until(lambda: not text.text())
    (tmp_path / "a.png").write_text("Steam rises.")
    dialog.currentChanged.emit(str(tmp_path / "a.png"))
    until(lambda: text.text() == "No picture was found in this file.")
    dialog.currentChanged.emit(str(SAMPLE))
    assert text.text().startswith("PNG · ")
    dialog.reject()


def test_one_or_several(parent: QWidget, glances: Glances, words: Phrasebook) -> None:
    chooser = PictureChooser(glances, words, parent, "linux")
    arrived = Counter(chooser.picture_arrived)
    dialog = opened(chooser, parent)
    dialog.filesSelected.emit([str(SAMPLE)])
    assert arrived.last == IncomingFile(SAMPLE)
    other = SAMPLE.with_name("other.png")
    dialog.filesSelected.emit([str(SAMPLE), str(other)])
    assert arrived.last == IncomingFiles((SAMPLE, other))
    dialog.reject()


def test_every_format_is_offered(
    parent: QWidget, glances: Glances, words: Phrasebook, tmp_path: Path, until: Until
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("a.JPG", "b.heic", "c.avif", "d.tif", "e.txt"):
        QImage(8, 8, QImage.Format.Format_RGB32).save(str(folder / name), "PNG")
    dialog = opened(PictureChooser(glances, words, parent, "linux"), parent, folder / "x")
    filters = dialog.nameFilters()
    assert filters[0].startswith("Pictures (*.jpg ")
    for suffix in ("*.png", "*.webp", "*.tiff", "*.bmp", "*.gif", "*.heic", "*.avif", "*.psd"):
        assert suffix in filters[0]
    assert filters[-1] == "All files (*)"
    files = dialog.findChild(QTreeView, "treeView")
    until(lambda: files.model().rowCount(files.rootIndex()) == 4)
    dialog.reject()


def test_where_the_desktop_has_previews_its_own_dialog_is_used(
    parent: QWidget, glances: Glances, words: Phrasebook
) -> None:
    dialog = opened(PictureChooser(glances, words, parent, "darwin"), parent)
    assert not dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
    assert dialog.findChild(QWidget, "choosePreview") is None
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
