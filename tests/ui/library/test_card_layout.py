"""Cards fill the width, whatever it is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from dreamina_desktop.ui.library.card_layout import INSET, NARROWEST, CardLayout

WIDTHS = [165, 200, 221, 236, 250, 304, 312, 313, 330, 400, 468, 469, 500, 640, 1000]


@pytest.mark.parametrize("width", WIDTHS)
def test_columns_share_the_width_and_leave_no_ragged_edge(
    application: QApplication, width: int
) -> None:
    layout = CardLayout(application.font(), width)
    left = width - layout.columns * layout.cell.width()
    assert 0 < left <= layout.columns
    if not layout.is_row:
        assert layout.cell.width() - 2 * INSET >= NARROWEST


@pytest.mark.parametrize("width", WIDTHS)
def test_cards_stay_small_enough_for_an_overview(application: QApplication, width: int) -> None:
    layout = CardLayout(application.font(), width)
    assert not layout.is_row or layout.columns == 1
    # A pane of 640 pixels less its bars, with none so narrow that words fit only below.
    if width > 220:
        assert (560 // layout.cell.height()) * layout.columns >= 4


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_on_a_card_overlaps_or_leaves_it(application: QApplication, width: int) -> None:
    layout = CardLayout(application.font(), width)
    cell = QRect(QPoint(10, 20), layout.cell)
    places = layout.places(cell)
    assert cell.contains(places.card)
    words = (places.icon.united(places.state), places.detail, places.prompt)
    for place in (places.thumbnail, places.glyph, *words):
        assert places.card.contains(place)
    assert places.thumbnail.contains(places.glyph)
    for first, second in pairwise(words):
        assert first.bottom() < second.top()
    assert not any(place.intersects(places.thumbnail) for place in words)
    assert not places.icon.intersects(places.state)


def test_a_thumbnail_above_is_sixteen_to_ten(application: QApplication) -> None:
    layout = CardLayout(application.font(), 400)
    assert layout.thumbnail.height() == round(layout.thumbnail.width() / 1.6)


def test_larger_letters_make_larger_cards(application: QApplication) -> None:
    del application
    small, large = QFont(), QFont()
    small.setPixelSize(13)
    large.setPixelSize(26)
    for width in (250, 400):
        low, high = CardLayout(small, width), CardLayout(large, width)
        assert high.cell.height() > low.cell.height()
        assert high.state_font.pixelSize() > low.state_font.pixelSize()
