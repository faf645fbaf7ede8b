"""Saving a copy: whole or not at all, and off the GUI thread."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from dreamina_desktop.core.errors import DiskError, DreaminaError
from dreamina_desktop.ui.background_thread import BackgroundThread
from dreamina_desktop.ui.library.saving import Saving
from dreamina_desktop.ui.library.whole_copy import copy_whole
from dreamina_desktop.ui.notice import Notice
from tests.ui.conftest import Show, Until, dispose
from tests.ui.library.rows import a_job, done

BYTES = bytes(range(256)) * 5000


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "2026-03-01_coffee_7.mp4"
    path.write_bytes(BYTES)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "elsewhere"
    path.mkdir()
    return path


def test_a_copy_is_the_same_bytes(source: Path, folder: Path) -> None:
    source.chmod(0o640)
    target = copy_whole(source, folder / "copy.mp4")
    assert target.read_bytes() == BYTES
    assert source.exists()
    assert [path.name for path in folder.iterdir()] == ["copy.mp4"]
    if sys.platform != "win32":
        assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_what_stood_there_is_replaced_only_by_a_whole_copy(
    source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = folder / "copy.mp4"
    target.write_bytes(b"before")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(DiskError, match="No space left"):
            copy_whole(source, target)
    assert target.read_bytes() == b"before"
    assert [path.name for path in folder.iterdir()] == ["copy.mp4"]
    copy_whole(source, target)
    assert target.read_bytes() == BYTES


def test_a_file_copied_onto_itself_stays(source: Path) -> None:
    assert copy_whole(source, source.parent / "." / source.name).read_bytes() == BYTES


def test_a_source_or_folder_that_is_gone(source: Path, folder: Path) -> None:
    with pytest.raises(DiskError):
        copy_whole(source.with_name("gone.mp4"), folder / "copy.mp4")
    assert list(folder.iterdir()) == []
    with pytest.raises(DiskError):
        copy_whole(source, folder / "no" / "such" / "folder.mp4")


class Heard:
    def __init__(self, saving: Saving) -> None:
        self.notices: list[Notice] = []
        self.errors: list[DreaminaError] = []
        saving.notice_raised.connect(self.notices.append)
        saving.error_met.connect(self.errors.append)


@pytest.fixture
def window(show: Show) -> QWidget:
    return show(QWidget(), 300, 300)


@pytest.fixture
def saving(window: QWidget, background: BackgroundThread) -> Saving:
    return Saving(background, window)


def dialog_of(window: QWidget) -> QFileDialog:
    (found,) = window.findChildren(QFileDialog, "saveFileDialog")
    return found


def test_the_dialog_asks_for_a_name_and_the_copy_is_told(
    saving: Saving, window: QWidget, source: Path, folder: Path, until: Until
) -> None:
    heard = Heard(saving)
    saving.save_as(done(1, source))
    dialog = dialog_of(window)
    assert dialog.isVisible()
    assert Path(dialog.selectedFiles()[0]).name == source.name
    dialog.selectFile(str(folder / "mine.mp4"))
    dialog.accept()
    until(lambda: bool(heard.notices))
    assert heard.notices[0].text == "Saved as mine.mp4."
    assert (folder / "mine.mp4").read_bytes() == BYTES
    # The next one is offered in the same folder.
    dispose()
    assert not window.findChildren(QFileDialog, "saveFileDialog")
    saving.save_as(done(1, source))
    assert Path(dialog_of(window).directory().absolutePath()) == folder
    dialog_of(window).reject()
    assert len(heard.notices) == 1


def test_a_copy_that_fails_is_told(
    saving: Saving, window: QWidget, source: Path, folder: Path, until: Until
) -> None:
    heard = Heard(saving)
    saving.save_as(done(1, source))
    source.unlink()
    dialog = dialog_of(window)
    dialog.selectFile(str(folder / "mine.mp4"))
    dialog.accept()
    until(lambda: bool(heard.errors))
    assert isinstance(heard.errors[0], DiskError)
    assert heard.notices == []


def test_without_a_file_nothing_is_asked(saving: Saving, window: QWidget) -> None:
    saving.save_as(a_job(1))
    assert window.findChildren(QFileDialog, "saveFileDialog") == []
