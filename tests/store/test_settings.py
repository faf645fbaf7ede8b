from __future__ import annotations

import json
from pathlib import Path

import pytest

from dreamina_desktop.core.errors import DiskError
from dreamina_desktop.store.settings import Settings, SettingsFile
from tests.store.full_disk import refusing
from tests.store.sample_jobs import HandClock


@pytest.fixture
def file(profile: Path) -> SettingsFile:
    return SettingsFile(profile, HandClock())


def test_defaults(file: SettingsFile) -> None:
    assert file.load() == Settings(None, 4)


def test_what_is_saved_comes_back(file: SettingsFile) -> None:
    settings = Settings("/Völlig/anders \udcff", 2)
    file.save(settings)
    assert file.load() == settings


def test_keys_of_a_later_version_are_kept(file: SettingsFile, profile: Path) -> None:
    profile.mkdir()
    (profile / "settings.json").write_text('{"theme": "dark", "submitted_at_once": 3}')
    file.save(Settings("/x", file.load().submitted_at_once))
    assert json.loads((profile / "settings.json").read_text()) == {
        "theme": "dark",
        "output_folder": "/x",
        "submitted_at_once": 3,
    }


@pytest.mark.parametrize(
    "content",
    [
        '{"output_folder": 7, "submitted_at_once": 0}',
        '{"output_folder": "", "submitted_at_once": true}',
        '{"output_folder": [], "submitted_at_once": "4"}',
    ],
)
def test_nonsense_is_the_default(file: SettingsFile, profile: Path, content: str) -> None:
    profile.mkdir()
    (profile / "settings.json").write_text(content)
    assert file.load() == Settings()
    assert (profile / "settings.json").read_text() == content


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"null", b"[" * 100_000])
@pytest.mark.parametrize("save", [True, False])
def test_a_broken_file_is_set_aside(
    file: SettingsFile, profile: Path, content: bytes, *, save: bool
) -> None:
    profile.mkdir()
    (profile / "settings.json").write_bytes(content)
    if save:
        file.save(Settings(submitted_at_once=2))
    assert file.load().submitted_at_once == (2 if save else 4)
    (aside,) = profile.glob("settings.broken-2026-03-01T*.json")
    assert aside.read_bytes() == content


def test_a_full_disk_leaves_the_old_settings(
    file: SettingsFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.save(Settings(submitted_at_once=1))
    for turn in range(1, 5):
        with refusing(monkeypatch, turn), pytest.raises(DiskError, match="settings, No space"):
            file.save(Settings(submitted_at_once=2))
        assert file.load().submitted_at_once in (1, 2)
    file.save(Settings(submitted_at_once=3))
    assert file.load().submitted_at_once == 3
