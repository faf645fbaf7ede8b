"""What is on the key's page: the field, its buttons, and two lines of text."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from dreamina_desktop.ui.dialog_button import DialogButton
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.provider_pages import ACCOUNT_PAGE
from dreamina_desktop.ui.settings.answer_line import AnswerLine, AnswerTone
from dreamina_desktop.ui.settings.link_button import LinkButton
from dreamina_desktop.ui.theme import GAP, Theme


class KeyForm(QWidget):
    """The controls; ``KeyPage`` is the one that asks. Says why a button is off."""

    became_idle = Signal()

    def __init__(
        self, theme: Theme, icons: Icons, parent: QWidget | None = None, *, is_first: bool = False
    ) -> None:
        """``is_first``: nobody has given a key yet, and the page need not say so."""
        super().__init__(parent)
        self._is_first = is_first
        self._had_focus: QWidget | None = None
        self._is_busy = False
        # Until it is known, a check may be asked for.
        self._has_key = True
        self._icons = icons
        self._edit = _KeyEdit(self)
        self._eye = QAction(self)
        self._check = DialogButton("checkKeyButton", self.tr("Check"), self)
        self._keep = DialogButton(
            "keepKeyButton", self.tr("Use this key") if is_first else self.tr("Save key"), self
        )
        self._session = DialogButton("sessionKeyButton", self.tr("Use for this session"), self)
        self._forget = DialogButton("forgetKeyButton", self.tr("Forget key"), self)
        self._origin = self._label("keyOriginLabel", self.tr("Key in use"))
        self._answer = AnswerLine("keyAnswer", self.tr("Answer"), theme, icons, self)
        self._arrange()
        self._edit.textChanged.connect(self._on_typed)
        self._eye.toggled.connect(self._on_eye_toggled)
        self._session.hide()
        self._forget.hide()
        self._origin.setHidden(is_first)
        self._show_eye()
        self._on_typed()

    @property
    def first_field(self) -> QWidget:
        """Where people begin."""
        return self._edit

    @property
    def is_busy(self) -> bool:
        """Whether something that was asked for is still under way."""
        return self._is_busy

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Show it in other colours."""
        self._icons = icons
        self._answer.set_theme(theme, icons)
        self._show_eye()

    # ---- building --------------------------------------------------------------------------

    def _arrange(self) -> None:
        self._edit.setObjectName("apiKeyEdit")
        self._edit.setAccessibleName(self.tr("API key"))
        self._edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._edit.setPlaceholderText(self.tr("Paste your API key"))
        self._edit.setToolTip(self.tr("The key stays in this computer's keyring"))
        self._eye.setObjectName("showKeyAction")
        self._eye.setCheckable(True)
        self._edit.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        if self._is_first:
            self._keep.setProperty("look", "primary")
        link = LinkButton(self.tr("Get a key from the provider"), ACCOUNT_PAGE, self)
        link.setObjectName("keysPageLink")
        typed = QHBoxLayout()
        typed.setSpacing(GAP)
        typed.addWidget(self._edit, 1)
        typed.addWidget(self._check)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self._keep)
        buttons.addWidget(self._session)
        buttons.addWidget(self._forget)
        buttons.addStretch(1)
        buttons.addWidget(link)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._origin)
        column.addLayout(typed)
        column.addWidget(self._answer)
        column.addLayout(buttons)

    def _label(self, name: str, spoken: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setAccessibleName(spoken)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("look", "hint")
        return label

    # ---- what the user does ----------------------------------------------------------------

    def _on_typed(self) -> None:
        typed = bool(self._edit.text().strip())
        if typed and not self._is_busy:
            # An answer is about the key that it was asked for.
            self._answer.say("", AnswerTone.GOOD)
        self._set_usable()

    def _set_usable(self) -> None:
        """Switch the buttons on and off; one that is off says why."""
        typed, is_idle = bool(self._edit.text().strip()), not self._is_busy
        busy = self.tr("Wait for the answer.")
        missing = self.tr("Paste a key first.") if is_idle else busy
        tips = (
            (
                self._keep,
                typed,
                self.tr("Check the key and keep it in this computer's keyring (Enter)"),
            ),
            (self._session, typed, self.tr("Keep it in memory only, until the program ends")),
            (
                self._check,
                typed or self._has_key,
                self.tr("Ask the provider whether it takes the key. Costs nothing."),
            ),
        )
        for button, is_possible, tip in tips:
            button.setEnabled(is_possible and is_idle)
            button.setToolTip(tip if button.isEnabled() else missing)
        self._forget.setEnabled(is_idle)
        self._forget.setToolTip(self.tr("Remove the key from the keyring") if is_idle else busy)
        self._edit.setReadOnly(self._is_busy)

    def _on_eye_toggled(self) -> None:
        modes = QLineEdit.EchoMode
        self._edit.setEchoMode(modes.Normal if self._eye.isChecked() else modes.Password)
        self._show_eye()

    # ---- while something is asked ----------------------------------------------------------

    def _begin(self, text: str) -> None:
        self._is_busy = True
        # Qt would pass the focus of a button that is switched off to whatever comes next.
        focus = QApplication.focusWidget()
        self._had_focus = focus if focus is not None and self.isAncestorOf(focus) else None
        if self._had_focus is not None:
            self._edit.setFocus()
        self._answer.say(text, AnswerTone.BUSY)
        self._set_usable()

    def _end(self) -> None:
        self._is_busy = False
        self._set_usable()
        if self._had_focus is not None and self._edit.hasFocus():
            self._had_focus.setFocus()
        self._had_focus = None
        self.became_idle.emit()

    def _show_has_key(self, *, has_key: bool, is_given: bool = False) -> None:
        """``is_given``: from outside, so that none that is pasted here takes its place."""
        self._has_key = has_key
        text = self.tr("Paste your API key")
        if has_key:
            text = self.tr("A key is in use; paste another to replace it")
        if is_given:
            text = self.tr("A key is in use; paste another to check or keep it")
        self._edit.setPlaceholderText(text)
        self._set_usable()

    def _clear(self) -> None:
        # Unlike clear, it leaves nothing that Undo could bring back.
        self._edit.setText("")
        self._eye.setChecked(False)

    def _show_eye(self) -> None:
        is_shown = self._eye.isChecked()
        self._eye.setIcon(self._icons.icon("conceal" if is_shown else "show"))
        self._eye.setText(self.tr("Conceal the key") if is_shown else self.tr("Show the key"))
        self._eye.setToolTip(self._eye.text())


class _KeyEdit(QLineEdit):
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # It means "take this key", not the dialog's OK.
            event.accept()
