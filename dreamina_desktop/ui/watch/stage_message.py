"""What stands on the stage while there is no clip on it: one sentence, perhaps one action."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dreamina_desktop.ui.focus_leaving import leave
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.card_words import Tone
from dreamina_desktop.ui.theme import GAP, ROOM, TIGHT, Theme
from dreamina_desktop.ui.watch.tabular import tabular

_ICON = 40
_WIDEST = 440


class StageDeed(StrEnum):
    """What the stage's button asks for; the values are its objectNames."""

    ASK_AGAIN = "stageActionButton"
    RESOLVE = "stageResolveButton"


@dataclass(frozen=True, slots=True)
class StageText:
    """``icon`` is a drawing's name. ``deed`` is what the button does, None for no button.

    ``clock`` is a time that runs; it stands behind the text and is not spoken again and again.
    """

    icon: str
    text: str
    hint: str = ""
    clock: str = ""
    deed: StageDeed | None = None
    details: str = ""
    tone: Tone = Tone.QUIET


class StageMessage(QWidget):
    """Icon, sentence, hint, action; details that fold open and can be selected."""

    deed_wanted = Signal(object)
    """Carries the ``StageDeed`` of the button."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._shown: StageText | None = None
        self.setObjectName("stageMessage")
        self._icon = QLabel(self)
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text = self._label("stageText")
        self._text.setFont(tabular(self._text.font()))
        self._hint = self._label("stageHint")
        self._hint.setProperty("look", "hint")
        self._action = QPushButton(self)
        self._action.clicked.connect(self._on_action_clicked)
        self._unfold = QToolButton(self)
        self._unfold.setObjectName("stageDetailsButton")
        self._unfold.setProperty("look", "toggle")
        self._unfold.setText(self.tr("Details"))
        self._unfold.setAccessibleName(self.tr("Details"))
        self._unfold.setToolTip(self.tr("Show what exactly went wrong (Space)"))
        self._unfold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._unfold.setCheckable(True)
        self._unfold.toggled.connect(self._on_unfold_toggled)
        self._details = self._label("stageDetails")
        self._details.setAccessibleName(self.tr("Details of the error"))
        self._details.setProperty("look", "hint")
        self._details.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._lay_out()

    def show_text(self, text: StageText) -> None:
        """Say this. Where only its time has run on, everything else stays as it is."""
        before, self._shown = self._shown, text
        if before is not None and replace(before, clock=text.clock) == text:
            self._show_sentence(text)
        else:
            self._show_all(text)

    def _show_sentence(self, text: StageText) -> None:
        sentence = self.tr("{0} · {1}").format(text.text, text.clock) if text.clock else text.text
        self._text.setText(sentence)

    def _show_all(self, text: StageText) -> None:
        theme = self._theme
        colour = {Tone.BAD: theme.bad, Tone.WARNING: theme.warning}.get(text.tone, theme.muted)
        self._icon.setPixmap(self._icons.pixmap(text.icon, _ICON, self.devicePixelRatioF(), colour))
        self.setAccessibleName(text.text)
        self._text.setAccessibleName(text.text)
        self._show_sentence(text)
        self._hint.setText(text.hint)
        self._hint.setVisible(bool(text.hint))
        self._show_action(text.deed)
        self._details.setText(text.details)
        self._unfold.setChecked(False)
        self._on_unfold_toggled()
        self._unfold.setVisible(bool(text.details))

    def _show_action(self, deed: StageDeed | None) -> None:
        if deed is None and self._action.hasFocus():
            leave(self._action)
        self._action.setVisible(deed is not None)
        if deed is None:
            return
        label, tip = {
            StageDeed.ASK_AGAIN: (self.tr("Ask again"), self.tr("Ask again (Space)")),
            StageDeed.RESOLVE: (
                self.tr("Resolve…"),
                self.tr("Say whether the provider has this request (Space)"),
            ),
        }[deed]
        self._action.setObjectName(deed.value)
        self._action.setText(label)
        self._action.setAccessibleName(label)
        self._action.setToolTip(tip)

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Take other colours."""
        self._theme = theme
        self._icons = icons
        if self._shown is not None:
            self._show_all(self._shown)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.DevicePixelRatioChange and self._shown is not None:
            # On a finer screen the icon is drawn anew.
            self._show_all(self._shown)
        return super().event(event)

    def _label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        return label

    def _lay_out(self) -> None:
        inner = QWidget(self)
        inner.setMaximumWidth(_WIDEST)
        middle = QHBoxLayout(self)
        middle.setContentsMargins(ROOM, ROOM, ROOM, ROOM)
        middle.addStretch(1)
        middle.addWidget(inner, 100)
        middle.addStretch(1)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addStretch(1)
        column.addWidget(self._icon)
        for widget, before in (
            (self._text, 0),
            (self._hint, 0),
            (self._action, TIGHT),
            (self._unfold, 0),
            (self._details, 0),
        ):
            column.addSpacing(before)
            centred = Qt.AlignmentFlag.AlignHCenter
            wide = isinstance(widget, QLabel)
            column.addWidget(widget, 0, Qt.AlignmentFlag(0) if wide else centred)
        column.addStretch(1)

    def _on_action_clicked(self) -> None:
        if self._shown is not None and self._shown.deed is not None:
            self.deed_wanted.emit(self._shown.deed)

    def _on_unfold_toggled(self) -> None:
        is_open = self._unfold.isChecked()
        self._unfold.setIcon(self._icons.icon("unfold" if is_open else "fold"))
        self._details.setVisible(is_open)
