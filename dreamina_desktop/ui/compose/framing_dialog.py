"""The picture framed in a view of its own, as large as the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.ui.compose.framing_bar import FramingBar
from dreamina_desktop.ui.compose.framing_keys import turn_back
from dreamina_desktop.ui.compose.framing_stage import FramingStage
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.picture_draft import PictureDraft
from dreamina_desktop.ui.theme import GAP, ROOM, Theme

_SHARE = 0.94
"""Of the window below."""


class FramingDialog(QDialog):
    """``framingDialog``: the same draft, live; Esc and Enter close it, nothing is lost by that."""

    def __init__(
        self, draft: PictureDraft, spec: ModelSpec, theme: Theme, icons: Icons, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._draft = draft
        self.setObjectName("framingDialog")
        self.setAccessibleName(self.tr("Frame the picture"))
        self.setWindowTitle(self.tr("Frame the picture"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.stage = FramingStage(draft, theme, self)
        self.bar = FramingBar(draft, spec, theme, icons, self, is_small=False)
        keys = QLabel(
            self.tr(
                "Drag or arrow keys move (Shift: 10 pixels) · wheel or + − zoom · Alt: no snap"
            ),
            self,
        )
        keys.setProperty("look", "hint")
        keys.setWordWrap(True)
        close = QPushButton(self.tr("Done"), self)
        close.setObjectName("framingDoneButton")
        close.setAccessibleName(self.tr("Done"))
        close.setToolTip(self.tr("Back to the window (Enter)"))
        close.setProperty("look", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setSpacing(ROOM)
        foot.addWidget(keys, 1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(ROOM, ROOM, ROOM, ROOM)
        layout.setSpacing(GAP)
        layout.addWidget(self.bar)
        layout.addWidget(self.stage, 1)
        layout.addLayout(foot)
        self.resize(parent.window().size() * _SHARE)
        self.stage.setFocus(Qt.FocusReason.OtherFocusReason)
        draft.picture_changed.connect(self._on_picture_changed)

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        self.stage.set_theme(theme)
        self.bar.set_theme(theme, icons)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if not turn_back(event, self._draft):
            super().keyPressEvent(event)

    def _on_picture_changed(self) -> None:
        # The picture may go while this is open: its file, or by another program's word.
        if self._draft.framer is None:
            self.reject()
