"""Paints a job as a card, and knows where on it one can click."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QHelpEvent, QMouseEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.core.mark import Mark
from dreamina_desktop.core.ports import Clock
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.card_layout import PROMPT_LINES, CardLayout, CardPlaces
from dreamina_desktop.ui.library.card_text_painter import first_that_fits, paint_lines
from dreamina_desktop.ui.library.card_words import TICKING, CardText, CardWords, Tone
from dreamina_desktop.ui.library.job_rules import Deed, glyph_deed
from dreamina_desktop.ui.library.learned_times import LearnedTimes
from dreamina_desktop.ui.library.library_model import LibraryRole
from dreamina_desktop.ui.library.thumbnail_painter import frame_in_device_pixels, paint_thumbnail
from dreamina_desktop.ui.library.thumbnails import Thumbnails
from dreamina_desktop.ui.theme import RADIUS, Theme

_GLYPHS = {Deed.CANCEL: "clear", Deed.RETRY: "retry", Deed.RESOLVE: "doubt"}
_NOT_MADE = frozenset({JobState.FAILED, JobState.REJECTED, JobState.CANCELLED, JobState.UNKNOWN})
_MARKS = {Mark.STARRED: "star", Mark.REJECTED: "reject"}
_MARK_ICON = 16
_RING = 2
_GLYPH_ICON = 16
_EMBLEM = 24
_DISC = 36
_LEFT_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

type Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class GlyphClicked:
    """The round button on a card."""

    job_id: str
    deed: Deed


class CardDelegate(QStyledItemDelegate):
    """Draws with the theme it is given; holds nothing of the jobs."""

    glyph_clicked = Signal(object)

    def __init__(
        self,
        *,
        words: CardWords,
        times: LearnedTimes,
        thumbnails: Thumbnails,
        clock: Clock,
        theme: Theme,
        icons: Icons,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._times = times
        self._thumbnails = thumbnails
        self._clock = clock
        self._layout = CardLayout(QFont(), 2 * 160)
        # While the pane is being resized, no thumbnail is made for a size that is gone at once.
        self.is_resting = True
        self._has_ticked = False
        self._pressed: QPersistentModelIndex | None = None
        self.set_theme(theme, icons)

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Paint in other colours from now on."""
        self._theme = theme
        self._icons = icons
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
        self._tones = {
            Tone.QUIET: theme.muted,
            Tone.ACTIVE: theme.accent,
            Tone.GOOD: theme.good,
            Tone.WARNING: theme.warning,
            Tone.BAD: theme.bad,
        }

    def set_layout(self, layout: CardLayout) -> None:
        """Paint cards of another size from now on."""
        self._layout = layout

    def take_ticking(self) -> bool:
        """Whether a card with a running time was painted since the last call."""
        ticked, self._has_ticked = self._has_ticked, False
        return ticked

    def places(self, cell: QRect) -> CardPlaces:
        """Where everything is on the card in a cell of the view."""
        return self._layout.places(cell)

    # ---- QStyledItemDelegate ---------------------------------------------------------------

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        del option, index
        return self._layout.cell

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        job = index.data(LibraryRole.JOB)
        if not isinstance(job, Job):
            return
        self._has_ticked |= job.state in TICKING
        text = self._words.of(job, self._clock.now(), self._times.estimate(job))
        places = self._layout.places(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, places.card, option.state)
        self._paint_picture(painter, places, job, text)
        self._paint_mark(painter, places.badge, job.mark)
        self._paint_words(painter, places, text, option.state, job.mark)
        self._paint_glyph(painter, places.glyph, job)
        self._paint_ring(painter, places.card, option.state)
        painter.restore()

    def editorEvent(  # noqa: N802
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        if isinstance(event, QMouseEvent) and event.button() is Qt.MouseButton.LeftButton:
            deed = self._deed_at(event.position().toPoint(), option.rect, index)
            if event.type() is QEvent.Type.MouseButtonPress:
                self._pressed = None if deed is None else QPersistentModelIndex(index)
            elif event.type() is QEvent.Type.MouseButtonRelease:
                pressed, self._pressed = self._pressed, None
                if deed is not None and pressed == index:
                    self.glyph_clicked.emit(GlyphClicked(index.data(LibraryRole.JOB_ID), deed))
                    return True
        return super().editorEvent(event, model, option, index)

    def helpEvent(  # noqa: N802
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        deed = self._deed_at(event.pos(), option.rect, index) if index.isValid() else None
        if deed is None:
            return super().helpEvent(event, view, option, index)
        hints = {
            Deed.CANCEL: self.tr("Cancel"),
            Deed.RETRY: self.tr("Try again"),
            Deed.RESOLVE: self.tr("Resolve the doubt"),
        }
        QToolTip.showText(event.globalPos(), hints[deed], view)
        return True

    # ---- parts -----------------------------------------------------------------------------

    def _deed_at(self, position: QPoint, cell: QRect, index: Index) -> Deed | None:
        job = index.data(LibraryRole.JOB)
        if isinstance(job, Job) and self._layout.places(cell).glyph.contains(position):
            return glyph_deed(job)
        return None

    def _paint_ground(self, painter: QPainter, card: QRect, state: QStyle.StateFlag) -> None:
        ground = self._theme.raised
        if state & QStyle.StateFlag.State_Selected:
            ground = self._theme.selection
        elif state & QStyle.StateFlag.State_MouseOver:
            ground = self._theme.hover
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(card), RADIUS, RADIUS)

    def _paint_picture(
        self, painter: QPainter, places: CardPlaces, job: Job, text: CardText
    ) -> None:
        ratio = painter.device().devicePixelRatioF()
        frame = frame_in_device_pixels(places.thumbnail.size(), ratio)
        thumbnail = self._thumbnails.picture(job, frame, wanted=self.is_resting)
        not_made = job.state in _NOT_MADE
        paint_thumbnail(
            painter,
            self._theme,
            places.thumbnail,
            thumbnail.image,
            is_row=self._layout.is_row,
            faded=not_made or job.mark is Mark.REJECTED,
        )
        if not_made:
            self._paint_disc(painter, places.thumbnail)
            self._paint_emblem(painter, places.thumbnail, text.icon, self._tones[text.tone])
        elif thumbnail.image is None:
            name = "picture-missing" if thumbnail.is_missing else "picture"
            self._paint_emblem(painter, places.thumbnail, name, self._theme.muted)

    def _paint_mark(self, painter: QPainter, place: QRect, mark: Mark) -> None:
        if mark is Mark.NONE:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.raised))
        painter.drawEllipse(place)
        colour = self._theme.accent if mark is Mark.STARRED else self._theme.text
        self._paint_icon(painter, _centred(_MARK_ICON, place), _MARKS[mark], colour)

    def _paint_disc(self, painter: QPainter, place: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.raised))
        painter.drawEllipse(_centred(_DISC, place))

    def _paint_emblem(self, painter: QPainter, place: QRect, icon: str, colour: str) -> None:
        self._paint_icon(painter, _centred(_EMBLEM, place), icon, colour)

    def _paint_words(
        self,
        painter: QPainter,
        places: CardPlaces,
        text: CardText,
        state: QStyle.StateFlag,
        mark: Mark,
    ) -> None:
        theme, layout = self._theme, self._layout
        tone = self._tones[text.tone]
        self._paint_icon(painter, places.icon, text.icon, tone)
        # On the selection's ground only the plain text colour has contrast enough for letters.
        selected = bool(state & QStyle.StateFlag.State_Selected)
        said, muted = theme.text, theme.text if selected else theme.muted
        if text.tone in (Tone.WARNING, Tone.BAD) and not selected:
            said = tone
        elif text.tone in (Tone.GOOD, Tone.QUIET):
            # What is over and needs nobody steps back behind its prompt.
            said = muted
        for words, font, place, colour in (
            (text.states, layout.state_font, places.state, said),
            (text.details, layout.detail_font, places.detail, muted),
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            painter.drawText(place, _LEFT_MIDDLE, first_that_fits(words, font, place.width()))
        painter.setPen(QColor(muted if mark is Mark.REJECTED else theme.text))
        paint_lines(painter, text.prompt, layout.prompt_font, places.prompt, PROMPT_LINES)

    def _paint_glyph(self, painter: QPainter, place: QRect, job: Job) -> None:
        deed = glyph_deed(job)
        if deed is None:
            return
        painter.setPen(QPen(QColor(self._theme.line), 1))
        painter.setBrush(QColor(self._theme.raised))
        painter.drawEllipse(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5))
        self._paint_icon(painter, _centred(_GLYPH_ICON, place), _GLYPHS[deed], self._theme.text)

    def _paint_ring(self, painter: QPainter, card: QRect, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(self._theme.accent), _RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            half = _RING / 2
            painter.drawRoundedRect(
                QRectF(card).adjusted(half, half, -half, -half), RADIUS - half, RADIUS - half
            )

    def _paint_icon(self, painter: QPainter, place: QRect, name: str, colour: str) -> None:
        ratio = painter.device().devicePixelRatioF()
        key = name, colour, place.width(), ratio
        if key not in self._pixmaps:
            self._pixmaps[key] = self._icons.pixmap(name, place.width(), ratio, colour)
        painter.drawPixmap(place.topLeft(), self._pixmaps[key])


def _centred(side: int, place: QRect) -> QRect:
    """A square in the middle of a place."""
    square = QRect(0, 0, side, side)
    square.moveCenter(place.center())
    return square
