"""Fixtures of the hand-over: a desk on the screen, and a clip whose best frame is known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.ports import Background
from dreamina_desktop.ui.side_threads import SideThreads
from dreamina_desktop.ui.theme import Theme
from tests.ui.conftest import Show
from tests.ui.hand_over.desk import Desk, Look, OpenDesk
from tests.video.shots import make_shots, shot


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Runs, is blurred, stands sharp from 15 to 17, runs on and ends blurred."""
    running = [shot(moved=4 * number) for number in range(12)]
    blurred, still = [shot(moved=50, blur=2.0)] * 3, [shot(moved=50)] * 3
    after = [shot(moved=60), shot(moved=60, blur=2.0)]
    folder = tmp_path_factory.mktemp("hand-over")
    return make_shots(folder / "cup_4711.mp4", [*running, *blurred, *still, *after])


@pytest.fixture
def open_desk(
    draft: Draft, tmp_path: Path, theme: Theme, icons: Icons, show: Show
) -> Iterator[OpenDesk]:
    """``open_desk(width, height, background=…)``: a desk on the screen."""
    owner = QObject()
    side = SideThreads(owner)

    def make(width: int = 520, height: int = 400, background: Background = side) -> Desk:
        desk = Desk(draft, background, tmp_path / "kept", Look(theme, icons))
        show(desk, width, height)
        desk.stage.setFocus()
        return desk

    yield make
    side.close()
    owner.deleteLater()
