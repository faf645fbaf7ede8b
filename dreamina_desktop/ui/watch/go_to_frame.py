"""A small field over the clip: type a number, and be there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from dreamina_desktop.ui.theme import GAP, TIGHT
from dreamina_desktop.ui.watch.playback import Playback
from dreamina_desktop.ui.watch.tabular import tabular

_NUMBER = re.compile(r"[0-9]+")
_DIGITS = 7


@dataclass(frozen=True, slots=True)
class GoneTo:
    """The field has closed; ``index`` is None where nobody went anywhere.

    ``had_focus`` is False where somebody has gone on to something else.
    """

    index: int | None
    had_focus: bool


class GoToFrame(QFrame):
    """Shows itself above a widget of the same window, and closes with Enter, Esc or a click aside.

    What cannot be a frame stays, with the reason under it.
    """

    closed = Signal(object)

    def __init__(self, playback: Playback, parent: QWidget) -> None:
        super().__init__(parent)
        self._playback = playback
        self._over = parent
        self._is_open = False
        self.setObjectName("goToFrame")
        self.setProperty("look", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._edit = _NumberEdit(self)
        self._edit.setObjectName("goToFrameEdit")
        self._edit.setAccessibleName(self.tr("Go to frame"))
        self._edit.setToolTip(self.tr("The frame's number (Enter goes, Esc stays)"))
        self._edit.setFont(tabular(self._edit.font()))
        self._edit.setFixedWidth(
            self._edit.fontMetrics().horizontalAdvance("0" * _DIGITS) + 3 * GAP
        )
        self._of = QLabel(self)
        self._reason = QLabel(self)
        self._reason.setObjectName("goToFrameReason")
        self._reason.setProperty("look", "hint")
        self._lay_out()
        self.hide()
        self._edit.returnPressed.connect(self._on_return)
        self._edit.given_up.connect(self.give_up)
        self._edit.textEdited.connect(self._on_edited)

    def ask(self, corner: QPoint) -> None:
        """Open with the lower left corner there, as far as there is room."""
        position = self._playback.position
        self._of.setText(self.tr("of {0}").format(position.count))
        self._edit.setText(str(position.index + 1))
        self._edit.selectAll()
        self._reason.hide()
        self._is_open = True
        self.show()
        self.raise_()
        self._place(corner)
        self._edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def give_up(self) -> None:
        """Close and stay where it is."""
        self._close(None)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(QLabel(self.tr("Frame"), self))
        row.addWidget(self._edit)
        row.addWidget(self._of)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(TIGHT)
        column.addLayout(row)
        column.addWidget(self._reason)

    def _place(self, corner: QPoint) -> None:
        self.adjustSize()
        left = min(corner.x(), self._over.width() - self.width() - TIGHT)
        self.move(max(TIGHT, left), max(TIGHT, corner.y() - self.height()))

    def _why_not(self, text: str) -> str:
        """Why there is no such frame, "" where there is."""
        last = self._playback.position.count
        if not text:
            return self.tr("Type a number from 1 to {0}.").format(last)
        if not _NUMBER.fullmatch(text):
            return self.tr("“{0}” is no number. Frames count from 1 to {1}.").format(text, last)
        if not 1 <= int(text) <= last:
            return self.tr("There is no frame {0}: the last one is {1}.").format(text, last)
        return ""

    def _on_return(self) -> None:
        text = self._edit.text().strip()
        reason = self._why_not(text)
        if not reason:
            self._close(int(text) - 1)
            return
        corner = QPoint(self.x(), self.geometry().bottom() + 1)
        self._reason.setText(reason)
        self._edit.setAccessibleDescription(reason)
        self._reason.show()
        self._edit.selectAll()
        self._place(corner)

    def _on_edited(self) -> None:
        self._edit.setAccessibleDescription("")

    def _close(self, index: int | None) -> None:
        if not self._is_open:
            return
        self._is_open = False
        if index is not None:
            self._playback.pause()
            self._playback.seek(index)
        # Whoever gets the focus takes it before this hides: Qt would hand it to anybody.
        self.closed.emit(GoneTo(index, had_focus=self._edit.hasFocus()))
        self.hide()


class _NumberEdit(QLineEdit):
    """Tells when somebody gives up: Esc, or a click elsewhere."""

    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)
            # No key of the player's works while somebody types.
            event.accept()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.PopupFocusReason,
        ):
            self.given_up.emit()
