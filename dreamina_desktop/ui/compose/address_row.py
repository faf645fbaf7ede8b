"""A public web address in place of a file, folded away until somebody wants it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from dreamina_desktop.ui.compose.clear_icon import wear_clear_icon
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import TIGHT, Theme


class AddressRow(QWidget):
    """``addressFoldButton`` and, when unfolded, ``imageUrlEdit``."""

    folded = Signal()
    """It was folded or unfolded."""

    def __init__(
        self, draft: Draft, theme: Theme, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._draft = draft
        self._icons = icons
        self._below: QWidget | None = None
        self.fold_button = QToolButton(self)
        self.fold_button.setObjectName("addressFoldButton")
        self.fold_button.setProperty("look", "fold")
        self.fold_button.setText(self.tr("or a web address"))
        self.fold_button.setAccessibleName(self.tr("Web address of the image"))
        self.fold_button.setToolTip(
            self.tr("Use a picture that is on the public web, instead of a file")
        )
        self.fold_button.setIconSize(QSize(12, 12))
        self.fold_button.setCheckable(True)
        self.fold_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold_button.toggled.connect(self._on_fold_toggled)
        self.edit = QLineEdit(self)
        self.edit.setObjectName("imageUrlEdit")
        self.edit.setAccessibleName(self.tr("Image address"))
        self.edit.setPlaceholderText("https://…")
        self.edit.setToolTip(
            self.tr(
                "Public https:// address of a JPEG or PNG; the provider fetches it without "
                "logging in"
            )
        )
        self.edit.setClearButtonEnabled(True)
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhUrlCharactersOnly)
        self.edit.textEdited.connect(self._on_text_edited)
        self.edit.hide()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.fold_button)
        row.addStretch(1)
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TIGHT)
        layout.addLayout(row)
        layout.addWidget(self.edit)
        self.set_theme(theme, icons)
        draft.picture_changed.connect(self._on_picture_changed)
        self._on_picture_changed()

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        del theme
        self._icons = icons
        wear_clear_icon(self.edit, icons)
        self._show_fold()

    def put_below(self, check: QWidget) -> None:
        """Show this below the address whenever that is unfolded."""
        self._below = check
        self._layout.addWidget(check)
        check.setVisible(self.edit.isVisibleTo(self))

    def open_edit(self) -> None:
        """Unfold, and put the cursor there."""
        self.fold_button.setChecked(True)
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_fold(self) -> None:
        name = "unfold" if self.fold_button.isChecked() else "fold"
        self.fold_button.setIcon(self._icons.icon(name))

    def _show_edit(self, *, is_shown: bool) -> None:
        self.edit.setVisible(is_shown)
        if self._below is not None:
            self._below.setVisible(is_shown)

    def _on_fold_toggled(self) -> None:
        is_open = self.fold_button.isChecked()
        self._show_edit(is_shown=is_open)
        self._show_fold()
        if is_open:
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.folded.emit()

    def _on_text_edited(self) -> None:
        self._draft.take_address(self.edit.text())

    def _on_picture_changed(self) -> None:
        picture = self._draft.picture
        address = picture.source if picture.is_address else ""
        # Typing has spaces around it that the draft has not.
        if address != self.edit.text().strip():
            self.edit.setText(address)
            self.edit.setCursorPosition(0)
        if address and not self.fold_button.isChecked():
            self.fold_button.blockSignals(True)  # noqa: FBT003 - Qt's signature
            self.fold_button.setChecked(True)
            self.fold_button.blockSignals(False)  # noqa: FBT003 - Qt's signature
            self._show_edit(is_shown=True)
            self._show_fold()
