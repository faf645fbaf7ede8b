"""The compose pane on a draft of its own, and a person's drops."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.pictures.picture_process import PictureProcess
from dreamina_desktop.ui.compose.compose_pane import ComposePane
from dreamina_desktop.ui.compose.glances import Glances
from dreamina_desktop.ui.compose.picture_intake import PictureIntake
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.side_threads import SideThreads
from dreamina_desktop.ui.theme import Theme
from dreamina_desktop.words import Phrasebook
from tests.ui.conftest import Show, dispose
from tests.ui.drafts import Prompts, Recents

type ShowPane = Callable[..., ComposePane]


@pytest.fixture
def recents() -> Recents:
    return Recents()


@pytest.fixture
def prompts() -> Prompts:
    return Prompts(("The latest.", "An earlier one."))


@pytest.fixture
def side(application: QApplication) -> Iterator[SideThreads]:
    del application
    side = SideThreads()
    yield side
    side.close()
    side.deleteLater()
    dispose()


@pytest.fixture
def intake(draft: Draft, recents: Recents, side: SideThreads, tmp_path: Path) -> PictureIntake:
    return PictureIntake(draft, recents, side, tmp_path / "copies", side)


@pytest.fixture
def glances(picture_process: PictureProcess, side: SideThreads) -> Glances:
    return Glances(picture_process, side, side)


@pytest.fixture
def show_pane(
    draft: Draft,
    spec: ModelSpec,
    words: Phrasebook,
    theme: Theme,
    icons: Icons,
    recents: Recents,
    intake: PictureIntake,
    glances: Glances,
    prompts: Prompts,
    show: Show,
) -> ShowPane:
    """``show_pane(width, height)``: the pane alone, as a window."""

    def present(width: int = 320, height: int = 660) -> ComposePane:
        pane = ComposePane(
            draft=draft,
            words=words,
            spec=spec,
            theme=theme,
            icons=icons,
            recents=recents,
            intake=intake,
            glances=glances,
            history=prompts,
        )
        show(pane, width, height)
        pane.activateWindow()
        return pane

    return present


@pytest.fixture
def pane(show_pane: ShowPane) -> ComposePane:
    return show_pane()
