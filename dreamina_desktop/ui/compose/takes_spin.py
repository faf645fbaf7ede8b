"""How many takes one click makes."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget

from dreamina_desktop.jobs.preparation import MOST_TAKES
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import TIGHT, Theme

_WIDTH = 48
_BUTTON = 16
_ARROW = 12
# A style sheet can only show arrows that are files of one colour; so they are painted here.
_BUTTONS = (
    f"QSpinBox {{ padding-left: 2px; padding-right: 0; }}"
    f"QSpinBox::up-button, QSpinBox::down-button {{ width: {_BUTTON}px; height: 14px;"
    " background: transparent; border: none; }"
    " QSpinBox::up-arrow, QSpinBox::down-arrow { image: none; }"
)


class TakesSpin(QSpinBox):
    """Objects named ``takesSpin`` are this: "× 3"."""

    def __init__(
        self, draft: Draft, theme: Theme, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._draft = draft
        self.setObjectName("takesSpin")
        self.setRange(1, MOST_TAKES)
        self.setPrefix("× ")
        for part in (self, self.lineEdit()):
            part.setAccessibleName(self.tr("Takes"))
            part.setToolTip(
                self.tr(
                    "Takes: how many clips one click makes, each with a seed of its own (arrow "
                    "keys). A seed that is typed is the first one's; the others get random ones."
                )
            )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedWidth(_WIDTH)
        self.setStyleSheet(_BUTTONS)
        self.set_theme(theme, icons)
        self.valueChanged.connect(self._on_value_changed)
        draft.takes_changed.connect(self._on_takes_changed)
        self._on_takes_changed()

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Show the arrows in other colours."""
        self._arrows = tuple(
            (icons.icon(name, theme.muted), icons.icon(name, theme.line))
            for name in ("chevron-up", "unfold")
        )
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            # Whoever turns the wheel in passing does not mean to pay for more.
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        painter = QPainter(self)
        middle = self.rect().center().y() + 1
        left = self.width() - TIGHT - _ARROW
        is_able = (self.value() < self.maximum(), self.value() > self.minimum())
        tops = (middle - _ARROW, middle)
        for (able, unable), can, top in zip(self._arrows, is_able, tops, strict=True):
            (able if can else unable).paint(painter, QRect(left, top, _ARROW, _ARROW))
        painter.end()

    def _on_value_changed(self, takes: int) -> None:
        self._draft.set_takes(takes)

    def _on_takes_changed(self) -> None:
        self.setValue(self._draft.takes)
