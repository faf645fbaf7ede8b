"""How far, how opaque, how much: what the way to compare has an amount of."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from dreamina_desktop.ui.compare.compare_look import GAINS, CompareLook, CompareMode
from dreamina_desktop.ui.compare.look_choice import LookChoice
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import GAP
from dreamina_desktop.ui.watch.tabular import tabular

_PERCENT = 100
_WIDEST, _ICON = 160, 16


class AmountRow(QWidget):
    """A slider for divider, opacity or gain; for blinking, whether it blinks by itself."""

    def __init__(self, choice: LookChoice, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        self._icons = icons
        self._is_following = False
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setObjectName("compareAmount")
        self._slider.setProperty("look", "amount")
        self._slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._slider.setMinimumWidth(48)
        self._slider.setMaximumWidth(_WIDEST)
        self._slider.valueChanged.connect(self._on_value_changed)
        self._label = QLabel(self)
        self._label.setObjectName("compareAmountLabel")
        self._label.setProperty("look", "hint")
        self._label.setFont(tabular(self._label.font()))
        self._label.setMinimumWidth(self._label.fontMetrics().horizontalAdvance("100 %"))
        self._other = self._button("compareOtherButton")
        self._other.setToolTip(self.tr("Change between A and B by hand (A)"))
        self._other.clicked.connect(choice.show_other)
        self._blinks = self._button("compareBlinksButton")
        self._blinks.clicked.connect(choice.toggle_blinking)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._slider, 3)
        row.addWidget(self._label)
        row.addWidget(self._other)
        row.addWidget(self._blinks)
        row.addStretch(1)
        choice.look_changed.connect(self._on_look_changed)
        self._on_look_changed(choice.look)

    def set_icons(self, icons: Icons) -> None:
        """Take the icons of another theme."""
        self._icons = icons
        self._show_blinking(self._choice.look)

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setIconSize(QSize(_ICON, _ICON))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _on_value_changed(self, value: int) -> None:
        if self._is_following:
            return
        look = self._choice.look
        match look.mode:
            case CompareMode.WIPE:
                self._choice.choose(look.with_divider(value / _PERCENT))
            case CompareMode.OVERLAY:
                self._choice.choose(look.with_opacity(value / _PERCENT))
            case CompareMode.DIFFERENCE:
                self._choice.choose(replace(look, gain=GAINS[value]))
            case CompareMode.SIDE_BY_SIDE | CompareMode.BLINK:
                pass

    def _on_look_changed(self, look: CompareLook) -> None:
        match look.mode:
            case CompareMode.WIPE:
                percent = round(look.divider * _PERCENT)
                self._show(self.tr("Divider"), percent, _PERCENT, self.tr("{0} %").format(percent))
            case CompareMode.OVERLAY:
                percent = round(look.opacity * _PERCENT)
                text = self.tr("{0} %").format(percent)
                self._show(self.tr("Opacity of B"), percent, _PERCENT, text)
            case CompareMode.DIFFERENCE:
                place = GAINS.index(look.gain)
                self._show(self.tr("Gain"), place, len(GAINS) - 1, f"× {look.gain}")
            case CompareMode.SIDE_BY_SIDE | CompareMode.BLINK:
                self._hide()
        self._show_blinking(look)

    def _show_blinking(self, look: CompareLook) -> None:
        other = self.tr("Show A") if look.shows_b else self.tr("Show B")
        by_itself = self.tr("Stop blinking") if look.blinks else self.tr("Blink by itself")
        self._other.setText(other)
        self._other.setAccessibleName(other)
        self._blinks.setAccessibleName(by_itself)
        self._blinks.setToolTip(self.tr("{0} (twice a second; A by hand)").format(by_itself))
        for button in (self._other, self._blinks):
            button.setVisible(look.mode is CompareMode.BLINK)
        self._blinks.setIcon(self._icons.icon("pause" if look.blinks else "play"))

    def _show(self, name: str, value: int, most: int, text: str) -> None:
        self._is_following = True
        self._slider.setRange(0, most)
        self._slider.setPageStep(max(1, most // 10))
        self._slider.setValue(value)
        self._is_following = False
        self._slider.setAccessibleName(name)
        self._slider.setAccessibleDescription(text)
        self._slider.setToolTip(self.tr("{0} (Up and Down)").format(name))
        self._label.setText(text)
        self._slider.show()
        self._label.show()

    def _hide(self) -> None:
        self._slider.hide()
        self._label.hide()
