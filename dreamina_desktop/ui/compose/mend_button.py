"""The one button that cures all that can be cured, and says beforehand what it will do."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from dreamina_desktop.core.verdict import Cure
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.icons import Icons

_MOST_NAMED = 2


class MendButton(QPushButton):
    """``fixImageButton``; gone where there is nothing to be cured, or no cure."""

    def __init__(self, draft: Draft, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.setObjectName("fixImageButton")
        self.set_icons(icons)
        self.clicked.connect(self._on_clicked)
        draft.picture_changed.connect(self._on_picture_changed)
        self._on_picture_changed()

    def set_icons(self, icons: Icons) -> None:
        """Wear other colours."""
        self.setIcon(icons.icon("fix"))

    def _on_picture_changed(self) -> None:
        names = {
            Cure.CONVERT: self.tr("convert"),
            Cure.CROP: self.tr("crop"),
            Cure.SHRINK: self.tr("scale down"),
            Cure.ENLARGE: self.tr("enlarge"),
            Cure.RECOMPRESS: self.tr("save bytes"),
        }
        cures = [names[cure] for cure in self._draft.cures()]
        self.setVisible(bool(cures))
        more = ", …" if len(cures) > _MOST_NAMED else ""
        self.setText(self.tr("Fix: {0}").format(", ".join(cures[:_MOST_NAMED]) + more))
        everything = ", ".join(cures)
        self.setAccessibleName(self.tr("Fix image: {0}").format(everything))
        self.setToolTip(self.tr("Make it fit: {0}. Your file stays as it is.").format(everything))

    def _on_clicked(self) -> None:
        self._draft.mend_picture()
