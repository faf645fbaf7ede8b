"""What scrolls where the window is low: as little as possible, and nothing lies on anything."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from dreamina_desktop.core.recipe import Frame, Recipe
from dreamina_desktop.ui.compose.fitting_area import FittingArea
from dreamina_desktop.ui.compose.incoming_picture import IncomingFiles
from dreamina_desktop.ui.draft import Draft
from tests.ui.compose.conftest import ShowPane
from tests.ui.compose.framer_desk import quarters
from tests.ui.compose.seen_pane import saved
from tests.ui.conftest import Show, Until

ROW, ROWS, OTHER = 30, 10, 200
WIDE = 240


def pane(show: Show, height: int, *, is_told: bool = True) -> tuple[QWidget, FittingArea, QWidget]:
    """A pane, its area of ten rows, and below it something of which half can be spared."""
    whole = QWidget()
    inside = QWidget(whole)
    rows = QVBoxLayout(inside)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(0)
    for _ in range(ROWS):
        row = QWidget(inside)
        row.setFixedHeight(ROW)
        rows.addWidget(row)
    area = FittingArea(inside, whole if is_told else None, whole)
    other = QWidget(whole)
    other.setMinimumHeight(OTHER // 2)
    layout = QVBoxLayout(whole)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(area)
    layout.addWidget(other, 1)
    # As a window does whose own least size was set.
    whole.setMinimumHeight(1)
    return show(whole, WIDE, height), area, other


def test_with_room_all_of_it_is_there(show: Show, until: Until) -> None:
    _, area, other = pane(show, ROWS * ROW + OTHER)
    until(lambda: area.height() == ROWS * ROW)
    assert other.height() == OTHER
    assert area.verticalScrollBar().maximum() == 0


def test_what_can_be_spared_elsewhere_is_taken_first(show: Show, until: Until) -> None:
    _, area, other = pane(show, ROWS * ROW + OTHER // 2)
    until(lambda: area.height() == ROWS * ROW)
    assert other.height() == OTHER // 2


def test_then_it_scrolls_and_nothing_lies_on_anything(show: Show, until: Until) -> None:
    whole, area, other = pane(show, ROWS * ROW + OTHER // 2 - 60)
    until(lambda: area.height() == ROWS * ROW - 60)
    assert area.geometry().bottom() < other.geometry().top()
    assert other.height() == OTHER // 2
    assert area.verticalScrollBar().maximum() == 60
    whole.resize(WIDE, ROWS * ROW + OTHER)
    until(lambda: area.height() == ROWS * ROW)


def test_it_follows_what_is_in_it(show: Show, until: Until) -> None:
    _, area, _ = pane(show, ROWS * ROW + OTHER)
    until(lambda: area.height() == ROWS * ROW)
    inside = area.widget()
    assert inside is not None
    row = inside.findChildren(QWidget)[0]
    row.hide()
    until(lambda: area.height() == (ROWS - 1) * ROW)
    row.show()
    until(lambda: area.height() == ROWS * ROW)


def test_alone_it_is_as_high_as_its_rows(show: Show, application: QApplication) -> None:
    _, area, _ = pane(show, 100, is_told=False)
    application.processEvents()
    assert area.minimumHeight() == ROWS * ROW


def test_framed_and_with_others_waiting_in_a_window_of_700_pixels(
    show_pane: ShowPane, draft: Draft, until: Until, tmp_path: Path
) -> None:
    compose = show_pane(280, 640)
    # The window's own least size holds for all that is in it.
    compose.setMinimumHeight(1)
    names = ("a.webp", "b.webp")
    files = tuple(saved(tmp_path, quarters(1300, 400), name) for name in names)
    compose.take(IncomingFiles(files))
    draft.set_recipe(Recipe(mended=True, frame=Frame("1:1")))
    panel = compose.picture_panel
    area = panel.findChild(FittingArea)
    assert area is not None
    until(lambda: draft.picture.prepared is not None and area.verticalScrollBar().maximum() > 0)
    rows = [panel.image_drop, panel.framing, panel.strip, area, compose.prompt_editor]
    places = [row.rect().translated(row.mapTo(compose, row.rect().topLeft())) for row in rows]
    assert all(place.isValid() for place in places)
    for above, below in pairwise(places):
        assert above.bottom() < below.top()
    assert panel.framing.height() >= panel.framing.minimumSizeHint().height()
    assert compose.height() == 640
