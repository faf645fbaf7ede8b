"""The facts of the clip on show, to read, select and copy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from itertools import batched, groupby
from pathlib import Path

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dreamina_desktop.core.job import Clip, ClipKind, Job
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.moments import local_minute
from dreamina_desktop.ui.money import dollars
from dreamina_desktop.ui.theme import GAP, ROOM, TIGHT, Theme

_ICON = 16
_RING = 2
# Characters in a line: below that, two columns of facts would be cut off.
_NARROW = 54
_HIGHEST_LINES = 13
_SHOWN_COPIED_MILLISECONDS = 1500
# The model's own; a row tells the frames of its clip, not their rate.
_FRAMES_PER_SECOND = 24


@dataclass(frozen=True, slots=True)
class _Fact:
    """``whole`` is what is copied, and shown under the mouse, where ``value`` is a part of it."""

    label: str
    value: str
    is_short: bool
    whole: str = ""


class ClipDetails(QWidget):
    """What is not known of a job is left out."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._job: Job | None = None
        self._clip: Clip | None = None
        self._columns = 2
        self._is_aside = False
        self._text = _Facts(self)
        self._text.setObjectName("clipDetails")
        self._text.setAccessibleName(self.tr("Clip details"))
        # The columns fit; the bar would only come from the moment before the upright one came.
        self._text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
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
        # In line with the text below, which keeps room for the ring of its focus.
        heading.setIndent(_RING + TIGHT)
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
        self._fit_font()
        self.set_aside(is_aside=False)
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

    def set_aside(self, *, is_aside: bool) -> None:
        """Leave its room to others, whatever it is told meanwhile; or take it again."""
        self._is_aside = is_aside
        # Its height is what it is given, not what its text would like; also while there is none.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        policy.setRetainSizeWhenHidden(not is_aside)
        self.setSizePolicy(policy)
        self._render()

    def plain_text(self) -> str:
        """All of it, a line for each fact."""
        job = self._job
        if job is None:
            return ""
        return "\n".join(f"{fact.label}: {fact.whole or fact.value}" for fact in self._facts(job))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        columns = 2 if self.width() >= _NARROW * self.fontMetrics().averageCharWidth() else 1
        if columns != self._columns:
            self._columns = columns
            self._render()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit_font()

    def _fit_font(self) -> None:
        self.setMaximumHeight(_HIGHEST_LINES * self.fontMetrics().lineSpacing())

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.plain_text())
        self._copied.show()
        self._copied_timer.start()

    def _render(self) -> None:
        self.setVisible(self._job is not None and not self._is_aside)
        if self._job is not None:
            self._text.show_html(self._html(self._job))

    def _html(self, job: Job) -> str:
        facts, muted = self._facts(job), self._theme.muted
        if self._columns == 1:
            # Without cells even an id breaks where the line ends.
            return "".join(_paragraph(fact, muted) for fact in facts)
        rows = "".join(_row(alike, muted) for alike in _lines(facts, self._columns))
        return f'<table cellspacing="0" cellpadding="0">{rows}</table>'

    def _facts(self, job: Job) -> list[_Fact]:
        """Everything that is known; short ones share a line two by two, the longest is last."""
        path = self._clip.path if self._clip else None
        facts = (
            _Fact(self._kind(), self._measures(job), is_short=False),
            _Fact(self.tr("Seed"), str(job.spec.seed) if job.spec else "", is_short=True),
            _Fact(
                self.tr("Cost"), dollars(job.cost) if job.cost is not None else "", is_short=True
            ),
            _Fact(self.tr("Sent"), _moment(job.submitted), is_short=True),
            _Fact(self.tr("Finished"), _moment(job.completed), is_short=True),
            _Fact(self.tr("Picture"), self._origin(job), is_short=False),
            _Fact(self.tr("Request id"), job.request_id or "", is_short=False),
            _Fact(
                self.tr("File"), Path(path).name if path else "", is_short=False, whole=path or ""
            ),
            _Fact(self.tr("Prompt"), job.spec.prompt if job.spec else "", is_short=False),
        )
        return [fact for fact in facts if fact.value]

    def _origin(self, job: Job) -> str:
        """The clip is named as it can be searched for in the library."""
        origin = job.spec.picture.origin if job.spec is not None else None
        if origin is None:
            return ""
        return self.tr("from frame {0} of {1}").format(origin.frame + 1, origin.job_id)

    def _kind(self) -> str:
        is_picture = self._clip is not None and self._clip.kind is ClipKind.IMAGE
        return self.tr("Picture") if is_picture else self.tr("Clip")

    def _measures(self, job: Job) -> str:
        """Length, frames and size, e.g. ``5.04 s · 121 frames · 1664 × 1248``, as far as known."""
        clip = self._clip
        if clip is None:
            frames = job.spec.frames if job.spec is not None else None
        else:
            frames = clip.frames
        measures: list[str] = []
        if frames:
            seconds = QLocale().toString(frames / _FRAMES_PER_SECOND, "f", 2)
            measures += [
                self.tr("{0} s").format(seconds),
                self.tr("{0} frames").format(frames),
            ]
        if clip is not None and clip.width is not None and clip.height is not None:
            measures.append(f"{clip.width} × {clip.height}")
        return " · ".join(measures)


class _Facts(QTextEdit):
    """As high as there is room; what is longer scrolls."""

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
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        self.document().setDocumentMargin(0)

    def show_html(self, html: str) -> None:
        """Show it from its beginning, unless it is there already."""
        if html != self._html:
            self._html = html
            self.setHtml(html)


def _lines(facts: list[_Fact], columns: int) -> Iterator[tuple[_Fact, ...]]:
    """Short facts in columns, each other one alone, in their order."""
    for is_short, alike in groupby(facts, key=lambda fact: fact.is_short):
        yield from batched(alike, columns if is_short else 1)


def _paragraph(fact: _Fact, muted: str) -> str:
    label = f'<span style="color:{muted}">{escape(fact.label)}</span>'
    return f'<p style="margin:1px 0">{label}&nbsp; {_value(fact)}</p>'


def _row(facts: tuple[_Fact, ...], muted: str) -> str:
    """A line of the table: label and value twice, or once with all the room; then what is left."""
    is_wide = len(facts) == 1
    span, wrap = ("4", "") if is_wide else ("1", "; white-space:nowrap")
    cells = "".join(
        f'<td style="color:{muted}; padding:1px {GAP + TIGHT}px 1px 0; white-space:nowrap">'
        f'{escape(fact.label)}</td><td colspan="{span}" '
        f'style="padding:1px {ROOM}px 1px 0{wrap}">{_value(fact)}</td>'
        for fact in facts
    )
    rest = "" if is_wide else '<td width="100%"></td>'
    return f"<tr>{cells}{rest}</tr>"


def _value(fact: _Fact) -> str:
    value = escape(fact.value).replace("\n", "<br>")
    return f'<span title="{escape(fact.whole)}">{value}</span>' if fact.whole else value


def _moment(moment: datetime | None) -> str:
    """Date and time where the user is; "" for none."""
    return "" if moment is None else local_minute(moment)
