"""What is painted of a picture and its frame, and the painting of it; device pixels throughout."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from dreamina_desktop.core.cutout import Snap
from dreamina_desktop.core.recipe import Fill
from dreamina_desktop.ui.compose.crop_overlay import outline_kept, paint_crop, veil_lost
from dreamina_desktop.ui.compose.framing_placement import FramingPlacement, outside
from dreamina_desktop.ui.compose.scaled_picture import ScaledPicture
from dreamina_desktop.ui.theme import GAP, Theme

_SOFT, _STEPS = 24, 4
"""Pixels of a picture that is enlarged to a soft ground, and how often before the last time."""
_GRID = 0.45


@dataclass(frozen=True, slots=True)
class FramingScene:
    """What to paint.

    ``picture`` is all of it; ``exact`` what is sent of it, None while that is being made.
    ``ground`` lies behind transparency, None for the pattern that stands for it. ``fill`` and
    ``bars`` are the frame's, ``fill`` None without one: then ``crop`` is the model's own.
    """

    picture: QImage
    placement: FramingPlacement
    ground: str | None = None
    fill: Fill | None = None
    bars: str = ""
    exact: QImage | None = None
    crop: QRect | None = None
    lines: Snap | None = None
    is_live: bool = False
    has_grid: bool = False


class FramingPainter:
    """Paints scenes; keeps what it has scaled, so that a frame that moves is only copied."""

    def __init__(self) -> None:
        self._whole = ScaledPicture()
        self._dimmed = ScaledPicture()
        self._exact = ScaledPicture()
        self._soft = ScaledPicture()
        self._seed = QImage()
        self._seed_of = (0, 0, 0)

    def paint(self, painter: QPainter, scene: FramingScene, theme: Theme, line: int) -> None:
        """``line``: the width of outlines."""
        if scene.fill is None:
            self._draw_picture(painter, scene, theme)
            if scene.crop is not None:
                paint_crop(painter, scene.placement.scene, scene.crop, theme, line)
            return
        place = scene.placement
        self._paint_framed(painter, scene, theme)
        if place.kept != place.scene:
            outline_kept(painter, place.scene, place.kept, theme, line)
        if scene.has_grid:
            self._paint_grid(painter, place.kept, max(1, line // 2))
        self._paint_lines(painter, scene, theme, line)

    def _draw_picture(self, painter: QPainter, scene: FramingScene, theme: Theme) -> None:
        place, image = scene.placement.picture, scene.picture
        if image.hasAlphaChannel():
            _paint_ground(painter, place, scene.ground, theme)
        self._whole.draw(painter, place, image, is_quick=scene.is_live)

    def _paint_framed(self, painter: QPainter, scene: FramingScene, theme: Theme) -> None:
        """Each pixel once, as far as that is possible: a 4K window has many."""
        place, image = scene.placement, scene.picture
        kept = place.kept & place.picture
        for beside in outside(place.scene, place.picture):
            # Corners where neither is: the picture is cut one way and has bars the other.
            for corner in outside(beside, place.kept):
                painter.fillRect(corner, QColor(theme.sunken))
        if image.hasAlphaChannel():
            self._draw_picture(painter, scene, theme)
            veil_lost(painter, place.picture, kept, theme)
        else:
            lost = outside(place.picture, kept)
            if lost:
                self._dimmed.draw(
                    painter, place.picture, image, parts=lost, veil=theme, is_quick=scene.is_live
                )
        if scene.exact is not None:
            self._exact.draw(painter, place.kept, scene.exact)
            return
        if not image.hasAlphaChannel():
            self._whole.draw(painter, place.picture, image, parts=[kept], is_quick=scene.is_live)
        bars = outside(place.kept, place.picture)
        if scene.fill is Fill.COLOUR:
            for bar in bars:
                painter.fillRect(bar, QColor(scene.bars))
        elif bars:
            soft = self._soft_ground(scene)
            self._soft.draw(painter, place.kept, soft, parts=bars, is_quick=scene.is_live)

    def _soft_ground(self, scene: FramingScene) -> QImage:
        """The picture enlarged until it covers the kept part, as soft as it will be."""
        image, kept = scene.picture, scene.placement.kept
        covering = QSize(kept.size()).scaled(image.size(), Qt.AspectRatioMode.KeepAspectRatio)
        wanted = covering.scaled(QSize(_SOFT, _SOFT), Qt.AspectRatioMode.KeepAspectRatio)
        wanted = wanted.expandedTo(QSize(2, 2))
        if self._seed_of != (image.cacheKey(), wanted.width(), wanted.height()):
            self._seed_of = image.cacheKey(), wanted.width(), wanted.height()
            part = QRect(QPoint(0, 0), covering)
            part.moveCenter(image.rect().center())
            self._seed = _soft(image.copy(part), wanted)
        return self._seed

    def _paint_grid(self, painter: QPainter, kept: QRect, line: int) -> None:
        """Thirds, dark beside bright, to be seen on every picture."""
        for colour, beside in (
            (QColor(Qt.GlobalColor.black), line),
            (QColor(Qt.GlobalColor.white), 0),
        ):
            colour.setAlphaF(_GRID)
            for third in (1, 2):
                x = kept.left() + round(kept.width() * third / 3) + beside
                y = kept.top() + round(kept.height() * third / 3) + beside
                painter.fillRect(QRect(x, kept.top(), line, kept.height()), colour)
                painter.fillRect(QRect(kept.left(), y, kept.width(), line), colour)

    def _paint_lines(self, painter: QPainter, scene: FramingScene, theme: Theme, line: int) -> None:
        lines, all_of_it, picture = scene.lines, scene.placement.scene, scene.placement.picture
        if lines is None:
            return
        if lines.line_x is not None:
            x = picture.left() + round(picture.width() * lines.line_x) - line // 2
            _line(painter, QRect(x, all_of_it.top(), line, all_of_it.height()), theme, (line, 0))
        if lines.line_y is not None:
            y = picture.top() + round(picture.height() * lines.line_y) - line // 2
            _line(painter, QRect(all_of_it.left(), y, all_of_it.width(), line), theme, (0, line))


def _line(painter: QPainter, place: QRect, theme: Theme, apart: tuple[int, int]) -> None:
    """In the accent between white, to be seen on every picture."""
    white = QColor(Qt.GlobalColor.white)
    white.setAlphaF(2 * _GRID)
    across, down = apart
    painter.fillRect(place.adjusted(-across, -down, across, down), white)
    painter.fillRect(place, QColor(theme.accent))


def _soft(image: QImage, size: QSize) -> QImage:
    """Few pixels, and then by and by more: at once it would show them as squares."""
    for _ in range(_STEPS):
        image = image.scaled(
            size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        size = QSize(2 * size.width(), 2 * size.height())
    return image


def _paint_ground(painter: QPainter, place: QRect, ground: str | None, theme: Theme) -> None:
    if ground is not None:
        painter.fillRect(place, QColor(ground))
        return
    painter.fillRect(place, QColor(theme.raised))
    painter.save()
    painter.setClipRect(place)
    square = QColor(theme.line)
    for row, top in enumerate(range(place.top(), place.bottom() + 1, GAP)):
        for left in range(place.left() + GAP * (row % 2), place.right() + 1, 2 * GAP):
            painter.fillRect(QRectF(left, top, GAP, GAP), square)
    painter.restore()
