"""The API key: pasted, checked, kept, forgotten; never shown unless asked for."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

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
from dreamina_desktop.ui.settings.answer_line import AnswerTone
from dreamina_desktop.ui.settings.key_form import KeyForm
from dreamina_desktop.ui.theme import Theme
from dreamina_desktop.words import Phrasebook


@dataclass(frozen=True, slots=True)
class KeyChanged:
    """Another key is in use, or none; ``is_kept`` says that one is.

    Also when the key in use was found good: whoever was refused with it may go on.
    """

    is_kept: bool


@dataclass(frozen=True, slots=True)
class _Checked:
    balance: Balance | None
    doubt: WireError | None = None


class KeyPage(KeyForm):
    """Asks and keeps through ``desk``, in ``background``; a key leaves the field for there only."""

    key_changed = Signal(object)

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
        super().__init__(theme, icons, parent, is_first=is_first)
        self._desk = desk
        self._background = background
        self._words = words
        self._is_check_of_used = False
        self._check.clicked.connect(self._on_check_clicked)
        self._keep.clicked.connect(self._on_keep_clicked)
        self._session.clicked.connect(self._on_session_clicked)
        self._forget.clicked.connect(self._on_forget_clicked)
        self._edit.returnPressed.connect(self._on_return_pressed)

    def look(self) -> None:
        """Find out which key is in use, and say so."""
        self._background.run(self._desk.look, self._on_looked)

    # ---- what the user does ----------------------------------------------------------------

    def _on_return_pressed(self) -> None:
        if self._keep.isEnabled():
            self._on_keep_clicked()

    def _on_check_clicked(self) -> None:
        # A closure, for its repr is without the key.
        desk, typed = self._desk, self._edit.text()
        self._is_check_of_used = not typed.strip()
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
        self._show_has_key(
            has_key=origin is not KeyOrigin.NONE, is_given=origin is KeyOrigin.ENVIRONMENT
        )

    def _on_checked(self, outcome: Outcome[Balance | None]) -> None:
        self._end()
        try:
            balance = outcome.get()
        except DreaminaError as error:
            self._complain(error)
        else:
            self._answer.say(self._good(balance), AnswerTone.GOOD)
            if self._is_check_of_used:
                self.key_changed.emit(KeyChanged(is_kept=True))

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
        self._clear()
        self.look()
        self.key_changed.emit(KeyChanged(is_kept))

    # ---- saying ----------------------------------------------------------------------------

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
