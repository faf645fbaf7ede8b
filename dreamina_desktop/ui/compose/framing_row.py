"""The framing bar of the compose pane, and the larger view that it opens."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.ui.compose.framing_bar import FramingBar
from dreamina_desktop.ui.compose.framing_dialog import FramingDialog
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.picture_draft import PictureDraft
from dreamina_desktop.ui.theme import Theme


class FramingRow(QWidget):
    """Stands below the picture."""

    def __init__(
        self, draft: PictureDraft, spec: ModelSpec, theme: Theme, icons: Icons, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._draft = draft
        self._spec = spec
        self._theme = theme
        self._icons = icons
        self.bar = FramingBar(draft, spec, theme, icons, self)
        self.bar.larger_requested.connect(self.open_larger)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.bar)

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        self._theme, self._icons = theme, icons
        self.bar.set_theme(theme, icons)
        for dialog in self.findChildren(FramingDialog):
            dialog.set_theme(theme, icons)

    def open_larger(self) -> None:
        """Frame the picture in a larger view; nothing where there is none to be framed."""
        if self._draft.framer is not None and not self.findChildren(FramingDialog):
            FramingDialog(self._draft, self._spec, self._theme, self._icons, self).open()
