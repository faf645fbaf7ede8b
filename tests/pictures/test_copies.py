"""Copies: whole, named as a person knows them, and never over one another."""

from __future__ import annotations

from pathlib import Path

import pytest

from dreamina_desktop.core.errors import DiskError
from dreamina_desktop.pictures.copies import keep_copy


def test_the_same_content_is_kept_once(tmp_path: Path) -> None:
    first = keep_copy(tmp_path / "new", "cat", ".png", b"one")
    again = keep_copy(tmp_path / "new", "cat", ".png", b"one")
    other = keep_copy(tmp_path / "new", "cat", ".png", b"two")
    assert first == again != other
    assert (first.name, other.name) == ("cat.png", "cat.png")
    assert (first.read_bytes(), other.read_bytes()) == (b"one", b"two")
    assert len(list((tmp_path / "new").rglob("*.*"))) == 2


@pytest.mark.parametrize(("stem", "name"), [("", "picture.png"), ("x" * 300, "x" * 80 + ".png")])
def test_odd_names(tmp_path: Path, stem: str, name: str) -> None:
    assert keep_copy(tmp_path, stem, ".png", b"data").name == name


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DiskError):
        keep_copy(tmp_path / "file", "cat", ".png", b"data")
    with pytest.raises(DiskError):
        keep_copy(tmp_path, "c\0at", ".png", b"data")
    assert not list(tmp_path.rglob(".*part"))
