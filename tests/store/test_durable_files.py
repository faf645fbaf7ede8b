from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

import pytest

from dreamina_desktop.store import durable_files
from dreamina_desktop.store.durable_files import (
    make_private_folder,
    sync_folder,
    write_new,
    write_whole,
)
from tests.store.full_disk import refusing

posix = pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")


def test_the_bytes_are_on_disk_before_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the name is when the call returns; a power cut in between leaves what was there."""
    path = tmp_path / "file"
    story: list[str] = []
    sync, replace = durable_files.sync_file, Path.replace

    def synced(descriptor: int) -> None:
        story.append("bytes" if not path.exists() else "name")
        sync(descriptor)

    def named(source: Path, target: Path) -> Path:
        story.append("replace")
        return replace(source, target)

    monkeypatch.setattr(durable_files, "sync_file", synced)
    monkeypatch.setattr(Path, "replace", named)
    write_whole(path, b"1")
    assert story == ["bytes", "replace", *(["name"] if os.name == "posix" else [])]


@posix
def test_folders_and_files_are_private(tmp_path: Path) -> None:
    folder = tmp_path / "outer" / "profile"
    make_private_folder(folder)
    make_private_folder(folder)
    write_whole(folder / "file", b"1")
    write_new(folder / "other", b"2")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_write_whole_replaces(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_whole(path, b"old")
    write_whole(path, b"new" * 100_000)
    assert path.read_bytes() == b"new" * 100_000
    assert not list(tmp_path.glob(".*"))


def test_write_new_does_not_replace(tmp_path: Path) -> None:
    write_new(tmp_path / "file", b"old")
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"old"


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "folder" / "file"
    make_private_folder(path.parent)
    write_whole(path, b"old")
    turn, refused = 0, True
    while refused:
        turn += 1
        with refusing(monkeypatch, turn) as came_to_that:
            with suppress(OSError):
                write_whole(path, b"new")
            refused = came_to_that()
        assert path.read_bytes() in (b"old", b"new")
        assert list(path.parent.iterdir()) == [path]
    assert turn > 4
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("number", "fine"), [(errno.EINVAL, True), (errno.ENOTSUP, True), (errno.EIO, False)]
)
@posix
def test_a_volume_that_cannot_sync_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, *, fine: bool
) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    if fine:
        sync_folder(tmp_path)
    else:
        with pytest.raises(OSError, match=os.strerror(number)):
            sync_folder(tmp_path)
