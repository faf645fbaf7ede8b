"""From which frame to which."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QWidget

from dreamina_desktop.core.export_order import Cut
from dreamina_desktop.ui.export.export_plan import ExportPlan
from dreamina_desktop.ui.theme import GAP
from dreamina_desktop.ui.watch.tabular import tabular

_WIDTH = 64


class NumberField(QSpinBox):
    """Takes what is typed as a whole, and no turn of the wheel in passing."""

    def __init__(self, name: str, spoken: str, tip: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        for part in (self, self.lineEdit()):
            part.setAccessibleName(spoken)
            part.setToolTip(tip)
        self.setFont(tabular(self.font()))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedWidth(_WIDTH)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class CutRow(QWidget):
    """Two numbers, counted from 1, and what they come to."""

    def __init__(self, plan: ExportPlan, rate: float, parent: QWidget) -> None:
        """``rate`` in frames a second, 0 where it is not known."""
        super().__init__(parent)
        self._plan = plan
        self._rate = rate
        tip = self.tr("The player's in and out points (I and O there), or arrow keys here")
        self._first = NumberField("exportInSpin", self.tr("First frame"), tip, self)
        self._last = NumberField("exportOutSpin", self.tr("Last frame"), tip, self)
        dash = QLabel("–", self)
        self._length = QLabel(self)
        self._length.setObjectName("exportLength")
        self._length.setAccessibleName(self.tr("Length"))
        self._length.setProperty("look", "hint")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._first)
        row.addWidget(dash)
        row.addWidget(self._last)
        row.addWidget(self._length)
        self._show()
        self.setEnabled(plan.count > 1)
        self._first.valueChanged.connect(self._on_edited)
        self._last.valueChanged.connect(self._on_edited)
        plan.order_changed.connect(self._show)

    def _on_edited(self) -> None:
        self._plan.set_cut(Cut(self._first.value() - 1, self._last.value() - 1))

    def _show(self) -> None:
        cut, count = self._plan.cut, self._plan.count
        fields = (
            (self._first, 1, cut.last + 1, cut.first),
            (self._last, cut.first + 1, count, cut.last),
        )
        for field, least, most, frame in fields:
            field.blockSignals(True)  # noqa: FBT003 - Qt's own
            field.setRange(least, most)
            field.setValue(frame + 1)
            field.blockSignals(False)  # noqa: FBT003 - Qt's own
        said = self.tr("{0} of {1} frames").format(cut.count, count)
        self._length.setToolTip(said)
        seconds = self.tr("{0} s").format(f"{cut.count / self._rate:.1f}") if self._rate else said
        self._length.setText(seconds)
