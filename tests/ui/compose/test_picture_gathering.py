"""The pictures in what came together."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dreamina_desktop.ui.compose.picture_gathering import MOST_PICTURES, gather_pictures
from tests.ui.drafts import SAMPLE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "takes"
    (folder / "below").mkdir(parents=True)
    for name in ("take 10.PNG", "take 2.jpg", "notes.txt", ".hidden.png", "below/take 1.png"):
        (folder / name).write_bytes(b"x")
    (folder / "folder.png").mkdir()
    (folder / "no suffix").write_bytes(SAMPLE.read_bytes())
    (folder / "neither").write_bytes(b"text")
    return folder


def test_a_folder(folder: Path) -> None:
    assert gather_pictures((folder,)) == (
        folder / "no suffix",
        folder / "take 2.jpg",
        folder / "take 10.PNG",
    )


def test_files_and_folders_keep_their_order_and_come_once(folder: Path) -> None:
    below = folder / "below"
    two = folder / "take 2.jpg"
    assert gather_pictures((two, folder / "notes.txt", below, two)) == (two, below / "take 1.png")


def test_without_a_picture_the_first_is_left_to_its_verdict(folder: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    for alone in (empty, folder / "notes.txt", tmp_path / "gone", tmp_path / ("x" * 5000)):
        assert gather_pictures((alone, folder / "neither")) == (alone,)
    assert gather_pictures(()) == ()


def test_no_more_than_anybody_looks_through(tmp_path: Path) -> None:
    for number in range(MOST_PICTURES + 5):
        (tmp_path / f"{number}.png").touch()
    found = gather_pictures((tmp_path,))
    assert len(found) == MOST_PICTURES
    assert found[-1].name == f"{MOST_PICTURES - 1}.png"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only where there are FIFOs")
def test_what_is_no_file_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "a.png").touch()
    assert gather_pictures((tmp_path,)) == (tmp_path / "a.png",)
    assert gather_pictures((tmp_path / "fifo",)) == (tmp_path / "fifo",)
