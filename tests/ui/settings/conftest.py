"""What the pages need."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from dreamina_desktop.core.settings import KeptDraft, Settings
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.preferences import Preferences
from dreamina_desktop.ui.settings.settings_dialog import SettingsDialog, SettingsNeeds
from dreamina_desktop.ui.side_threads import SideThreads
from dreamina_desktop.ui.theme import Theme
from dreamina_desktop.words import Phrasebook
from tests.ui.conftest import Show
from tests.ui.settings.hosting_desks import HostingDeskOfOne
from tests.ui.settings.key_desks import KeyDeskOfOne

type Open = Callable[..., SettingsDialog]

BEFORE = Settings(draft=KeptDraft(prompt="Steam rises"))


@pytest.fixture
def side_threads(application: QApplication) -> Iterator[SideThreads]:
    made = SideThreads()
    yield made
    made.close()


@pytest.fixture
def desk() -> KeyDeskOfOne:
    return KeyDeskOfOne()


@pytest.fixture
def hosting_desk() -> HostingDeskOfOne:
    return HostingDeskOfOne()


@pytest.fixture
def preferences(side_threads: SideThreads) -> Iterator[Preferences]:
    saved: list[Settings] = []
    made = Preferences(BEFORE, saved.append, side_threads)
    yield made
    made.deleteLater()


@pytest.fixture
def open_dialog(
    preferences: Preferences,
    desk: KeyDeskOfOne,
    hosting_desk: HostingDeskOfOne,
    side_threads: SideThreads,
    words: Phrasebook,
    theme: Theme,
    icons: Icons,
    show: Show,
    tmp_path: Path,
) -> Open:
    window = QWidget()
    show(window, 300, 200)

    def make(*, practice: bool = False) -> SettingsDialog:
        needs = SettingsNeeds(
            preferences=preferences,
            key_desk=None if practice else desk,
            hosting_desk=None if practice else hosting_desk,
            background=side_threads,
            rows=side_threads,
            words=words,
            clips_folder=tmp_path,
            memory_mb=990,
        )
        dialog = SettingsDialog(needs, theme, icons, window)
        dialog.show()
        assert QTest.qWaitForWindowExposed(dialog)
        return dialog

    return make
