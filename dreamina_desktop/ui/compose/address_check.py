"""Below a public address: what was found there, and a button to look again."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from dreamina_desktop.core.seen_address import SeenAddress
from dreamina_desktop.core.verdict import Severity
from dreamina_desktop.ui.address_look import AddressLook
from dreamina_desktop.ui.compose.measured import megabytes, pixels
from dreamina_desktop.ui.dialog_button import DialogButton
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.settings.answer_line import AnswerLine, AnswerTone
from dreamina_desktop.ui.theme import GAP, Theme


class AddressCheck(QWidget):
    """``checkAddressButton`` and ``addressAnswer``; the verdicts stand where they always do."""

    def __init__(
        self, look: AddressLook, theme: Theme, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.answer = AnswerLine(
            "addressAnswer", self.tr("What is at the address"), theme, icons, self
        )
        self.button = DialogButton("checkAddressButton", self.tr("Check"), self)
        self.button.setAccessibleName(self.tr("Check the address"))
        self.button.clicked.connect(look.look)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.answer, 1)
        row.addStretch(0)
        row.addWidget(self.button)
        look.look_changed.connect(self._on_look_changed)
        self._on_look_changed()

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        self.answer.set_theme(theme, icons)

    def _on_look_changed(self) -> None:
        look = self._look
        self.button.setEnabled(bool(look.address) and not look.is_looking)
        if look.is_looking:
            self.button.setToolTip(self.tr("Wait for the answer."))
            self.answer.say(self.tr("Looking at the address…"), AnswerTone.BUSY)
        elif not look.address:
            self.button.setToolTip(self.tr("Type an address that begins with https:// first."))
            self.answer.say("", AnswerTone.GOOD)
        else:
            self.button.setToolTip(
                self.tr("Fetch it once as the provider will: without a login, without your key")
            )
            self._say_what_was_seen(look.seen)

    def _say_what_was_seen(self, seen: SeenAddress | None) -> None:
        if seen is None:
            self.answer.say("", AnswerTone.GOOD)
        elif (verdict := seen.verdict) is not None:
            is_refused = verdict.severity is Severity.REFUSED
            tone = AnswerTone.BAD if is_refused else AnswerTone.WARNING
            self.answer.say(self.tr("No picture came from there."), tone)
        elif seen.facts is not None:
            facts = seen.facts
            parts = [seen.media_type or self.tr("no type said"), *megabytes(facts.bytes)]
            if facts.width > 0 and facts.height > 0:
                parts.append(pixels(facts.width, facts.height))
            self.answer.say(" · ".join(parts), AnswerTone.GOOD)
