"""Several clips as one film."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QIcon, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QPushButton

from dreamina_desktop.core.export_watch import ExportWatch
from dreamina_desktop.core.job import ClipKind
from dreamina_desktop.core.origin import FrameOrigin
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.thumbnail_made import ThumbnailMade
from dreamina_desktop.ui.theme import LIGHT
from dreamina_desktop.ui.watch.viewed import Viewed
from dreamina_desktop.video.clip import PyAvClipCheck
from tests.ui.conftest import Until
from tests.ui.export.conftest import OpenDesk
from tests.ui.export.export_desk import LEFT, ExportDesk, viewed_of
from tests.video.clips import make_clip

FILM = "2026-11-21_cup_4711_film.mp4"


def numbered(desk: ExportDesk) -> ExportDesk:
    """Clips are told apart by their seeds."""
    for number, viewed in enumerate(desk.clips):
        assert viewed.job.spec is not None
        spec = replace(viewed.job.spec, seed=4711 + number)
        desk.clips[number] = Viewed(replace(viewed.job, spec=spec), viewed.clip)
    return desk


def seeds(desk: ExportDesk) -> list[str]:
    rows = desk.find(QListWidget, "joinList")
    texts = [rows.item(row).text() for row in range(rows.count())]
    assert [text[0] for text in texts] == ["1", "2", "3"]
    return [text[-1] for text in texts]


def test_one_film_without_the_frames_that_stand_twice(
    open_desk: OpenDesk, folder: Path, tmp_path: Path
) -> None:
    desk = open_desk(2)
    still = make_clip(tmp_path / "one.mp4", 2)
    # The second begins with the picture that the first ends with.
    first = make_clip(folder / "long.mp4", 1)
    desk.clips = [viewed_of(first, 0, 1), viewed_of(still, 1, 2), viewed_of(first, 2, 1)]
    desk.join()
    desk.press(Qt.Key.Key_Return)
    said = desk.answered()
    assert said.startswith(f"{FILM} is there: 3 frames, ")
    assert said.endswith("One frame that stood twice at a joint was left out.")
    assert PyAvClipCheck().facts(folder / FILM).frames == 3
    desk.press(Qt.Key.Key_Space)
    assert desk.folders.shown == [folder / FILM]


def test_the_order_by_keys_buttons_and_dragging(open_desk: OpenDesk) -> None:
    desk = numbered(open_desk(3))
    # However they were selected, the oldest begins.
    desk.clips.reverse()
    desk.join()
    assert seeds(desk) == ["1", "2", "3"]
    rows = desk.find(QListWidget, "joinList")
    assert rows.hasFocus()
    assert not desk.find(QPushButton, "joinUpButton").isEnabled()
    QTest.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert seeds(desk) == ["2", "1", "3"]
    assert desk.says("exportExample") == FILM.replace("4711", "4712")
    QTest.keyClick(rows, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(rows, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert seeds(desk) == ["1", "2", "3"]
    QTest.keyClick(rows, Qt.Key.Key_Down)
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert rows.currentRow() == 2
    assert not desk.find(QPushButton, "joinDownButton").isEnabled()
    desk.click("joinUpButton")
    assert seeds(desk) == ["1", "3", "2"]
    place = rows.visualItemRect(rows.item(0)).center() + QPoint(1, 1)
    QTest.mouseClick(rows.viewport(), LEFT, pos=place)
    desk.click("joinDownButton")
    assert seeds(desk) == ["3", "1", "2"]
    # What Qt does where somebody lets go.
    assert rows.model().moveRow(QModelIndex(), 2, QModelIndex(), 0)
    assert seeds(desk) == ["2", "3", "1"]
    desk.exports.set_theme(LIGHT, Icons(LIGHT))


def test_the_film_has_that_order(open_desk: OpenDesk, folder: Path) -> None:
    desk = open_desk(2)
    small = make_clip(folder / "small.mp4", 4, width=96, height=64)
    desk.clips = [desk.clips[0], viewed_of(small, 1, 4)]
    desk.join()
    desk.click("joinDownButton")
    desk.click("exportStartButton")
    assert desk.answered().endswith("No frame stood twice at a joint.")
    facts = PyAvClipCheck().facts(folder / FILM)
    # Its size is the first one's.
    assert (facts.width, facts.height, facts.frames) == (96, 64, 52)


def test_a_clip_ends_where_the_next_one_was_taken_from(open_desk: OpenDesk, folder: Path) -> None:
    desk = open_desk(2)
    job, clip = desk.clips[1].job, desk.clips[1].clip
    assert job.spec is not None
    picture = replace(job.spec.picture, origin=FrameOrigin(desk.clips[0].job.id, 0, 3))
    made = replace(job, spec=replace(job.spec, picture=picture))
    desk.clips[1] = Viewed(made, clip)
    desk.join()
    desk.click("exportStartButton")
    assert desk.answered().endswith("One frame that stood twice at a joint was left out.")
    assert PyAvClipCheck().facts(folder / FILM).frames == 4 + 47


def test_a_clip_that_is_gone_and_a_bad_name(open_desk: OpenDesk, folder: Path) -> None:
    desk = open_desk(2)
    (folder / "take-1.mp4").unlink()
    desk.join()
    desk.type("exportTemplateEdit", "{seeds}")
    assert not desk.find(QPushButton, "exportStartButton").isEnabled()
    desk.type("exportTemplateEdit", "both")
    desk.press(Qt.Key.Key_Return)
    assert desk.answered() == (
        "The clip's file is not there any more. Bring it back, and try again."
    )
    assert [path.name for path in folder.iterdir()] == ["take-0.mp4"]


def test_closing_stops_it(
    open_desk: OpenDesk, folder: Path, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached: list[bool] = []
    step = ExportWatch.step

    def slow(watch: ExportWatch, done: int, total: int) -> None:
        while done == 50:
            reached.append(True)
            time.sleep(0.005)
            step(watch, done, total)
        step(watch, done, total)

    monkeypatch.setattr(ExportWatch, "step", slow)
    desk = open_desk(2)
    working = desk.join()
    desk.click("exportStartButton")
    until(lambda: bool(reached))
    desk.exports.join(desk.clips)
    assert desk.dialog("joinDialog") is working
    desk.exports.close()
    assert not desk.dialogs("joinDialog")
    until(lambda: len(list(folder.iterdir())) == 2)


def test_it_takes_two_clips(open_desk: OpenDesk) -> None:
    desk = open_desk(2)
    viewed = desk.clips[1]
    desk.clips[1] = Viewed(viewed.job, replace(viewed.clip, kind=ClipKind.IMAGE))
    desk.exports.join(desk.clips)
    desk.exports.export(desk.clips[1], desk.playback)
    desk.exports.find_loop(desk.clips[1], desk.playback)
    assert not desk.dialogs("joinDialog")
    assert not desk.dialogs("exportDialog")
    desk.clips[1] = viewed
    first = desk.join()
    assert desk.join() is not first


def pictures(desk: ExportDesk) -> list[QImage]:
    """What stands at the left of each row, in device pixels."""
    rows = desk.find(QListWidget, "joinList")
    items = [rows.item(row) for row in range(rows.count())]
    return [item.icon().pixmap(rows.iconSize()).toImage() for item in items]


def test_each_row_shows_its_clip(open_desk: OpenDesk, folder: Path, until: Until) -> None:
    desk = open_desk(2)
    # The frames carry their numbers, so that a clip that is upright differs most.
    upright = make_clip(folder / "upright.mp4", 4, width=64, height=96)
    (folder / "take-1.mp4").unlink()
    desk.clips.append(viewed_of(upright, 2, 4))
    made: list[ThumbnailMade] = []
    desk.thumbnails.thumbnail_made.connect(made.append)
    desk.join()
    until(lambda: len(made) == 3)
    first, gone, last = pictures(desk)
    sizes = {picture.size() for picture in (first, gone, last)}
    assert len(sizes) == 1
    assert len({bytes(picture.constBits()) for picture in (first, gone, last)}) == 3
    # In rows that move they move too, and what is chosen keeps its colours.
    rows = desk.find(QListWidget, "joinList")
    QTest.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert pictures(desk) == [gone, first, last]
    icon, size = rows.item(1).icon(), rows.iconSize()
    assert icon.pixmap(size, QIcon.Mode.Selected).toImage() == first
    desk.exports.set_theme(LIGHT, Icons(LIGHT))
    assert pictures(desk)[2] != last
    # A file that has come back is looked for again; what is kept already is not made anew.
    shutil.copyfile(folder / "take-0.mp4", folder / "take-1.mp4")
    desk.join()
    until(lambda: len(made) == 4)
    assert pictures(desk)[0] == pictures(desk)[1]


def test_a_picture_that_the_library_has_made_will_do(open_desk: OpenDesk, until: Until) -> None:
    desk = open_desk(2)
    made: list[ThumbnailMade] = []
    desk.thumbnails.thumbnail_made.connect(made.append)
    for viewed in desk.clips:
        desk.thumbnails.picture(viewed.job, QSize(240, 180))
    until(lambda: len(made) == 2)
    desk.join()
    assert all(not picture.isNull() for picture in pictures(desk))
    QTest.qWait(50)
    # Not made smaller, which would have the library make it larger again, and so on.
    assert [one.frame for one in made] == 2 * [QSize(240, 180)]
