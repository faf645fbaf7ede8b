"""Controls of a full screen, which come with the mouse or the focus and fade when it rests."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, QVariantAnimation
from PySide6.QtGui import QCursor, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QGraphicsOpacityEffect, QWidget

_HIDE_MILLISECONDS = 2500
_FADE_MILLISECONDS = 250
# With these the focus goes to controls and menus, which must be in sight to take it.
_REACHING = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Alt})


class Fading(QObject):
    """Hides ``controls`` of one window, and the mouse where it is over ``surface``.

    Never while somebody is at them: the mouse is over one, the focus in one, a menu open. They
    keep their room, so that nothing moves when they come and go. Where ``fades`` is False they
    just go.
    """

    def __init__(
        self, controls: Sequence[QWidget], surface: QWidget, *, fades: bool, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._controls = tuple(controls)
        self._surface = surface
        self._fades = fades
        self._handle: QWindow | None = None
        self._blank: QWidget | None = None
        self._veils: tuple[QGraphicsOpacityEffect, ...] = ()
        self._fade = QVariantAnimation(self, duration=_FADE_MILLISECONDS)
        self._fade.setStartValue(1.0)
        self._fade.setEndValue(0.0)
        self._fade.valueChanged.connect(self._on_faded_to)
        self._fade.finished.connect(self._on_faded)
        self._hide = QTimer(self, singleShot=True, interval=_HIDE_MILLISECONDS)
        self._hide.timeout.connect(self.rest)

    def begin(self) -> None:
        """From now on; their window is there."""
        self._handle = self._surface.window().windowHandle()
        self._handle.installEventFilter(self)
        for control in self._controls:
            _keep_room(control, is_kept=True)
        self._veils = tuple(_veil(control) for control in self._controls)
        self.wake()

    def end(self) -> None:
        """They stay from now on."""
        self.wake()
        self._hide.stop()
        if self._handle is not None:
            self._handle.removeEventFilter(self)
            self._handle = None
        self._veils = ()
        for control in self._controls:
            control.setGraphicsEffect(None)  # type: ignore[arg-type]
            _keep_room(control, is_kept=False)

    def wake(self) -> None:
        """Show the controls."""
        if self._blank is not None and self._blank.cursor().shape() is Qt.CursorShape.BlankCursor:
            self._blank.unsetCursor()
        self._blank = None
        self._fade.stop()
        for control, veil in zip(self._controls, self._veils, strict=True):
            veil.setEnabled(False)
            control.show()
        self._hide.start()

    def rest(self) -> None:
        """Hide the controls and the mouse, unless somebody is at them."""
        if self._is_needed():
            self._hide.start()
            return
        # One that has a cursor of its own would show it still.
        under = self._surface.childAt(self._surface.mapFromGlobal(QCursor.pos()))
        self._blank = under if under is not None else self._surface
        self._blank.setCursor(Qt.CursorShape.BlankCursor)
        if not self._fades:
            self._on_faded()
            return
        for veil in self._veils:
            veil.setOpacity(1.0)
            veil.setEnabled(True)
        self._fade.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        is_reaching = (
            event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in _REACHING
        )
        if is_reaching or event.type() is QEvent.Type.MouseMove:
            self.wake()
        return super().eventFilter(watched, event)

    def _is_needed(self) -> bool:
        focused = self._surface.window().focusWidget()
        return QApplication.activePopupWidget() is not None or any(
            control.underMouse()
            or (focused is not None and (control is focused or control.isAncestorOf(focused)))
            for control in self._controls
        )

    def _on_faded_to(self, opacity: float) -> None:
        for veil in self._veils:
            veil.setOpacity(opacity)

    def _on_faded(self) -> None:
        for control, veil in zip(self._controls, self._veils, strict=True):
            control.hide()
            veil.setEnabled(False)


def _veil(control: QWidget) -> QGraphicsOpacityEffect:
    veil = QGraphicsOpacityEffect(control)
    # Only while it fades: through an effect everything is painted twice.
    veil.setEnabled(False)
    control.setGraphicsEffect(veil)
    return veil


def _keep_room(control: QWidget, *, is_kept: bool) -> None:
    policy = control.sizePolicy()
    policy.setRetainSizeWhenHidden(is_kept)
    control.setSizePolicy(policy)
