"""A stage in the clip's place: same playback, same keys, and the clip again afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import Theme
from dreamina_desktop.ui.watch.clip_details import ClipDetails
from dreamina_desktop.ui.watch.passing_chip import PassingChip
from dreamina_desktop.ui.watch.play_meter import PlayMeter
from dreamina_desktop.ui.watch.player_deeds import ClipDeedWanted
from dreamina_desktop.ui.watch.viewed import UseFrame, Viewed
from dreamina_desktop.ui.watch.watch_pane import WatchPane
from dreamina_desktop.ui.watch.zoom import FIT
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
        self.shown_frame: int | None = None
        self.is_cleared = False

    def clear(self) -> None:
        self.is_cleared = True


class Zoomed(Scene):
    """One that can be looked at more closely."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []

    def toggle_zoom(self) -> None:
        self.done.append("toggle")

    def zoom_in(self) -> None:
        self.done.append("in")

    def zoom_out(self) -> None:
        self.done.append("out")


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


def test_frame_and_points_go_with_the_stage_and_come_back(pane: WatchPane) -> None:
    pane.playback.set_marks(5, 40)
    pane.playback.seek(22)
    scene = Scene()
    # It learns only later what it has.
    scene.count = 0
    pane.show_stage(scene)
    assert pane.playback.position.count == 0
    scene.count = 30
    scene.measured.emit()
    position = pane.playback.position
    assert (position.index, position.in_point, position.out_point) == (22, 5, None)
    pane.playback.clear_marks()
    pane.playback.seek(3)
    scene.count = 29
    scene.measured.emit()
    assert pane.playback.position.index == 3, "only once"
    scene.left.emit()
    position = pane.playback.position
    assert (position.index, position.in_point, position.out_point) == (22, 5, 40)
    scene.deleteLater()


def test_the_stage_tells_which_frame_of_its_clip_is_shown(
    pane: WatchPane, scene: Scene, clip: Path
) -> None:
    asked: list[ClipDeedWanted] = []
    used: list[UseFrame] = []
    pane.clip_deed_wanted.connect(asked.append)
    pane.use_frame_wanted.connect(used.append)
    note = pane.findChild(PassingChip)
    assert note is not None
    QTest.keyClick(scene, Qt.Key.Key_U)
    assert not used
    assert note.text() == "There is no clip of this take yet."
    assert note.isVisible()
    scene.viewed, scene.shown_frame = Viewed(job_of(job_id="meant"), clip_of(clip)), 11
    pane.playback.seek(25)
    QTest.keyClick(scene, Qt.Key.Key_C)
    QTest.keyClick(scene, Qt.Key.Key_U)
    assert [one.index for one in asked] == [11]
    assert [one.index for one in used] == [11]
    scene.left.emit()
    assert not note.isVisible()
    scene.deleteLater()


def test_zoom_and_meter_are_of_what_is_shown(pane: WatchPane, scene: Scene, until: Until) -> None:
    meter, note = pane.findChild(PlayMeter), pane.findChild(PassingChip)
    assert meter is not None
    assert note is not None
    for key in (Qt.Key.Key_Z, Qt.Key.Key_Plus, Qt.Key.Key_Minus):
        note.hide()
        QTest.keyClick(scene, key)
        assert note.isVisible()
    assert scene.geometry().contains(note.geometry())
    QTest.keyClick(scene, Qt.Key.Key_T)
    assert meter.isVisible()
    assert meter.parent() is scene
    zoomed = Zoomed()
    pane.show_stage(zoomed)
    assert meter.isVisible()
    assert not note.isVisible()
    for key in (Qt.Key.Key_Z, Qt.Key.Key_Plus, Qt.Key.Key_Minus):
        QTest.keyClick(zoomed, key)
    assert zoomed.done == ["toggle", "in", "out"]
    assert not note.isVisible()
    pane.leave_stage()
    assert canvas_of(pane).zoom == FIT
    assert meter.parent() is canvas_of(pane)
    until(meter.isVisible)
    scene.deleteLater()
    zoomed.deleteLater()


def test_a_hint_breaks_where_there_is_little_room(pane: WatchPane, theme: Theme) -> None:
    note = PassingChip(theme, pane)
    note.say("A rather long sentence that does not go on one line.", QRect(10, 10, 200, 300))
    assert note.wordWrap()
    assert QRect(10, 10, 200, 300).contains(note.geometry())
    note.say("Short.", QRect(10, 10, 200, 300))
    assert not note.wordWrap()
    note.say("", QRect())
    assert not note.isVisible()
