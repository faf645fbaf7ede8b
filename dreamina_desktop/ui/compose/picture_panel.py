"""The picture's part of the compose pane: the picture, what it becomes, and what is wrong."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.verdict import Cure, Severity
from dreamina_desktop.ui.compose.address_row import AddressRow
from dreamina_desktop.ui.compose.copy_note import copy_note
from dreamina_desktop.ui.compose.image_drop import ImageDrop
from dreamina_desktop.ui.compose.incoming_picture import (
    IncomingAddress,
    IncomingFile,
    IncomingImage,
    IncomingPicture,
)
from dreamina_desktop.ui.compose.picture_caption import PictureCaption
from dreamina_desktop.ui.compose.picture_chooser import PictureChooser
from dreamina_desktop.ui.compose.shape_caption import ShapeCaption
from dreamina_desktop.ui.compose.verdict_list import VerdictList
from dreamina_desktop.ui.compose.verdict_rows import VerdictRow, picture_rows
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.notice import Notice, NoticeTone
from dreamina_desktop.ui.picture_reading import CopyKept
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
        theme: Theme,
        icons: Icons,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._draft = draft
        self._spec = spec
        self._words = words
        self._recents = recents
        self._chooser = PictureChooser(self)
        self._chooser.picture_arrived.connect(self.take)
        self.image_drop = ImageDrop(draft, recents, theme, icons, self)
        self.image_drop.picture_arrived.connect(self.take)
        self.image_drop.choose_requested.connect(self.choose)
        self.picture_caption = PictureCaption(draft, self)
        self.caption = ShapeCaption(draft, self)
        self.copy_note = VerdictList(theme, icons, self)
        self.copy_note.setObjectName("copyNote")
        self.copy_note.setAccessibleName(self.tr("Copy that is sent"))
        self.verdicts = VerdictList(theme, icons, self)
        self.fix_button = QPushButton(self)
        self.fix_button.setObjectName("fixImageButton")
        self.fix_button.setAccessibleName(self.tr("Fix image"))
        self.fix_button.clicked.connect(self._on_fix_clicked)
        self.address_row = AddressRow(draft, theme, icons, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TIGHT)
        # What the picture has no use for goes to the prompt.
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetMinAndMaxSize)
        for row in (self.caption, self.address_row):
            row.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        layout.addWidget(self.image_drop, 1)
        layout.addWidget(self.picture_caption)
        layout.addWidget(self.caption)
        layout.addWidget(self.copy_note)
        layout.addWidget(self.verdicts)
        layout.addWidget(self.fix_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.address_row)
        self.set_theme(theme, icons)
        draft.picture_changed.connect(self._on_picture_changed)
        draft.copy_failed.connect(self._on_copy_failed)
        self._on_picture_changed()

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        self.image_drop.set_theme(theme, icons)
        self.copy_note.set_theme(theme, icons)
        self.verdicts.set_theme(theme, icons)
        self.address_row.set_theme(theme, icons)
        self.fix_button.setIcon(icons.icon("fix"))

    def take(self, arrived: IncomingPicture) -> None:
        """Use what was dropped, pasted or chosen."""
        match arrived:
            case IncomingFile(path):
                self._recents.add(str(path.absolute()))
                self._draft.take_file(path)
            case IncomingAddress(address):
                self._recents.add(address)
                self._draft.take_address(address)
            case IncomingImage(image):
                self._draft.take_image(image)

    def choose(self) -> None:
        """Ask for a file."""
        picture = self._draft.picture
        has_file = bool(picture.source) and not picture.is_address
        self._chooser.open(Path(picture.source) if has_file else None)

    def _on_fix_clicked(self) -> None:
        self._draft.fix_picture()
        # The button goes; whoever works by keyboard goes on with the picture.
        self.image_drop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_picture_changed(self) -> None:
        self._remember()
        self.copy_note.show_rows(self._copy_rows())
        verdicts = self._draft.picture_verdicts()
        is_final = not self._draft.picture.is_being_read
        self.verdicts.show_rows(picture_rows(verdicts, self._spec, self._words, is_final=is_final))
        cures = self._draft.cures()
        self.fix_button.setVisible(bool(cures))
        if cures:
            text = self._fix_text(cures)
            self.fix_button.setText(text)
            self.fix_button.setAccessibleName(self.tr("Fix image: {0}").format(text))
            self.fix_button.setToolTip(
                self.tr("Uses a copy that the model takes; your file stays as it is")
            )

    def _remember(self) -> None:
        picture = self._draft.picture
        # A copy that fits is made again where it is needed; addresses are remembered when whole.
        is_file = picture.facts is not None and bool(picture.facts.format)
        is_latest = self._recents.sources()[:1] == (picture.source,)
        if is_file and picture.copy_of is None and not is_latest:
            self._recents.add(picture.source)

    def _copy_rows(self) -> tuple[VerdictRow, ...]:
        before, after = self._draft.picture.copy_of, self._draft.picture.facts
        if before is None or after is None:
            return ()
        return (VerdictRow(Severity.FITS, copy_note(before, after)),)

    def _fix_text(self, cures: tuple[Cure, ...]) -> str:
        if len(cures) > 1:
            return self.tr("Use a copy that fits")
        return {
            Cure.CROP: self.tr("Use a cropped copy"),
            Cure.SHRINK: self.tr("Use a smaller copy"),
            Cure.ENLARGE: self.tr("Use an enlarged copy"),
            Cure.CONVERT: self.tr("Use a converted copy"),
            Cure.RECOMPRESS: self.tr("Use a copy of fewer bytes"),
        }[cures[0]]

    def _on_copy_failed(self, kept: CopyKept) -> None:
        if kept.disk_refused:
            text = self.tr("The picture could not be kept: the disk is full or write-protected.")
            action = self.tr("Free some space, then try again.")
        else:
            text = self.tr("No copy of this picture would fit.")
            action = self.tr("Open it in a picture editor, or choose another one.")
        self.notice_raised.emit(Notice(text, NoticeTone.BAD, action))
