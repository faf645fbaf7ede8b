"""Where the tiles of a wall stand: in the rows and columns that make them largest."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMargins, QPoint, QRect, QSize

from dreamina_desktop.ui.watch.fitting import fitted_size

type Shape = tuple[int, int]


def arrange(area: QSize, shapes: Sequence[Shape], gap: int) -> tuple[QRect, ...]:
    """A place for each picture of these shapes (width, height), in whole pixels of ``area``.

    Every picture keeps its shape. They stand ``gap`` apart and from the edges, as one block in the
    middle; a last row that is not full stands in the middle, too.
    """
    if not shapes:
        return ()
    inner = area.shrunkBy(_margins(gap))
    best: list[QSize] = []
    best_columns = 1
    for columns in range(1, len(shapes) + 1):
        rows = -(-len(shapes) // columns)
        cell = QSize(
            (inner.width() - (columns - 1) * gap) // columns,
            (inner.height() - (rows - 1) * gap) // rows,
        )
        sizes = [fitted_size(QSize(*shape), cell) for shape in shapes]
        if not best or _area(sizes) > _area(best):
            best, best_columns = sizes, columns
    return _placed(best, best_columns, area, gap)


def enlarged(place: QRect, area: QSize, factor: float, gap: int) -> QRect:
    """The place grown around its middle, kept inside of the area; never smaller than it was."""
    most = area.shrunkBy(_margins(gap))
    factor = min(factor, most.width() / place.width(), most.height() / place.height())
    if factor <= 1:
        return place
    # From the place's own size: what it is grown from is painted into it without a seam.
    grown = QRect(0, 0, round(place.width() * factor), round(place.height() * factor))
    grown.moveCenter(place.center())
    grown.moveLeft(min(max(gap, grown.left()), area.width() - gap - grown.width()))
    grown.moveTop(min(max(gap, grown.top()), area.height() - gap - grown.height()))
    return grown


def neighbour(places: Sequence[QRect], current: int, step: QPoint) -> int:
    """The place next to ``current`` to that side (left is (-1, 0)); itself at the edge.

    To the sides it goes on in the next row, so that one key reaches every take.
    """
    if step.x():
        return min(max(0, current + step.x()), len(places) - 1)
    here = places[current].center()
    rows = [
        (abs(place.center().y() - here.y()), abs(place.center().x() - here.x()), number)
        for number, place in enumerate(places)
        if (place.center().y() - here.y()) * step.y() > places[current].height() // 2
    ]
    if not rows:
        return current
    nearest = min(row[0] for row in rows)
    # In a row of pictures of several shapes the middles are not all at one height.
    slack = places[current].height() // 2
    return min((row for row in rows if row[0] <= nearest + slack), key=lambda row: row[1:])[2]


def _placed(sizes: list[QSize], columns: int, area: QSize, gap: int) -> tuple[QRect, ...]:
    cell = QSize(max(s.width() for s in sizes), max(s.height() for s in sizes))
    rows = -(-len(sizes) // columns)
    top = (area.height() - rows * cell.height() - (rows - 1) * gap) // 2
    places = []
    for number, size in enumerate(sizes):
        row, column = divmod(number, columns)
        there = min(columns, len(sizes) - row * columns)
        left = (area.width() - there * cell.width() - (there - 1) * gap) // 2
        corner = QPoint(
            left + column * (cell.width() + gap) + (cell.width() - size.width()) // 2,
            top + row * (cell.height() + gap) + (cell.height() - size.height()) // 2,
        )
        places.append(QRect(corner, size))
    return tuple(places)


def _area(sizes: list[QSize]) -> int:
    return sum(size.width() * size.height() for size in sizes)


def _margins(gap: int) -> QMargins:
    return QMargins(gap, gap, gap, gap)
