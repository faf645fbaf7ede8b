"""The ways to compare, one of which is chosen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from dreamina_desktop.ui.compare.compare_look import CompareLook, CompareMode
from dreamina_desktop.ui.compare.look_choice import LookChoice
from dreamina_desktop.ui.theme import TIGHT


@dataclass(frozen=True, slots=True)
class _Way:
    text: str
    tip: str


class ModeRow(QWidget):
    """``compareModes``, with a button for each, e.g. ``compareWipeButton``."""

    def __init__(self, choice: LookChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        self.setObjectName("compareModes")
        self.setAccessibleName(self.tr("Ways to compare"))
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(TIGHT)
        for number, (mode, way) in enumerate(zip(CompareMode, self._ways(), strict=True), start=1):
            button = QPushButton(way.text, self)
            button.setObjectName(f"compare{mode.value.title()}Button")
            button.setAccessibleName(self.tr("{0}: {1}").format(way.text, way.tip))
            button.setToolTip(self.tr("{0} ({1})").format(way.tip, number))
            button.setProperty("look", "segment")
            button.setCheckable(True)
            # A click must not take the keys away from the picture.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._group.addButton(button, number - 1)
            # By its own text, not in equal shares: the pane may be narrow.
            font = button.font()
            font.setBold(True)
            button.setMinimumWidth(QFontMetrics(font).horizontalAdvance(way.text) + 3 * TIGHT)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            row.addWidget(button)
        self._group.idClicked.connect(self._on_mode_clicked)
        choice.look_changed.connect(self._on_look_changed)
        self._on_look_changed(choice.look)

    def _ways(self) -> tuple[_Way, ...]:
        return (
            _Way(self.tr("Wipe"), self.tr("A on one side of a divider, B on the other: drag it")),
            _Way(self.tr("Side"), self.tr("Side by side, zoomed and moved together")),
            _Way(self.tr("Overlay"), self.tr("B laid over A, as opaque as wanted")),
            _Way(self.tr("Difference"), self.tr("Black where both are the same")),
            _Way(self.tr("Blink"), self.tr("A and B by turns")),
        )

    def _on_mode_clicked(self, number: int) -> None:
        self._choice.set_mode(list(CompareMode)[number])

    def _on_look_changed(self, look: CompareLook) -> None:
        self._group.button(list(CompareMode).index(look.mode)).setChecked(True)
