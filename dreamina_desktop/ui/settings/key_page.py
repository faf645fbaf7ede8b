"""The API key: pasted, checked, kept, forgotten; never shown unless asked for."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dreamina_desktop.core.answers import Balance
from dreamina_desktop.core.errors import (
    AnswerLostError,
    DreaminaError,
    KeyMissingError,
    KeyRefusedError,
    KeyringError,
    NotSentError,
    WireError,
)
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.money import dollars
from dreamina_desktop.ui.ports import Background, KeyDesk, KeyInUse, KeyOrigin, Outcome
from dreamina_desktop.ui.provider_pages import ACCOUNT_PAGE
from dreamina_desktop.ui.return_key import ReturnKey
from dreamina_desktop.ui.settings.answer_line import AnswerLine, AnswerTone
from dreamina_desktop.ui.settings.link_button import LinkButton
from dreamina_desktop.ui.theme import GAP, Theme
from dreamina_desktop.words import Phrasebook


@dataclass(frozen=True, slots=True)
class KeyChanged:
    """Another key is in use, or none; ``is_kept`` says that one is."""

    is_kept: bool


@dataclass(frozen=True, slots=True)
class _Checked:
    balance: Balance | None
    doubt: WireError | None = None


class KeyPage(QWidget):
    """Asks and keeps through ``desk``, in ``background``; a key leaves the field for there only."""

    key_changed = Signal(object)
    became_idle = Signal()

    def __init__(
        self,
        desk: KeyDesk,
        background: Background,
        words: Phrasebook,
        theme: Theme,
        icons: Icons,
        parent: QWidget | None = None,
        *,
        is_first: bool = False,
    ) -> None:
        """``is_first``: nobody has given a key yet, and the page need not say so."""
        super().__init__(parent)
        self._is_first = is_first
        self._had_focus: QWidget | None = None
        self._desk = desk
        self._background = background
        self._words = words
        self._is_busy = False
        # Until it is known, a check may be asked for.
        self._has_key = True
        self._icons = icons
        self._edit = _KeyEdit(self)
        self._eye = QAction(self)
        self._check = self._button("checkKeyButton", self.tr("Check"))
        self._keep = self._button("keepKeyButton", self._keep_label())
        self._session = self._button("sessionKeyButton", self.tr("Use for this session"))
        self._forget = self._button("forgetKeyButton", self.tr("Forget key"))
        self._origin = self._label("keyOriginLabel", self.tr("Key in use"))
        self._answer = AnswerLine("keyAnswer", self.tr("Answer"), theme, icons, self)
        self._arrange()
        self._check.clicked.connect(self._on_check_clicked)
        self._keep.clicked.connect(self._on_keep_clicked)
        self._session.clicked.connect(self._on_session_clicked)
        self._forget.clicked.connect(self._on_forget_clicked)
        self._edit.textChanged.connect(self._on_typed)
        self._edit.returnPressed.connect(self._on_return_pressed)
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

    def look(self) -> None:
        """Find out which key is in use, and say so."""
        self._background.run(self._desk.look, self._on_looked)

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

    def _button(self, name: str, label: str) -> QPushButton:
        button = QPushButton(label, self)
        button.setObjectName(name)
        button.setAccessibleName(label)
        button.setAutoDefault(False)
        ReturnKey(button)
        return button

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

    def _on_return_pressed(self) -> None:
        if self._keep.isEnabled():
            self._on_keep_clicked()

    def _on_eye_toggled(self) -> None:
        modes = QLineEdit.EchoMode
        self._edit.setEchoMode(modes.Normal if self._eye.isChecked() else modes.Password)
        self._show_eye()

    def _on_check_clicked(self) -> None:
        # A closure, for its repr is without the key.
        desk, typed = self._desk, self._edit.text()
        self._begin(self.tr("Asking the provider…"))
        self._background.run(lambda: desk.check(typed), self._on_checked)

    def _on_keep_clicked(self) -> None:
        desk, typed = self._desk, self._edit.text()
        self._begin(self.tr("Asking the provider…"))
        self._background.run(lambda: _check_and_keep(desk, typed), self._on_kept)

    def _on_session_clicked(self) -> None:
        desk, typed = self._desk, self._edit.text()
        self._begin("")
        self._background.run(lambda: desk.use_for_session(typed), self._on_session_begun)

    def _on_forget_clicked(self) -> None:
        self._begin(self.tr("Asking the keyring…"))
        self._background.run(self._desk.forget, self._on_forgotten)

    # ---- what came of it -------------------------------------------------------------------

    def _on_looked(self, outcome: Outcome[KeyInUse]) -> None:
        try:
            found = outcome.get()
        except DreaminaError as error:
            text = self._words.error(error).text
            if isinstance(error, KeyMissingError) and not isinstance(error, KeyringError):
                text = self.tr("What is kept as a key is none. Forget it, or save another.")
            self._origin.setText(text)
            self._origin.show()
            self._forget.setVisible(True)
            return
        origin = found.origin
        self._forget.setVisible(origin in (KeyOrigin.KEYRING, KeyOrigin.SESSION))
        text = {
            KeyOrigin.ENVIRONMENT: self.tr("In use: the key from the environment variable {0}."),
            KeyOrigin.KEYRING: self.tr("In use: the key from this computer's keyring."),
            KeyOrigin.SESSION: self.tr("In use: a key for this session only."),
            KeyOrigin.NONE: self.tr("There is no key yet."),
        }[origin].format(found.variable)
        if found.trouble is not None:
            text = f"{text} {self._words.error(found.trouble).text}"
            self._session.setVisible(True)
        if origin is KeyOrigin.ENVIRONMENT:
            text = f"{text} {self.tr('It goes before any key saved here.')}"
        self._origin.setText(text)
        self._origin.setHidden(self._is_first and origin is KeyOrigin.NONE)
        self._has_key = origin is not KeyOrigin.NONE
        self._edit.setPlaceholderText(
            self.tr("A key is in use; paste another to replace it")
            if self._has_key
            else self.tr("Paste your API key")
        )
        self._set_usable()

    def _on_checked(self, outcome: Outcome[Balance | None]) -> None:
        self._end()
        try:
            balance = outcome.get()
        except DreaminaError as error:
            self._complain(error)
        else:
            self._answer.say(self._good(balance), AnswerTone.GOOD)

    def _on_kept(self, outcome: Outcome[_Checked]) -> None:
        self._end()
        try:
            checked = outcome.get()
        except KeyringError as error:
            self._session.setVisible(True)
            self._complain(error)
        except DreaminaError as error:
            self._complain(error)
        else:
            if checked.doubt is None:
                text = self.tr("Saved. {0}").format(self._good(checked.balance))
                self._answer.say(text, AnswerTone.GOOD)
            else:
                doubt = self._unreached(checked.doubt) or self._words.error(checked.doubt).text
                text = self.tr("Saved, but not checked. {0}").format(doubt)
                self._answer.say(text, AnswerTone.WARNING)
            self._leave(is_kept=True)

    def _on_session_begun(self, outcome: Outcome[None]) -> None:
        self._end()
        try:
            outcome.get()
        except DreaminaError as error:
            self._complain(error)
        else:
            text = self.tr("In use until the program ends; it is saved nowhere.")
            self._answer.say(text, AnswerTone.GOOD)
            self._leave(is_kept=True)

    def _on_forgotten(self, outcome: Outcome[None]) -> None:
        self._end()
        try:
            outcome.get()
        except DreaminaError as error:
            self._complain(error)
        else:
            self._answer.say(self.tr("The key is forgotten."), AnswerTone.GOOD)
            self._leave(is_kept=False)

    def _leave(self, *, is_kept: bool) -> None:
        # Unlike clear, it leaves nothing that Undo could bring back.
        self._edit.setText("")
        self._eye.setChecked(False)
        self.look()
        self.key_changed.emit(KeyChanged(is_kept))

    # ---- saying ----------------------------------------------------------------------------

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

    def _keep_label(self) -> str:
        return self.tr("Use this key") if self._is_first else self.tr("Save key")

    def _good(self, balance: Balance | None) -> str:
        if balance is None:
            return self.tr("The provider takes the key.")
        return self.tr("The provider takes the key. Balance {0}.").format(dollars(balance.amount))

    def _complain(self, error: DreaminaError) -> None:
        sentence = self._words.error(error)
        text = self._unreached(error) or f"{sentence.text} {sentence.action}".strip()
        if isinstance(error, KeyMissingError) and not isinstance(error, KeyringError):
            typed = bool(self._edit.text().strip())
            text = self.tr("That cannot be a key.") if typed else self.tr("Paste a key first.")
        self._answer.say(text, AnswerTone.BAD)

    def _unreached(self, error: DreaminaError) -> str:
        # A check makes no clip: nothing of it is kept, and nothing is charged.
        text = self.tr("The provider was not reached. Check the connection, then check the key.")
        return text if isinstance(error, NotSentError | AnswerLostError) else ""

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


def _check_and_keep(desk: KeyDesk, typed: str) -> _Checked:
    """Keep a key that the provider takes, or that cannot be checked now. Blocking."""
    balance, doubt = None, None
    try:
        balance = desk.check(typed)
    except KeyRefusedError:
        raise
    except WireError as error:
        doubt = error
    desk.keep(typed)
    return _Checked(balance, doubt)
