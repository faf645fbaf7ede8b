"""The row under the clip: step, play, where it stands, loop, full screen."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import GAP, TIGHT
from dreamina_desktop.ui.watch.play_position import PlayPosition, frame_text, time_text
from dreamina_desktop.ui.watch.playback import Playback
from dreamina_desktop.ui.watch.tabular import tabular

_ICON, _BUTTON = 20, 32


class Transport(QWidget):
    """Bound to a playback; says in each tooltip which key does the same."""

    full_screen_asked = Signal()

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
        self._loop = self._button("loopButton", self.tr("Loop"))
        self._loop.setCheckable(True)
        self._loop.setProperty("look", "toggle")
        full = self.tr("Leave full screen") if in_full_screen else self.tr("Full screen")
        self._full = self._button("fullScreenButton", full)
        self._label = QLabel(self)
        self._label.setObjectName("frameLabel")
        self._label.setAccessibleName(self.tr("Frame and time"))
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._label.setFont(tabular(self._label.font()))
        self._speed = QLabel(self)
        self._speed.setObjectName("speedLabel")
        self._speed.setAccessibleName(self.tr("Speed"))
        self._speed.setProperty("look", "hint")
        self._speed.setFont(tabular(self._speed.font()))
        self._lay_out()
        self._back.clicked.connect(playback.step_back)
        self._play.clicked.connect(playback.toggle)
        self._forward.clicked.connect(playback.step_forward)
        self._loop.clicked.connect(playback.toggle_loop)
        self._full.clicked.connect(self._on_full_screen_clicked)
        playback.position_changed.connect(self._on_position_changed)
        self._shown: PlayPosition | None = None
        self.set_icons(icons)

    def set_icons(self, icons: Icons) -> None:
        """Take the icons of another theme."""
        self._icons = icons
        self._back.setIcon(icons.icon("previous-frame"))
        self._forward.setIcon(icons.icon("next-frame"))
        name = "leave-full-screen" if self._in_full_screen else "full-screen"
        self._full.setIcon(icons.icon(name))
        self._shown = None
        self._on_position_changed(self._playback.position)

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

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        # The buttons bring room of their own.
        row.setSpacing(0)
        for button in (self._back, self._play, self._forward):
            row.addWidget(button)
        row.addSpacing(GAP)
        row.addWidget(self._label)
        row.addSpacing(TIGHT)
        row.addWidget(self._speed)
        row.addStretch(1)
        row.addWidget(self._loop)
        row.addWidget(self._full)

    def _on_full_screen_clicked(self) -> None:
        self.full_screen_asked.emit()

    def _on_position_changed(self, position: PlayPosition) -> None:
        before, self._shown = self._shown, position
        self._label.setText(_label_text(position))
        self._label.setAccessibleDescription(self._label.text())
        if before is not None and _frame_aside(before) == _frame_aside(position):
            return
        # All below changes rarely, and much of it makes Qt lay out anew.
        widest = PlayPosition(max(0, position.count - 1), position.count)
        rate = position.frames_per_second
        width = self._label.fontMetrics().horizontalAdvance(
            f"{frame_text(widest)}  {time_text(widest.index, rate)}"
        )
        self._label.setMinimumWidth(width + TIGHT)
        self._show_play(position)
        self._show_speed(position)
        self._show_reasons(position)

    def _show_play(self, position: PlayPosition) -> None:
        text = self.tr("Pause") if position.is_playing else self.tr("Play")
        self._play.setAccessibleName(text)
        self._play.setIcon(self._icons.icon("pause" if position.is_playing else "play"))
        self._loop.setChecked(position.is_looping)
        self._loop.setIcon(self._icons.icon("loop" if position.is_looping else "play-once"))

    def _show_speed(self, position: PlayPosition) -> None:
        unusual = position.is_playing and position.speed != 1
        arrow = "◂" if position.speed < 0 else "▸"
        self._speed.setText(f"{arrow} {abs(position.speed)}×" if unusual else "")

    def _show_reasons(self, position: PlayPosition) -> None:
        reason = ""
        if position.count == 0:
            reason = self.tr("There is no clip to play")
        elif not position.is_playable:
            reason = self.tr("This is a picture: it has one frame")
        loops = position.is_looping
        tips = {
            self._back: self.tr("Previous frame (Left or , · with Shift ten)"),
            self._play: f"{self._play.accessibleName()} (Space)",
            self._forward: self.tr("Next frame (Right or . · with Shift ten)"),
            self._loop: self.tr("Loops: click to stop at the end")
            if loops
            else self.tr("Stops at the end: click to loop"),
        }
        for button, tip in tips.items():
            button.setEnabled(not reason)
            button.setToolTip(reason or tip)
        self._label.setToolTip(self.tr("Frame and time") if position.count else reason)
        self._show_look("" if position.count else "hint")
        if self._in_full_screen:
            self._full.setToolTip(self.tr("Leave full screen (F11 or Esc)"))
        else:
            self._full.setEnabled(position.count > 0)
            self._full.setToolTip(
                self.tr("Full screen (F11)")
                if position.count
                else self.tr("There is no clip to show")
            )

    def _show_look(self, look: str) -> None:
        """Without a clip the frame's number steps back with the buttons."""
        if self._label.property("look") != look:
            self._label.setProperty("look", look)
            self._label.style().polish(self._label)


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
        position.is_looping,
    )
