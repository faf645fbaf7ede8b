"""The picture's part of the compose pane: the picture, what it becomes, and what is wrong."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.ui.compose.address_row import AddressRow
from dreamina_desktop.ui.compose.fitting_area import FittingArea
from dreamina_desktop.ui.compose.framing_row import FramingRow
from dreamina_desktop.ui.compose.glances import Glances
from dreamina_desktop.ui.compose.image_drop import ImageDrop
from dreamina_desktop.ui.compose.incoming_picture import IncomingPicture
from dreamina_desktop.ui.compose.mend_button import MendButton
from dreamina_desktop.ui.compose.picture_caption import PictureCaption
from dreamina_desktop.ui.compose.picture_chooser import PictureChooser
from dreamina_desktop.ui.compose.picture_intake import PictureIntake
from dreamina_desktop.ui.compose.picture_strip import PictureStrip
from dreamina_desktop.ui.compose.recent_menu import RecentMenu
from dreamina_desktop.ui.compose.sent_card import SentCard
from dreamina_desktop.ui.compose.shape_caption import ShapeCaption
from dreamina_desktop.ui.compose.verdict_list import VerdictList
from dreamina_desktop.ui.compose.verdict_rows import picture_rows
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.notice import Notice, NoticeTone
from dreamina_desktop.ui.ports import RecentPictures
from dreamina_desktop.ui.theme import TIGHT, Theme
from dreamina_desktop.words import Phrasebook


class PicturePanel(QWidget):
    """Drop zone, captions, verdicts, fix and address, each bound to the draft.

    Every file that is used becomes a recent one, whichever way it came in.
    """

    notice_raised = Signal(object)

    def __init__(
        self,
        draft: Draft,
        spec: ModelSpec,
        words: Phrasebook,
        recents: RecentPictures,
        intake: PictureIntake,
        glances: Glances,
        theme: Theme,
        icons: Icons,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._draft = draft
        self._spec = spec
        self._words = words
        self._recents = recents
        self._intake = intake
        intake.notice_raised.connect(self.notice_raised)
        self._chooser = PictureChooser(glances, words, self)
        self._chooser.picture_arrived.connect(self.take)
        self.recent_menu = RecentMenu(recents, glances, words, icons, self)
        self.image_drop = ImageDrop(draft, self.recent_menu, theme, icons, self)
        self.image_drop.picture_arrived.connect(self.take)
        self.image_drop.choose_requested.connect(self.choose)
        self.strip = PictureStrip(draft, intake, glances, words, theme, icons, self)
        self.framing = FramingRow(draft, spec, theme, icons, self)
        self.picture_caption = PictureCaption(draft, self)
        self.caption = ShapeCaption(draft, spec, self)
        self.card = SentCard(draft, spec, words, theme, icons, self)
        self.verdicts = VerdictList(theme, icons, self)
        self.fix_button = MendButton(draft, icons, self)
        self.fix_button.clicked.connect(self._on_fix_clicked)
        self.address_row = AddressRow(draft, theme, icons, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TIGHT)
        # What the picture has no use for goes to the prompt.
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetMinAndMaxSize)
        layout.addWidget(self.image_drop, 1)
        layout.addWidget(self.framing)
        layout.addWidget(self.strip)
        layout.addWidget(FittingArea(self._rows_about_it(), parent, self))
        self.set_theme(theme, icons)
        draft.picture_changed.connect(self._on_picture_changed)
        draft.copy_failed.connect(self._on_copy_failed)
        self._on_picture_changed()

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        self.image_drop.set_theme(theme, icons)
        self.framing.set_theme(theme, icons)
        self.strip.set_theme(theme, icons)
        self.card.set_theme(theme, icons)
        self.verdicts.set_theme(theme, icons)
        self.address_row.set_theme(theme, icons)
        self.fix_button.set_icons(icons)

    def take(self, arrived: IncomingPicture) -> None:
        """Use what was dropped, pasted or chosen."""
        self._intake.take(arrived)

    def choose(self) -> None:
        """Ask for a file."""
        picture = self._draft.picture
        has_file = bool(picture.source) and not picture.is_address
        self._chooser.open(Path(picture.source) if has_file else None)

    def _rows_about_it(self) -> QWidget:
        for row in (self.caption, self.address_row):
            row.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        about = QWidget(self)
        layout = QVBoxLayout(about)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TIGHT)
        layout.addWidget(self.picture_caption)
        layout.addWidget(self.caption)
        layout.addWidget(self.card)
        layout.addWidget(self.verdicts)
        layout.addWidget(self.fix_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.address_row)
        return about

    def _on_fix_clicked(self) -> None:
        # The button goes; whoever works by keyboard goes on with the picture.
        self.image_drop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_picture_changed(self) -> None:
        self._remember()
        picture = self._draft.picture
        # What is just being cured is no news any more, and its outcome none yet.
        verdicts = () if picture.is_being_cured else self._draft.picture_verdicts()
        is_final = not picture.is_being_read
        self.verdicts.show_rows(picture_rows(verdicts, self._spec, self._words, is_final=is_final))

    def _remember(self) -> None:
        picture = self._draft.picture
        # Addresses are remembered when whole.
        is_file = picture.facts is not None and bool(picture.facts.format)
        is_latest = self._recents.sources()[:1] == (picture.source,)
        if is_file and not is_latest:
            self._recents.add(picture.source)

    def _on_copy_failed(self) -> None:
        text = self.tr("The picture could not be kept: the disk is full or write-protected.")
        action = self.tr("Free some space, then try again.")
        self.notice_raised.emit(Notice(text, NoticeTone.BAD, action))
