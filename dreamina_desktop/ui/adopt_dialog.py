"""Fetching a clip by the id of a request that was made elsewhere."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from dreamina_desktop.ui.growing_dialog import GrowingDialog
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.request_id_row import RequestIdRow
from dreamina_desktop.ui.return_key import ReturnKey
from dreamina_desktop.ui.theme import GAP, ROOM, Theme

_WIDTH = 480


class AdoptDialog(GrowingDialog):
    """Tells which request is wanted, and is closed by whoever fetches it.

    What is wrong with the id comes back with ``refuse``. ``request_named`` carries RequestNamed.
    """

    request_named = Signal(object)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("adoptDialog")
        self.setWindowTitle(self.tr("Fetch a clip by its request id"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self._request = RequestIdRow(
            self.tr("Fetch it"),
            self.tr("Look for this request and fetch its clip (Enter)"),
            ("adoptRequestIdEdit", "adoptRequestButton", "adoptRequestAnswer"),
            theme,
            icons,
            self,
        )
        self._request.request_named.connect(self.request_named)
        self._doubt = self._text(
            self.tr(
                "A request is in doubt. If this is its id, press Resolve… on its card instead: "
                "the clip then gets its prompt and seed."
            )
        )
        self._doubt.setObjectName("adoptDoubtHint")
        self._doubt.setProperty("look", "hint")
        self._doubt.hide()
        close = QPushButton(self.tr("Cancel"), self)
        close.setObjectName("adoptCancelButton")
        close.setAccessibleName(close.text())
        close.setToolTip(self.tr("Nothing is changed (Esc)"))
        close.setAutoDefault(False)
        ReturnKey(close)
        close.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(ROOM, ROOM, ROOM, ROOM)
        column.setSpacing(GAP + GAP // 2)
        column.addWidget(
            self._text(
                self.tr(
                    "For clips made on the provider's page or on another computer with the same "
                    "account. Fetching one costs nothing."
                )
            )
        )
        column.addWidget(self._request)
        column.addWidget(self._doubt)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self._request.take_focus()

    def refuse(self, text: str) -> None:
        """The request id was not taken, and why."""
        self._request.refuse(text)

    def hint_at_doubt(self) -> None:
        """There is a job in doubt, which may be what is looked for."""
        self._doubt.show()

    def _text(self, words: str) -> QLabel:
        label = QLabel(words, self)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label
