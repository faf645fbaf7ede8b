"""What a person decides about a request of which nobody knows whether it arrived."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from dreamina_desktop.core.job import Job
from dreamina_desktop.ui.dialog_button import DialogButton
from dreamina_desktop.ui.growing_dialog import GrowingDialog
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.request_id_row import RequestIdRow, RequestNamed
from dreamina_desktop.ui.return_key import SPENDS
from dreamina_desktop.ui.theme import GAP, ROOM, Theme
from dreamina_desktop.words import Phrasebook
from dreamina_desktop.words.doubt_words import DOUBT

_WIDTH = 480
_EXCERPT = 120


@dataclass(frozen=True, slots=True)
class RequestFound:
    """The user found the request under Generations; to be checked before it is believed."""

    job_id: str
    request_id: str


@dataclass(frozen=True, slots=True)
class RequestAbsent:
    """The user looked and it is not there: send it again, which costs money."""

    job_id: str


class ResolveDialog(GrowingDialog):
    """Decides nothing by itself and carries nothing out: it tells, and is closed by whoever does.

    A request id that is wrong comes back with ``refuse``.
    """

    request_found = Signal(object)
    request_absent = Signal(object)

    def __init__(
        self,
        job: Job,
        *,
        words: Phrasebook,
        theme: Theme,
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
        column.addWidget(self._found(theme, icons))
        column.addWidget(self._absent(cost))
        later = DialogButton("resolveLaterButton", self.tr("Decide later"), self)
        later.setToolTip(self.tr("Nothing is sent and nothing is lost (Esc)"))
        later.clicked.connect(self.reject)
        column.addWidget(later, 0, Qt.AlignmentFlag.AlignRight)
        self._request.take_focus()

    def show_evidence(self, text: str) -> None:
        """The balance before and after, in words; "" for none that is known."""
        self._evidence.setText(text)
        self._evidence.setVisible(bool(text))

    def refuse(self, text: str) -> None:
        """The request id was not taken, and why."""
        self._request.refuse(text)

    @property
    def job_id(self) -> str:
        """The job that it is about."""
        return self._job.id

    # ---- parts -----------------------------------------------------------------------------

    def _explanation(self, words: Phrasebook) -> QWidget:
        part = QWidget(self)
        column = _column(part, margin=0)
        said = words.job(self._job)
        column.addWidget(_text(words.say(DOUBT) if said is None else said.text, part))
        if said is not None and said.details:
            column.addWidget(_text(said.details, part, look="hint"))
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
        self._evidence = _text("", part)
        self._evidence.setObjectName("balanceEvidence")
        self._evidence.setAccessibleName(self.tr("Balance before and after"))
        self._evidence.hide()
        column.addWidget(self._evidence)
        return part

    def _look_up(self, icons: Icons) -> QWidget:
        part, column = self._step(self.tr("1. Look for it"))
        column.addWidget(
            _text(self.tr("The provider lists your requests under Generations."), part)
        )
        button = DialogButton("openGenerationsButton", self.tr("Open Generations"), self)
        button.setIcon(icons.icon("external"))
        button.setToolTip(self._generations_page)
        button.clicked.connect(self._on_open_clicked)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return part

    def _found(self, theme: Theme, icons: Icons) -> QWidget:
        part, column = self._step(self.tr("2. It is there"))
        column.addWidget(_text(self.tr("Paste its request id, and the clip will arrive."), part))
        self._request = RequestIdRow(
            self.tr("Follow it"),
            self.tr("Follow this request (Enter)"),
            ("requestIdEdit", "adoptButton", "requestIdAnswer"),
            theme,
            icons,
            part,
        )
        self._request.request_named.connect(self._on_request_named)
        column.addWidget(self._request)
        return part

    def _absent(self, cost: str) -> QWidget:
        part, column = self._step(self.tr("3. It is not there"))
        column.addWidget(
            _text(self.tr("Send it again only then: if it did arrive, you would pay twice."), part)
        )
        self._send = DialogButton("sendAgainButton", self.tr("It is not there: send again…"), self)
        self._send.setToolTip(self.tr("Asks once more before anything is sent"))
        self._send.clicked.connect(self._on_send_again_clicked)
        column.addWidget(self._send, 0, Qt.AlignmentFlag.AlignLeft)
        self._question = QWidget(part)
        question = _column(self._question, margin=0)
        asked = self.tr("You looked under Generations, and it is not there? This costs {0}.")
        question.addWidget(_text(asked.format(cost), self._question))
        self._confirm = DialogButton(
            "confirmSendAgainButton", self.tr("Send again · {0}").format(cost), self
        )
        self._confirm.setProperty(SPENDS, True)  # noqa: FBT003 - Qt's own
        self._confirm.setToolTip(self.tr("Sends the same request once more. This costs money."))
        self._confirm.clicked.connect(self._on_confirmed)
        keep = DialogButton("keepInDoubtButton", self.tr("Do not send"), self)
        keep.setToolTip(self.tr("Nothing is sent"))
        keep.clicked.connect(self._on_kept)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self._confirm)
        row.addWidget(keep)
        row.addStretch(1)
        question.addLayout(row)
        self._keep = keep
        self._question.hide()
        column.addWidget(self._question)
        return part

    def _step(self, heading: str) -> tuple[QFrame, QVBoxLayout]:
        part = QFrame(self)
        part.setProperty("look", "card")
        column = _column(part, margin=GAP + GAP // 2)
        column.addWidget(_text(heading, part, look="heading"))
        return part, column

    # ---- slots -----------------------------------------------------------------------------

    def _on_open_clicked(self) -> None:
        QDesktopServices.openUrl(QUrl(self._generations_page))

    def _on_request_named(self, named: RequestNamed) -> None:
        self.request_found.emit(RequestFound(self._job.id, named.request_id))

    def _on_send_again_clicked(self) -> None:
        self._send.hide()
        self._question.show()
        # The way back has the focus: a second press of the same key must not buy anything.
        self._keep.setFocus()

    def _on_kept(self) -> None:
        self._question.hide()
        self._send.show()
        self._send.setFocus()

    def _on_confirmed(self) -> None:
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
