"""What really comes to the screen, over a corner of the clip."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from dreamina_desktop.ui.theme import GAP, Theme
from dreamina_desktop.ui.watch.chip import Chip
from dreamina_desktop.ui.watch.playback import Playback

_MILLISECONDS = 250


class PlayMeter(Chip):
    """Hidden until it is asked for. Lies in the upper left corner of its parent."""

    def __init__(self, playback: Playback, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._playback = playback
        self.setObjectName("playMeter")
        self.setAccessibleName(self.tr("Frames a second"))
        self.move(GAP, GAP)
        self._timer = QTimer(self)
        self._timer.setInterval(_MILLISECONDS)
        self._timer.timeout.connect(self.tell)

    def hang_over(self, widget: QWidget, *, is_stage: bool) -> None:
        """Lie on this one; on a stage below the line that stands in its corner."""
        is_shown = self._timer.isActive()
        self.setParent(widget)
        self.move(GAP, GAP + is_stage * (GAP + self.sizeHint().height()))
        self.set_shown(is_shown)

    def set_shown(self, is_shown: bool) -> None:  # noqa: FBT001 - a switch is what it is
        """Measure aloud, or not."""
        self.setVisible(is_shown)
        if is_shown:
            self.tell()
            self.raise_()
            self._timer.start()
        else:
            self._timer.stop()

    def tell(self) -> None:
        """Say how it stands now."""
        position, tally = self._playback.position, self._playback.tally
        if position.is_playing:
            wanted = position.frames_per_second * abs(position.speed)
            text = self.tr("{0} of {1} frames/s · {2} dropped")
            said = text.format(f"{tally.frames_per_second:.1f}", f"{wanted:g}", tally.dropped)
        else:
            said = self.tr("{0} shown · {1} dropped").format(tally.painted, tally.dropped)
        self.setText(said)
        self.adjustSize()
