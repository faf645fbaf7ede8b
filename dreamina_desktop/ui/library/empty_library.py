"""What stands where the cards would be, when there are none."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.list_filter import JobGroup, ListFilter
from dreamina_desktop.ui.theme import GAP, ROOM, Theme

_ICON = 40


class EmptyLibrary(QWidget):
    """Says why there is nothing, and offers what can be done about it."""

    way_out_chosen = Signal()

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("emptyLibrary")
        self._icon = QLabel(self)
        self._icon_name = "picture"
        self._text = self._label("emptyLibraryText")
        self._hint = self._label("emptyLibraryHint")
        self._hint.setProperty("look", "hint")
        self._button = QPushButton(self)
        self._button.setObjectName("emptyLibraryButton")
        self._button.clicked.connect(self.way_out_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(ROOM, ROOM, ROOM, ROOM)
        column.setSpacing(GAP)
        column.addStretch(2)
        # A label that wraps needs the whole width; what is centred gets no more than it asks for.
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._text)
        column.addWidget(self._hint)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.set_theme(theme, icons)

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Show the icon in other colours."""
        self._theme, self._icons = theme, icons
        self._show_icon(self._icon_name)

    def explain(self, list_filter: ListFilter) -> None:
        """There is no job of this kind."""
        if list_filter.search:
            text = self.tr("Nothing matches “{0}”.").format(list_filter.search)
        else:
            text = {
                JobGroup.ALL: self.tr("Your clips will appear here."),
                JobGroup.RUNNING: self.tr("Nothing is running."),
                JobGroup.DONE: self.tr("No clip is done yet."),
                JobGroup.NEEDS_YOU: self.tr("Nothing needs you."),
                JobGroup.STARRED: self.tr("No clip has a star yet: S gives one."),
                JobGroup.NOT_REJECTED: self.tr("Every clip is rejected."),
                JobGroup.REJECTED: self.tr("No clip is rejected."),
            }[list_filter.group]
        is_all = list_filter == ListFilter()
        hint = self.tr("Choose a picture, say what shall move, and press Generate.")
        self._say(text, hint if is_all else "", "" if is_all else self.tr("Show all"))
        self._show_icon("making" if is_all else "search")

    def complain(self, text: str, hint: str) -> None:
        """The rows could not be read."""
        self._say(text, hint, self.tr("Read again"))
        self._show_icon("warning")

    def _say(self, text: str, hint: str, way_out: str) -> None:
        self._text.setText(text)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._button.setText(way_out)
        self._button.setAccessibleName(way_out)
        self._button.setToolTip(way_out)
        self._button.setVisible(bool(way_out))

    def _show_icon(self, name: str) -> None:
        self._icon_name = name
        icon = self._icons.icon(name, self._theme.muted)
        self._icon.setPixmap(icon.pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF()))

    def _label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return label
