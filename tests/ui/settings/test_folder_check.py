"""Whether clips can be put into a folder, asked of real folders."""

from __future__ import annotations

from pathlib import Path

from dreamina_desktop.ui.settings.folder_check import FolderState, look_at


def test_a_folder_that_can_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "clips"
    folder.mkdir()
    assert look_at(folder) is FolderState.GOOD
    assert not list(folder.iterdir())


def test_a_folder_that_can_be_made_is_not_made(tmp_path: Path) -> None:
    assert look_at(tmp_path / "a" / "b") is FolderState.NEW
    assert not (tmp_path / "a").exists()


def test_half_a_path() -> None:
    assert look_at(Path("clips")) is FolderState.NOT_WHOLE


def test_a_file_is_no_folder_and_none_can_be_made_in_it(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert look_at(tmp_path / "file") is FolderState.NOT_A_FOLDER
    assert look_at(tmp_path / "file" / "inside") is FolderState.NOT_A_FOLDER


def test_where_nothing_can_be_written() -> None:
    # Even root makes no files there.
    assert look_at(Path("/proc/self")) is FolderState.NOT_WRITABLE
