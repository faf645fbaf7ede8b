"""What belongs to one canvas with its controls: the hand, the field, the meter, the thumbnail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QPoint, QSize
from PySide6.QtWidgets import QWidget

from dreamina_desktop.core.job import ClipKind
from dreamina_desktop.ui.ports import Background
from dreamina_desktop.ui.theme import TIGHT, Theme
from dreamina_desktop.ui.watch.canvas import Canvas
from dreamina_desktop.ui.watch.canvas_hand import CanvasHand, DragBegun, Dragged
from dreamina_desktop.ui.watch.drag_out import DragOut
from dreamina_desktop.ui.watch.frame_source import FrameSource
from dreamina_desktop.ui.watch.go_to_frame import GoneTo, GoToFrame
from dreamina_desktop.ui.watch.play_meter import PlayMeter
from dreamina_desktop.ui.watch.playback import Playback
from dreamina_desktop.ui.watch.timeline import FrameHovered, Timeline
from dreamina_desktop.ui.watch.timeline_thumb import TimelineThumb
from dreamina_desktop.ui.watch.transport import Transport
from dreamina_desktop.ui.watch.viewed import Viewed
from dreamina_desktop.ui.watch.zoom_chip import ZoomChip


@dataclass(frozen=True, slots=True)
class ToolParts:
    """What the tools work with.

    ``looked_at`` tells the shown clip and frame, if any, ``stage`` what is in its place.
    """

    playback: Playback
    frames: FrameSource
    background: Background
    theme: Theme
    looked_at: Callable[[], tuple[Viewed, int] | None]
    stage: Callable[[], QWidget | None]


class PlayerTools(QObject):
    """Once in the pane, once on the full screen. ``over`` is the widget that they lie on."""

    def __init__(
        self,
        parts: ToolParts,
        over: QWidget,
        canvas: Canvas,
        timeline: Timeline,
        transport: Transport,
    ) -> None:
        super().__init__(canvas)
        self._parts = parts
        self._canvas = canvas
        self._timeline = timeline
        self._transport = transport
        self._over = over
        self.hand = CanvasHand(canvas)
        self._drag = DragOut(canvas, parts.background, parts.looked_at)
        self._drag.watch(transport.capture)
        self._field = GoToFrame(parts.playback, over)
        self._meter = PlayMeter(parts.playback, parts.theme, canvas)
        self._zoom = ZoomChip(canvas, self.hand, parts.theme)
        self._thumb = TimelineThumb(parts.frames, parts.theme, self._shown_size, over)
        self.is_metered = False
        self.hand.drag_prepared.connect(self._on_drag_prepared)
        self.hand.drag_wanted.connect(self._on_drag_wanted)
        self.hand.drag_given_up.connect(self._drag.give_up)
        self._field.closed.connect(self._on_field_closed)
        timeline.frame_hovered.connect(self._on_frame_hovered)

    def parts_in(self, theme: Theme) -> ToolParts:
        """The same for a canvas in another theme."""
        return replace(self._parts, theme=theme)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._meter.set_theme(theme)
        self._zoom.set_theme(theme)
        self._thumb.set_theme(theme)

    def set_clip(self, viewed: Viewed | None) -> None:
        """What is shown now."""
        self._field.give_up()
        if viewed is None or viewed.clip.kind is ClipKind.IMAGE:
            self._thumb.set_clip(None, QSize())
        else:
            shape = QSize(viewed.clip.width or 1, viewed.clip.height or 1)
            self._thumb.set_clip(viewed.path, shape)

    def hang_meter(self) -> None:
        """Have it on the stage, or on the canvas again."""
        self._meter.hang_over(self._shown, is_stage=self._parts.stage() is not None)

    def go_to_frame(self) -> None:
        """Open the field, where there is more than one frame."""
        if self._parts.playback.position.is_playable:
            left = self._transport.label.mapTo(self._over, QPoint(0, 0)).x()
            above = self._timeline.mapTo(self._over, QPoint(0, -TIGHT)).y()
            self._field.ask(QPoint(left, above))

    def set_metered(self, *, is_metered: bool) -> None:
        """Show what really comes to the screen, or not."""
        self.is_metered = is_metered
        self._meter.set_shown(is_metered)

    @property
    def _shown(self) -> QWidget:
        return self._parts.stage() or self._canvas

    def _shown_size(self) -> tuple[int, int] | None:
        return next((p.size for p in self._canvas.projections), None)

    # Slots.

    def _on_frame_hovered(self, hovered: FrameHovered) -> None:
        place = self._timeline.mapTo(self._over, QPoint(hovered.x, -TIGHT))
        self._thumb.show_frame(hovered.index, place.x(), place.y())

    def _on_field_closed(self, gone: GoneTo) -> None:
        if gone.had_focus:
            self._shown.setFocus()

    def _on_drag_prepared(self, begun: DragBegun) -> None:
        if begun.what is Dragged.FRAME:
            self._drag.prepare_frame()

    def _on_drag_wanted(self, begun: DragBegun) -> None:
        if begun.what is Dragged.FRAME:
            self._drag.drag_frame()
        else:
            shots = [p.shot.image for p in self._canvas.projections if p.shot is not None]
            self._drag.drag_clip(shots[-1] if shots else None)
