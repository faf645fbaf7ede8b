"""Fixtures of the exports: a desk with three clips."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from dreamina_desktop.core.settings import Settings
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.ports import Background
from dreamina_desktop.ui.side_threads import SideThreads
from dreamina_desktop.ui.theme import Theme
from tests.ui.conftest import Show, Until
from tests.ui.export.export_desk import ExportDesk, viewed_of
from tests.ui.watch.stage import FRAMES
from tests.video.clips import make_clip

USUAL = Settings()

type OpenDesk = Callable[..., ExportDesk]


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """48 frames that carry their number."""
    return make_clip(tmp_path_factory.mktemp("export") / "cup_4711.mp4", FRAMES)


@pytest.fixture
def open_desk(
    clip: Path, tmp_path: Path, theme: Theme, icons: Icons, show: Show, until: Until
) -> Iterator[OpenDesk]:
    """``open_desk(count=1, settings=…, background=…)``: so many clips, all alike."""
    owner = QObject()
    side = SideThreads(owner)
    desks: list[ExportDesk] = []

    def make(
        count: int = 1, settings: Settings = USUAL, background: Background = side
    ) -> ExportDesk:
        folder = tmp_path / "clips"
        folder.mkdir()
        names = [folder / f"take-{number}.mp4" for number in range(count)]
        for name in names:
            shutil.copyfile(clip, name)
        clips = [viewed_of(name, number) for number, name in enumerate(names)]
        desk = ExportDesk(clips, background, theme, icons, until, settings)
        desks.append(desk)
        show(desk.window, 400, 300)
        return desk

    yield make
    for desk in desks:
        desk.close()
    side.close()
    owner.deleteLater()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the clips lie."""
    return tmp_path / "clips"
