"""The pane as a whole: what it shows for which job, and every frame in its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget

from dreamina_desktop.core.job import ClipKind, JobError, JobState
from dreamina_desktop.ui.theme import LIGHT
from dreamina_desktop.ui.watch.clip_details import ClipDetails
from dreamina_desktop.ui.watch.frame_source import FrameSource
from dreamina_desktop.ui.watch.timeline import Timeline
from dreamina_desktop.ui.watch.timeline_painter import TimelinePainter
from dreamina_desktop.ui.watch.watch_wishes import AskAgain
from tests.ui.conftest import Until
from tests.ui.watch.conftest import NewPane
from tests.ui.watch.stage import (
    FRAMES,
    RATE,
    canvas_of,
    clip_of,
    frame_label,
    job_of,
    photograph,
    shown,
    words_on,
)
from tests.video.clips import make_clip


class HandClock:
    def __init__(self) -> None:
        self.now = 99.5

    def __call__(self) -> float:
        return self.now


class TestStandingStill:
    @pytest.mark.parametrize("height", [480, 640, 1000])
    def test_the_controls_stay_where_they_are_whatever_is_shown(
        self, new_pane: NewPane, clip: Path, height: int
    ) -> None:
        pane = new_pane(height=height)
        controls = [
            pane.findChild(QWidget, name) for name in ("positionSlider", "playButton", "frameLabel")
        ]
        endless = job_of(job_id="endless", state=JobState.FAILED)
        assert endless.spec is not None
        words = "\n".join(["Steam rises slowly."] * 40)
        endless = replace(
            endless,
            spec=replace(endless.spec, prompt=words),
            error=JobError("provider_failed", "out of luck"),
        )
        bare = replace(job_of(job_id="bare", state=JobState.QUEUED), spec=None)
        places = set()
        for job in (None, job_of(clip_of(clip)), endless, bare, None):
            if job is None:
                pane.show_nothing()
            else:
                pane.show_job(job)
            QApplication.processEvents()
            places.add(
                tuple(
                    control.mapTo(pane, QPoint(0, 0)).toTuple()
                    for control in controls
                    if control is not None
                )
            )
        (place,) = places
        assert len(place) == len(controls)
        assert canvas_of(pane).height() > 0.45 * height


class TestFrames:
    def test_a_full_slow_play_shows_every_frame_once(
        self, new_pane: NewPane, clip: Path, until: Until
    ) -> None:
        clock = HandClock()
        pane = new_pane(clock=clock)
        painted: list[int] = []
        canvas_of(pane).frame_painted.connect(lambda frame: painted.append(frame.index))
        pane.show_job(job_of(clip_of(clip)))
        until(lambda: shown(pane) == 0)
        pane.playback.play()
        begin = clock.now
        for tick in range(2 * FRAMES + 5):
            clock.now = begin + tick / RATE
            pane.playback.catch_up()
            until(lambda tick=tick: painted[-1] == tick % FRAMES)
            assert shown(pane) == tick % FRAMES
            assert frame_label(pane).startswith(f"{tick % FRAMES + 1}/{FRAMES}")
        assert painted == [tick % FRAMES for tick in range(2 * FRAMES + 5)]

    def test_stepping_by_keys_shows_each_frame(
        self, new_pane: NewPane, clip: Path, until: Until
    ) -> None:
        pane = new_pane()
        pane.show_job(job_of(clip_of(clip)))
        until(lambda: shown(pane) == 0)
        canvas = canvas_of(pane)
        canvas.setFocus()
        wanted = 0
        for key, step in (
            *[(Qt.Key.Key_Right, 1)] * 20,
            *[(Qt.Key.Key_Comma, -1)] * 15,
            *[(Qt.Key.Key_Period, 1)] * 3,
            (Qt.Key.Key_Left, -1),
        ):
            QTest.keyClick(canvas, key)
            wanted += step
            until(lambda wanted=wanted: shown(pane) == wanted)
        QTest.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        until(lambda: shown(pane) == wanted + 10)
        QTest.keyClick(canvas, Qt.Key.Key_End)
        until(lambda: shown(pane) == FRAMES - 1)
        QTest.keyClick(canvas, Qt.Key.Key_Home)
        until(lambda: shown(pane) == 0)

    def test_scrubbing_shows_what_is_under_the_mouse(
        self, new_pane: NewPane, clip: Path, until: Until
    ) -> None:
        pane = new_pane()
        pane.show_job(job_of(clip_of(clip)))
        until(lambda: shown(pane) == 0)
        timeline = pane.findChild(Timeline, "positionSlider")
        assert timeline is not None
        painter = TimelinePainter(LIGHT)

        def spot(index: int) -> QPoint:
            return QPoint(int(painter.middle_of(index, timeline.width(), FRAMES)), 12)

        QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=spot(4))
        for index in (4, 30, 12, 47, 0, 46, 22, 23, 24):
            QTest.mouseMove(timeline, spot(index))
            until(lambda index=index: shown(pane) == index)
        QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=spot(24))
        assert pane.playback.position.index == 24

    def test_the_file_knows_its_length_better_than_the_row(
        self, new_pane: NewPane, tmp_path: Path, until: Until
    ) -> None:
        path = make_clip(tmp_path / "short.mp4", 10)
        pane = new_pane()
        pane.show_job(job_of(clip_of(path, frames=121)))
        until(lambda: frame_label(pane) == "1/10  0:00.00")
        assert pane.playback.position.frames_per_second == RATE


class TestJobs:
    def test_nothing(self, new_pane: NewPane) -> None:
        pane = new_pane()
        assert words_on(pane)
        assert words_on(pane, "stageHint")
        assert frame_label(pane) == "–/–"
        assert pane.shown_job_id is None

    def test_a_clip_begins_to_play_by_itself(
        self, new_pane: NewPane, clip: Path, until: Until
    ) -> None:
        pane = new_pane(autoplay=True)
        pane.show_job(job_of(clip_of(clip)))
        assert not pane.playback.position.is_playing, "not before its first frame is there"
        until(lambda: pane.playback.position.index > 2)
        assert pane.playback.position.is_playing
        assert words_on(pane) == ""

    def test_with_reduced_motion_it_waits(
        self, new_pane: NewPane, clip: Path, until: Until
    ) -> None:
        pane = new_pane(autoplay=True)
        pane.set_autoplay(False)
        pane.show_job(job_of(clip_of(clip)))
        until(lambda: shown(pane) == 0)
        QApplication.processEvents()
        assert not pane.playback.position.is_playing

    def test_the_same_job_again_changes_nothing(
        self, new_pane: NewPane, clip: Path, until: Until
    ) -> None:
        pane = new_pane()
        job = job_of(clip_of(clip))
        pane.show_job(job)
        until(lambda: shown(pane) == 0)
        pane.playback.seek(20)
        pane.show_job(replace(job, request_id="another"))
        until(lambda: shown(pane) == 20)
        details = pane.findChild(ClipDetails)
        assert details is not None
        assert "another" in details.plain_text()

    def test_another_job_begins_at_its_first_frame(
        self, new_pane: NewPane, clip: Path, until: Until, tmp_path: Path
    ) -> None:
        pane = new_pane()
        pane.show_job(job_of(clip_of(clip)))
        until(lambda: shown(pane) == 0)
        pane.playback.seek(20)
        pane.playback.mark_in()
        other = make_clip(tmp_path / "other.mp4", 30)
        pane.show_job(job_of(clip_of(other), job_id="other"))
        assert shown(pane) in (None, 0)
        until(lambda: shown(pane) == 0)
        until(lambda: frame_label(pane).startswith("1/30"))
        assert pane.playback.position.in_point is None
        assert pane.shown_job_id == "other"

    def test_the_first_clip_that_is_there(
        self, new_pane: NewPane, clip: Path, until: Until
    ) -> None:
        missing = replace(clip_of(clip), landed=False, path=None)
        pane = new_pane()
        pane.show_job(job_of(missing, clip_of(clip)))
        until(lambda: shown(pane) == 0)

    @pytest.mark.parametrize("state", [s for s in JobState if s is not JobState.DONE])
    def test_a_job_without_a_clip_says_how_it_stands(
        self, new_pane: NewPane, state: JobState
    ) -> None:
        pane = new_pane()
        pane.show_job(job_of(state=state))
        assert words_on(pane)[0].isupper()
        assert frame_label(pane) == "–/–"
        assert pane.shown_job_id == "job"

    def test_a_failed_job_says_why(self, new_pane: NewPane) -> None:
        pane = new_pane()
        job = replace(
            job_of(state=JobState.FAILED), error=JobError("provider_failed", "overheated")
        )
        pane.show_job(job)
        hint = words_on(pane, "stageHint")
        assert "could not make the clip" in hint
        assert "overheated" in hint
        pane.show_nothing()
        assert "overheated" not in words_on(pane, "stageHint")

    def test_a_watched_job_that_lands_begins_to_play(
        self, new_pane: NewPane, clip: Path, until: Until
    ) -> None:
        pane = new_pane(autoplay=True)
        pane.show_job(job_of(state=JobState.RUNNING))
        assert words_on(pane)
        pane.show_job(job_of(clip_of(clip)))
        until(lambda: pane.playback.position.is_playing)
        assert words_on(pane) == ""

    def test_a_picture(self, new_pane: NewPane, tmp_path: Path, until: Until) -> None:
        path = tmp_path / "still.png"
        Image.new("RGB", (160, 96), (210, 40, 50)).save(path)
        pane = new_pane(autoplay=True)
        pane.show_job(job_of(clip_of(path, ClipKind.IMAGE)))

        def middle() -> QColor:
            image = photograph(canvas_of(pane))
            return image.pixelColor(image.rect().center())

        until(lambda: middle() == QColor(210, 40, 50))
        assert frame_label(pane) == "1/1"
        QApplication.processEvents()
        assert not pane.playback.position.is_playing


class TestBroken:
    @pytest.mark.parametrize("is_missing", [True, False])
    def test_a_sentence_an_action_and_details(
        self, new_pane: NewPane, tmp_path: Path, until: Until, *, is_missing: bool
    ) -> None:
        path = tmp_path / "broken.mp4"
        if not is_missing:
            path.write_bytes(b"no clip at all")
        pane = new_pane()
        asked = []
        pane.ask_again_requested.connect(asked.append)
        pane.show_job(job_of(clip_of(path)))
        until(lambda: words_on(pane) != "")
        assert ("not there" in words_on(pane)) is is_missing
        assert words_on(pane, "stageHint")
        assert frame_label(pane) == "–/–"
        action = pane.findChild(QPushButton, "stageActionButton")
        assert action is not None
        assert action.accessibleName()
        QTest.mouseClick(action, Qt.MouseButton.LeftButton)
        assert asked == [AskAgain("job")]
        assert words_on(pane, "stageDetails") == ""
        unfold = pane.findChild(QToolButton, "stageDetailsButton")
        assert unfold is not None
        unfold.setFocus()
        QTest.keyClick(unfold, Qt.Key.Key_Space)
        assert str(path) in words_on(pane, "stageDetails")
        QTest.keyClick(unfold, Qt.Key.Key_Space)
        assert words_on(pane, "stageDetails") == ""

    def test_it_is_tried_anew_when_it_has_come_back(
        self, new_pane: NewPane, clip: Path, tmp_path: Path, until: Until
    ) -> None:
        path = tmp_path / "late.mp4"
        pane = new_pane()
        job = job_of(clip_of(path))
        pane.show_job(job)
        until(lambda: words_on(pane) != "")
        path.write_bytes(clip.read_bytes())
        pane.show_job(job)
        until(lambda: shown(pane) == 0)
        assert words_on(pane) == ""

    def test_a_broken_picture(self, new_pane: NewPane, tmp_path: Path, until: Until) -> None:
        path = tmp_path / "still.png"
        path.write_bytes(b"no picture")
        pane = new_pane()
        pane.show_job(job_of(clip_of(path, ClipKind.IMAGE)))
        until(lambda: words_on(pane) != "")

    def test_a_later_breakage_of_another_clip_is_not_this_ones(
        self, new_pane: NewPane, frames: FrameSource, clip: Path, tmp_path: Path, until: Until
    ) -> None:
        pane = new_pane()
        spy = QSignalSpy(frames.clip_broke)
        pane.show_job(job_of(clip_of(tmp_path / "gone.mp4"), job_id="gone"))
        pane.show_job(job_of(clip_of(clip)))
        until(lambda: shown(pane) == 0 and spy.count() == 1)
        assert words_on(pane) == ""
