"""The stage that clips and pictures are painted on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from dreamina_desktop.ui.theme import RADIUS, Theme
from dreamina_desktop.ui.watch.projection import Projection
from dreamina_desktop.ui.watch.screen_pixels import (
    REST_MILLISECONDS,
    area_of,
    on_whole_pixels,
    paint_focus,
    paint_stage,
)
from dreamina_desktop.ui.watch.zoom import FIT, Zoom

KEY_REASONS = frozenset(
    {
        Qt.FocusReason.TabFocusReason,
        Qt.FocusReason.BacktabFocusReason,
        Qt.FocusReason.ShortcutFocusReason,
    }
)
"""How the focus comes by the keyboard: then it is marked where it is."""


@dataclass(frozen=True, slots=True)
class FramePainted:
    """A frame has come to the screen that was not there before."""

    index: int


class Canvas(QWidget):
    """Paints finished images one to one in pixels of the screen; all sources show one frame number.

    While it is being resized, images of the old size are scaled; those of the new size follow.
    """

    frame_painted = Signal(object)
    zoom_changed = Signal(object)
    full_screen_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_framed = True
        self._has_ring = False
        self._is_resting = False
        self._projections: tuple[Projection, ...] = ()
        self._zoom = FIT
        self._index = 0
        self._painted: int | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MILLISECONDS)
        self._rest.timeout.connect(self._on_rested)
        self.setObjectName("player")
        self.setAccessibleName(self.tr("Player"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(640, 480)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def set_framed(self, is_framed: bool) -> None:  # noqa: FBT001 - a switch is what it is
        """Whether it is a rounded stage inside a pane, or fills a screen to its corners."""
        self._is_framed = is_framed
        self.update()

    def set_resting(self, is_resting: bool) -> None:  # noqa: FBT001 - a switch is what it is
        """While it rests (the clip is shown elsewhere) nothing is asked for, and nothing shown."""
        self._is_resting = is_resting
        self._refresh()
        self.update()

    def set_projections(self, projections: Sequence[Projection]) -> None:
        """Show these, the first one lowest; none for an empty stage. Begins with frame 0."""
        for projection in self._projections:
            projection.source.image_arrived.disconnect(self._on_image_arrived)
        self._projections = tuple(projections)
        for projection in self._projections:
            projection.source.image_arrived.connect(self._on_image_arrived)
        self._index = 0
        self._painted = None
        self._fit()
        self.update()

    @property
    def projections(self) -> tuple[Projection, ...]:
        """What is shown, the first one lowest."""
        return self._projections

    @property
    def zoom(self) -> Zoom:
        """How near all of them are looked at."""
        return self._zoom

    def set_zoom(self, zoom: Zoom) -> None:
        """Look nearer, or elsewhere."""
        if zoom != self._zoom:
            self._zoom = zoom
            self._fit()
            self.update()
            self.zoom_changed.emit(zoom)

    def show_frame(self, index: int) -> None:
        """Show frame ``index`` (from 0) of every source, as soon as it is there."""
        if index != self._index:
            self._index = index
            self._refresh()

    # By the mouse the focus goes where one has just looked; only keys need to be shown where.

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        self._has_ring = event.reason() in KEY_REASONS
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        self._has_ring = False
        super().focusOutEvent(event)
        self.update()

    # Sizes.

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        area = area_of(self)
        for projection in self._projections:
            projection.fit(area, self._zoom)
            if projection.shot is None:
                projection.settle()
        if not all(projection.is_settled for projection in self._projections):
            self._rest.start()
        self._refresh()

    def _on_rested(self) -> None:
        for projection in self._projections:
            projection.settle()
        self._refresh()

    # Images.

    def _on_image_arrived(self) -> None:
        self._refresh()

    def _refresh(self) -> None:
        if self._is_resting or not self.isVisible():
            return
        ratio = self.devicePixelRatioF()
        # Between whole scales an image may stand up to a pixel aside of its reckoned place.
        spare = 0 if ratio.is_integer() else 1
        for projection in self._projections:
            if projection.look_for(self._index):
                target = QRectF(projection.visible)
                rect = QRectF(target.topLeft() / ratio, target.size() / ratio).toAlignedRect()
                self.update(rect.adjusted(-spare, -spare, spare, spare))

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        on_whole_pixels(painter, ratio)
        area = QRect(QPoint(0, 0), area_of(self))
        shown = self._shown()
        self._paint_ground(painter, area, shown, event)
        for projection in shown:
            _paint_image(painter, projection)
        if self._is_framed and self._has_ring:
            paint_focus(painter, area, 2 * ratio, RADIUS * ratio, self._theme)
        painter.end()
        self._tell_painted(shown)

    def _paint_ground(
        self, painter: QPainter, area: QRect, shown: list[Projection], event: QPaintEvent
    ) -> None:
        ratio = self.devicePixelRatioF()
        dirty = QRectF(event.rect())
        dirty = QRectF(dirty.topLeft() * ratio, dirty.size() * ratio)
        if any(QRectF(projection.visible).contains(dirty) for projection in shown):
            return
        if not self._is_framed:
            painter.fillRect(area.adjusted(-1, -1, 1, 1), QColor(self._theme.sunken))
            return
        paint_stage(painter, area.adjusted(-1, -1, 1, 1), area, RADIUS * ratio, self._theme)

    def _shown(self) -> list[Projection]:
        if self._is_resting:
            return []
        return [projection for projection in self._projections if projection.shot is not None]

    def _tell_painted(self, shown: list[Projection]) -> None:
        shot = shown[0].shot if shown else None
        if shot is not None and shot.index != self._painted:
            self._painted = shot.index
            self.frame_painted.emit(FramePainted(shot.index))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() is Qt.MouseButton.LeftButton:
            self.full_screen_asked.emit()
        super().mouseDoubleClickEvent(event)


def _paint_image(painter: QPainter, projection: Projection) -> None:
    shot, target, visible = projection.shot, projection.target, projection.visible
    if shot is None or visible.isEmpty():
        return
    begin = visible.topLeft() - target.topLeft()
    if shot.image.size() == target.size():
        painter.drawImage(visible.topLeft(), shot.image, QRect(begin, visible.size()))
        return
    smooth = QPainter.RenderHint.SmoothPixmapTransform
    painter.setRenderHint(smooth, not projection.is_sharp)
    if visible == target:
        painter.drawImage(target, shot.image)
        return
    # Only what is seen: nothing else costs time, however near one looks.
    wide = shot.image.width() / target.width()
    high = shot.image.height() / target.height()
    part = QRectF(
        begin.x() * wide, begin.y() * high, visible.width() * wide, visible.height() * high
    )
    painter.drawImage(QRectF(visible), shot.image, part)
