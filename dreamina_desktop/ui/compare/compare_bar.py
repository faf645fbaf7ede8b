"""The controls under two clips that are compared."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QToolButton, QVBoxLayout, QWidget

from dreamina_desktop.ui.compare.amount_row import AmountRow
from dreamina_desktop.ui.compare.compare_look import CompareLook, CompareMode
from dreamina_desktop.ui.compare.look_choice import LookChoice
from dreamina_desktop.ui.compare.mode_row import ModeRow
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import GAP, TIGHT

_ICON, _BUTTON = 20, 32
_STACKED = (CompareMode.WIPE, CompareMode.SIDE_BY_SIDE)


class CompareBar(QWidget):
    """Bound to a choice; says in each tooltip which key does the same."""

    swap_asked = Signal()
    fold_asked = Signal()
    leave_asked = Signal()

    def __init__(self, choice: LookChoice, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        self._icons = icons
        self._turn = self._button("compareTurnButton", self.tr("Turn the divider"))
        self._swap = self._button("compareSwapButton", self.tr("Swap A and B"))
        self._fold = self._button("compareDifferencesButton", self.tr("What differs"))
        self._leave = self._button("compareLeaveButton", self.tr("Leave comparing"))
        self._swap.setToolTip(self.tr("Swap A and B (W)"))
        self._leave.setToolTip(self.tr("Leave comparing (Esc)"))
        self._fold.setCheckable(True)
        self._amount = AmountRow(choice, icons, self)
        self._offset_label = QLabel(self.tr("Offset"), self)
        self._offset_label.setProperty("look", "hint")
        self._offset = _OffsetSpin(self)
        self._offset.setObjectName("compareOffsetSpin")
        self._offset.setAccessibleName(self.tr("Offset of B in frames"))
        self._offset_label.setBuddy(self._offset)
        self._lay_out()
        self._turn.clicked.connect(choice.turn)
        self._swap.clicked.connect(self.swap_asked)
        self._fold.clicked.connect(self.fold_asked)
        self._leave.clicked.connect(self.leave_asked)
        self._offset.valueChanged.connect(self._on_offset_changed)
        choice.look_changed.connect(self._on_look_changed)
        self.set_icons(icons)

    def set_icons(self, icons: Icons) -> None:
        """Take the icons of another theme."""
        self._icons = icons
        self._swap.setIcon(icons.icon("compare-swap"))
        self._fold.setIcon(icons.icon("compare-table"))
        self._leave.setIcon(icons.icon("clear"))
        self._amount.set_icons(icons)
        self._on_look_changed(self._choice.look)

    def set_reach(self, least: int, most: int, reason: str = "") -> None:
        """How far B may be offset; ``reason`` why it may not."""
        self._offset.setRange(least, most)
        self._offset.setEnabled(not reason)
        tip = self.tr("B shows the frame so many after A's (Alt+Left, Alt+Right)")
        self._offset.setToolTip(reason or tip)

    def set_folded(self, is_folded: bool, reason: str = "") -> None:  # noqa: FBT001 - a switch
        """Whether the table is out of sight; ``reason`` why there is none."""
        self._fold.setChecked(not is_folded)
        self._fold.setEnabled(not reason)
        self._fold.setToolTip(reason or self.tr("What differs between the two (D)"))

    def _button(self, name: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setProperty("look", "quiet")
        button.setIconSize(QSize(_ICON, _ICON))
        button.setFixedSize(_BUTTON, _BUTTON)
        # A click must not take the keys away from the picture.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        second = QHBoxLayout()
        second.setSpacing(0)
        second.addWidget(self._amount, 1)
        second.addSpacing(GAP)
        second.addWidget(self._offset_label)
        second.addSpacing(TIGHT)
        second.addWidget(self._offset)
        second.addSpacing(TIGHT)
        for button in (self._turn, self._swap, self._fold):
            second.addWidget(button)
        first = QHBoxLayout()
        first.setSpacing(TIGHT)
        first.addWidget(ModeRow(self._choice, self), 1)
        first.addWidget(self._leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addLayout(first)
        column.addLayout(second)

    def _on_offset_changed(self, frames: int) -> None:
        self._choice.set_offset(frames)

    def _on_look_changed(self, look: CompareLook) -> None:
        if self._offset.value() != look.offset:
            self._offset.setValue(look.offset)
        self._turn.setIcon(
            self._icons.icon("compare-beside" if look.is_stacked else "compare-stacked")
        )
        turns = look.mode in _STACKED
        self._turn.setEnabled(turns)
        if not turns:
            self._turn.setToolTip(self.tr("Only wipe and side by side have two ways to lie"))
        elif look.is_stacked:
            self._turn.setToolTip(self.tr("A and B left and right (V)"))
        else:
            self._turn.setToolTip(self.tr("A above B (V)"))


class _OffsetSpin(QSpinBox):
    """Always with a sign: the direction is half of what it says."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("+0000") + 4 * GAP)

    def textFromValue(self, value: int) -> str:  # noqa: N802 - Qt's name
        return f"{value:+d}".replace("-", "−") if value else "0"

    def valueFromText(self, text: str) -> int:  # noqa: N802 - Qt's name
        return super().valueFromText(text.replace("−", "-"))
