"""The user's own bucket: its fields, its keys, and what a test of them found."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dreamina_desktop.core.bucket_finding import BucketFinding, StepOutcome
from dreamina_desktop.core.errors import DreaminaError, KeyringError
from dreamina_desktop.core.hosting_errors import BucketKeysMissingError
from dreamina_desktop.core.settings import BucketPlace
from dreamina_desktop.core.verdict import Severity
from dreamina_desktop.ui.compose.verdict_list import VerdictList
from dreamina_desktop.ui.compose.verdict_rows import VerdictRow
from dreamina_desktop.ui.dialog_button import DialogButton
from dreamina_desktop.ui.hosting_desk import HostingDesk, KeysKept
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.ports import Background, Outcome
from dreamina_desktop.ui.settings.answer_line import AnswerLine, AnswerTone
from dreamina_desktop.ui.settings.bucket_form import BucketForm
from dreamina_desktop.ui.theme import GAP, Theme
from dreamina_desktop.words import Phrasebook
from dreamina_desktop.words.hosting_words import OUTCOME_WORDS, STEP_TITLES

_REST = 400
"""Milliseconds without a key until the keyring is asked about another bucket."""

_SEVERITIES = {
    StepOutcome.PASSED: Severity.FITS,
    StepOutcome.WARNED: Severity.WARNING,
    StepOutcome.FAILED: Severity.REFUSED,
}


class BucketPage(QWidget):
    """Asks through ``desk``, in ``background``; keys leave their fields for there only."""

    place_changed = Signal()
    bucket_mended = Signal()
    """Other keys are in use, or a test went well."""
    became_idle = Signal()

    def __init__(
        self,
        desk: HostingDesk,
        place: BucketPlace,
        background: Background,
        words: Phrasebook,
        theme: Theme,
        icons: Icons,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._background = background
        self._words = words
        self._is_busy = self._are_kept = False
        self._tested: BucketPlace | None = None
        self._had_focus: DialogButton | None = None
        self.form = BucketForm(place, theme, icons, self)
        self._test = DialogButton("testBucketButton", self.tr("Test"), self)
        self._test.setAccessibleName(self.tr("Test the bucket"))
        self._keep = DialogButton("keepBucketKeysButton", self.tr("Save keys"), self)
        self._session = DialogButton("sessionBucketButton", self.tr("Use for this session"), self)
        self._forget = DialogButton("forgetBucketKeysButton", self.tr("Forget keys"), self)
        self._answer = AnswerLine("bucketAnswer", self.tr("Answer"), theme, icons, self)
        self._steps = VerdictList(theme, icons, self)
        self._steps.setObjectName("bucketSteps")
        self._steps.setAccessibleName(self.tr("What the test found"))
        self._arrange()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self.look)
        self.form.place_changed.connect(self._on_place_changed)
        self.form.keys_typed.connect(self._on_keys_typed)
        self._test.clicked.connect(self._on_test_clicked)
        self._keep.clicked.connect(self._on_keep_clicked)
        self._session.clicked.connect(self._on_session_clicked)
        self._forget.clicked.connect(self._on_forget_clicked)
        self._session.hide()
        self._forget.hide()
        self._set_usable()

    @property
    def place(self) -> BucketPlace:
        """The bucket as it stands in the fields."""
        return self.form.place

    @property
    def is_busy(self) -> bool:
        """Whether something that was asked for is still under way."""
        return self._is_busy

    def look(self) -> None:
        """Find out whether the keyring has keys for this bucket, and say so."""
        self._rest.stop()
        place, desk = self.place, self._desk
        if place.bucket:
            self._background.run(lambda: (place, desk.look(place)), self._on_looked)
        else:
            self._show_kept(are_kept=False)

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Show it in other colours."""
        self.form.set_theme(theme, icons)
        self._answer.set_theme(theme, icons)
        self._steps.set_theme(theme, icons)

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        for button in (self._test, self._keep, self._session, self._forget):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.form)
        column.addLayout(buttons)
        column.addWidget(self._answer)
        column.addWidget(self._steps)

    # ---- what the user does ----------------------------------------------------------------

    def _on_place_changed(self) -> None:
        place, tested = self.place, self._tested
        if tested is not None and _tried(place) != _tried(tested):
            # An answer is about the bucket that was asked.
            self._tested = None
            self._say_nothing()
        self._rest.start()
        self._set_usable()
        self.place_changed.emit()

    def _on_keys_typed(self) -> None:
        self._say_nothing()
        self._set_usable()

    def _on_test_clicked(self) -> None:
        # A closure, for its repr is without the keys.
        desk, place, keys = self._desk, self.place, self.form.keys
        self._tested = place
        self._begin(self.tr("Trying the bucket with a small file…"))
        self._background.run(lambda: desk.test(place, keys), self._on_tested)

    def _on_keep_clicked(self) -> None:
        desk, place, keys = self._desk, self.place, self.form.keys
        self._begin(self.tr("Asking the keyring…"))
        self._background.run(lambda: desk.keep(place, keys), self._on_kept)

    def _on_session_clicked(self) -> None:
        desk, place, keys = self._desk, self.place, self.form.keys
        self._begin("")
        self._background.run(lambda: desk.use_for_session(place, keys), self._on_session_begun)

    def _on_forget_clicked(self) -> None:
        desk, place = self._desk, self.place
        self._begin(self.tr("Asking the keyring…"))
        self._background.run(lambda: desk.forget(place), self._on_forgotten)

    # ---- what came of it -------------------------------------------------------------------

    def _on_looked(self, outcome: Outcome[tuple[BucketPlace, KeysKept]]) -> None:
        place, kept = outcome.get()
        if place != self.place:
            return
        self._show_kept(are_kept=kept.are_kept)
        if kept.trouble is not None:
            self._session.show()
            if not self._is_busy:
                self._answer.say(self._words.error(kept.trouble).text, AnswerTone.WARNING)

    def _on_tested(self, outcome: Outcome[tuple[BucketFinding, ...]]) -> None:
        self._end()
        try:
            findings = outcome.get()
        except DreaminaError as error:
            self._complain(error)
            return
        outcomes = {finding.outcome for finding in findings}
        if StepOutcome.FAILED in outcomes:
            self._answer.say(self.tr("Pictures cannot travel by this bucket yet."), AnswerTone.BAD)
        elif StepOutcome.WARNED in outcomes:
            self._answer.say(self.tr("It works, but look at this:"), AnswerTone.WARNING)
        else:
            self._answer.say(self.tr("It works."), AnswerTone.GOOD)
        self._steps.show_rows(
            tuple(self._row(one) for one in findings if one.outcome is not StepOutcome.SKIPPED)
        )
        if StepOutcome.FAILED not in outcomes:
            self.bucket_mended.emit()

    def _on_kept(self, outcome: Outcome[None]) -> None:
        self._leave(outcome, self.tr("Saved in the keyring."))

    def _on_session_begun(self, outcome: Outcome[None]) -> None:
        self._leave(outcome, self.tr("In use until the program ends; saved nowhere."))

    def _on_forgotten(self, outcome: Outcome[None]) -> None:
        self._leave(outcome, self.tr("The keys are forgotten."))

    def _leave(self, outcome: Outcome[None], text: str) -> None:
        self._end()
        try:
            outcome.get()
        except DreaminaError as error:
            self._session.setVisible(isinstance(error, KeyringError))
            self._complain(error)
            return
        self._answer.say(text, AnswerTone.GOOD)
        self.form.clear_keys()
        self._set_usable()
        self.look()
        self.bucket_mended.emit()

    # ---- saying ----------------------------------------------------------------------------

    def _row(self, finding: BucketFinding) -> VerdictRow:
        title = self._words.say(STEP_TITLES[finding.step])
        if finding.error is None:
            told = self._words.say(OUTCOME_WORDS[finding.outcome])
            return VerdictRow(_SEVERITIES[finding.outcome], f"{title}: {told}")
        sentence = self._words.error(finding.error)
        told = f"{sentence.text} {sentence.action}".strip()
        return VerdictRow(_SEVERITIES[finding.outcome], f"{title}: {told}", sentence.details)

    def _complain(self, error: DreaminaError) -> None:
        sentence = self._words.error(error)
        text = f"{sentence.text} {sentence.action}".strip()
        if isinstance(error, BucketKeysMissingError):
            text = self.tr("Type the key id and the secret key of this bucket first.")
        self._answer.say(text, AnswerTone.BAD)

    def _say_nothing(self) -> None:
        if not self._is_busy:
            self._answer.say("", AnswerTone.GOOD)
            self._steps.show_rows(())

    def _show_kept(self, *, are_kept: bool) -> None:
        self._are_kept = are_kept
        self.form.show_kept(are_kept=are_kept)
        self._forget.setVisible(are_kept)
        self._set_usable()

    def _begin(self, text: str) -> None:
        self._is_busy = True
        # Qt would pass the focus of a button that is switched off to whatever comes next.
        buttons = (self._test, self._keep, self._session, self._forget)
        self._had_focus = next((button for button in buttons if button.hasFocus()), None)
        if self._had_focus is not None:
            self.form.secret.setFocus()
        self._steps.show_rows(())
        self._answer.say(text, AnswerTone.BUSY)
        self._set_usable()

    def _end(self) -> None:
        self._is_busy = False
        self._set_usable()
        if self._had_focus is not None and self.form.secret.hasFocus():
            self._had_focus.setFocus()
        self._had_focus = None
        self.became_idle.emit()

    def _set_usable(self) -> None:
        """Switch the buttons on and off; one that is off says why."""
        is_idle, has_place, is_typed = (
            not self._is_busy,
            bool(self.place.bucket),
            self.form.keys.is_whole,
        )
        busy = self.tr("Wait for the answer.")
        missing = (
            self.tr("Name the bucket first.")
            if not has_place
            else self.tr("Type the key id and the secret key first.")
        )
        tips = (
            (
                self._test,
                has_place and (is_typed or self._are_kept),
                self.tr(
                    "Upload a small file, fetch it without keys, delete it. The provider is not "
                    "asked."
                ),
            ),
            (
                self._keep,
                has_place and is_typed,
                self.tr("Keep both keys in this computer's keyring"),
            ),
            (
                self._session,
                has_place and is_typed,
                self.tr("Keep them in memory only, until the program ends"),
            ),
            (self._forget, True, self.tr("Remove the keys of this bucket from the keyring")),
        )
        for button, is_possible, tip in tips:
            button.setEnabled(is_possible and is_idle)
            button.setToolTip(tip if button.isEnabled() else (missing if is_idle else busy))


def _tried(place: BucketPlace) -> BucketPlace:
    """What of the settings a test depends on."""
    return replace(place, hours=1, deletes_afterwards=False)
