from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from dreamina_desktop.core.origin import FrameOrigin
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import LIGHT
from tests.ui.conftest import Until, dispose
from tests.ui.drafts import SAMPLE, SlowBackground
from tests.ui.hand_over.desk import BEST, FRAMES, Desk, OpenDesk, use

LEFT_BUTTON = Qt.MouseButton.LeftButton


def press(desk: Desk, key: Qt.Key) -> None:
    widget = desk.window().focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key)


def test_a_click_takes_another(open_desk: OpenDesk, clip: Path, until: Until) -> None:
    desk = open_desk()
    desk.hand_over.use_frame(use(clip, FRAMES - 1))
    until(desk.is_settled)
    desk.draft.set_prompt("Changed since")
    desk.draft.set_seed_text("7")
    desk.click(0)
    until(lambda: desk.draft.origin == FrameOrigin("job", 1, FRAMES - 1))
    assert desk.row.currentIndex().data() == str(FRAMES)
    assert "blurred" in desk.reason
    assert (desk.draft.prompt, desk.draft.seed) == ("Changed since", 7)


def test_arrows_and_enter_take_another(open_desk: OpenDesk, clip: Path, until: Until) -> None:
    desk = open_desk()
    desk.hand_over.use_frame(use(clip, FRAMES - 1))
    until(desk.is_settled)
    assert desk.row.hasFocus()
    press(desk, Qt.Key.Key_Right)
    second = desk.labels()[2]
    assert desk.reason.startswith(f"Frame {second}: ")
    assert desk.draft.origin == FrameOrigin("job", 1, BEST)
    assert "Enter" in desk.hint
    press(desk, Qt.Key.Key_Return)
    until(lambda: desk.draft.origin == FrameOrigin("job", 1, int(second) - 1))
    assert desk.hint.startswith("The next picture.")


def test_escape_and_the_cross_put_it_away(open_desk: OpenDesk, clip: Path, until: Until) -> None:
    desk = open_desk()
    for _ in range(2):
        desk.hand_over.use_frame(use(clip, 3))
        until(desk.is_settled)
        assert desk.row.hasFocus()
        press(desk, Qt.Key.Key_Escape)
        assert desk.bar.isHidden()
        assert desk.stage.hasFocus()
        assert desk.draft.origin == FrameOrigin("job", 1, 3)
    desk.hand_over.use_frame(use(clip, 3))
    until(desk.is_settled)
    QTest.mouseClick(desk.button("closeHandOverButton"), LEFT_BUTTON)
    assert desk.bar.isHidden()


def test_who_types_meanwhile_goes_on_typing(open_desk: OpenDesk, clip: Path, until: Until) -> None:
    desk = open_desk()
    desk.hand_over.use_frame(use(clip, FRAMES - 1))
    desk.field.setFocus()
    until(desk.is_settled)
    assert desk.field.hasFocus()
    QTest.keyClicks(desk.field, "u")
    assert desk.field.text() == "u"


def test_letters_are_for_the_player(open_desk: OpenDesk, clip: Path, until: Until) -> None:
    desk = open_desk()
    desk.hand_over.use_frame(use(clip, FRAMES - 1))
    until(desk.is_settled)
    before = desk.row.currentIndex()
    QTest.keyClick(desk.row, Qt.Key.Key_1)
    assert desk.row.currentIndex() == before
    assert desk.draft.origin == FrameOrigin("job", 1, BEST)


def test_undo_puts_back_all_of_it(open_desk: OpenDesk, clip: Path, until: Until) -> None:
    desk = open_desk()
    desk.draft.take_file(SAMPLE)
    desk.draft.set_prompt("Before")
    desk.draft.set_seed_text("12")
    before = desk.draft.snapshot()
    desk.hand_over.use_frame(use(clip, FRAMES - 1))
    until(desk.is_settled)
    desk.draft.set_prompt("Typed since")
    QTest.mouseClick(desk.button("undoHandOverButton"), LEFT_BUTTON)
    assert desk.draft.snapshot() == before
    assert desk.draft.origin is None
    assert desk.bar.isHidden()
    assert desk.remembered.prompts == ["Before", "Typed since"]


def test_the_last_choice_counts(open_desk: OpenDesk, clip: Path) -> None:
    slow = SlowBackground()
    desk = open_desk(background=slow)
    desk.hand_over.use_frame(use(clip, 3))
    slow.step()
    slow.step()
    desk.click(1)
    desk.click(2)
    wanted = int(desk.labels()[2]) - 1
    # They may end in any order.
    slow.waiting.reverse()
    slow.step()
    slow.step()
    assert desk.draft.origin == FrameOrigin("job", 1, wanted)


def test_the_bar_stays_within_the_stage(open_desk: OpenDesk, clip: Path, until: Until) -> None:
    desk = open_desk(300, 420)
    desk.hand_over.use_frame(use(clip, FRAMES - 1))
    until(desk.is_settled)
    for width, height in ((300, 420), (900, 600), (420, 320)):
        desk.resize(width, height)
        until(lambda: desk.stage.rect().contains(desk.bar.geometry()))
        bottom = desk.stage.rect().bottom() - desk.bar.geometry().bottom()
        assert bottom == 8
    # A click beside the frames is none on the stage.
    before = desk.draft.snapshot()
    QTest.mouseClick(desk.bar, LEFT_BUTTON, pos=QPoint(2, 2))
    assert desk.draft.snapshot() == before


def test_the_bar_goes_with_its_stage(open_desk: OpenDesk, clip: Path, until: Until) -> None:
    desk = open_desk()
    desk.hand_over.use_frame(use(clip, 3))
    until(desk.is_settled)
    first = desk.stage
    first.hide()
    assert desk.bar.isHidden()
    # And comes again on another one, though the first is no more.
    desk.stage = QWidget(desk)
    desk.stage.resize(400, 300)
    desk.stage.show()
    first.deleteLater()
    dispose()
    desk.hand_over.use_frame(use(clip, 4))
    until(lambda: desk.draft.origin == FrameOrigin("job", 1, 4))
    assert desk.bar.isVisible()
    assert desk.bar.parent() is desk.stage


def test_the_wheel_goes_along_the_frames(open_desk: OpenDesk, clip: Path, until: Until) -> None:
    desk = open_desk()
    desk.hand_over.use_frame(use(clip, 3))
    until(desk.is_settled)
    place = desk.row.horizontalScrollBar()
    before = place.value()
    at = QPointF(desk.row.viewport().rect().center())
    none = QPoint()
    wheel = QWheelEvent(
        at,
        desk.row.viewport().mapToGlobal(at),
        none,
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(desk.row.viewport(), wheel)
    assert place.value() == before + 120


def test_other_programs_can_read_the_frames_aloud(
    open_desk: OpenDesk, clip: Path, until: Until
) -> None:
    desk = open_desk()
    desk.hand_over.use_frame(use(clip, FRAMES - 1))
    until(desk.is_settled)
    model = desk.row.model()
    told = [
        model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(model.rowCount())
    ]
    assert told[0].startswith("Frame 20, the frame you see: blurred")
    assert (
        told[1]
        == f"Frame {BEST + 1}: sharpest of the last 12, and quite still; it is the next picture"
    )
    assert model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole) == desk.reason


def test_it_wears_both_themes(open_desk: OpenDesk, clip: Path, until: Until) -> None:
    desk = open_desk()
    desk.hand_over.use_frame(use(clip, FRAMES - 1))
    until(desk.is_settled)
    dark = desk.row.grab().toImage()
    desk.bar.set_theme(LIGHT, Icons(LIGHT))
    assert desk.row.grab().toImage() != dark
