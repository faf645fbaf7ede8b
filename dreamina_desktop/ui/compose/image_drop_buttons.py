"""Choose, recent, clear: in the middle of an empty drop zone, at the side of a full one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QToolButton, QWidget

from dreamina_desktop.ui.compose.recent_menu import RecentMenu
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import TIGHT, Theme


class ImageDropButtons(QFrame):
    """``chooseImageButton``, ``recentImagesButton`` and ``clearImageButton``."""

    choose_requested = Signal()
    clear_requested = Signal()
    picture_arrived = Signal(object)
    """Carries an ``IncomingFile`` or ``IncomingAddress``."""

    def __init__(
        self, draft: Draft, recents: RecentMenu, theme: Theme, icons: Icons, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._draft = draft
        self.is_wide = True
        self.choose = self._button("chooseImageButton", self.tr("Choose image"))
        self.choose.setText(self.tr("Choose a picture…"))
        self.choose.setToolTip(self.tr("Choose a picture (Ctrl+O)"))
        self.choose.clicked.connect(self._on_choose_clicked)
        self.recent = self._button("recentImagesButton", self.tr("Recent images"))
        self.recent.setText(self.tr("Recent"))
        self.recent.setToolTip(self.tr("Recent pictures"))
        self.recent.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._recents = recents
        recents.picture_arrived.connect(self.picture_arrived)
        self.recent.setMenu(recents)
        self.clear = self._button("clearImageButton", self.tr("Clear image"))
        self.clear.setToolTip(
            self.tr("Remove the picture from here (Delete); Ctrl+Z brings it back")
        )
        self.clear.clicked.connect(self._on_clear_clicked)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(TIGHT)
        for button in (self.choose, self.recent, self.clear):
            self._layout.addWidget(button)
        self.set_theme(theme, icons)
        draft.picture_changed.connect(self._on_picture_changed)
        self._show_width()
        self._on_picture_changed()

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        del theme
        self.choose.setIcon(icons.icon("open"))
        self.recent.setIcon(icons.icon("recent"))
        self._recents.set_theme(icons)
        self.clear.setIcon(icons.icon("clear"))

    def stand(self, *, in_column: bool) -> None:
        """One above the other, or side by side."""
        direction = QBoxLayout.Direction
        wanted = direction.TopToBottom if in_column else direction.LeftToRight
        if self._layout.direction() is not wanted:
            self._layout.setDirection(wanted)
            self._layout.activate()

    def _button(self, name: str, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        return button

    def _on_choose_clicked(self) -> None:
        self.choose_requested.emit()

    def _on_clear_clicked(self) -> None:
        self.clear_requested.emit()

    def _on_picture_changed(self) -> None:
        is_wide = not self._draft.picture.is_there
        if is_wide != self.is_wide:
            self.is_wide = is_wide
            self._show_width()

    def _show_width(self) -> None:
        style = (
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            if self.is_wide
            else Qt.ToolButtonStyle.ToolButtonIconOnly
        )
        for button in (self.choose, self.recent, self.clear):
            button.setToolButtonStyle(style)
            button.setProperty("look", "plain" if self.is_wide else "over")
            button.style().unpolish(button)
            button.style().polish(button)
        self.clear.setVisible(not self.is_wide)
        self.adjustSize()
