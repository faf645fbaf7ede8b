from __future__ import annotations

import json
from pathlib import Path

import pytest

from dreamina_desktop.core.errors import DiskError
from dreamina_desktop.core.export_order import ExportKind
from dreamina_desktop.core.origin import FrameOrigin
from dreamina_desktop.core.recipe import Fill, Frame, Recipe
from dreamina_desktop.core.settings import (
    BucketPlace,
    ExportHabits,
    KeptDraft,
    KeptRecipe,
    Settings,
    Travel,
    WindowPlace,
)
from dreamina_desktop.store.kept_recipes import MOST_KEPT
from dreamina_desktop.store.settings import SettingsFile
from tests.store.full_disk import refusing
from tests.store.sample_jobs import HandClock


@pytest.fixture
def file(profile: Path) -> SettingsFile:
    return SettingsFile(profile, HandClock())


def test_defaults(file: SettingsFile) -> None:
    assert file.load() == Settings(None, 4)


@pytest.mark.parametrize(
    "settings",
    [
        Settings("/Völlig/anders \udcff", 2),
        Settings(
            theme="dark",
            silence_notifications=True,
            memory_budget_mb=768,
            welcomed=True,
            window=WindowPlace("AdnQywAD", (300, 0, 240), ("composePane",)),
            recent_pictures=("/a.png", "https://host/b.png"),
            draft=KeptDraft(
                "/a.png", "Two\nlines\udc80", 241, "7", 3, FrameOrigin("job-1", 0, 117)
            ),
        ),
        Settings(
            travel=Travel.BUCKET,
            bucket=BucketPlace("https://minio.example", "auto", "mine", "", 168, True),
            takes_saved_files=True,
            exports=ExportHabits(ExportKind.WEBP, 640, "{source} \udc80 {seed}"),
            recipes=(
                KeptRecipe("/a\udc80.png", Recipe(mended=True, ground="#102030")),
                KeptRecipe(
                    "/b.png", Recipe(frame=Frame("9:16", Fill.COLOUR, 0.25, 1 / 3, 1.7, "#00ff7f"))
                ),
            ),
        ),
    ],
)
def test_what_is_saved_comes_back(file: SettingsFile, settings: Settings) -> None:
    file.save(settings)
    assert file.load() == settings


def test_keys_of_a_later_version_are_kept(file: SettingsFile, profile: Path) -> None:
    profile.mkdir()
    (profile / "settings.json").write_text(
        '{"language": "de", "submitted_at_once": 3, "draft": {"mood": 4, "prompt": "x"}}'
    )
    file.save(Settings("/x", file.load().submitted_at_once))
    document = json.loads((profile / "settings.json").read_text())
    assert document["language"] == "de"
    assert document["draft"]["mood"] == 4
    assert document["draft"]["prompt"] == ""
    assert (document["output_folder"], document["submitted_at_once"]) == ("/x", 3)


@pytest.mark.parametrize(
    "content",
    [
        '{"output_folder": 7, "submitted_at_once": 0}',
        '{"output_folder": "", "submitted_at_once": true}',
        '{"output_folder": [], "submitted_at_once": "4"}',
        '{"theme": 1, "silence_notifications": "yes", "memory_budget_mb": -5, "welcomed": 1}',
        '{"window": [], "draft": "x", "recent_pictures": "/a.png"}',
        '{"window": {"geometry": null, "widths": [1, -2], "folded": {}}, "recent_pictures": [7]}',
        '{"draft": {"source": 1, "prompt": null, "frames": "121", "seed": 7}}',
        '{"draft": {"takes": "3", "origin": {"job": "job-1", "ordinal": 0, "frame": "117"}}}',
        '{"draft": {"takes": -3, "origin": {"job": 1, "ordinal": 0, "frame": 117}}}',
        '{"draft": {"takes": true, "origin": ["job-1", 0, 117]}}',
        '{"travel": "pigeon", "bucket": {"hours": 169, "folder": 7, "deletes_afterwards": 1}}',
        '{"travel": 7, "bucket": [], "takes_saved_files": "yes", "recipes": {"source": "/a"}}',
        '{"recipes": [7, {"source": ""}, {"mended": true}]}',
        '{"exports": {"format": "vhs", "width": -640, "template": 7}}',
        '{"exports": {"format": null, "width": "640", "template": []}}',
        '{"exports": "gif"}',
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


def test_of_a_recipe_what_makes_sense_is_kept(file: SettingsFile, profile: Path) -> None:
    profile.mkdir()
    frame = '{"shape": "1:1", "fill": "melt", "centre": [0, 0], "zoom": 1}'
    (profile / "settings.json").write_text(
        f'{{"recipes": [{{"source": "/a", "mended": 1, "ground": "red", "frame": {frame}}},'
        ' {"source": "/b", "ground": "#000000", "frame": 7}]}'
    )
    assert file.load().recipes == (
        KeptRecipe("/a", Recipe()),
        KeptRecipe("/b", Recipe(ground="#000000")),
    )


def test_only_the_latest_recipes_are_kept(file: SettingsFile) -> None:
    many = tuple(KeptRecipe(f"/{number}", Recipe()) for number in range(MOST_KEPT + 5))
    file.save(Settings(recipes=many))
    assert file.load().recipes == many[:MOST_KEPT]
