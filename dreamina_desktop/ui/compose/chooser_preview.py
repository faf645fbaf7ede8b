"""Beside the list of files: how the chosen one looks, and what it is."""

from __future__ import annotations

from pathlib import Path
from typing import override

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from dreamina_desktop.core.picture_trouble import PictureTrouble
from dreamina_desktop.ui.compose.glance import Glance
from dreamina_desktop.ui.compose.glances import Glances
from dreamina_desktop.ui.compose.measured import megabytes, pixels
from dreamina_desktop.ui.compose.picture_formats import format_name
from dreamina_desktop.ui.compose.unseen import why_unseen
from dreamina_desktop.ui.theme import GAP, RADIUS, TIGHT
from dreamina_desktop.words import Phrasebook

_WIDE = 224
LONGEST = 2 * _WIDE
"""Pixels, at 200 %."""


class ChooserPreview(QWidget):
    """``choosePreview`` with ``choosePreviewText``; nothing for a folder."""

    def __init__(self, glances: Glances, words: Phrasebook, parent: QWidget) -> None:
        super().__init__(parent)
        self._glances = glances
        self._words = words
        self._path: Path | None = None
        self.setObjectName("choosePreview")
        self.setAccessibleName(self.tr("Preview"))
        self.setFixedWidth(_WIDE + GAP)
        self._picture = _Shown(self)
        self.text = QLabel(self)
        self.text.setObjectName("choosePreviewText")
        self.text.setAccessibleName(self.tr("About the file"))
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self._picture, 3)
        layout.addWidget(self.text, 1)
        glances.glance_made.connect(self._on_glance_made)

    def show_path(self, path: Path) -> None:
        """Show that file as soon as it has been looked at; no other is waited for any more."""
        if self._path is not None:
            self._glances.forget(self._path, LONGEST)
        self._path = path
        glance = self._glances.glance(path, LONGEST)
        if glance is not None:
            self._show(glance)
        else:
            self._picture.show_glance(None)
            self.text.clear()

    def _on_glance_made(self, glance: Glance) -> None:
        if glance.path == self._path and glance.longest == LONGEST:
            self._show(glance)

    def _show(self, glance: Glance) -> None:
        self._picture.show_glance(glance)
        if glance.trouble is PictureTrouble.FOLDER:
            self.text.clear()
            return
        lines = []
        facts = glance.facts
        if facts is not None and facts.format:
            (size,) = megabytes(facts.bytes)
            lines.append(f"{format_name(facts.format)} · {size}")
            if facts.width and facts.height:
                lines.append(pixels(facts.width, facts.height))
        why = why_unseen(glance, self._words)
        self.text.setText("\n".join([*lines, why] if why else lines))


class _Shown(QWidget):
    """The picture, never larger than it is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._glance: Glance | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_glance(self, glance: Glance | None) -> None:
        self._glance = glance
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().base())
        painter.drawRoundedRect(self.rect(), RADIUS, RADIUS)
        image = None if self._glance is None else self._glance.image
        if image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._place(image), image)
        painter.end()

    def _place(self, image: QImage) -> QRect:
        room = (self.size() - QSize(2 * TIGHT, 2 * TIGHT)) * self.devicePixelRatioF()
        size = image.size()
        if size.width() > room.width() or size.height() > room.height():
            size = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        shown = QSize(size / self.devicePixelRatioF())
        at = QRect(0, 0, max(1, shown.width()), max(1, shown.height()))
        at.moveCenter(self.rect().center())
        return at
