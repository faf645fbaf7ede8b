"""The stage on which two pictures are painted against each other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from dreamina_desktop.ui.compare.look_choice import LookChoice
from dreamina_desktop.ui.compare.pair import Pair
from dreamina_desktop.ui.compare.pair_labels import lines_on, paint_labels
from dreamina_desktop.ui.compare.pair_painter import paint_pair
from dreamina_desktop.ui.theme import RADIUS, Theme
from dreamina_desktop.ui.watch.canvas import KEY_REASONS, FramePainted
from dreamina_desktop.ui.watch.screen_pixels import (
    REST_MILLISECONDS,
    area_of,
    on_whole_pixels,
    paint_focus,
    paint_stage,
)
from dreamina_desktop.ui.watch.tabular import tabular

_STEP = 1.25
_PAN = 48


class CompareCanvas(QWidget):
    """Paints a pair as ``choice`` has it, always at two frames that belong together."""

    frame_painted = Signal(object)
    completeness_changed = Signal()

    def __init__(self, choice: LookChoice, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        self._theme = theme
        self._pair: Pair | None = None
        self._index = 0
        self._painted: int | None = None
        self._is_complete = False
        self._is_resting = False
        self._has_ring = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MILLISECONDS)
        self._rest.timeout.connect(self._on_rested)
        self.setObjectName("compareCanvas")
        self.setAccessibleName(self.tr("Comparison"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self.setFont(tabular(self.font()))
        choice.look_changed.connect(self._on_look_changed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(640, 480)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def set_resting(self, is_resting: bool) -> None:  # noqa: FBT001 - a switch is what it is
        """While it rests nothing is asked for, and nothing shown."""
        self._is_resting = is_resting
        self._fit()
        self.update()

    @property
    def pair(self) -> Pair | None:
        """What is shown."""
        return self._pair

    @property
    def is_complete(self) -> bool:
        """Whether both images of the asked frame are there, or cannot be expected."""
        return self._is_complete or self._pair is None or self._is_resting

    # What is shown.

    def show_pair(self, pair: Pair | None) -> None:
        """Show these two; None for nothing."""
        self._pair = pair
        self._painted = None
        self._set_complete(is_complete=False)
        self._fit()
        self.update()

    def show_frame(self, index: int) -> None:
        """Show frame ``index`` (from 0) of the playback, as soon as both its images are there."""
        if index != self._index:
            self._index = index
            self.refresh()

    def refresh(self) -> None:
        """Look whether there are better images."""
        pair = self._pair
        if pair is None or self._is_resting or not self.isVisible():
            return
        self._set_complete(is_complete=pair.look_for(self._index))
        if self._is_complete:
            self.update()

    def _set_complete(self, *, is_complete: bool) -> None:
        if is_complete != self._is_complete:
            self._is_complete = is_complete
            self.completeness_changed.emit()

    # Zooming.

    def zoom_in(self) -> None:
        """Larger."""
        self.zoom_by(_STEP, self._middle())

    def zoom_out(self) -> None:
        """Smaller."""
        self.zoom_by(1 / _STEP, self._middle())

    def toggle_zoom(self, at: QPointF | None = None) -> None:
        """A pixel of the clip for each of the screen, around that point; or all of both again."""
        pair = self._pair
        if pair is None:
            return
        if pair.zoom.scale != 1:
            pair.fit()
            self._rearranged()
        else:
            self.zoom_by(pair.actual_scale, self._middle() if at is None else at)

    def pan_left(self) -> None:
        """Look further to the left."""
        self.pan_by(QPointF(_PAN, 0))

    def pan_right(self) -> None:
        """Look further to the right."""
        self.pan_by(QPointF(-_PAN, 0))

    def pan_up(self) -> None:
        """Look further up."""
        self.pan_by(QPointF(0, _PAN))

    def pan_down(self) -> None:
        """Look further down."""
        self.pan_by(QPointF(0, -_PAN))

    def _middle(self) -> QPointF:
        return QRectF(self._pair.rooms[0]).center() if self._pair is not None else QPointF()

    def zoom_by(self, factor: float, at: QPointF) -> None:
        """Larger or smaller around that point, in pixels of the screen."""
        if self._pair is not None:
            self._pair.zoom_by(factor, at)
            self._rearranged()

    def pan_by(self, by: QPointF) -> None:
        """Drag both by so many device-independent pixels."""
        if self._pair is not None:
            self._pair.pan_by(by * self.devicePixelRatioF())
            self._rearranged()

    def _rearranged(self) -> None:
        if self._pair is not None and not all(half.is_settled for half in self._pair.halves):
            self._rest.start()
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
        pair = self._pair
        if pair is None:
            return
        pair.arrange(QRect(QPoint(0, 0), area_of(self)), self._choice.look)
        if not pair.is_shown:
            pair.settle()
        self._rearranged()
        self.refresh()

    def _on_rested(self) -> None:
        if self._pair is not None:
            self._pair.settle()
            self.refresh()

    def _on_look_changed(self) -> None:
        self._fit()
        self.update()

    # By the mouse the focus goes where one has just looked; only keys need to be shown where.

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        self._has_ring = event.reason() in KEY_REASONS
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        self._has_ring = False
        super().focusOutEvent(event)
        self.update()

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        del event
        painter = QPainter(self)
        painter.setFont(self.font())
        ratio = self.devicePixelRatioF()
        paint_stage(painter, self.rect(), self.rect(), RADIUS, self._theme)
        pair = self._pair
        if pair is not None and not self._is_resting:
            painter.save()
            on_whole_pixels(painter, ratio)
            paint_pair(painter, pair, self._choice.look, self._theme, ratio)
            painter.restore()
            self._paint_labels(painter, pair, ratio)
        if self._has_ring:
            paint_focus(painter, self.rect(), 2, RADIUS, self._theme)
        painter.end()
        self._tell_painted()

    @property
    def lines(self) -> tuple[str, str]:
        """What stands on the two pictures; "" without any."""
        if self._pair is None:
            return "", ""
        return lines_on(self._pair, self._choice.look, self._index)

    def _paint_labels(self, painter: QPainter, pair: Pair, ratio: float) -> None:
        a, b = (QRectF(QPointF(r.topLeft()) / ratio, QSizeF(r.size()) / ratio) for r in pair.rooms)
        paint_labels(painter, self.lines, self._choice.look, (a, b), self._theme)

    def _tell_painted(self) -> None:
        if self._is_complete and self._index != self._painted and not self._is_resting:
            self._painted = self._index
            self.frame_painted.emit(FramePainted(self._index))
