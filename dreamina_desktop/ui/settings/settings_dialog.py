"""The settings on one page; what is changed holds at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dreamina_desktop.ui.drop_down import DropDown
from dreamina_desktop.ui.hosting_desk import HostingDesk
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.ports import Background, KeyDesk
from dreamina_desktop.ui.preferences import Preferences
from dreamina_desktop.ui.return_key import ReturnKey
from dreamina_desktop.ui.settings.folder_choice import FolderChoice, FolderChosen
from dreamina_desktop.ui.settings.hosting_page import HostingPage
from dreamina_desktop.ui.settings.key_page import KeyPage
from dreamina_desktop.ui.settings.memory_choice import MemoryChoice
from dreamina_desktop.ui.settings.switch import Switch
from dreamina_desktop.ui.theme import GAP, ROOM, TIGHT, Theme, ThemeChoice
from dreamina_desktop.words import Phrasebook

_WIDTH = 600
_CHOICE_WIDTH = 200


@dataclass(frozen=True, slots=True)
class SettingsNeeds:
    """``key_desk`` is None in practice mode. ``clips_folder`` is the platform's place for clips,
    ``memory_mb`` what frames may take when nothing is set. ``background`` is for work that may
    hang: keyrings and network drives; ``rows`` is where the jobs are read. ``hosting_desk`` is
    None in practice mode too.
    """

    preferences: Preferences
    key_desk: KeyDesk | None
    hosting_desk: HostingDesk | None
    background: Background
    rows: Background
    words: Phrasebook
    clips_folder: Path
    memory_mb: int


class SettingsDialog(QDialog):
    """Writes into ``Preferences``; there is nothing to confirm and nothing to lose.

    Once closed it goes away by itself, when what was asked of the keyring has been answered.
    """

    key_changed = Signal(object)
    hosting_changed = Signal()
    """Pictures that could not travel may be able to now."""
    address_requested = Signal()
    """Somebody wants to give a public address; the dialog is closed."""

    def __init__(self, needs: SettingsNeeds, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._needs = needs
        self._is_closing = False
        self.setObjectName("settingsDialog")
        self.setAccessibleName(self.tr("Settings"))
        self.setWindowTitle(self.tr("Settings"))
        self._content = QWidget(self)
        self._column = column = QVBoxLayout(self._content)
        column.setContentsMargins(ROOM, ROOM, ROOM, 0)
        column.setSpacing(GAP + TIGHT)
        self._key_page: KeyPage | None = None
        self._hosting: HostingPage | None = None
        self._add_key(column, theme, icons)
        self._add_hosting(column, theme, icons)
        self._add_folder(column, theme, icons)
        self._add_look(column, theme, icons)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # The scroll area makes its widget paint a ground; the dialog has one.
        self._area.viewport().setAutoFillBackground(False)
        self._area.setWidget(self._content)
        self._content.setAutoFillBackground(False)
        self._ok = QPushButton(self.tr("OK"), self)
        self._ok.setObjectName("closeSettingsButton")
        self._ok.setAccessibleName(self.tr("OK"))
        self._ok.setToolTip(self.tr("Close; all of this holds already (Esc)"))
        self._ok.setMinimumWidth(96)
        self._ok.setAutoDefault(False)
        ReturnKey(self._ok)
        self._ok.clicked.connect(self._on_ok_clicked)
        foot = QHBoxLayout()
        foot.setContentsMargins(ROOM, GAP + TIGHT, ROOM, ROOM)
        foot.addStretch(1)
        foot.addWidget(self._ok)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._area, 1)
        whole.addLayout(foot)
        self._foot = foot
        self._content.installEventFilter(self)
        self._fit()

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Show it in other colours."""
        self._folder.set_theme(theme, icons)
        self._theme_choice.set_theme(theme, icons)
        self._memory.set_theme(theme, icons)
        self._notify.set_theme(theme)
        if self._key_page is not None:
            self._key_page.set_theme(theme, icons)
        if self._hosting is not None:
            self._hosting.set_theme(theme, icons)

    def show_hosting(self) -> None:
        """Bring how pictures travel into sight, ready to be changed."""
        if self._hosting is not None:
            self._area.ensureWidgetVisible(self._hosting, 0, ROOM)
            self._hosting.first_choice.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- building --------------------------------------------------------------------------

    def _card(self, column: QVBoxLayout, title: str) -> QVBoxLayout:
        heading = QLabel(title, self)
        heading.setProperty("look", "heading")
        card = QFrame(self)
        card.setProperty("look", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(ROOM, GAP + TIGHT, ROOM, GAP + TIGHT)
        inside.setSpacing(GAP)
        inside.addWidget(heading)
        column.addWidget(card)
        return inside

    def _add_key(self, column: QVBoxLayout, theme: Theme, icons: Icons) -> None:
        inside = self._card(column, self.tr("API key"))
        if self._needs.key_desk is None:
            inside.addWidget(self._hint(self.tr("Practice mode needs no key.")))
            return
        page = KeyPage(
            self._needs.key_desk, self._needs.background, self._needs.words, theme, icons, self
        )
        page.key_changed.connect(self.key_changed)
        page.became_idle.connect(self._on_page_idle)
        page.look()
        inside.addWidget(page)
        self._key_page = page

    def _add_hosting(self, column: QVBoxLayout, theme: Theme, icons: Icons) -> None:
        inside, needs = self._card(column, self.tr("How pictures travel")), self._needs
        if needs.hosting_desk is None:
            inside.addWidget(self._hint(self.tr("Practice mode: they do not leave this computer.")))
            return
        page = HostingPage(
            needs.hosting_desk,
            needs.preferences,
            needs.background,
            needs.rows,
            needs.words,
            theme,
            icons,
            self,
        )
        page.hosting_changed.connect(self.hosting_changed)
        page.address_requested.connect(self._on_address_requested)
        page.became_idle.connect(self._on_page_idle)
        inside.addWidget(page)
        self._hosting = page

    def _add_folder(self, column: QVBoxLayout, theme: Theme, icons: Icons) -> None:
        inside = self._card(column, self.tr("Folder for new clips"))
        self._folder = FolderChoice(
            self._needs.preferences.current.output_folder,
            self._needs.clips_folder,
            self._needs.background,
            theme,
            icons,
            self,
        )
        self._folder.folder_chosen.connect(self._on_folder_chosen)
        self._folder.settled.connect(self._on_folder_settled)
        inside.addWidget(self._folder)

    def _add_look(self, column: QVBoxLayout, theme: Theme, icons: Icons) -> None:
        inside = self._card(column, self.tr("This computer"))
        current = self._needs.preferences.current
        self._theme_choice = DropDown(theme, icons, self)
        self._theme_choice.setObjectName("themeChoice")
        self._theme_choice.setAccessibleName(self.tr("Colours"))
        self._theme_choice.setToolTip(self.tr("Light or dark"))
        for choice, label in (
            (ThemeChoice.DESKTOP, self.tr("As the desktop")),
            (ThemeChoice.LIGHT, self.tr("Light")),
            (ThemeChoice.DARK, self.tr("Dark")),
        ):
            self._theme_choice.addItem(label, choice.value)
        self._theme_choice.setCurrentIndex(max(0, self._theme_choice.findData(current.theme)))
        self._theme_choice.currentIndexChanged.connect(self._on_theme_chosen)
        self._row(inside, self.tr("Colours"), self._theme_choice)
        needs = self._needs
        self._memory = MemoryChoice(current.memory_budget_mb, needs.memory_mb, theme, icons, self)
        self._memory.currentIndexChanged.connect(self._on_memory_chosen)
        self._row(inside, self.tr("Memory for frames"), self._memory)
        inside.addWidget(
            self._hint(
                self.tr(
                    "Frames that are kept play and step at once. Automatic is a quarter of this "
                    "computer's memory, between 512 MB and 2 GB. Holds from the next start."
                )
            )
        )
        self._notify = Switch(self.tr("Tell me on the desktop when a clip is done"), theme, self)
        self._notify.setObjectName("notificationsCheck")
        self._notify.setAccessibleName(self._notify.text())
        self._notify.setToolTip(self.tr("Only while this window is not in front"))
        self._notify.setChecked(not current.silence_notifications)
        self._notify.toggled.connect(self._on_notify_toggled)
        inside.addWidget(self._notify)

    def _row(self, inside: QVBoxLayout, label: str, control: QWidget) -> None:
        row = QHBoxLayout()
        text = QLabel(label, self)
        text.setBuddy(control)
        row.addWidget(text, 1)
        control.setMinimumWidth(_CHOICE_WIDTH)
        row.addWidget(control)
        inside.addLayout(row)

    def _hint(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("look", "hint")
        label.setWordWrap(True)
        return label

    # ---- size ------------------------------------------------------------------------------

    def _fit(self) -> None:
        """As high as what is in it, as far as the screen allows; the rest scrolls."""
        room = self.screen().availableSize() - QSize(ROOM * 2, ROOM * 4)
        width = min(_WIDTH, room.width())
        height = self._column.totalHeightForWidth(width) + self._foot.sizeHint().height()
        self.setMinimumWidth(width)
        self.resize(max(self.width(), width), min(height, room.height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if watched is self._content and event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    # ---- closing ---------------------------------------------------------------------------

    def _on_ok_clicked(self) -> None:
        if self._folder.is_trying and not self._is_closing:
            # What was typed is not lost; pressed again, or with Esc, it closes all the same.
            self._is_closing = True
            return
        self.accept()

    def _on_folder_settled(self) -> None:
        if self._is_closing:
            self._is_closing = False
            if not self._folder.is_refused:
                self.accept()

    def done(self, result: int) -> None:
        """Qt calls it however the dialog is closed."""
        super().done(result)
        self._on_page_idle()

    def _on_page_idle(self) -> None:
        pages = (self._key_page, self._hosting)
        if self.isHidden() and not any(page is not None and page.is_busy for page in pages):
            self.deleteLater()

    # ---- slots -----------------------------------------------------------------------------

    def _on_address_requested(self) -> None:
        self.accept()
        self.address_requested.emit()

    def _on_folder_chosen(self, chosen: FolderChosen) -> None:
        preferences = self._needs.preferences
        preferences.change(replace(preferences.current, output_folder=chosen.folder))

    def _on_theme_chosen(self) -> None:
        preferences = self._needs.preferences
        preferences.change(replace(preferences.current, theme=self._theme_choice.currentData()))

    def _on_memory_chosen(self) -> None:
        preferences = self._needs.preferences
        preferences.change(replace(preferences.current, memory_budget_mb=self._memory.chosen))

    def _on_notify_toggled(self) -> None:
        preferences = self._needs.preferences
        silent = not self._notify.isChecked()
        preferences.change(replace(preferences.current, silence_notifications=silent))
