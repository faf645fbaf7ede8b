"""What differs between two clips, to read, select and copy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import PurePath

from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from dreamina_desktop.core.differences import Differences, Pair
from dreamina_desktop.core.job import SentPicture
from dreamina_desktop.core.word_diff import WordChange, word_diff
from dreamina_desktop.ui.library.moments import local_minute
from dreamina_desktop.ui.money import dollars
from dreamina_desktop.ui.theme import GAP, ROOM, TIGHT, Theme

_HIGHEST_LINES = 9
_DIGEST = 8
# The model's own; a row tells the frames of its clip, not their rate.
_FRAMES_PER_SECOND = 24
_REMOVED, _ADDED = "−", "+"


@dataclass(frozen=True, slots=True)
class _Row:
    """``a`` and ``b`` as HTML; ``b`` None where ``a`` tells of both."""

    label: str
    a: str
    b: str | None
    differs: bool


class DifferenceTable(QTextEdit):
    """A row for each fact that differs; what is the same is named in one line.

    Words that only A's prompt has are struck through and begin with ``−``, those that only B's
    has are underlined and begin with ``+``.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: Differences | None = None
        self.setObjectName("compareDifferences")
        self.setAccessibleName(self.tr("What differs between A and B"))
        self.setReadOnly(True)
        self.setProperty("look", "facts")
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.document().setDocumentMargin(0)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self._render()

    def show_differences(self, found: Differences | None) -> None:
        """Show these; None for nothing."""
        if found != self._shown:
            self._shown = found
            self._render()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as what it says, up to a share of the stage; what is longer scrolls."""
        line = self.fontMetrics().lineSpacing()
        wanted = round(self.document().size().height()) + 2 * TIGHT
        return QSize(240, min(max(2 * line, wanted), _HIGHEST_LINES * line))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        # In other widths its lines break elsewhere.
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(120, 2 * self.fontMetrics().lineSpacing() + 2 * TIGHT)

    def _render(self) -> None:
        self.setHtml(self._html(self._shown) if self._shown is not None else "")
        self.updateGeometry()

    def _html(self, found: Differences) -> str:
        rows = self._rows(found)
        differing = [row for row in rows if row.differs]
        same = ", ".join(row.label.lower() for row in rows if not row.differs)
        parts: list[str] = []
        if differing:
            head = _Row("", "<b>A</b>", "<b>B</b>", differs=True)
            lines = "".join(_line(row, self._theme.muted) for row in (head, *differing))
            parts.append(f'<table cellspacing="0" cellpadding="0">{lines}</table>')
        if same:
            text = self.tr("The same in both: {0}").format(same)
            parts.append(f'<p style="margin:2px 0; color:{self._theme.muted}">{escape(text)}</p>')
        return "".join(parts)

    def _rows(self, found: Differences) -> tuple[_Row, ...]:
        return (
            self._row(self.tr("Seed"), found.seed, str),
            self._prompt(found.prompt),
            self._row(self.tr("Length"), found.frames, self._length),
            self._pictures(found.picture),
            self._row(self.tr("Model"), found.model, str),
            self._row(self.tr("Cost"), found.cost, dollars),
            self._row(self.tr("Finished"), found.made, local_minute),
        )

    def _row[T](self, label: str, pair: Pair[T], text: Callable[[T], str]) -> _Row:
        a, b = (
            escape(text(value)) if value is not None else self._unknown()
            for value in (pair.left, pair.right)
        )
        return _Row(label, a, b, pair.differs)

    def _unknown(self) -> str:
        return f'<span style="color:{self._theme.muted}">{escape(self.tr("not known"))}</span>'

    def _length(self, frames: int) -> str:
        seconds = QLocale().toString(frames / _FRAMES_PER_SECOND, "f", 2)
        return self.tr("{0} frames · {1} s").format(frames, seconds)

    def _pictures(self, pair: Pair[SentPicture]) -> _Row:
        # By name alone two pictures may look the same.
        names = {p.source for p in (pair.left, pair.right) if p is not None}
        is_doubtful = pair.differs and len(names) == 1

        def name(picture: SentPicture) -> str:
            shown = PurePath(picture.source).name or picture.source
            digest = (picture.sha256 or "")[:_DIGEST]
            return f"{shown} ({digest})" if is_doubtful and digest else shown

        return self._row(self.tr("Picture"), pair, name)

    def _prompt(self, pair: Pair[str]) -> _Row:
        label = self.tr("Prompt")
        if pair.left is None or pair.right is None or not pair.differs:
            return self._row(label, pair, str)
        bad, good = self._theme.bad, self._theme.good
        looks = {
            WordChange.KEPT: "{0}",
            WordChange.REMOVED: f'<span style="color:{bad}">{_REMOVED}<s>{{0}}</s></span>',
            WordChange.ADDED: f'<span style="color:{good}">{_ADDED}<u>{{0}}</u></span>',
        }
        marked, before = "", WordChange.KEPT
        for run in word_diff(pair.left, pair.right):
            # What came in place of something stands beside it, not grown together with it.
            joint = before is WordChange.REMOVED and run.change is WordChange.ADDED
            marked += " " * joint + _outside(looks[run.change], run.text)
            before = run.change
        return _Row(label, marked.replace("\n", "<br>"), None, differs=True)


def _outside(look: str, text: str) -> str:
    """The words in their look, with the spaces around them outside of it."""
    words = text.strip()
    if not words:
        # Nothing but a space went or came: it is shown as what it is.
        return look.replace("{0}", escape(text) if look == "{0}" else "␣")
    before, after = text[: text.index(words)], text[text.index(words) + len(words) :]
    return f"{before}{look.replace('{0}', escape(words))}{after}"


def _line(row: _Row, muted: str) -> str:
    label = (
        f'<td style="color:{muted}; padding:1px {GAP + TIGHT}px 1px 0; white-space:nowrap">'
        f"{escape(row.label)}</td>"
    )
    if row.b is None:
        return f'<tr>{label}<td colspan="2" style="padding:1px 0">{row.a}</td></tr>'
    cells = "".join(
        f'<td style="padding:1px {ROOM}px 1px 0">{text}</td>' for text in (row.a, row.b)
    )
    return f"<tr>{label}{cells}</tr>"
