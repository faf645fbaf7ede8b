"""The row under the clip: step, play, where it stands, how fast, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QToolButton, QWidget

from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import GAP, TIGHT
from dreamina_desktop.ui.watch.play_position import (
    PlayMode,
    PlayPosition,
    frame_text,
    time_text,
)
from dreamina_desktop.ui.watch.playback import Playback
from dreamina_desktop.ui.watch.speed_choice import SpeedChoice
from dreamina_desktop.ui.watch.tabular import tabular

_ICON, _BUTTON, _TIGHT_BUTTON = 20, 32, 28
_MODE_ICONS = {
    PlayMode.LOOP: "loop",
    PlayMode.ONCE: "play-once",
    PlayMode.PING_PONG: "ping-pong",
}


class Transport(QWidget):
    """Bound to a playback; says in each tooltip which key does the same.

    Where there is no room for all, buttons move closer, then the rarer ones go: the menu has
    them all.
    """

    full_screen_asked = Signal()
    go_to_frame_asked = Signal()
    capture_asked = Signal()
    use_frame_asked = Signal()
    compare_asked = Signal()
    wall_asked = Signal()
    export_asked = Signal()
    menu_asked = Signal()

    def __init__(
        self,
        playback: Playback,
        icons: Icons,
        *,
        in_full_screen: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._playback = playback
        self._icons = icons
        self._in_full_screen = in_full_screen
        self._back = self._button("previousFrameButton", self.tr("Previous frame"))
        self._play = self._button("playButton", self.tr("Play"))
        self._forward = self._button("nextFrameButton", self.tr("Next frame"))
        self.label = self._make_label()
        self._speed = SpeedChoice(playback, self)
        self._use = self._button("useFrameButton", self.tr("Use this frame as the next picture"))
        self._compare = self._button("compareButton", self.tr("Compare"))
        self._wall = self._button("wallButton", self.tr("Wall of takes"))
        self.capture = self._button("captureFrameButton", self.tr("Save this frame as PNG"))
        self._export = self._button("exportButton", self.tr("Export clip"))
        self._mode = self._button("loopButton", self.tr("Loop"))
        self._mode.setProperty("look", "toggle")
        self.menu_button = self._button("playerMenuButton", self.tr("More"))
        full = self.tr("Leave full screen") if in_full_screen else self.tr("Full screen")
        self._full = self._button("fullScreenButton", full)
        self._lay_out()
        self._connect()
        self._shown: PlayPosition | None = None
        self.set_icons(icons)

    def set_icons(self, icons: Icons) -> None:
        """Take the icons of another theme."""
        self._icons = icons
        for button, name in (
            (self._back, "previous-frame"),
            (self._forward, "next-frame"),
            (self._use, "use-frame"),
            (self._compare, "compare"),
            (self._wall, "wall"),
            (self.capture, "capture-frame"),
            (self._export, "export"),
            (self.menu_button, "more"),
            (self._full, "leave-full-screen" if self._in_full_screen else "full-screen"),
        ):
            button.setIcon(icons.icon(name))
        self._shown = None
        self._on_position_changed(self._playback.position)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        hint = super().minimumSizeHint()
        # Whatever can go asks for no room.
        return QSize(self._room_of(self._kept, _TIGHT_BUTTON), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._make_room()

    # Building.

    def _button(self, name: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setProperty("look", "quiet")
        button.setIconSize(QSize(_ICON, _ICON))
        button.setFixedSize(_BUTTON, _BUTTON)
        # A click must not take the keys away from the clip.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _make_label(self) -> _FrameLabel:
        label = _FrameLabel(self)
        label.setObjectName("frameLabel")
        label.setAccessibleName(self.tr("Frame and time"))
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        label.setFont(tabular(label.font()))
        return label

    def _lay_out(self) -> None:
        left: tuple[QWidget, ...] = (self._back, self._play, self._forward, self.label, self._speed)
        right = (
            self._use,
            self._compare,
            self._wall,
            self.capture,
            self._export,
            self._mode,
            self.menu_button,
            self._full,
        )
        # The last to go where there is no room comes first.
        self._spare: tuple[QWidget, ...] = (
            self._compare,
            self._wall,
            self._mode,
            self._use,
            self._speed,
            self.capture,
            self._export,
        )
        self._kept = tuple(widget for widget in left + right if widget not in self._spare)
        self._squares = tuple(w for w in left + right if w not in (self.label, self._speed))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        # Its smallest size is that without the buttons that can go.
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        # The buttons bring room of their own.
        row.setSpacing(0)
        for widget in left:
            if widget is self.label:
                row.addSpacing(GAP)
            row.addWidget(widget)
        row.addStretch(1)
        for widget in right:
            row.addWidget(widget)

    def _connect(self) -> None:
        playback = self._playback
        self._back.clicked.connect(playback.step_back)
        self._play.clicked.connect(playback.toggle)
        self._forward.clicked.connect(playback.step_forward)
        self._mode.clicked.connect(playback.next_mode)
        self.label.clicked.connect(self.go_to_frame_asked)
        for button, asked in (
            (self._use, self.use_frame_asked),
            (self._compare, self.compare_asked),
            (self._wall, self.wall_asked),
            (self._export, self.export_asked),
            (self.capture, self.capture_asked),
            (self.menu_button, self.menu_asked),
            (self._full, self.full_screen_asked),
        ):
            button.clicked.connect(asked)
        playback.position_changed.connect(self._on_position_changed)

    def _make_room(self) -> None:
        room = self.width()
        every = self._kept + self._spare
        side = _BUTTON if self._room_of(every, _BUTTON) <= room else _TIGHT_BUTTON
        shown = self._kept
        for widget in self._spare:
            if self._room_of((*shown, widget), side) <= room:
                shown = (*shown, widget)
        for widget in self._squares:
            widget.setFixedSize(side, _BUTTON)
        for widget in self._spare:
            widget.setVisible(widget in shown)

    def _room_of(self, widgets: tuple[QWidget, ...], side: int) -> int:
        return GAP + sum(side if w in self._squares else self._width_of(w) for w in widgets)

    def _width_of(self, widget: QWidget) -> int:
        return max(widget.minimumWidth(), widget.sizeHint().width() if widget is self.label else 0)

    # What it shows.

    def _on_position_changed(self, position: PlayPosition) -> None:
        before, self._shown = self._shown, position
        self.label.setText(_label_text(position))
        self.label.setAccessibleDescription(self.label.text())
        if before is not None and _frame_aside(before) == _frame_aside(position):
            return
        # All below changes rarely, and much of it makes Qt lay out anew.
        widest = PlayPosition(max(0, position.count - 1), position.count)
        rate = position.frames_per_second
        width = self.label.fontMetrics().horizontalAdvance(
            f"{frame_text(widest)}  {time_text(widest.index, rate)}"
        )
        if self.label.minimumWidth() != width + TIGHT:
            self.label.setMinimumWidth(width + TIGHT)
            self._make_room()
        self._show_play(position)
        self._speed.show_position(position)
        self._show_reasons(position)

    def _show_play(self, position: PlayPosition) -> None:
        text = self.tr("Pause") if position.is_playing else self.tr("Play")
        self._play.setAccessibleName(text)
        self._play.setIcon(self._icons.icon("pause" if position.is_playing else "play"))
        self._mode.setIcon(self._icons.icon(_MODE_ICONS[position.mode]))

    def _show_reasons(self, position: PlayPosition) -> None:
        nothing = "" if position.count else self.tr("There is no clip to play")
        still = self.tr("This is a picture: it has one frame")
        for_playing = nothing or ("" if position.is_playable else still)
        mode_names = {
            PlayMode.LOOP: self.tr("Loops: click to stop at the end (M)"),
            PlayMode.ONCE: self.tr("Stops at the end: click to play to and fro (M)"),
            PlayMode.PING_PONG: self.tr("Plays to and fro: click to loop (M)"),
        }
        tips = (
            (self._back, for_playing, self.tr("Previous frame (Left or , · with Shift ten)")),
            (self._play, for_playing, f"{self._play.accessibleName()} (Space)"),
            (self._forward, for_playing, self.tr("Next frame (Right or . · with Shift ten)")),
            (self._speed, for_playing, self.tr("Speed (L faster, J backwards, K and L slower)")),
            (self._mode, for_playing, mode_names[position.mode]),
            (self._use, nothing, self.tr("Use this frame as the next picture (U)")),
            (self._compare, nothing, self.tr("Compare with another clip or its picture (B)")),
            (self.capture, nothing, self.tr("Save this frame as PNG (C) · drag it out")),
            (self._export, for_playing, self.tr("Export clip (Ctrl+E)")),
        )
        for button, reason, tip in tips:
            button.setEnabled(not reason)
            button.setToolTip(reason or tip)
        # Takes that are still made hang there too.
        self._wall.setToolTip(self.tr("Wall of takes: all of this picture and prompt (W)"))
        self._mode.setAccessibleDescription(self._mode.toolTip())
        self.menu_button.setToolTip(self.tr("More: zoom, copy, show in folder …"))
        self.label.setEnabled(not for_playing)
        self.label.setToolTip(for_playing or self.tr("Frame and time: click to go to a frame (G)"))
        self._show_look("" if position.count else "hint")
        self._show_full_screen(position)

    def _show_full_screen(self, position: PlayPosition) -> None:
        if self._in_full_screen:
            self._full.setToolTip(self.tr("Leave full screen (F11 or Esc)"))
            return
        self._full.setEnabled(position.count > 0)
        self._full.setToolTip(
            self.tr("Full screen (F11)") if position.count else self.tr("There is no clip to show")
        )

    def _show_look(self, look: str) -> None:
        """Without a clip the frame's number steps back with the buttons."""
        if self.label.property("look") != look:
            self.label.setProperty("look", look)
            self.label.style().polish(self.label)


class _FrameLabel(QLabel):
    """A text that can be clicked."""

    clicked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.clicked.emit()


def _label_text(position: PlayPosition) -> str:
    if not position.is_playable:
        return frame_text(position)
    return f"{frame_text(position)}  {time_text(position.index, position.frames_per_second)}"


def _frame_aside(position: PlayPosition) -> tuple[object, ...]:
    return (
        position.count,
        position.frames_per_second,
        position.is_playing,
        position.speed,
        position.mode,
    )
