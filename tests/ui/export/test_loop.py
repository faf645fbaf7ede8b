"""The best loop: found, played, taken back."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QSpinBox

from dreamina_desktop.core.export_result import Loop
from dreamina_desktop.core.export_watch import ExportWatch
from dreamina_desktop.ui.export.export_words import ExportWords
from dreamina_desktop.ui.watch.play_position import PlayMode
from dreamina_desktop.video import loop_finder
from dreamina_desktop.video.loop_finder import find_loop
from dreamina_desktop.words import Phrasebook
from tests.ui.conftest import Until
from tests.ui.export.conftest import OpenDesk
from tests.ui.export.export_desk import ExportDesk, viewed_of
from tests.video.clips import make_clip


def points(desk: ExportDesk) -> tuple[int, int]:
    position = desk.playback.position
    return position.first, position.last


def found(desk: ExportDesk) -> str:
    desk.until(lambda: desk.find(QPushButton, "undoLoopButton").isVisible())
    return desk.says("loopAnswer")


def test_it_is_played_at_once_and_can_be_taken_back(open_desk: OpenDesk, clip: Path) -> None:
    desk = open_desk()
    desk.playback.set_mode(PlayMode.ONCE)
    desk.playback.seek(40)
    desk.playback.set_marks(30, 44)
    desk.export()
    desk.click("findLoopButton")
    said = found(desk)
    best = find_loop(clip)
    assert said.startswith(f"Frames {best.first + 1} to {best.last + 1}: the seam is ")
    assert points(desk) == (best.first, best.last)
    spins = [desk.find(QSpinBox, name).value() for name in ("exportInSpin", "exportOutSpin")]
    assert spins == [best.first + 1, best.last + 1]
    position = desk.playback.position
    assert position.is_playing
    assert position.is_looping
    assert position.index == best.first
    # Again finds the same, and Undo still leads to what was before both.
    desk.click("findLoopButton")
    desk.until(lambda: desk.says("loopAnswer") == said)
    desk.click("undoLoopButton")
    assert points(desk) == (30, 44)
    position = desk.playback.position
    assert not position.is_playing
    assert (position.mode, position.index) == (PlayMode.ONCE, 40)
    assert desk.says("loopAnswer") == ""
    assert not desk.find(QPushButton, "undoLoopButton").isVisible()


def test_the_player_asks_for_it_directly(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.playback.play()
    desk.exports.find_loop(desk.clips[0], desk.playback)
    found(desk)
    desk.click("undoLoopButton")
    # What played before goes on.
    assert desk.playback.position.is_playing
    assert points(desk) == (0, 47)


def test_other_frames_chosen_since_are_not_undone(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.export()
    desk.click("findLoopButton")
    found(desk)
    desk.playback.set_marks(2, 8)
    assert not desk.find(QPushButton, "undoLoopButton").isVisible()
    assert desk.says("loopAnswer") == ""
    assert points(desk) == (2, 8)


def test_a_clip_that_is_not_shown_is_not_played(open_desk: OpenDesk) -> None:
    desk = open_desk(2)
    desk.shown = desk.clips[1]
    desk.export(0)
    desk.click("findLoopButton")
    found(desk)
    assert points(desk) == (0, 47)
    assert not desk.playback.position.is_playing
    desk.click("undoLoopButton")
    assert desk.find(QSpinBox, "exportInSpin").value() == 1


def test_it_can_be_stopped(
    open_desk: OpenDesk, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[bool] = []
    step = ExportWatch.step

    def slow(watch: ExportWatch, done: int, total: int) -> None:
        try:
            while done == 24:
                time.sleep(0.005)
                step(watch, done, total)
            step(watch, done, total)
        except Exception:
            ended.append(True)
            raise

    monkeypatch.setattr(ExportWatch, "step", slow)
    desk = open_desk()
    desk.export()
    desk.exports.find_loop(desk.clips[0], desk.playback)
    until(lambda: desk.says("loopAnswer") == "Looking for the best loop, 50 %")
    assert desk.find(QPushButton, "findLoopButton").text() == "Stop looking"
    QTest.keyClick(desk.find(QPushButton, "findLoopButton"), Qt.Key.Key_Return)
    assert desk.says("loopAnswer") == ""
    assert desk.find(QPushButton, "findLoopButton").text() == "Find the best loop"
    until(lambda: bool(ended))
    assert points(desk) == (0, 47)


def test_a_short_clip_says_why_not(open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk()
    short = make_clip(tmp_path / "short.mp4", loop_finder.SHORTEST - 1)
    desk.shown = None
    desk.clips[0] = viewed_of(short, frames=loop_finder.SHORTEST - 1)
    desk.exports.find_loop(desk.clips[0], desk.playback)
    button = desk.find(QPushButton, "findLoopButton")
    assert not button.isEnabled()
    assert button.toolTip() == "A loop has 24 frames or more: this clip is shorter."


def test_a_clip_that_is_none_is_a_sentence(open_desk: OpenDesk, folder: Path) -> None:
    desk = open_desk()
    shutil.copyfile(__file__, folder / "take-0.mp4")
    desk.export()
    desk.click("findLoopButton")
    desk.until(lambda: "damaged" in desk.says("loopAnswer"))
    assert not desk.find(QPushButton, "undoLoopButton").isVisible()


@pytest.mark.parametrize(
    ("seam", "said"),
    [
        (1.0, "Frames 18 to 97: the seam is hardly visible."),
        (4.0, "Frames 18 to 97: the seam is a little visible."),
        (9.0, "Frames 18 to 97: the seam is clearly visible."),
    ],
)
def test_seams_in_plain_words(application: object, seam: float, said: str) -> None:
    assert ExportWords(Phrasebook()).loop(Loop(17, 96, seam, 2.0)) == said
