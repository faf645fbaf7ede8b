"""Pictures used lately show themselves, or say why they cannot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from dreamina_desktop.ui.compose.glances import Glances
from dreamina_desktop.ui.compose.incoming_picture import IncomingFile
from dreamina_desktop.ui.compose.recent_menu import RecentMenu
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.words import Phrasebook
from tests.ui.conftest import Until
from tests.ui.drafts import Counter, Recents


@pytest.fixture
def red(application: QApplication, tmp_path: Path) -> Path:
    del application
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    image.save(str(tmp_path / "red.png"))
    return tmp_path / "red.png"


@pytest.fixture
def menu(
    recents: Recents, glances: Glances, words: Phrasebook, icons: Icons, red: Path
) -> Iterator[RecentMenu]:
    damaged = red.with_name("damaged.png")
    damaged.write_bytes(red.read_bytes()[:60])
    recents.known = [str(red), str(red.with_name("gone.png")), str(damaged), "https://a.example/b"]
    menu = RecentMenu(recents, glances, words, icons)
    menu.aboutToShow.emit()
    yield menu
    menu.deleteLater()


def test_each_as_it_looks(menu: RecentMenu, red: Path, until: Until) -> None:
    first, gone, damaged, address = menu.actions()
    until(lambda: first.icon().pixmap(32).toImage().pixelColor(16, 16) == QColor("red"))
    until(lambda: not gone.isEnabled())
    assert gone.text() == "gone.png: There is no such file."
    # It can be chosen: its verdict says what to do.
    until(lambda: "damaged" in damaged.toolTip().splitlines()[-1].lower())
    assert damaged.isEnabled()
    assert address.isEnabled()
    chosen = Counter(menu.picture_arrived)
    first.trigger()
    assert chosen.last == IncomingFile(red)


def test_a_file_that_is_back_can_be_chosen_again(menu: RecentMenu, red: Path, until: Until) -> None:
    until(lambda: not menu.actions()[1].isEnabled())
    red.with_name("gone.png").write_bytes(red.read_bytes())
    menu.aboutToShow.emit()
    until(lambda: menu.actions()[1].isEnabled())
    assert menu.actions()[1].text() == "gone.png"
