"""The clip alone on the whole screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPropertyAnimation, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGraphicsOpacityEffect,
    QVBoxLayout,
    QWidget,
)

from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.style_sheet import style_sheet
from dreamina_desktop.ui.theme import DARK, GAP, ROOM, TIGHT, palette_of
from dreamina_desktop.ui.watch.canvas import Canvas
from dreamina_desktop.ui.watch.passing_chip import PassingChip
from dreamina_desktop.ui.watch.playback import Playback
from dreamina_desktop.ui.watch.projection import Projection
from dreamina_desktop.ui.watch.timeline import Timeline
from dreamina_desktop.ui.watch.transport import Transport
from dreamina_desktop.ui.watch.watch_keys import WatchKey, press

_HIDE_MILLISECONDS = 2500
_FADE_MILLISECONDS = 250
_WIDEST = 880


class FullScreen(QWidget):
    """A window of its own, dark whatever the theme, playing the same playback.

    The controls come with the mouse or Tab and fade when it rests, or just go where ``fades`` is
    False. Esc, F11, a double click or the
    button ask to leave. Keys that mean nothing to the player go to the
    window that ``behind`` is in.
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
        self._fades = fades
        self._playback = playback
        self._keys = keys
        self._behind = behind
        self.setObjectName("fullScreenWindow")
        self.setWindowTitle(self.tr("Full screen"))
        self.setPalette(palette_of(DARK))
        self.setStyleSheet(style_sheet(DARK))
        self.canvas = Canvas(DARK, self)
        self.canvas.set_framed(False)
        self.canvas.setMouseTracking(True)
        self.canvas.full_screen_asked.connect(self._on_leave_asked)
        self.canvas.installEventFilter(self)
        self._bar = self._make_bar(playback)
        self._note = PassingChip(DARK, self)
        # Only while it fades: through an effect everything is painted twice.
        self._veil = QGraphicsOpacityEffect(self._bar)
        self._veil.setEnabled(False)
        self._bar.setGraphicsEffect(self._veil)
        self._fade = QPropertyAnimation(self._veil, b"opacity", self)
        self._fade.setDuration(_FADE_MILLISECONDS)
        self._fade.finished.connect(self._on_faded)
        self._hide = QTimer(self)
        self._hide.setSingleShot(True)
        self._hide.setInterval(_HIDE_MILLISECONDS)
        self._hide.timeout.connect(self.rest)
        playback.position_changed.connect(self._on_position_changed)
        self.canvas.setFocus()
        self.wake()

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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.MouseMove:
            self.wake()
        return super().eventFilter(watched, event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        super().mouseMoveEvent(event)
        self.wake()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001, N802 - Qt's names
        self.wake()
        return super().focusNextPrevChild(next)

    def wake(self) -> None:
        """Show the controls."""
        if self.canvas.cursor().shape() is Qt.CursorShape.BlankCursor:
            self.canvas.unsetCursor()
        self._fade.stop()
        self._veil.setEnabled(False)
        self._bar.show()
        self._bar.raise_()
        self._hide.start()

    def rest(self) -> None:
        """Hide the controls and the mouse, unless somebody is at them."""
        focused = self.focusWidget()
        if self._bar.underMouse() or (focused is not None and self._bar.isAncestorOf(focused)):
            self._hide.start()
            return
        self.canvas.setCursor(Qt.CursorShape.BlankCursor)
        if not self._fades:
            self._bar.hide()
            return
        self._veil.setEnabled(True)
        self._fade.setStartValue(1.0)
        self._fade.setEndValue(0.0)
        self._fade.start()

    def _on_faded(self) -> None:
        self._bar.hide()
        self._veil.setEnabled(False)

    def _on_position_changed(self) -> None:
        self.canvas.show_frame(self._playback.position.index)

    def _on_leave_asked(self) -> None:
        self.leave_asked.emit()
