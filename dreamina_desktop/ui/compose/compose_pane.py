"""The compose pane: picture, prompt, length, seed, Generate."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from dreamina_desktop.core.answers import Price
from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.ui.compose.framing_keys import can_turn_back, is_undo, turn_back
from dreamina_desktop.ui.compose.generate_bar import GenerateBar
from dreamina_desktop.ui.compose.glances import Glances
from dreamina_desktop.ui.compose.incoming_picture import IncomingPicture
from dreamina_desktop.ui.compose.length_and_seed import LengthAndSeed
from dreamina_desktop.ui.compose.picture_intake import PictureIntake
from dreamina_desktop.ui.compose.picture_panel import PicturePanel
from dreamina_desktop.ui.compose.prompt_editor import PromptEditor
from dreamina_desktop.ui.compose.prompt_meter import PromptMeter
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.ports import Obstacle, PromptHistory, RecentPictures
from dreamina_desktop.ui.reasons import Reason, Remedy
from dreamina_desktop.ui.theme import GAP, TIGHT, Theme
from dreamina_desktop.words import Phrasebook

NARROWEST = 280
"""Device-independent pixels."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MARGIN = GAP + TIGHT


class ComposePane(QFrame):
    """Objects named ``composePane`` are this. All of its truth is the draft's.

    ``generate_requested`` comes only while nothing is in the way; the draft stays as it is.
    """

    generate_requested = Signal()
    obstacle_chosen = Signal(object)
    """Carries the ``Obstacle`` handed to ``set_obstacle``: its action was taken."""
    notice_raised = Signal(object)

    def __init__(
        self,
        *,
        draft: Draft,
        words: Phrasebook,
        spec: ModelSpec,
        theme: Theme,
        icons: Icons,
        recents: RecentPictures,
        intake: PictureIntake,
        glances: Glances,
        history: PromptHistory,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._draft = draft
        self._spec = spec
        self.setObjectName("composePane")
        self.setAccessibleName(self.tr("Compose pane"))
        self.setProperty("look", "pane")
        self.setMinimumWidth(NARROWEST)
        self.picture_panel = PicturePanel(
            draft, spec, words, recents, intake, glances, theme, icons, self
        )
        self.picture_panel.notice_raised.connect(self.notice_raised)
        self.prompt_editor = PromptEditor(draft, spec, history, theme, self)
        self.prompt_editor.generate_requested.connect(self.generate)
        self.prompt_editor.picture_arrived.connect(self.take)
        self.prompt_meter = PromptMeter(draft, spec, theme, icons, self)
        self.length_and_seed = LengthAndSeed(draft, words, spec, theme, icons, self)
        self.generate_bar = GenerateBar(draft, spec, self)
        self.generate_bar.generate_requested.connect(self.generate_requested)
        self.generate_bar.remedy_chosen.connect(self._on_remedy_chosen)
        self.generate_bar.obstacle_chosen.connect(self.obstacle_chosen)
        self._lay_out()

    def generate(self) -> None:
        """As a click on Generate; where that is not possible, the way to what is in its way."""
        self.generate_bar.press()

    def choose_picture(self) -> None:
        """Ask for a picture file."""
        self.picture_panel.choose()

    def paste_picture(self) -> bool:
        """Take the clipboard's picture, file or address; False where it holds none."""
        return self.picture_panel.image_drop.paste()

    def take(self, arrived: IncomingPicture) -> None:
        """Use a picture that was dropped elsewhere on the window, or handed to the program."""
        self.picture_panel.take(arrived)

    def set_price(self, price: Price | None) -> None:
        """The model's price; None as long as nobody knows it."""
        self.generate_bar.set_price(price)

    def set_obstacle(self, obstacle: Obstacle | None) -> None:
        """What outside the draft keeps Generate from being pressed; None for nothing."""
        self.generate_bar.set_obstacle(obstacle)

    def set_last_seed(self, seed: int | None) -> None:
        """The seed of the take before; None as long as there is none."""
        self.length_and_seed.seed.set_last_seed(seed)

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        self.picture_panel.set_theme(theme, icons)
        self.prompt_editor.set_theme(theme)
        self.prompt_meter.set_theme(theme, icons)
        self.length_and_seed.set_theme(theme, icons)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        # People begin with words where nothing else was begun.
        if self.window().focusWidget() is None:
            self.prompt_editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        # Ctrl+Z is the window's, for what was deleted there, unless it has a use here.
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (self._brings_back(event) or can_turn_back(event, self._draft))
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        # Whatever the focused control leaves over. A window's shortcuts come before.
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ENTER and held == Qt.KeyboardModifier.ControlModifier:
            if not event.isAutoRepeat():
                self.generate()
        elif event.matches(QKeySequence.StandardKey.Open):
            self.choose_picture()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_picture()
        elif self._brings_back(event):
            self._draft.bring_back_picture()
        elif event.key() == Qt.Key.Key_F and not held:
            self.picture_panel.framing.open_larger()
        elif not turn_back(event, self._draft):
            super().keyPressEvent(event)

    def _brings_back(self, event: QKeyEvent) -> bool:
        return is_undo(event) and self._draft.can_bring_back_picture

    def _lay_out(self) -> None:
        heading = QLabel(self.tr("&Prompt"), self)
        heading.setProperty("look", "heading")
        heading.setBuddy(self.prompt_editor)
        for label in (heading, self.prompt_meter):
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        above = QHBoxLayout()
        above.setContentsMargins(0, 0, 0, 0)
        above.addWidget(heading)
        above.addWidget(self.prompt_meter, 1)
        prompt = QVBoxLayout()
        prompt.setContentsMargins(0, 0, 0, 0)
        prompt.setSpacing(TIGHT)
        prompt.addLayout(above)
        prompt.addWidget(self.prompt_editor, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(self.picture_panel, 3)
        layout.addLayout(prompt, 1)
        layout.addWidget(self.length_and_seed)
        layout.addWidget(self.generate_bar)

    def _on_remedy_chosen(self, reason: Reason) -> None:
        match reason.remedy:
            case Remedy.CHOOSE_PICTURE:
                self.choose_picture()
            case Remedy.FIX_PICTURE:
                self._draft.mend_picture()
            case Remedy.MEND_ADDRESS:
                self.picture_panel.address_row.open_edit()
            case Remedy.WRITE_PROMPT:
                self.prompt_editor.setFocus(Qt.FocusReason.OtherFocusReason)
            case Remedy.SHORTEN_PROMPT:
                self.prompt_editor.setFocus(Qt.FocusReason.OtherFocusReason)
                self.prompt_editor.select_overflow()
            case Remedy.CLEAR_SEED:
                self._draft.set_seed_text("")
            case Remedy.CHOOSE_LENGTH:
                self._draft.set_frames(self._spec.frames_default)
