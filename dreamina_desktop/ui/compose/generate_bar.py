"""Generate with its price, and why it cannot be pressed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dreamina_desktop.core.answers import Price
from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.ui.compose.generate_button import GenerateButton
from dreamina_desktop.ui.compose.price_text import price_text
from dreamina_desktop.ui.compose.reason_row import ReasonRow
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.ports import Obstacle
from dreamina_desktop.ui.reasons import Reason, ReasonCode, Remedy
from dreamina_desktop.ui.theme import GAP, TIGHT


class GenerateBar(QWidget):
    """``generateButton`` and ``generateReasons``."""

    generate_requested = Signal()
    remedy_chosen = Signal(object)
    """Carries the ``Reason`` that somebody wants cured."""
    obstacle_chosen = Signal(object)
    """Carries the ``Obstacle`` that somebody wants out of the way."""

    def __init__(self, draft: Draft, spec: ModelSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._spec = spec
        self._price: Price | None = None
        self._obstacle: Obstacle | None = None
        self._shown: tuple[Reason | Obstacle, ...] = ()
        self.button = GenerateButton(self)
        self.button.setObjectName("generateButton")
        self.button.setAccessibleName(self.tr("Generate"))
        self.button.setProperty("look", "primary")
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(self._on_clicked)
        self.reasons = QWidget(self)
        self.reasons.setObjectName("generateReasons")
        self.reasons.setAccessibleName(self.tr("Generate reasons"))
        self._rows: list[ReasonRow] = []
        self._row_layout = QVBoxLayout(self.reasons)
        self._row_layout.setContentsMargins(0, 0, 0, 0)
        self._row_layout.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        self._row = QHBoxLayout()
        self._row.setSpacing(TIGHT)
        self._row.addWidget(self.button, 1)
        layout.addLayout(self._row)
        layout.addWidget(self.reasons)
        for changed in (draft.picture_changed, draft.prompt_changed, draft.seed_changed):
            changed.connect(self._on_draft_changed)
        draft.frames_changed.connect(self._on_cost_changed)
        draft.takes_changed.connect(self._on_cost_changed)
        self._on_cost_changed()

    @property
    def is_ready(self) -> bool:
        """Whether Generate may be pressed."""
        return not self._in_the_way()

    def put_beside(self, button: QWidget) -> None:
        """Show a small button beside Generate."""
        self._row.addWidget(button)

    def set_price(self, price: Price | None) -> None:
        """The model's price; None as long as nobody knows it."""
        self._price = price
        self._show_price()

    def set_obstacle(self, obstacle: Obstacle | None) -> None:
        """What outside the draft is in the way; None for nothing."""
        self._obstacle = obstacle
        self._on_draft_changed()

    def press(self) -> None:
        """Generate by key: as a click, or the way to the first thing that is in its way."""
        if self.is_ready:
            self.generate_requested.emit()
            return
        for row in self._shown_rows():
            if not row.button.isHidden():
                row.button.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def reason_lines(self) -> tuple[str, ...]:
        """The words of every reason shown."""
        return tuple(row.text for row in self._shown_rows())

    def _in_the_way(self) -> tuple[Reason | Obstacle, ...]:
        outside = () if self._obstacle is None else (self._obstacle,)
        return (*self._draft.reasons(), *outside)

    def _shown_rows(self) -> list[ReasonRow]:
        return self._rows[: len(self._shown)]

    def _on_clicked(self) -> None:
        # Another process may have taken the picture away between painting and click.
        if self.is_ready:
            self.generate_requested.emit()

    def _on_cost_changed(self) -> None:
        self._show_price()
        self._on_draft_changed()

    def _show_price(self) -> None:
        takes = self._draft.takes
        price = price_text(self._price, self._draft.frames, self._spec, takes)
        if takes == 1:
            self.button.setText(self.tr("Generate · {0}").format(price))
            self.button.setAccessibleDescription(price)
        else:
            several = self.tr("{0} takes · {1}").format(takes, price)
            self.button.setText(several)
            self.button.setAccessibleDescription(several)

    def _on_draft_changed(self) -> None:
        found = self._in_the_way()
        self.button.setEnabled(not found)
        if found != self._shown:
            self._shown = found
            self._show_reasons(found)
        lines = self.reason_lines()
        self.reasons.setVisible(bool(lines))
        self.reasons.setAccessibleDescription("\n".join(lines))
        self.button.setToolTip("\n".join(lines) or self._purpose())

    def _purpose(self) -> str:
        takes = self._draft.takes
        if takes == 1:
            return self.tr("Make a take (Ctrl+Enter)")
        return self.tr("Make {0} takes, each with its own seed (Ctrl+Enter)").format(takes)

    def _show_reasons(self, found: tuple[Reason | Obstacle, ...]) -> None:
        # Rows are used again: they are quick to change, and slow to be made.
        while len(self._rows) < len(found):
            row = ReasonRow(self.reasons)
            row.action_chosen.connect(self._on_action_chosen)
            self._row_layout.addWidget(row)
            self._rows.append(row)
        for row, reason in zip(self._rows, found, strict=False):
            row.say(self._text(reason), self._action(reason))
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(found))

    def _on_action_chosen(self) -> None:
        sender = self.sender()
        for row, reason in zip(self._shown_rows(), self._shown, strict=True):
            if row is sender and isinstance(reason, Obstacle):
                self.obstacle_chosen.emit(reason)
                return
            if row is sender:
                self.remedy_chosen.emit(reason)
                return

    def _text(self, reason: Reason | Obstacle) -> str:
        if isinstance(reason, Obstacle):
            return reason.text
        return {
            ReasonCode.NO_PICTURE: self.tr("There is no picture yet."),
            ReasonCode.PICTURE_BEING_READ: self.tr("The picture is still being read."),
            ReasonCode.PICTURE_REFUSED: self.tr("The picture is refused."),
            ReasonCode.ADDRESS_REFUSED: self.tr("The address is refused."),
            ReasonCode.NO_PROMPT: self.tr("There is no prompt yet."),
            ReasonCode.PROMPT_TOO_LONG: self.tr("The prompt is too long."),
            ReasonCode.SEED_UNFINISHED: self.tr("The seed is no whole number."),
            ReasonCode.FRAMES_NOT_OFFERED: self.tr("The model makes no clips of this length."),
        }[reason.code]

    def _action(self, reason: Reason | Obstacle) -> str:
        if isinstance(reason, Obstacle):
            return reason.action
        return {
            Remedy.WAIT: "",
            Remedy.CHOOSE_PICTURE: self.tr("Choose…"),
            Remedy.FIX_PICTURE: self.tr("Fix it"),
            Remedy.MEND_ADDRESS: self.tr("Mend it"),
            Remedy.WRITE_PROMPT: self.tr("Write"),
            Remedy.SHORTEN_PROMPT: self.tr("Shorten"),
            Remedy.CLEAR_SEED: self.tr("Clear it"),
            Remedy.CHOOSE_LENGTH: self.tr("Take the usual"),
        }[reason.remedy]
