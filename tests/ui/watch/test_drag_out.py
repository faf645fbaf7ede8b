"""What other programs get when the clip or its frame is dragged out."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDrag, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QWidget

from dreamina_desktop.ui.watch.watch_pane import WatchPane
from tests.ui.conftest import Until
from tests.ui.watch.conftest import NewPane
from tests.ui.watch.stage import HEIGHT, WIDTH, canvas_of, clip_of, job_of, number_on, shown

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
ALT = Qt.KeyboardModifier.AltModifier


class Taken:
    """What a program that something is dropped on reads, and what hung on the mouse."""

    def __init__(self, drag: QDrag) -> None:
        data = drag.mimeData()
        self.paths = [Path(url.toLocalFile()) for url in data.urls()]
        self.has_image = data.hasImage()
        self.png = bytes(data.data("image/png").data())
        self.hung = drag.pixmap().size()


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[Taken]:
    """A real drag waits for a real mouse to let go."""
    drops: list[Taken] = []

    def drop(drag: QDrag, *_: object) -> Qt.DropAction:
        drops.append(Taken(drag))
        return Qt.DropAction.CopyAction

    monkeypatch.setattr(QDrag, "exec", drop)
    return drops


@pytest.fixture
def pane(new_pane: NewPane, clip: Path, until: Until) -> WatchPane:
    pane = new_pane()
    pane.show_job(job_of(clip_of(clip)))
    until(lambda: shown(pane) == 0)
    pane.playback.seek(9)
    return pane


def pull(widget: QWidget, keys: Qt.KeyboardModifier = NONE, *, release: bool = True) -> None:
    start = widget.rect().center()
    QTest.mousePress(widget, LEFT, keys, start)
    for step in (5, 20, 60):
        QTest.mouseMove(widget, start + QPoint(step, step // 2))
    if release:
        QTest.mouseRelease(widget, LEFT, keys, start + QPoint(60, 30))


def test_the_clip_is_dragged_as_its_file(pane: WatchPane, clip: Path, taken: list[Taken]) -> None:
    pull(canvas_of(pane))
    (drop,) = taken
    assert drop.paths == [clip]
    assert not drop.has_image
    assert not drop.hung.isEmpty()


def check_frame(drop: Taken) -> None:
    assert drop.has_image
    (path,) = drop.paths
    assert path.name == "numbered_frame_0010.png"
    for image in (QImage(str(path)), QImage.fromData(drop.png)):
        image.convertTo(QImage.Format.Format_RGB32)
        assert image.size().toTuple() == (WIDTH, HEIGHT)
        assert number_on(image, image.rect()) == 9


def test_with_alt_the_frame(pane: WatchPane, taken: list[Taken], until: Until) -> None:
    pull(canvas_of(pane), ALT, release=False)
    until(lambda: bool(taken))
    check_frame(taken[0])
    QTest.mouseRelease(canvas_of(pane), LEFT, ALT)
    pull(canvas_of(pane), ALT, release=False)
    until(lambda: len(taken) == 2)
    assert taken[1].paths == taken[0].paths, "made once"


def test_out_of_the_button_too(pane: WatchPane, taken: list[Taken], until: Until) -> None:
    button = pane.findChild(QToolButton, "captureFrameButton")
    assert button is not None
    asked: list[object] = []
    pane.clip_deed_wanted.connect(asked.append)
    pull(button, release=False)
    until(lambda: bool(taken))
    check_frame(taken[0])
    assert not button.isDown()
    assert not asked, "a drag is no click"


def test_who_lets_go_before_it_is_there_drags_nothing(
    pane: WatchPane, taken: list[Taken], until: Until
) -> None:
    pull(canvas_of(pane), ALT)
    pull(canvas_of(pane), release=False)
    until(lambda: bool(taken))
    assert not taken[0].has_image


def test_without_a_clip_there_is_nothing_to_drag(new_pane: NewPane, taken: list[Taken]) -> None:
    pull(canvas_of(new_pane()))
    assert not taken
