"""How wide the panes stand, as long as nobody has moved them and after."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget

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


def test_a_folded_pane_comes_back_as_wide_as_it_was(bench: Workbench) -> None:
    before = widths(bench, 1264)
    bench.fold(PaneName.LIBRARY, is_folded=True)
    assert bench.pane(PaneName.LIBRARY).isHidden()
    bench.fold(PaneName.LIBRARY, is_folded=False)
    assert widths(bench, 1264) == before
