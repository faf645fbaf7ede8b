"""Save and copy the frame, copy, show and open the file: with the real clipboard and real files."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from dreamina_desktop.ui.background_thread import BackgroundThread
from dreamina_desktop.ui.folder_opener import DesktopFolders
from dreamina_desktop.ui.notices import NoticeDeed, Notices, PostedNotice
from dreamina_desktop.ui.watch.clip_deeds import ClipDeeds
from dreamina_desktop.ui.watch.player_deeds import ClipDeed, ClipDeedWanted
from dreamina_desktop.ui.watch.still_frame import frame_name
from dreamina_desktop.ui.watch.viewed import UseFrame, Viewed
from dreamina_desktop.ui.watch.watch_pane import WatchPane
from dreamina_desktop.words import Phrasebook
from tests.ui.conftest import Until, dispose
from tests.ui.watch.conftest import NewPane
from tests.ui.watch.stage import HEIGHT, WIDTH, canvas_of, clip_of, job_of, number_on, shown

NONE = Qt.KeyboardModifier.NoModifier
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class Opened(QObject):
    """The programs of the desktop."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[Path] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.paths.append(Path(url.toLocalFile()))


@pytest.fixture
def opened(application: QObject) -> Iterator[Opened]:
    del application
    made = Opened()
    QDesktopServices.setUrlHandler("file", made, "take")
    yield made
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def owner(application: QObject) -> Iterator[QObject]:
    """Qt's objects must not wait for a garbage collection in some thread."""
    del application
    made = QObject()
    yield made
    made.deleteLater()
    dispose()


@pytest.fixture
def notices(owner: QObject) -> Notices:
    return Notices(owner)


@pytest.fixture
def path(clip: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(clip, tmp_path / "cup & saucer.mp4"))


@pytest.fixture
def deeds(
    background: BackgroundThread, notices: Notices, words: Phrasebook, owner: QObject
) -> ClipDeeds:
    return ClipDeeds(background, DesktopFolders(notices, owner), notices, words, owner)


@pytest.fixture
def pane(new_pane: NewPane, path: Path, deeds: ClipDeeds, until: Until) -> WatchPane:
    pane = new_pane()
    pane.clip_deed_wanted.connect(deeds.do)
    pane.show_job(job_of(clip_of(path)))
    until(lambda: shown(pane) == 0)
    pane.playback.seek(20)
    return pane


def said(notices: Notices) -> PostedNotice:
    assert notices.current is not None
    return notices.current


def number_in_file(path: Path) -> int:
    image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32)
    assert image.size().toTuple() == (WIDTH, HEIGHT)
    return number_on(image, image.rect())


def test_c_saves_the_frame_with_all_its_pixels(
    pane: WatchPane, path: Path, notices: Notices, until: Until, opened: Opened
) -> None:
    del opened
    QTest.keyClick(canvas_of(pane), Qt.Key.Key_Z)
    QTest.keyClick(canvas_of(pane), Qt.Key.Key_C)
    saved = path.with_name("cup & saucer_frame_0021.png")
    until(lambda: notices.current is not None)
    assert number_in_file(saved) == 20
    posted = said(notices)
    assert saved.name in posted.notice.text
    assert posted.notice.details == str(saved)
    assert (posted.deed, posted.label) == (NoticeDeed.REVEAL, "Show")
    assert Path(posted.subject) == saved


def test_nothing_is_ever_written_over(pane: WatchPane, path: Path, until: Until) -> None:
    button = pane.findChild(QToolButton, "captureFrameButton")
    assert button is not None
    names = ["cup & saucer_frame_0021.png", "cup & saucer_frame_0021 (2).png"]
    path.with_name(names[0]).write_bytes(b"mine")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    until(lambda: path.with_name(names[1]).exists())
    assert path.with_name(names[0]).read_bytes() == b"mine"
    pane.clip_deed_wanted.emit(wanted(pane, ClipDeed.SAVE_FRAME))
    until(lambda: path.with_name("cup & saucer_frame_0021 (3).png").exists())


def wanted(pane: WatchPane, deed: ClipDeed) -> ClipDeedWanted:
    viewed = pane.viewed
    assert viewed is not None
    return ClipDeedWanted(deed, viewed, pane.playback.position.index)


