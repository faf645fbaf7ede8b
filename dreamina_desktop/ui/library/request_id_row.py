"""Where a request id is pasted, the button beside it, and what came of it below."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.settings.answer_line import AnswerLine, AnswerTone
from dreamina_desktop.ui.theme import GAP, Theme


@dataclass(frozen=True, slots=True)
class RequestNamed:
    """Somebody pasted a request id and wants it followed; it was not checked yet."""

    request_id: str


class RequestIdRow(QWidget):
    """While the provider is asked nothing else can be entered; ``refuse`` gives it back."""

    request_named = Signal(object)

    def __init__(
        self,
        label: str,
        hint: str,
        names: tuple[str, str, str],
        theme: Theme,
        icons: Icons,
        parent: QWidget,
    ) -> None:
        """``label`` and ``hint`` are the button's; ``names`` those of field, button and answer."""
        super().__init__(parent)
        self._hint = hint
        edit, button, answer = names
        self._edit = QLineEdit(self)
        self._edit.setObjectName(edit)
        self._edit.setAccessibleName(self.tr("Request id"))
        self._edit.setPlaceholderText(self.tr("Request id"))
        self._edit.setToolTip(self.tr("The id shown under Generations"))
        self._edit.textChanged.connect(self._on_text_changed)
        self._button = QPushButton(label, self)
        self._button.setObjectName(button)
        self._button.setAccessibleName(label)
        self._button.setDefault(True)
        self._button.clicked.connect(self._on_clicked)
        self._answer = AnswerLine(answer, self.tr("What the provider says"), theme, icons, self)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self._edit, 1)
        row.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(row)
        column.addWidget(self._answer)
        self._on_text_changed()

    def take_focus(self) -> None:
        """The field has the keys."""
        self._edit.setFocus()

    def refuse(self, text: str) -> None:
        """Say why the id was not taken; it can be mended."""
        self._edit.setEnabled(True)
        self._on_text_changed()
        self._answer.say(text, AnswerTone.BAD)
        self._edit.setFocus()
        self._edit.selectAll()

    @property
    def _typed(self) -> str:
        return self._edit.text().strip()

    def _on_text_changed(self) -> None:
        typed = self._typed
        has_spaces = any(character.isspace() for character in typed)
        reason = "" if typed else self.tr("Paste the request id first.")
        if has_spaces:
            reason = self.tr("A request id has no spaces in it.")
        self._button.setEnabled(not reason)
        self._button.setToolTip(reason or self._hint)
        self._answer.say(reason if has_spaces else "", AnswerTone.WARNING)

    def _on_clicked(self) -> None:
        typed = self._typed
        self._edit.setEnabled(False)
        self._button.setEnabled(False)
        self._answer.say(self.tr("Asking the provider…"), AnswerTone.BUSY)
        self.request_named.emit(RequestNamed(typed))
