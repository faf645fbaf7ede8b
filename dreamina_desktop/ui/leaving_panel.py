"""What leaves this computer when Generate is pressed, live beside the draft."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dreamina_desktop.ui.dialog_button import DialogButton
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.leaving_list import Destination, leaving_sections
from dreamina_desktop.ui.preferences import Preferences
from dreamina_desktop.ui.theme import GAP, ROOM
from dreamina_desktop.ui.told_section import ToldSection
from dreamina_desktop.words.diagnosis_words import DiagnosisSection, as_text

_SIZE = (620, 620)


class LeavingPanel(QDialog):
    """``leavingPanel``: a window beside the main one, which can be worked in meanwhile."""

    def __init__(
        self, draft: Draft, preferences: Preferences, to: Destination, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._draft = draft
        self._preferences = preferences
        self._to = to
        self._shown: list[DiagnosisSection] = []
        self.setObjectName("leavingPanel")
        self.setAccessibleName(self.tr("What leaves this computer"))
        self.setWindowTitle(self.tr("What leaves this computer"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        intro = QLabel(self.tr("When you press Generate, exactly this, as it stands now:"), self)
        intro.setProperty("look", "hint")
        intro.setWordWrap(True)
        self._area = QScrollArea(self)
        self._area.setObjectName("leavingArea")
        self._area.setAccessibleName(self.tr("What leaves this computer"))
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        copy = DialogButton("copyLeavingButton", self.tr("Copy"), self)
        copy.setToolTip(self.tr("Copy all of it"))
        copy.clicked.connect(self._on_copy_clicked)
        close = DialogButton("closeLeavingButton", self.tr("Close"), self)
        close.setToolTip(self.tr("Close (Esc)"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(copy)
        row.addStretch(1)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(ROOM, ROOM, ROOM, ROOM)
        column.setSpacing(GAP)
        column.addWidget(intro)
        column.addWidget(self._area, 1)
        column.addLayout(row)
        self.resize(*_SIZE)
        # Several things change at once; it is told once.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._fill)
        for changed in (
            draft.picture_changed,
            draft.prompt_changed,
            draft.frames_changed,
            draft.seed_changed,
            draft.takes_changed,
            preferences.preferences_changed,
        ):
            changed.connect(self._on_changed)
        self._fill()

    @property
    def text(self) -> str:
        """All that is shown, as it is copied."""
        return as_text(tuple(self._shown))

    def _on_changed(self) -> None:
        self._soon.start(0)

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.text)

    def _fill(self) -> None:
        sections = leaving_sections(self._draft, self._preferences.current, self._to)
        if sections == self._shown:
            # Whoever is selecting text goes on.
            return
        self._shown = sections
        bar = self._area.verticalScrollBar()
        read = bar.value()
        page = QWidget(self._area)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, GAP, 0)
        column.setSpacing(ROOM)
        for section in sections:
            column.addWidget(ToldSection(section, page))
        column.addStretch(1)
        self._area.setWidget(page)
        page.adjustSize()
        bar.setValue(read)
