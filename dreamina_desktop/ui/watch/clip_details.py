"""The facts of the clip on show, to read, select and copy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from itertools import batched

from PySide6.QtCore import QDateTime, QLocale, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QResizeEvent, QTextDocument
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dreamina_desktop.core.job import Clip, Job
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.money import dollars
from dreamina_desktop.ui.theme import GAP, ROOM, TIGHT, Theme

_ICON = 16
# Characters in a line: below that, two columns of facts would be cut off.
_NARROW = 54
_SHOWN_COPIED_MILLISECONDS = 1500


@dataclass(frozen=True, slots=True)
class _Fact:
    label: str
    value: str
    is_short: bool


class ClipDetails(QWidget):
    """What is not known of a job is left out."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._job: Job | None = None
        self._clip: Clip | None = None
        self._columns = 2
        self._text = _Facts(self)
        self._text.setObjectName("clipDetails")
        self._text.setAccessibleName(self.tr("Clip details"))
        self._copy = QToolButton(self)
        self._copy.setObjectName("copyDetailsButton")
        self._copy.setAccessibleName(self.tr("Copy details"))
        self._copy.setToolTip(self.tr("Copy details (Space)"))
        self._copy.setProperty("look", "quiet")
        self._copy.setIconSize(QSize(_ICON, _ICON))
        self._copy.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._copy.clicked.connect(self._on_copy_clicked)
        self._copied = QLabel(self.tr("Copied"), self)
        self._copied.setProperty("look", "hint")
        self._copied.setVisible(False)
        self._copied_timer = QTimer(self)
        self._copied_timer.setSingleShot(True)
        self._copied_timer.setInterval(_SHOWN_COPIED_MILLISECONDS)
        self._copied_timer.timeout.connect(self._copied.hide)
        heading = QLabel(self.tr("Details"), self)
        heading.setProperty("look", "heading")
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(heading)
        row.addStretch(1)
        row.addWidget(self._copied)
        row.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addLayout(row)
        column.addWidget(self._text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.set_theme(theme, icons)

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Take other colours."""
        self._theme = theme
        self._copy.setIcon(icons.icon("copy", theme.muted))
        self._render()

    def show_job(self, job: Job, clip: Clip | None) -> None:
        """Say what is known of a job, and of the clip of it that is on show."""
        if (job, clip) != (self._job, self._clip):
            self._job, self._clip = job, clip
            self._render()

    def show_nothing(self) -> None:
        """There is no job."""
        self._job = self._clip = None
        self._render()

    def plain_text(self) -> str:
        """All of it, a line for each fact."""
        job = self._job
        if job is None:
            return ""
        lines = [f"{fact.label}: {fact.value}" for fact in self._facts(job)]
        if job.spec is not None:
            lines.insert(0, self.tr("Prompt: {0}").format(job.spec.prompt))
        return "\n".join(lines)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        columns = 2 if self.width() >= _NARROW * self.fontMetrics().averageCharWidth() else 1
        if columns != self._columns:
            self._columns = columns
            self._render()

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.plain_text())
        self._copied.show()
        self._copied_timer.start()

    def _render(self) -> None:
        self.setVisible(self._job is not None)
        if self._job is not None:
            self._text.show_html(self._html(self._job))

    def _html(self, job: Job) -> str:
        muted = self._theme.muted
        prompt = ""
        if job.spec is not None:
            words = escape(job.spec.prompt).replace("\n", "<br>")
            prompt = f'<p style="margin-top:0; margin-bottom:0">{words}</p>'
        lines: list[str] = []
        for facts in _lines(self._facts(job), self._columns):
            span = 3 if len(facts) == 1 else 1
            wrap = "" if span > 1 else "; white-space:nowrap"
            cells = "".join(
                f'<td style="color:{muted}; padding-right:{GAP + TIGHT}px; white-space:nowrap">'
                f'{escape(fact.label)}</td><td colspan="{span}" '
                f'style="padding-right:{ROOM}px{wrap}">{escape(fact.value)}</td>'
                for fact in facts
            )
            lines.append(f"<tr>{cells}</tr>")
        table = f'<table style="margin-top:{GAP}px" cellspacing="0" cellpadding="1">'
        return f"{prompt}{table}{''.join(lines)}</table>"

    def _facts(self, job: Job) -> list[_Fact]:
        """Everything that is known; short ones first, which share a line two by two."""
        clip = self._clip
        known = (
            (self.tr("Seed"), str(job.spec.seed) if job.spec else None, True),
            (self.tr("Size"), self._size(clip) if clip else None, True),
            (self.tr("Length"), self._length(job), True),
            (self.tr("Cost"), dollars(job.cost) if job.cost is not None else None, True),
            (self.tr("Sent"), _moment(job.submitted), True),
            (self.tr("Finished"), _moment(job.completed), True),
            (self.tr("Request id"), job.request_id, False),
            (self.tr("File"), clip.path if clip else None, False),
        )
        return [_Fact(label, value, is_short) for label, value, is_short in known if value]

    def _size(self, clip: Clip) -> str | None:
        if clip.width is None or clip.height is None:
            return None
        return self.tr("{0} × {1} pixels").format(clip.width, clip.height)

    def _length(self, job: Job) -> str | None:
        frames = self._clip.frames if self._clip else None
        if self._clip is None and job.spec is not None:
            frames = job.spec.frames
        return self.tr("{0} frames").format(frames) if frames else None


class _Facts(QTextEdit):
    """As high as its text, up to a limit; then it scrolls."""

    _HIGHEST_LINES = 11

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._html = ""
        self.setReadOnly(True)
        self.setProperty("look", "facts")
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        self.document().setDocumentMargin(0)
        layout = self.document().documentLayout()
        layout.documentSizeChanged.connect(self._on_size_changed)

    def show_html(self, html: str) -> None:
        """Show it from its beginning, unless it is there already."""
        if html != self._html:
            self._html = html
            self.setHtml(html)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        document: QTextDocument = self.document()
        frame = self.height() - self.viewport().height()
        limit = self._HIGHEST_LINES * self.fontMetrics().lineSpacing()
        return QSize(240, min(limit, round(document.size().height())) + frame)

    def _on_size_changed(self) -> None:
        self.updateGeometry()


def _lines(facts: list[_Fact], columns: int) -> Iterator[tuple[_Fact, ...]]:
    """Short facts in columns, each other one alone."""
    short = [fact for fact in facts if fact.is_short]
    yield from batched(short, columns)
    yield from ((fact,) for fact in facts if not fact.is_short)


def _moment(moment: datetime | None) -> str | None:
    """Date and time where the user is."""
    if moment is None:
        return None
    local = QDateTime.fromMSecsSinceEpoch(int(moment.timestamp() * 1000))
    return QLocale().toString(local, QLocale.FormatType.ShortFormat)
