"""How wide it will be; the height follows."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from dreamina_desktop.core.export_errors import ExportSizeError
from dreamina_desktop.core.export_order import LARGEST, SMALLEST
from dreamina_desktop.ui.export.cut_row import NumberField
from dreamina_desktop.ui.export.export_plan import ExportPlan
from dreamina_desktop.ui.theme import GAP

_STEP = 16


class WidthRow(QWidget):
    """A number that ends at the clip's own width: nothing is enlarged."""

    def __init__(self, plan: ExportPlan, parent: QWidget) -> None:
        super().__init__(parent)
        self._plan = plan
        own = plan.own_size
        tip = self.tr("In pixels, the clip's own at most (arrow keys: steps of 16)")
        self._field = NumberField("exportWidthSpin", self.tr("Width in pixels"), tip, self)
        self._field.setRange(SMALLEST, LARGEST if own is None else max(SMALLEST, own[0]))
        self._field.setSingleStep(_STEP)
        self._field.setEnabled(own is not None)
        self._height = QLabel(self)
        self._height.setObjectName("exportHeight")
        self._height.setAccessibleName(self.tr("Height"))
        self._height.setProperty("look", "hint")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._field)
        row.addWidget(self._height, 1)
        self._show()
        self._field.valueChanged.connect(self._on_edited)
        plan.order_changed.connect(self._show)

    def _on_edited(self) -> None:
        self._plan.set_width(self._field.value())

    def _show(self) -> None:
        own, width = self._plan.own_size, self._plan.width
        self._field.blockSignals(True)  # noqa: FBT003 - Qt's own
        self._field.setValue(width or (LARGEST if own is None else own[0]))
        self._field.blockSignals(False)  # noqa: FBT003 - Qt's own
        unknown = self.tr("as large as the clip") if width is None else ""
        self._height.setText(unknown if own is None else self._text(*own))

    def _text(self, width: int, height: int) -> str:
        try:
            _, high = self._plan.order.size(width, height)
        except ExportSizeError:
            return ""
        if self._plan.width is None:
            return self.tr("× {0} pixels, as large as the clip").format(high)
        return self.tr("× {0} pixels").format(high)
