"""The place of the canvas, which a stage may take for a while."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QStackedLayout, QWidget

from dreamina_desktop.ui.watch.play_position import PlayPosition
from dreamina_desktop.ui.watch.playback import Playback
from dreamina_desktop.ui.watch.stage import Stage
from dreamina_desktop.ui.watch.viewed import Viewed


class StagePlace(QObject):
    """Measures the playback by the stage. ``layout`` is what stands in the pane."""

    left = Signal()
    """The stage wants to go, or is told to: the canvas is there again."""

    def __init__(self, canvas: QWidget, playback: Playback) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._playback = playback
        self._widget: QWidget | None = None
        self._stage: Stage | None = None
        # Where the playback stood, until the stage has frames to stand at.
        self._before: PlayPosition | None = None
        self.layout = QStackedLayout()
        self.layout.addWidget(canvas)

    @property
    def widget(self) -> QWidget | None:
        """The stage that is shown, None for the canvas."""
        return self._widget

    @property
    def viewed(self) -> Viewed | None:
        """The clip of the stage that deeds are about, if it has one."""
        viewed = getattr(self._widget, "viewed", None)
        return viewed if isinstance(viewed, Viewed) else None

    @property
    def shown_frame(self) -> int | None:
        """The frame of that clip, where it may be another than the playback's."""
        index = getattr(self._widget, "shown_frame", None)
        return index if isinstance(index, int) else None

    def show(self, widget: QWidget) -> None:
        """Put it in front, with the focus, at the frame and with the points of the clip before.

        Raises TypeError for what is no ``Stage``.
        """
        if not isinstance(widget, Stage):
            raise TypeError(widget)
        self.leave()
        self._widget, self._stage = widget, widget
        self.layout.addWidget(widget)
        self.layout.setCurrentWidget(widget)
        widget.left.connect(self.leave)
        measured = _measured(widget)
        if measured is not None:
            measured.connect(self._on_measured)
        self._before = self._playback.position
        self._playback.load(widget.count, widget.frames_per_second)
        self._stand()
        widget.setFocus()

    def leave(self) -> None:
        """Put the canvas in front again. The stage lets go of its clips."""
        widget, stage = self._widget, self._stage
        if widget is None or stage is None:
            return
        self._widget = self._stage = self._before = None
        stage.left.disconnect(self.leave)
        measured = _measured(widget)
        if measured is not None:
            measured.disconnect(self._on_measured)
        focused = widget.window().focusWidget()
        had_focus = focused is not None and (focused is widget or widget.isAncestorOf(focused))
        stage.clear()
        self.layout.setCurrentWidget(self._canvas)
        self.layout.removeWidget(widget)
        widget.hide()
        self._playback.release()
        if had_focus:
            self._canvas.setFocus()
        self.left.emit()

    def _on_measured(self) -> None:
        if self._stage is not None:
            self._playback.measure(self._stage.count, self._stage.frames_per_second)
            self._stand()

    def _stand(self) -> None:
        before = self._before
        if before is not None and self._playback.position.count:
            self._before = None
            self._playback.stand_as(before)


def _measured(widget: QWidget) -> SignalInstance | None:
    found = getattr(widget, "measured", None)
    return found if isinstance(found, SignalInstance) else None
