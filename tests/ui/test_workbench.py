"""How wide the panes stand, as long as nobody has moved them and after."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSplitter, QSplitterHandle, QWidget

from dreamina_desktop.ui.library.card_layout import CardLayout
from dreamina_desktop.ui.workbench import PaneName, Placement, Workbench


@pytest.fixture
def bench(application: QApplication) -> Iterator[Workbench]:
    made = Workbench(QWidget(), QWidget(), QWidget())
    made.place(Placement())
    made.show()
    yield made
    made.close()
    made.deleteLater()
    application.processEvents()


def drag(handle: QSplitterHandle, by: int) -> None:
    start = handle.rect().center()
    left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(handle, left, plain, start)
    QTest.mouseMove(handle, start + QPoint(by, 0))
    # The handle has moved along.
    QTest.mouseRelease(handle, left, plain, start)
    QApplication.processEvents()


def widths(bench: Workbench, room: int) -> list[int]:
    bench.resize(room, 600)
    QApplication.processEvents()
    return [bench.pane(name).width() for name in PaneName]


@pytest.mark.parametrize("room", [1008, 1264, 1904])
def test_the_clip_gets_most_as_long_as_nobody_moved_a_pane(bench: Workbench, room: int) -> None:
    compose, watch, library = widths(bench, room)
    assert watch > compose
    assert watch > library
    assert watch >= 0.4 * room


def test_more_room_makes_the_sides_wider_too(bench: Workbench) -> None:
    narrow, wide = widths(bench, 1008), widths(bench, 1904)
    assert all(more > less for less, more in zip(narrow, wide, strict=True))


def test_what_somebody_chose_stays_when_the_window_grows(bench: Workbench) -> None:
    bench.resize(1264, 600)
    bench.place(Placement((350, 500, 300)))
    before = widths(bench, 1264)
    after = widths(bench, 1904)
    assert (after[0], after[2]) == (before[0], before[2]) == (350, 300)


def test_the_library_gets_its_share_back_when_the_window_grows_again(bench: Workbench) -> None:
    # Whether nobody moved a pane, or only the other side was moved in the narrow window.
    wide, _ = widths(bench, 1904), widths(bench, 1008)
    assert widths(bench, 1904) == wide
    widths(bench, 1008)
    splitter = bench.findChild(QSplitter, "panes")
    assert splitter is not None
    drag(splitter.handle(1), 20)
    assert bench.placement.widths == (bench.pane(PaneName.COMPOSE).width(), 0, 0)
    assert widths(bench, 1904)[2] == wide[2]


def test_a_chosen_width_that_has_no_room_comes_back_with_it(bench: Workbench) -> None:
    bench.resize(1904, 600)
    bench.place(Placement((0, 0, 600)))
    wide = widths(bench, 1904)
    assert wide[2] == 600
    assert widths(bench, 1008)[2] < 400
    assert widths(bench, 1904) == wide


def test_without_the_clip_the_two_sides_stay_as_they_were_left(bench: Workbench) -> None:
    widths(bench, 1264)
    bench.fold(PaneName.WATCH, is_folded=True)
    QApplication.processEvents()
    splitter = bench.findChild(QSplitter, "panes")
    assert splitter is not None
    drag(splitter.handle(2), 100)
    compose, watch, library = bench.placement.widths
    assert (compose, library) == (
        bench.pane(PaneName.COMPOSE).width(),
        bench.pane(PaneName.LIBRARY).width(),
    )
    assert watch == 0


@pytest.mark.parametrize("room", [1008, 1264, 1904])
def test_enough_of_a_prompt_is_seen_to_tell_takes_apart(bench: Workbench, room: int) -> None:
    # The pane's margins and the scroll bar take no more than this.
    layout = CardLayout(bench.font(), widths(bench, room)[2] - 24)
    place = layout.places(QRect(QPoint(0, 0), layout.cell)).prompt
    metrics = QFontMetrics(layout.prompt_font)
    lines = place.height() // metrics.lineSpacing()
    assert lines * place.width() >= 24 * metrics.averageCharWidth()
    seed = QFontMetrics(layout.detail_font).horizontalAdvance("seed 1301967373")
    assert seed <= place.width()


def test_a_folded_pane_comes_back_as_wide_as_it_was(bench: Workbench) -> None:
    before = widths(bench, 1264)
    bench.fold(PaneName.LIBRARY, is_folded=True)
    assert bench.pane(PaneName.LIBRARY).isHidden()
    bench.fold(PaneName.LIBRARY, is_folded=False)
    assert widths(bench, 1264) == before
