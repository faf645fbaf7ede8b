"""The clip alone on the whole screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.style_sheet import style_sheet
from dreamina_desktop.ui.theme import DARK, GAP, ROOM, TIGHT, palette_of
from dreamina_desktop.ui.watch.canvas import Canvas
from dreamina_desktop.ui.watch.fading import Fading
from dreamina_desktop.ui.watch.passing_chip import PassingChip
from dreamina_desktop.ui.watch.playback import Playback
from dreamina_desktop.ui.watch.projection import Projection
from dreamina_desktop.ui.watch.timeline import Timeline
from dreamina_desktop.ui.watch.transport import Transport
from dreamina_desktop.ui.watch.watch_keys import WatchKey, press

_WIDEST = 880


class FullScreen(QWidget):
    """A window of its own, dark whatever the theme, playing the same playback.

    The controls are ``Fading``, or just go where ``fades`` is False. Esc, F11, a double click or
    the button ask to leave. Keys that mean nothing to the player go to the window that ``behind``
    is in.
    """

    leave_asked = Signal()

    def __init__(
        self,
        playback: Playback,
        keys: tuple[WatchKey, ...],
        behind: QWidget,
        *,
        fades: bool = True,
    ) -> None:
        super().__init__()
        self._playback = playback
        self._keys = keys
        self._behind = behind
        self.setObjectName("fullScreenWindow")
        self.setWindowTitle(self.tr("Full screen"))
        self.setPalette(palette_of(DARK))
        self.setStyleSheet(style_sheet(DARK))
        self.canvas = Canvas(DARK, self)
        self.canvas.set_framed(False)
        self.canvas.full_screen_asked.connect(self._on_leave_asked)
        self._bar = self._make_bar(playback)
        self._note = PassingChip(DARK, self)
        self.fading = Fading((self._bar,), self.canvas, fades=fades, parent=self)
        playback.position_changed.connect(self._on_position_changed)
        self.canvas.setFocus()

    def set_projections(self, projections: Sequence[Projection]) -> None:
        """Show these."""
        self.canvas.set_projections(projections)
        self.canvas.show_frame(self._playback.position.index)

    def say(self, text: str) -> None:
        """Show what stands in the window behind, until that is ""."""
        self._note.say(text, self.rect(), passes=False)

    def _make_bar(self, playback: Playback) -> QFrame:
        bar = QFrame(self)
        bar.setObjectName("fullScreenBar")
        bar.setProperty("look", "pane")
        timeline = self.timeline = Timeline(playback, DARK, bar)
        transport = self.transport = Transport(
            playback, Icons(DARK), in_full_screen=True, parent=bar
        )
        transport.full_screen_asked.connect(self._on_leave_asked)
        column = QVBoxLayout(bar)
        column.setContentsMargins(GAP, TIGHT, GAP, GAP)
        column.setSpacing(TIGHT)
        column.addWidget(timeline)
        column.addWidget(transport)
        return bar

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        if not event.spontaneous():
            self._bar.raise_()
            self.fading.begin()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.canvas.setGeometry(self.rect())
        size = QSize(min(_WIDEST, self.width() - 2 * ROOM), self._bar.sizeHint().height())
        self._bar.resize(size)
        self._bar.move((self.width() - size.width()) // 2, self.height() - size.height() - ROOM)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.leave_asked.emit()
        elif not press(self._keys, event):
            QApplication.sendEvent(self._behind.window(), event)
            if QApplication.activeModalWidget() is not None:
                # A dialog of that window would not be seen.
                self.leave_asked.emit()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        super().closeEvent(event)
        self.leave_asked.emit()

    def _on_position_changed(self) -> None:
        self.canvas.show_frame(self._playback.position.index)

    def _on_leave_asked(self) -> None:
        self.leave_asked.emit()
