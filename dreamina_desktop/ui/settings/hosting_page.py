"""How pictures travel: inside the request, or by the user's own bucket; each can be tried."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from dreamina_desktop.core.errors import DreaminaError
from dreamina_desktop.core.settings import Travel
from dreamina_desktop.ui.dialog_button import DialogButton
from dreamina_desktop.ui.hosting_desk import HostingDesk
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.moments import local_minute
from dreamina_desktop.ui.ports import Background, Outcome
from dreamina_desktop.ui.preferences import Preferences
from dreamina_desktop.ui.settings.answer_line import AnswerLine, AnswerTone
from dreamina_desktop.ui.settings.bucket_page import BucketPage
from dreamina_desktop.ui.theme import GAP, ROOM, TIGHT, Theme
from dreamina_desktop.words import Phrasebook


class HostingPage(QWidget):
    """``hostingChoice``. What is chosen holds for the next take; one that was sent is as it is."""

    address_requested = Signal()
    """Somebody wants to give a public address in place of a file."""
    hosting_changed = Signal()
    """Pictures that could not travel may be able to now."""
    became_idle = Signal()

    def __init__(
        self,
        desk: HostingDesk,
        preferences: Preferences,
        background: Background,
        rows: Background,
        words: Phrasebook,
        theme: Theme,
        icons: Icons,
        parent: QWidget | None = None,
    ) -> None:
        """``background`` is for what may hang, ``rows`` where the jobs are read."""
        super().__init__(parent)
        self._desk = desk
        self._rows = rows
        self._words = words
        self._preferences = preferences
        self.setObjectName("hostingChoice")
        self.setAccessibleName(self.tr("How pictures travel"))
        settings = preferences.current
        self.inline = self._choice("inlineButton", self.tr("Inside the request"))
        self.bucket = self._choice("bucketButton", self.tr("By my own bucket"))
        self._group = QButtonGroup(self)
        self._group.addButton(self.inline)
        self._group.addButton(self.bucket)
        self._test = DialogButton("testInlineButton", self.tr("Test"), self)
        self._test.setAccessibleName(self.tr("Test pictures inside the request"))
        self._test.setToolTip(self.tr("See what is known about it. Costs nothing."))
        self._answer = AnswerLine("inlineAnswer", self.tr("What is known"), theme, icons, self)
        self.bucket_page = BucketPage(desk, settings.bucket, background, words, theme, icons, self)
        self._address = QPushButton(self.tr("Give an address"), self)
        self._address.setObjectName("publicAddressButton")
        self._address.setAccessibleName(self.tr("Give a public address in place of a file"))
        self._address.setToolTip(self.tr("Closes the settings and opens the field for it"))
        self._address.setProperty("look", "link")
        self._address.setAutoDefault(False)
        self._arrange()
        self._choose(settings.travel)
        self.inline.toggled.connect(self._on_chosen)
        self._test.clicked.connect(self._on_test_clicked)
        self._address.clicked.connect(self.address_requested)
        self.bucket_page.place_changed.connect(self._on_place_changed)
        self.bucket_page.bucket_mended.connect(self.hosting_changed)
        self.bucket_page.became_idle.connect(self.became_idle)

    @property
    def first_choice(self) -> QWidget:
        """Where people begin who were told that pictures inside the request are not taken."""
        return self.inline if self.inline.isChecked() else self.bucket

    @property
    def is_busy(self) -> bool:
        """Whether something that was asked for is still under way."""
        return self.bucket_page.is_busy

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Show it in other colours."""
        self._answer.set_theme(theme, icons)
        self.bucket_page.set_theme(theme, icons)

    # ---- building --------------------------------------------------------------------------

    def _choice(self, name: str, text: str) -> QRadioButton:
        button = QRadioButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        return button

    def _hint(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("look", "hint")
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _arrange(self) -> None:
        self.inline.setToolTip(self.tr("Nothing to set up; the usual way"))
        self.bucket.setToolTip(self.tr("S3-compatible storage of your own"))
        inline = QHBoxLayout()
        inline.setSpacing(GAP)
        inline.addWidget(self.inline, 1)
        inline.addWidget(self._test)
        below = QVBoxLayout()
        below.setContentsMargins(ROOM + GAP, 0, 0, GAP)
        below.setSpacing(TIGHT)
        below.addWidget(
            self._hint(self.tr("The picture is a part of the request itself. Nothing to set up."))
        )
        below.addWidget(self._answer)
        bucket = QVBoxLayout()
        bucket.setContentsMargins(ROOM + GAP, 0, 0, GAP)
        bucket.setSpacing(GAP)
        bucket.addWidget(
            self._hint(
                self.tr(
                    "It is uploaded to storage of yours under a random name; the provider gets an "
                    "address that only works for as long as you say."
                )
            )
        )
        bucket.addWidget(self.bucket_page)
        public = QHBoxLayout()
        public.setSpacing(GAP)
        public.addWidget(
            self._hint(
                self.tr("A picture that is on the public web already can be named by its address.")
            ),
            1,
        )
        public.addWidget(self._address)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addLayout(inline)
        column.addLayout(below)
        column.addWidget(self.bucket)
        column.addLayout(bucket)
        column.addLayout(public)

    def _choose(self, travel: Travel) -> None:
        self.inline.setChecked(travel is Travel.INLINE)
        self.bucket.setChecked(travel is Travel.BUCKET)
        self.bucket_page.setVisible(travel is Travel.BUCKET)
        if travel is Travel.BUCKET:
            self.bucket_page.look()

    # ---- slots -----------------------------------------------------------------------------

    def _on_chosen(self) -> None:
        travel = Travel.INLINE if self.inline.isChecked() else Travel.BUCKET
        self._choose(travel)
        self._preferences.change(replace(self._preferences.current, travel=travel))

    def _on_place_changed(self) -> None:
        place = self.bucket_page.place
        self._preferences.change(replace(self._preferences.current, bucket=place))

    def _on_test_clicked(self) -> None:
        self._answer.say(self.tr("Looking at your takes…"), AnswerTone.BUSY)
        self._rows.run(self._desk.last_inline, self._on_known)

    def _on_known(self, outcome: Outcome[datetime | None]) -> None:
        no_way = self.tr(
            "The provider cannot be asked for free whether it takes pictures so: only a take shows "
            "it, and that costs money."
        )
        try:
            last = outcome.get()
        except DreaminaError as error:
            self._answer.say(f"{no_way} {self._words.error(error).text}", AnswerTone.WARNING)
            return
        if last is None:
            known = self.tr("None of your takes has travelled so yet.")
            self._answer.say(f"{no_way} {known}", AnswerTone.WARNING)
            return
        known = self.tr("It last took one on {0}.").format(local_minute(last))
        self._answer.say(f"{known} {no_way}", AnswerTone.GOOD)
