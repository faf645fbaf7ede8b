"""Folders of clips that come, go, refuse and fill up."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dreamina_desktop.core.answers import ClipFacts
from dreamina_desktop.core.errors import (
    ClipFolderError,
    ClipFolderFullError,
    ClipFolderMissingError,
    OutputFolderError,
)
from dreamina_desktop.core.job import Clip, ClipKind, Job
from dreamina_desktop.store import clip_folders, media_files
from dreamina_desktop.store.media_files import LocalMediaFiles
from tests.store.sample_jobs import adopted, prepared

VIDEO = ClipFacts(ClipKind.VIDEO, 192, 128, 121, 24.0)
CLIP = Clip(0, ClipKind.VIDEO, "https://example.com/clip.mp4")


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    path = tmp_path / "drive"
    path.mkdir()
    return path


@pytest.fixture
def folder(drive: Path) -> Path:
    return drive / "clips"


@pytest.fixture
def media(tmp_path: Path, folder: Path) -> LocalMediaFiles:
    return LocalMediaFiles(tmp_path / "profile", folder)


@pytest.fixture
def mounted(drive: Path, monkeypatch: pytest.MonkeyPatch) -> set[Path]:
    """What is mounted; taking ``drive`` out leaves the bare folder, as unmounting does."""
    mounts = {drive}
    monkeypatch.setattr(Path, "is_mount", lambda path: path in mounts)
    return mounts


def land(media: LocalMediaFiles, job: Job) -> Path:
    """Raises what keeps the clip waiting."""
    part = media.part(job.id, 0)
    part.write_bytes(b"clip")
    path = media.choose_name(job, CLIP, VIDEO, part)
    assert media.place(part, path)
    return path


def ordered(media: LocalMediaFiles, folder: Path) -> Job:
    return replace(prepared(), folder=str(media.usable_folder(folder)))


def refusing(number: int) -> Callable[..., None]:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


def test_a_folder_is_made_when_a_clip_is_ordered(media: LocalMediaFiles, drive: Path) -> None:
    job = ordered(media, drive / "some" / "where")
    assert list((drive / "some" / "where").iterdir()) == []
    assert land(media, job).parent == drive / "some" / "where"


def test_a_folder_that_vanished_is_not_made_again(media: LocalMediaFiles, folder: Path) -> None:
    job = ordered(media, folder)
    folder.rmdir()
    with pytest.raises(ClipFolderMissingError) as caught:
        land(media, job)
    assert caught.value.folder == str(folder)
    assert str(folder) not in str(caught.value)
    assert not folder.exists()
    folder.mkdir()
    assert land(media, job).is_file()


def test_it_is_not_made_again_by_another_process_either(
    media: LocalMediaFiles, folder: Path, tmp_path: Path
) -> None:
    job = ordered(media, folder)
    folder.rmdir()
    with pytest.raises(ClipFolderMissingError):
        land(LocalMediaFiles(tmp_path / "profile", tmp_path / "other"), job)
    assert not folder.exists()


def test_a_folder_that_vanishes_at_the_last_moment(media: LocalMediaFiles, folder: Path) -> None:
    job = ordered(media, folder)
    part = media.part(job.id, 0)
    part.write_bytes(b"clip")
    path = media.choose_name(job, CLIP, VIDEO, part)
    folder.rmdir()
    with pytest.raises(ClipFolderMissingError):
        media.place(part, path)
    assert part.read_bytes() == b"clip"


def test_nothing_is_put_where_a_drive_was(
    media: LocalMediaFiles, drive: Path, folder: Path, mounted: set[Path]
) -> None:
    there, inside = ordered(media, drive), ordered(media, folder)
    mounted.clear()
    folder.rmdir()
    for job in (there, inside):
        with pytest.raises(ClipFolderMissingError):
            land(media, job)
    with pytest.raises(OutputFolderError) as caught:
        media.usable_folder(folder)
    assert caught.value.detail == str(folder)
    assert list(drive.iterdir()) == []
    mounted.add(drive)
    assert land(media, there).is_file()


def test_the_usual_folder_is_made_when_it_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = tmp_path / "Videos" / "Dreamina"
    monkeypatch.setattr(clip_folders, "clips_folder", lambda: usual)
    media = LocalMediaFiles(tmp_path / "profile", usual)
    assert land(media, adopted()).parent == usual
    for path in (*usual.iterdir(), usual):
        path.unlink() if path.is_file() else path.rmdir()
    assert land(media, replace(prepared(), folder=str(usual))).parent == usual


def test_the_chosen_folder_of_an_adopted_clip_is_made_once(
    media: LocalMediaFiles, folder: Path
) -> None:
    path = land(media, adopted())
    path.unlink()
    folder.rmdir()
    with pytest.raises(ClipFolderMissingError):
        land(media, adopted())


def test_an_adopted_clip_makes_no_drive(media: LocalMediaFiles, drive: Path) -> None:
    drive.rmdir()
    with pytest.raises(ClipFolderMissingError):
        land(media, adopted())


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.EIO])
def test_a_folder_that_refuses(
    media: LocalMediaFiles, folder: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    job = ordered(media, folder)
    with monkeypatch.context() as patched:
        patched.setattr(media_files, "land", refusing(number))
        with pytest.raises(ClipFolderError) as caught:
            land(media, job)
        assert type(caught.value) is ClipFolderError
        assert os.strerror(number) in caught.value.detail
    assert land(media, job).is_file()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_folder_without_room(
    media: LocalMediaFiles, folder: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    job = ordered(media, folder)
    with monkeypatch.context() as patched:
        patched.setattr(media_files, "land", refusing(number))
        with pytest.raises(ClipFolderFullError) as caught:
            land(media, job)
    assert caught.value.folder == str(folder)
    assert land(media, job).is_file()


def test_a_folder_that_takes_no_file_is_not_used(
    media: LocalMediaFiles, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dreamina_desktop.store.clip_folders.TemporaryFile", refusing(errno.EROFS))
    with pytest.raises(OutputFolderError):
        media.usable_folder(folder)
    assert list(folder.iterdir()) == []


def test_a_file_in_its_place(media: LocalMediaFiles, folder: Path) -> None:
    job = ordered(media, folder)
    folder.rmdir()
    folder.write_bytes(b"")
    with pytest.raises(OutputFolderError):
        media.usable_folder(folder)
    with pytest.raises(ClipFolderMissingError):
        land(media, job)
