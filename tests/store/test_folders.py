from __future__ import annotations

import sys
from pathlib import Path

import pytest

from dreamina_desktop.store.folders import clips_folder, data_folder, practice_profile


def test_practice_has_a_profile_of_its_own() -> None:
    assert practice_profile(Path("data")) == Path("data/practice")


@pytest.mark.skipif(sys.platform != "linux", reason="the XDG places are Linux's")
def test_the_places_of_linux(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_VIDEOS_DIR", str(tmp_path / "Videos"))
    assert data_folder() == tmp_path / "data" / "Dreamina Desktop"
    assert clips_folder() == tmp_path / "Videos" / "Dreamina"


def test_the_places_are_absolute() -> None:
    assert data_folder().is_absolute()
    assert clips_folder().is_absolute()
