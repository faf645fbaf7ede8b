"""Exporting one clip: by mouse and keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from dreamina_desktop.core.export_order import ExportKind
from dreamina_desktop.core.settings import ExportHabits, Settings
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import LIGHT
from dreamina_desktop.video.clip import PyAvClipCheck
from dreamina_desktop.video.still_file import save_still
from tests.ui.export.conftest import OpenDesk
from tests.ui.export.export_desk import NAME, ExportDesk, names
from tests.ui.watch.stage import FRAMES


def checked(desk: ExportDesk, *buttons: str) -> list[str]:
    return [name for name in buttons if desk.find(QPushButton, name).isChecked()]


PURPOSES = ("shareButton", "webButton", "editButton")
FORMATS = ("mp4FormatButton", "gifFormatButton", "webpFormatButton", "pngFormatButton")


def test_a_single_key_exports_beside_the_clip(open_desk: OpenDesk, folder: Path) -> None:
    desk = open_desk()
    desk.export()
    assert checked(desk, *PURPOSES, *FORMATS) == ["shareButton", "mp4FormatButton"]
    assert desk.says("exportExample") == f"{NAME}.mp4"
    desk.press(Qt.Key.Key_Return)
    said = desk.answered()
    assert f"{NAME}.mp4 is there: 48 frames, 160 × 96 pixels" in said
    assert said.endswith("Copied without any loss.")
    made = folder / f"{NAME}.mp4"
    assert made.read_bytes() == (folder / "take-0.mp4").read_bytes()
    # The next Return shows it, and makes no second one.
    desk.press(Qt.Key.Key_Return)
    assert desk.folders.shown == [made]
    desk.click("exportStartButton")
    assert f"{NAME} (2).mp4 is there" in desk.answered()
    assert names(folder) == [f"{NAME} (2).mp4", f"{NAME}.mp4", "take-0.mp4"]


def test_the_players_points_and_the_numbers_are_the_same(open_desk: OpenDesk, folder: Path) -> None:
    desk = open_desk()
    desk.playback.set_marks(9, 19)
    desk.export()
    first, last = (desk.find(QSpinBox, name) for name in ("exportInSpin", "exportOutSpin"))
    assert (first.value(), last.value()) == (10, 20)
    assert desk.says("exportLength") == "0.5 s"
    desk.playback.set_marks(4, None)
    assert (first.value(), last.value()) == (5, FRAMES)
    desk.turn("exportOutSpin", 12)
    assert (desk.playback.position.in_point, desk.playback.position.out_point) == (4, 11)
    # Neither may pass the other.
    desk.turn("exportInSpin", 40)
    assert first.value() <= last.value()
    desk.turn("exportInSpin", 7)
    desk.turn("exportWidthSpin", 80)
    assert desk.says("exportHeight") == "× 48 pixels"
    assert checked(desk, *PURPOSES) == []
    desk.click("exportStartButton")
    assert "6 frames, 80 × 48 pixels" in desk.answered()
    facts = PyAvClipCheck().facts(folder / f"{NAME}.mp4")
    assert (facts.frames, facts.width, facts.height) == (6, 80, 48)


def test_another_clip_in_the_player_leaves_the_numbers_alone(open_desk: OpenDesk) -> None:
    desk = open_desk(2)
    desk.playback.set_marks(9, 19)
    desk.export()
    desk.shown = desk.clips[1]
    desk.playback.load(FRAMES, 24.0)
    desk.playback.set_marks(1, 2)
    first, last = (desk.find(QSpinBox, name) for name in ("exportInSpin", "exportOutSpin"))
    assert (first.value(), last.value()) == (10, 20)
    desk.turn("exportOutSpin", 30)
    assert desk.playback.position.out_point == 2


def test_beside_a_longer_clip_it_keeps_its_own_length(open_desk: OpenDesk) -> None:
    desk = open_desk()
    (clip,) = desk.clips
    # Held against another one, which begins later.
    desk.playback.load(FRAMES + 3, 24.0)
    last = desk.export() and desk.find(QSpinBox, "exportOutSpin")
    assert (last.value(), last.maximum()) == (FRAMES, FRAMES)
    desk.press(Qt.Key.Key_Escape)
    # What the file tells counts more than the row.
    desk.counts[clip.path] = FRAMES - 1
    desk.export()
    assert desk.find(QSpinBox, "exportOutSpin").maximum() == FRAMES - 1


@pytest.mark.parametrize(
    ("purpose", "kind", "example", "made"),
    [
        ("webButton", "webpFormatButton", f"{NAME}.webp", f"{NAME}.webp"),
        ("editButton", "pngFormatButton", f"{NAME}/frame_….png", NAME),
    ],
)
def test_a_purpose_is_a_click_and_is_remembered(
    open_desk: OpenDesk, folder: Path, purpose: str, kind: str, example: str, made: str
) -> None:
    desk = open_desk()
    desk.playback.set_marks(3, 5)
    desk.export()
    desk.click(purpose)
    assert checked(desk, *PURPOSES, *FORMATS) == [purpose, kind]
    assert desk.says("exportExample") == example
    desk.click("exportStartButton")
    assert f"{made} is there: 3 frames" in desk.answered()
    assert (folder / made).exists()
    desk.press(Qt.Key.Key_Escape)
    desk.export()
    assert checked(desk, *PURPOSES, *FORMATS) == [purpose, kind]


def test_png_files_are_the_frames_themselves(open_desk: OpenDesk, folder: Path) -> None:
    desk = open_desk()
    desk.playback.set_marks(7, 8)
    desk.export()
    desk.click("pngFormatButton")
    desk.click("exportStartButton")
    desk.answered()
    assert names(folder / NAME) == ["frame_00008.png", "frame_00009.png"]
    still = save_still(desk.clips[0].path, 7, folder / "still.png").path
    assert (folder / NAME / "frame_00008.png").read_bytes() == still.read_bytes()


def test_the_size_is_told_before_and_holds(open_desk: OpenDesk, folder: Path) -> None:
    desk = open_desk()
    desk.export()
    whole = (folder / "take-0.mp4").stat().st_size
    assert desk.measured() == f"About {whole / 1000:.1f} kB"
    desk.playback.set_marks(0, 9)
    desk.click("gifFormatButton")
    assert desk.says("exportSize") == "Measuring…"
    low, _, high = desk.measured().removeprefix("About ").removesuffix(" kB").partition(" to ")
    desk.click("exportStartButton")
    desk.answered()
    size = (folder / f"{NAME}.gif").stat().st_size / 1000
    assert float(low) - 0.1 <= size <= float(high or low) + 0.1


def test_a_template_is_shown_at_work_and_remembered(open_desk: OpenDesk, folder: Path) -> None:
    desk = open_desk()
    desk.playback.set_marks(6, 9)
    desk.export()
    desk.type("exportTemplateEdit", "{source} {frame} {prompt}")
    assert desk.says("exportExample") == "cup 0007 Steam _rises_ & drifts.mp4"
    # Nothing of it is kept while somebody types.
    assert desk.preferences.current == Settings()
    desk.press(Qt.Key.Key_Return)
    assert "cup 0007 Steam _rises_ & drifts.mp4 is there" in desk.answered()
    kept = ExportHabits(template="{source} {frame} {prompt}")
    assert desk.preferences.current.exports == kept
    desk.press(Qt.Key.Key_Escape)
    desk.export()
    assert desk.find(QLineEdit, "exportTemplateEdit").text() == kept.template


@pytest.mark.parametrize("template", ["{sead}", "{seed", "{seed:04}"])
def test_a_bad_template_is_a_sentence(open_desk: OpenDesk, folder: Path, template: str) -> None:
    desk = open_desk()
    desk.export()
    desk.type("exportTemplateEdit", template)
    assert "Known are {date} {source} {prompt} {seed} and {frame}." in desk.says("exportExample")
    start = desk.find(QPushButton, "exportStartButton")
    assert not start.isEnabled()
    assert "Known are" in start.toolTip()
    desk.press(Qt.Key.Key_Return)
    assert names(folder) == ["take-0.mp4"]
    # Emptied, it is the usual one.
    desk.type("exportTemplateEdit", "x")
    QTest.keyClick(desk.find(QLineEdit, "exportTemplateEdit"), Qt.Key.Key_Backspace)
    assert desk.says("exportExample") == f"{NAME}.mp4"
    assert start.isEnabled()


def test_settings_written_by_hand_do_no_harm(open_desk: OpenDesk) -> None:
    habits = ExportHabits(ExportKind.GIF, 100_000, "{nonsense}")
    desk = open_desk(settings=Settings(exports=habits))
    desk.export()
    assert checked(desk, *FORMATS) == ["gifFormatButton"]
    assert desk.says("exportExample") == f"{NAME}.gif"
    assert desk.find(QSpinBox, "exportWidthSpin").value() == 160


def test_a_turn_of_the_wheel_in_passing_changes_nothing(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.export()
    spin = desk.find(QSpinBox, "exportWidthSpin")
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(spin.mapToGlobal(QPoint(5, 5))),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(spin, wheel)
    assert spin.value() == 160
    spin.setFocus()
    QApplication.sendEvent(spin, wheel)
    assert spin.value() == 144


def test_every_control_has_its_name_in_words_and_can_be_reached(open_desk: OpenDesk) -> None:
    desk = open_desk()
    dialog = desk.export()
    dialog.set_theme(LIGHT, Icons(LIGHT))  # type: ignore[attr-defined]
    controls = [
        one
        for one in dialog.findChildren(QWidget)
        if isinstance(one, QAbstractButton | QSpinBox | QLineEdit) and one.isVisible()
    ]
    assert len(controls) > 12
    for control in controls:
        assert control.accessibleName(), control.objectName()
        assert control.toolTip(), control.objectName()
        inner = isinstance(control.parent(), QSpinBox)
        assert inner or control.focusPolicy() & Qt.FocusPolicy.TabFocus, control.objectName()
