"""What a person decides about a request of which nobody knows whether it arrived."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dreamina_desktop.core.job import Job
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import GAP, ROOM
from dreamina_desktop.words import Phrasebook

_WIDTH = 460
_EXCERPT = 120


@dataclass(frozen=True, slots=True)
class RequestFound:
    """The user found the request under Generations."""

    job_id: str
    request_id: str


@dataclass(frozen=True, slots=True)
class RequestAbsent:
    """The user looked and it is not there: send it again, which costs money."""

    job_id: str


class ResolveDialog(QDialog):
    """Decides nothing by itself and carries nothing out: it closes and tells."""

    request_found = Signal(object)
    request_absent = Signal(object)

    def __init__(
        self,
        job: Job,
        *,
        words: Phrasebook,
        icons: Icons,
        cost: str,
        generations_page: str,
        parent: QWidget,
    ) -> None:
        """``cost`` is what sending again costs, in words; ``generations_page`` an address."""
        super().__init__(parent)
        self._job = job
        self._generations_page = generations_page
        self.setObjectName("resolveDialog")
        self.setWindowTitle(self.tr("Is the request there?"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(ROOM, ROOM, ROOM, ROOM)
        column.setSpacing(ROOM)
        column.addWidget(self._explanation(words))
        column.addWidget(self._look_up(icons))
        column.addWidget(self._found())
        column.addWidget(self._absent(cost))
        later = self._button("resolveLaterButton", self.tr("Decide later"))
        later.setToolTip(self.tr("Nothing is sent and nothing is lost (Esc)"))
        later.clicked.connect(self.reject)
        column.addWidget(later, 0, Qt.AlignmentFlag.AlignRight)
        self._request_id.setFocus()

    def _explanation(self, words: Phrasebook) -> QWidget:
        part = QWidget(self)
        column = _column(part, margin=0)
        if self._job.error is not None:
            column.addWidget(_text(words.job_error(self._job.error).text, part))
        if self._job.spec is not None:
            prompt = " ".join(self._job.spec.prompt.split())
            if len(prompt) > _EXCERPT:
                prompt = prompt[: _EXCERPT - 1].rstrip() + "…"
            # Near enough to find it in a list; the row itself changes with every try to resolve it.
            clicked = self._job.confirmed or self._job.created
            sent = clicked.astimezone().strftime("%Y-%m-%d %H:%M")
            about = self.tr("Sent {0}, seed {1}: “{2}”")
            column.addWidget(
                _text(about.format(sent, self._job.spec.seed, prompt), part, look="hint")
            )
        return part

    def _look_up(self, icons: Icons) -> QWidget:
        part, column = self._step(self.tr("1. Look for it"))
        column.addWidget(
            _text(self.tr("The provider lists your requests under Generations."), part)
        )
        button = self._button("openGenerationsButton", self.tr("Open Generations"))
        button.setIcon(icons.icon("external"))
        button.setToolTip(self._generations_page)
        button.clicked.connect(self._on_open_clicked)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return part

    def _found(self) -> QWidget:
        part, column = self._step(self.tr("2. It is there"))
        column.addWidget(_text(self.tr("Paste its request id, and the clip will arrive."), part))
        self._request_id = QLineEdit(part)
        self._request_id.setObjectName("requestIdEdit")
        self._request_id.setAccessibleName(self.tr("Request id"))
        self._request_id.setPlaceholderText(self.tr("Request id"))
        self._request_id.setToolTip(self.tr("The id shown under Generations"))
        self._request_id.textChanged.connect(self._on_request_id_changed)
        self._adopt = self._button("adoptButton", self.tr("Follow it"))
        self._adopt.setDefault(True)
        self._adopt.clicked.connect(self._on_adopt_clicked)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self._request_id, 1)
        row.addWidget(self._adopt)
        column.addLayout(row)
        self._on_request_id_changed()
        return part

    def _absent(self, cost: str) -> QWidget:
        part, column = self._step(self.tr("3. It is not there"))
        column.addWidget(
            _text(self.tr("Send it again only then: if it did arrive, you would pay twice."), part)
        )
        button = self._button("sendAgainButton", self.tr("Send again · {0}").format(cost))
        button.setToolTip(self.tr("Sends the same request once more. This costs money."))
        button.clicked.connect(self._on_send_again_clicked)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return part

    def _step(self, heading: str) -> tuple[QFrame, QVBoxLayout]:
        part = QFrame(self)
        part.setProperty("look", "card")
        column = _column(part, margin=GAP + GAP // 2)
        column.addWidget(_text(heading, part, look="heading"))
        return part, column

    def _button(self, name: str, label: str) -> QPushButton:
        button = QPushButton(label, self)
        button.setObjectName(name)
        button.setAccessibleName(label)
        # Enter must only ever mean "follow it": it sends nothing and costs nothing.
        button.setAutoDefault(False)
        return button

    @property
    def _typed(self) -> str:
        return self._request_id.text().strip()

    def _on_request_id_changed(self) -> None:
        typed = self._typed
        usable = bool(typed) and not any(character.isspace() for character in typed)
        self._adopt.setEnabled(usable)
        hint = self.tr("Follow this request (Enter)")
        self._adopt.setToolTip(hint if usable else self.tr("Paste the request id first."))

    def _on_open_clicked(self) -> None:
        QDesktopServices.openUrl(QUrl(self._generations_page))

    def _on_adopt_clicked(self) -> None:
        self.request_found.emit(RequestFound(self._job.id, self._typed))
        self.accept()

    def _on_send_again_clicked(self) -> None:
        self.request_absent.emit(RequestAbsent(self._job.id))
        self.accept()


def _column(part: QWidget, *, margin: int) -> QVBoxLayout:
    column = QVBoxLayout(part)
    column.setContentsMargins(margin, margin, margin, margin)
    column.setSpacing(GAP)
    return column


def _text(words: str, parent: QWidget, look: str = "") -> QLabel:
    label = QLabel(words, parent)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if look:
        label.setProperty("look", look)
    return label