def test_shift_c_copies_the_frame(pane: WatchPane, notices: Notices, until: Until) -> None:
    QGuiApplication.clipboard().clear()
    QTest.keyClick(canvas_of(pane), Qt.Key.Key_C, SHIFT)
    until(lambda: notices.current is not None)
    assert "Frame 21" in said(notices).notice.text
    data = QGuiApplication.clipboard().mimeData()
    image = QGuiApplication.clipboard().image().convertToFormat(QImage.Format.Format_RGB32)
    assert image.size().toTuple() == (WIDTH, HEIGHT)
    assert number_on(image, image.rect()) == 20
    encoded = QImage.fromData(bytes(data.data("image/png").data()))
    assert encoded.convertToFormat(QImage.Format.Format_RGB32) == image


def test_ctrl_c_copies_the_file(pane: WatchPane, path: Path, notices: Notices) -> None:
    QTest.keyClick(canvas_of(pane), Qt.Key.Key_C, CTRL)
    urls = QGuiApplication.clipboard().mimeData().urls()
    assert [Path(url.toLocalFile()) for url in urls] == [path]
    assert "clipboard" in said(notices).notice.text


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="a real program would come up")
def test_show_and_open(pane: WatchPane, path: Path, deeds: ClipDeeds, opened: Opened) -> None:
    deeds.do(wanted(pane, ClipDeed.REVEAL))
    deeds.do(wanted(pane, ClipDeed.OPEN))
    assert opened.paths == [path.parent, path]


@pytest.mark.parametrize("deed", list(ClipDeed))
def test_a_file_that_has_gone_is_told_of(
    pane: WatchPane, path: Path, deeds: ClipDeeds, notices: Notices, until: Until, deed: ClipDeed
) -> None:
    order = wanted(pane, deed)
    path.unlink()
    deeds.do(order)
    until(lambda: notices.current is not None)
    assert said(notices).notice.text == "The clip's file is not there any more."


@pytest.mark.parametrize("deed", [ClipDeed.SAVE_FRAME, ClipDeed.COPY_FRAME])
def test_a_broken_clip_is_told_of_in_words(
    pane: WatchPane,
    path: Path,
    deeds: ClipDeeds,
    notices: Notices,
    words: Phrasebook,
    until: Until,
    deed: ClipDeed,
) -> None:
    order = wanted(pane, deed)
    path.write_bytes(b"\0" * 100)
    deeds.do(order)
    until(lambda: notices.current is not None)
    assert said(notices).notice.text
    assert said(notices).deed is None


def test_a_folder_that_takes_nothing_is_told_of(
    pane: WatchPane,
    deeds: ClipDeeds,
    notices: Notices,
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(path: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    deeds.do(wanted(pane, ClipDeed.SAVE_FRAME))
    until(lambda: notices.current is not None)
    assert said(notices).notice.text


def test_without_a_clip_nothing_is_asked(new_pane: NewPane) -> None:
    pane = new_pane()
    asked: list[object] = []
    pane.clip_deed_wanted.connect(asked.append)
    pane.use_frame_wanted.connect(asked.append)
    for key, keys in (
        (Qt.Key.Key_C, NONE),
        (Qt.Key.Key_C, SHIFT),
        (Qt.Key.Key_C, CTRL),
        (Qt.Key.Key_U, NONE),
    ):
        QTest.keyClick(canvas_of(pane), key, keys)
    assert not asked


def test_u_and_b_ask_for_what_others_do(pane: WatchPane) -> None:
    used: list[UseFrame] = []
    compared: list[None] = []
    pane.use_frame_wanted.connect(used.append)
    pane.compare_wanted.connect(lambda: compared.append(None))
    QTest.keyClick(canvas_of(pane), Qt.Key.Key_U)
    QTest.keyClick(canvas_of(pane), Qt.Key.Key_B)
    for name in ("useFrameButton", "compareButton"):
        button = pane.findChild(QToolButton, name)
        assert button is not None
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    viewed = pane.viewed
    assert viewed is not None
    assert used == [UseFrame(viewed, 20)] * 2
    assert len(compared) == 2


def test_names(path: Path) -> None:
    viewed = Viewed(job_of(), clip_of(path))
    assert frame_name(viewed, 0) == "cup & saucer_frame_0001.png"
    assert frame_name(viewed, 240) == "cup & saucer_frame_0241.png"
