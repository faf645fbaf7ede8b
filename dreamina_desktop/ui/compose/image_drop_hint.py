"""What stands in the drop zone while there is no picture to be seen."""

from __future__ import annotations

from urllib.parse import urlsplit

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import GAP, Theme

_ICON = 32
_ROOM_FOR_ICON = 150
_WRAPPED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap


class ImageDropHint(QWidget):
    """An icon and some words in the middle; the icon goes first where it gets narrow."""

    def __init__(self, draft: Draft, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._draft = draft
        self._theme = theme
        self._icons = icons
        self._is_target = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        draft.picture_changed.connect(self.update)
        draft.preview_changed.connect(self.update)

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        self._theme, self._icons = theme, icons
        self.update()

    def set_target(self, *, is_target: bool) -> None:
        """Say that letting go here uses the picture."""
        self._is_target = is_target
        self.update()

    def text(self) -> str:
        """The words shown."""
        picture = self._draft.picture
        if self._is_target:
            return self.tr("Drop to use this picture")
        if not picture.is_there:
            return self.tr("Drop a picture here, paste it, or")
        if picture.is_address:
            return urlsplit(picture.source).hostname or picture.source
        if picture.is_missing:
            return self.tr("This cannot be opened")
        if self._draft.has_no_preview:
            return self.tr("No preview of this kind of file")
        return self.tr("Reading the picture…")

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        high = self.fontMetrics().boundingRect(0, 0, width, 1000, _WRAPPED, self.text()).height()
        return high + (_ICON + GAP if self._has_icon() else 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        del event
        painter = QPainter(self)
        room = self.rect()
        if self._has_icon():
            high = self.heightForWidth(room.width())
            top = (room.height() - high) // 2
            colour = self._theme.accent if self._is_target else self._theme.muted
            pixmap = self._icons.pixmap(self._icon(), _ICON, self.devicePixelRatioF(), colour)
            painter.drawPixmap((room.width() - _ICON) // 2, top, pixmap)
            room.setTop(top + _ICON + GAP)
            room.setHeight(high - _ICON - GAP)
        theme = self._theme
        painter.setPen(QColor(theme.text if self._is_target else theme.muted))
        painter.drawText(room, _WRAPPED, self.text())
        painter.end()

    def _has_icon(self) -> bool:
        parent = self.parentWidget()
        return parent is not None and parent.height() >= _ROOM_FOR_ICON

    def _icon(self) -> str:
        picture = self._draft.picture
        if self._is_target:
            return "drop"
        if picture.is_address:
            return "web"
        if picture.is_missing:
            return "picture-missing"
        is_busy = picture.is_there and not self._draft.has_no_preview
        return "busy" if is_busy else "picture"
