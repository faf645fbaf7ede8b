"""What may come in the way of an export, and how it is stopped."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QFileDialog,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from dreamina_desktop.core.export_watch import ExportWatch
from dreamina_desktop.video import export_clip
from tests.ui.conftest import PATIENCE, Until
from tests.ui.export.conftest import OpenDesk
from tests.ui.export.export_desk import NAME, ExportDesk, names, viewed_of
from tests.ui.watch.stage import FRAMES


def test_a_folder_that_is_gone_is_said_and_can_be_mended(
    open_desk: OpenDesk, folder: Path, tmp_path: Path
) -> None:
    desk = open_desk()
    desk.export()
    desk.type("exportFolderEdit", str(tmp_path / "drive" / "films"))
    desk.press(Qt.Key.Key_Return)
    assert desk.answered() == ("The folder is not there. Bring it back, or choose another one.")
    (tmp_path / "drive" / "films").mkdir(parents=True)
    desk.click("exportStartButton")
    assert "is there" in desk.answered()
    assert names(tmp_path / "drive" / "films") == [f"{NAME}.mp4"]
    # A relative one is beside the clip.
    (folder / "cuts").mkdir()
    desk.type("exportFolderEdit", "cuts")
    desk.click("exportStartButton")
    assert "is there" in desk.answered()
    assert names(folder / "cuts") == [f"{NAME}.mp4"]


def test_a_folder_can_be_chosen(open_desk: OpenDesk, folder: Path, tmp_path: Path) -> None:
    films = tmp_path / "films"
    films.mkdir()
    desk = open_desk()
    desk.export()
    desk.click("exportFolderButton")
    chooser = desk.find(QFileDialog, "exportFolderDialog")
    assert Path(chooser.directory().absolutePath()) == folder
    chooser.fileSelected.emit(str(films))
    chooser.close()
    assert desk.find(QLineEdit, "exportFolderEdit").text() == str(films)
    desk.click("exportStartButton")
    assert "is there" in desk.answered()
    assert names(films) == [f"{NAME}.mp4"]
    # "~" is the person's own, "" the clip's.
    desk.type("exportFolderEdit", "~/no such folder at all")
    desk.click("exportStartButton")
    assert desk.answered().startswith("The folder is not there.")
    desk.type("exportFolderEdit", "")
    desk.click("exportStartButton")
    assert "is there" in desk.answered()
    assert names(folder) == [f"{NAME}.mp4", "take-0.mp4"]


def test_a_clip_that_is_gone_is_said_and_can_be_brought_back(
    open_desk: OpenDesk, folder: Path, clip: Path
) -> None:
    desk = open_desk()
    (folder / "take-0.mp4").unlink()
    desk.export()
    gone = "The clip's file is not there any more. Bring it back, and try again."
    assert desk.measured() == gone
    desk.click("exportStartButton")
    assert desk.answered() == gone
    (folder / "take-0.mp4").write_bytes(clip.read_bytes())
    desk.click("exportStartButton")
    assert "is there" in desk.answered()
    assert desk.measured().endswith("kB")


def test_a_full_disk_is_said_and_leaves_nothing(
    open_desk: OpenDesk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk()
    desk.export()

    def full(source: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(export_clip.shutil, "copyfile", full)
        desk.click("exportStartButton")
        said = desk.answered()
    assert said == (
        f"There is no room for the file: {NAME}.mp4. Free some space, or choose another folder."
    )
    assert names(folder) == ["take-0.mp4"]
    desk.click("exportStartButton")
    assert "is there" in desk.answered()


class Held:
    """Holds the work at its tenth frame until it is stopped, as a slow disk would."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_reached = False
        step = ExportWatch.step

        def slow(watch: ExportWatch, done: int, total: int) -> None:
            while done == 10 and total == FRAMES:
                self.is_reached = True
                time.sleep(0.005)
                step(watch, done, total)
            step(watch, done, total)

        monkeypatch.setattr(ExportWatch, "step", slow)


def begun(desk: ExportDesk, held: Held, until: Until) -> None:
    desk.export()
    desk.click("gifFormatButton")
    desk.click("exportStartButton")
    until(lambda: held.is_reached)


def test_cancel_leaves_nothing_behind(
    open_desk: OpenDesk, folder: Path, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk()
    begun(desk, Held(monkeypatch), until)
    bar = desk.find(QWidget, "exportProgress")
    until(lambda: bar.isVisible() and bar.maximum() == FRAMES)  # type: ignore[attr-defined]
    assert len(names(folder)) == 2
    assert not desk.find(QLineEdit, "exportTemplateEdit").isEnabled()
    # It has the focus.
    desk.press(Qt.Key.Key_Space)
    assert desk.answered() == "Stopped; nothing was written. Begin again whenever you like."
    assert names(folder) == ["take-0.mp4"]
    assert not bar.isVisible()
    assert desk.find(QPushButton, "exportStartButton").hasFocus()
    assert desk.find(QLineEdit, "exportTemplateEdit").isEnabled()


@pytest.mark.parametrize("way", ["dialog", "exports", "window"])
def test_closing_stops_the_work_and_waits_for_nothing(
    open_desk: OpenDesk,
    folder: Path,
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
) -> None:
    desk = open_desk()
    begun(desk, Held(monkeypatch), until)
    assert not desk.exports.wait(0)
    if way == "dialog":
        QTest.keyClick(desk.dialog(), Qt.Key.Key_Escape)
    else:
        if way == "window":
            desk.window.close()
            desk.window.hide()
        desk.exports.close()
    assert not desk.dialogs("exportDialog")
    assert desk.exports.wait(PATIENCE / 1000)
    assert names(folder) == ["take-0.mp4"]


def test_one_that_works_is_brought_back(
    open_desk: OpenDesk, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(2)
    begun(desk, Held(monkeypatch), until)
    working = desk.dialog()
    desk.exports.export(desk.clips[1], desk.playback)
    assert desk.dialog() is working
    assert "take-0" in str(working.viewed.path)  # type: ignore[attr-defined]


def test_another_clip_takes_the_place_of_one_at_rest(open_desk: OpenDesk) -> None:
    desk = open_desk(2)
    first = desk.export(0)
    assert desk.export(0) is first
    second = desk.export(1)
    assert second.viewed == desk.clips[1]  # type: ignore[attr-defined]


def test_a_clip_of_unknown_measures_is_exported_whole(open_desk: OpenDesk, folder: Path) -> None:
    desk = open_desk()
    desk.shown = None
    desk.clips[0] = viewed_of(folder / "take-0.mp4", frames=0)
    desk.export()
    assert not desk.find(QSpinBox, "exportInSpin").isEnabled()
    desk.click("exportStartButton")
    assert "48 frames" in desk.answered()
