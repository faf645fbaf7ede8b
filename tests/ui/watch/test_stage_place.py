"""A stage in the clip's place: same playback, same keys, and the clip again afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import Theme
from dreamina_desktop.ui.watch.clip_details import ClipDetails
from dreamina_desktop.ui.watch.player_deeds import ClipDeedWanted
from dreamina_desktop.ui.watch.viewed import Viewed
from dreamina_desktop.ui.watch.watch_pane import WatchPane
from tests.ui.conftest import Until
from tests.ui.watch.conftest import NewPane
from tests.ui.watch.stage import canvas_of, clip_of, job_of, shown


class Scene(QWidget):
    """The least that a stage is."""

    left = Signal()
    measured = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.count = 30
        self.frames_per_second = 12.0
        self.viewed: Viewed | None = None
        self.is_cleared = False

    def clear(self) -> None:
        self.is_cleared = True


@pytest.fixture
def pane(new_pane: NewPane, clip: Path, until: Until) -> WatchPane:
    pane = new_pane()
    pane.activateWindow()
    pane.show_job(job_of(clip_of(clip)))
    until(lambda: shown(pane) == 0)
    return pane


@pytest.fixture
def scene(pane: WatchPane) -> Scene:
    scene = Scene()
    pane.show_stage(scene)
    return scene


def test_it_has_the_place_the_playback_and_the_keys(pane: WatchPane, scene: Scene) -> None:
    assert pane.stage is scene
    assert scene.isVisible()
    assert scene.hasFocus()
    assert not canvas_of(pane).isVisible()
    position = pane.playback.position
    assert (position.count, position.frames_per_second) == (30, 12.0)
    QTest.keyClick(scene, Qt.Key.Key_Period)
    assert pane.playback.position.index == 1
    scene.count = 20
    scene.measured.emit()
    assert pane.playback.position.count == 20
    QTest.keyClick(scene, Qt.Key.Key_F11)
    assert not pane.is_full_screen


def test_when_it_goes_the_clip_is_there_again(pane: WatchPane, scene: Scene, until: Until) -> None:
    told: list[None] = []
    pane.stage_left.connect(lambda: told.append(None))
    pane.playback.play()
    pane.playback.hold()
    scene.left.emit()
    assert scene.is_cleared
    assert pane.stage is None
    assert not scene.isVisible()
    assert not pane.playback.is_held
    assert pane.playback.position.count == 48
    assert canvas_of(pane).hasFocus()
    assert len(told) == 1
    until(lambda: shown(pane) == 0)
    pane.leave_stage()
    scene.measured.emit()
    assert pane.playback.position.count == 48
    scene.deleteLater()


def test_it_stays_for_news_of_the_same_job_and_goes_for_another(
    pane: WatchPane, scene: Scene, clip: Path
) -> None:
    pane.show_job(job_of(clip_of(clip)))
    assert pane.stage is scene
    assert pane.playback.position.count == 30
    pane.show_job(job_of(clip_of(clip), job_id="other"))
    assert pane.stage is None
    assert pane.playback.position.count == 48
    scene.deleteLater()


def test_one_takes_the_place_of_another(pane: WatchPane, scene: Scene) -> None:
    other = Scene()
    pane.show_stage(other)
    assert scene.is_cleared
    assert pane.stage is other
    pane.show_nothing()
    assert pane.stage is None
    scene.deleteLater()
    other.deleteLater()


def test_deeds_are_about_the_clip_that_the_stage_means(
    pane: WatchPane, scene: Scene, clip: Path
) -> None:
    asked: list[ClipDeedWanted] = []
    pane.clip_deed_wanted.connect(asked.append)
    QTest.keyClick(scene, Qt.Key.Key_C)
    assert not asked
    scene.viewed = Viewed(job_of(job_id="meant"), clip_of(clip))
    pane.playback.seek(4)
    QTest.keyClick(scene, Qt.Key.Key_C)
    assert [(one.viewed, one.index) for one in asked] == [(scene.viewed, 4)]


def test_what_is_no_stage_is_refused(pane: WatchPane) -> None:
    widget = QWidget()
    with pytest.raises(TypeError):
        pane.show_stage(widget)
    widget.deleteLater()


def test_it_has_the_room_of_the_details_whatever_they_are_told(
    pane: WatchPane, clip: Path, theme: Theme, icons: Icons, until: Until
) -> None:
    details, canvas = pane.findChild(ClipDetails), canvas_of(pane)
    height = canvas.height()
    scene, other = Scene(), Scene()
    for stage in (scene, other):
        pane.show_stage(stage)
        until(lambda stage=stage: stage.height() > height + details.height() / 2)  # type: ignore[misc]
        pane.show_job(job_of(clip_of(clip)))
        pane.set_theme(theme, icons)
        assert not details.isVisible()
    pane.leave_stage()
    assert details.isVisible()
    until(lambda: canvas.height() == height)
    # Without a job there is nothing to say, but the controls stand where they stood.
    pane.show_stage(scene)
    pane.show_nothing()
    assert not details.isVisible()
    until(lambda: canvas.height() == height)
    scene.deleteLater()
    other.deleteLater()
