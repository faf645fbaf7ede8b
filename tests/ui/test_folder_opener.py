"""Showing where a file is: with the desktop's means, or in words."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from dreamina_desktop.ui.folder_opener import DesktopFolders
from dreamina_desktop.ui.notice import NoticeTone
from dreamina_desktop.ui.notices import Notices

pytestmark = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="the platform's own program would come up"
)


class Browser(QObject):
    """A program for folders that the desktop knows of."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Path] = []

    @Slot(QUrl)
    def show_url(self, url: QUrl) -> None:
        self.shown.append(Path(url.toLocalFile()))


@pytest.fixture
def browser(application: QApplication) -> Iterator[Browser]:
    made = Browser()
    QDesktopServices.setUrlHandler("file", made, "show_url")
    yield made
    QDesktopServices.unsetUrlHandler("file")


def test_the_folder_is_shown(browser: Browser, tmp_path: Path) -> None:
    notices = Notices()
    folders = DesktopFolders(notices)
    folders.reveal(tmp_path / "clip.mp4")
    folders.open(tmp_path)
    assert browser.shown == [tmp_path, tmp_path]
    assert notices.current is None


@pytest.mark.parametrize("name", ["", "clip.mp4"])
def test_where_nothing_shows_folders_the_path_is_told(
    application: QApplication, tmp_path: Path, name: str
) -> None:
    notices = Notices()
    folders = DesktopFolders(notices)
    path = tmp_path / name
    if name:
        folders.reveal(path)
    else:
        folders.open(path)
    posted = notices.current
    assert posted is not None
    assert posted.notice.tone is NoticeTone.WARNING
    assert "no program" in posted.notice.text
    assert str(path) in posted.notice.action
    # To be copied.
    assert posted.notice.details == str(path)
    assert posted.seconds is None


def test_what_was_told_goes_once_it_is_shown(application: QApplication, tmp_path: Path) -> None:
    notices = Notices()
    folders = DesktopFolders(notices)
    folders.open(tmp_path)
    assert notices.current is not None
    browser = Browser()
    QDesktopServices.setUrlHandler("file", browser, "show_url")
    folders.open(tmp_path)
    QDesktopServices.unsetUrlHandler("file")
    assert browser.shown == [tmp_path]
    assert notices.current is None
