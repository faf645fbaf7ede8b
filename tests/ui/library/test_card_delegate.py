"""Painted cards: pixels where they belong, and a button that can be clicked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QApplication, QListView, QStyle, QStyleOptionViewItem, QToolTip

from dreamina_desktop.core.job import Hold, Job, JobError, JobState
from dreamina_desktop.core.mark import Mark
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.card_delegate import CardDelegate, GlyphClicked
from dreamina_desktop.ui.library.card_layout import CardLayout
from dreamina_desktop.ui.library.card_words import CardWords
from dreamina_desktop.ui.library.job_rules import Deed
from dreamina_desktop.ui.library.learned_times import LearnedTimes
from dreamina_desktop.ui.library.library_model import LibraryRole
from dreamina_desktop.ui.library.library_needs import LibraryNeeds
from dreamina_desktop.ui.library.thumbnail_painter import frame_in_device_pixels, paint_thumbnail
from dreamina_desktop.ui.theme import DARK, LIGHT, Theme
from tests.ui.conftest import Show
from tests.ui.library.rows import a_job, done

_NEAR = 24

NONE = QStyle.StateFlag.State_None
SELECTED = QStyle.StateFlag.State_Selected
FOCUSED = QStyle.StateFlag.State_HasFocus
HOVERED = QStyle.StateFlag.State_MouseOver


@pytest.fixture
def delegate(
    needs: LibraryNeeds, application: QApplication, theme: Theme, icons: Icons
) -> CardDelegate:
    delegate = CardDelegate(
        words=CardWords(needs.words),
        times=LearnedTimes(needs.reader, needs.rows),
        thumbnails=needs.thumbnails,
        clock=needs.clock,
        theme=theme,
        icons=icons,
    )
    delegate.set_layout(CardLayout(application.font(), 400))
    return delegate


def card(
    delegate: CardDelegate,
    job: Job,
    state: QStyle.StateFlag = NONE,
    ratio: float = 1.0,
    ground: str = DARK.pane,
) -> QImage:
    """The card as painted, with the ground around it."""
    model = QStandardItemModel()
    item = QStandardItem()
    item.setData(job, LibraryRole.JOB)
    item.setData(job.id, LibraryRole.JOB_ID)
    model.appendRow(item)
    option = QStyleOptionViewItem()
    option.state = state
    option.rect = QRect(QPoint(0, 0), delegate.sizeHint(option, model.index(0, 0)))
    image = QImage(frame_in_device_pixels(option.rect.size(), ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(ground))
    painter = QPainter(image)
    delegate.paint(painter, option, model.index(0, 0))
    painter.end()
    return image


def has(image: QImage, colour: str, place: QRect | None = None) -> bool:
    """Whether a colour is in a place of the image; thin lines never quite reach theirs."""
    place = image.rect() if place is None else place
    wanted = QColor(colour)
    return any(
        abs(found.red() - wanted.red()) <= _NEAR
        and abs(found.green() - wanted.green()) <= _NEAR
        and abs(found.blue() - wanted.blue()) <= _NEAR
        for x in range(place.left(), place.right() + 1)
        for y in range(place.top(), place.bottom() + 1)
        for found in (image.pixelColor(x, y),)
    )


@pytest.mark.parametrize(
    ("job", "tone"),
    [
        (replace(a_job(1, JobState.FAILED), error=JobError("provider_failed")), DARK.bad),
        (a_job(1, JobState.REJECTED), DARK.bad),
        (a_job(1, JobState.UNKNOWN), DARK.warning),
        (replace(a_job(1), hold=Hold.BALANCE), DARK.warning),
        (a_job(1, JobState.RUNNING), DARK.accent),
        (done(1), DARK.good),
    ],
    ids=lambda value: value.state.value if isinstance(value, Job) else "",
)
def test_a_state_has_its_icon_in_its_colour(delegate: CardDelegate, job: Job, tone: str) -> None:
    image = card(delegate, job)
    places = delegate.places(image.rect())
    assert has(image, tone, places.icon)
    loud = tone in (DARK.bad, DARK.warning)
    assert has(image, tone, places.state) is loud


def test_cards_of_different_states_look_different(delegate: CardDelegate) -> None:
    states = [state for state in JobState if state is not JobState.DRAFT]
    images = [card(delegate, a_job(1, state)) for state in states]
    words = [image.copy(delegate.places(image.rect()).icon) for image in images]
    # Two pairs share an icon, since they mean the same to a person.
    assert sum(first == second for first in words for second in words) == len(words) + 4
    assert all(
        first == second or first_image != second_image
        for first, first_image in zip(states, images, strict=True)
        for second, second_image in zip(states, images, strict=True)
    )


def test_a_mark_has_its_icon_and_a_rejected_card_steps_back(
    delegate: CardDelegate, application: QApplication
) -> None:
    del application
    job = done(1)
    images = {
        mark: card(delegate, replace(job, clips=(replace(job.clips[0], mark=mark),)))
        for mark in Mark
    }
    places = delegate.places(images[Mark.NONE].rect())
    badges = [image.copy(places.badge) for image in images.values()]
    assert sum(one == other for one in badges for other in badges) == len(badges)
    assert has(images[Mark.STARRED], DARK.accent, places.badge)
    assert not has(images[Mark.NONE], DARK.accent, places.badge)
    # Letters that step back are the muted ones, which have contrast enough to be read.
    dimmed = images[Mark.REJECTED]
    assert has(images[Mark.STARRED], DARK.text, places.prompt)
    assert has(dimmed, DARK.muted, places.prompt)
    assert not has(dimmed, DARK.text, places.prompt)


@pytest.mark.parametrize(
    ("state", "ground"),
    [(NONE, DARK.raised), (HOVERED, DARK.hover), (SELECTED, DARK.selection)],
)
def test_the_ground_tells_what_is_selected(
    delegate: CardDelegate, state: QStyle.StateFlag, ground: str
) -> None:
    image = card(delegate, done(1), state)
    detail = delegate.places(image.rect()).detail
    assert image.pixelColor(detail.left() - 3, detail.center().y()) == QColor(ground)


def test_the_focus_has_a_ring(delegate: CardDelegate) -> None:
    plain, focused = card(delegate, done(1)), card(delegate, done(1), FOCUSED)
    edge = delegate.places(plain.rect()).card.left(), plain.height() // 2
    assert plain.pixelColor(*edge) != QColor(DARK.accent)
    assert focused.pixelColor(*edge) == QColor(DARK.accent)


def test_the_other_theme_has_other_colours(delegate: CardDelegate) -> None:
    delegate.set_theme(LIGHT, Icons(LIGHT))
    image = card(delegate, a_job(1, JobState.FAILED), ground=LIGHT.pane)
    assert has(image, LIGHT.bad, delegate.places(image.rect()).icon)


@pytest.mark.parametrize("width", [250, 400])
def test_text_stays_on_its_card(
    delegate: CardDelegate, application: QApplication, width: int
) -> None:
    delegate.set_layout(CardLayout(application.font(), width))
    endless = a_job(1, JobState.QUEUED, "W" * 500 + " " + "many words " * 60)
    image = card(delegate, replace(endless, queue_position=123_456))
    places = delegate.places(image.rect())
    right = QRect(places.detail.right() + 1, places.state.top(), 5, places.card.height() // 3)
    assert {image.pixel(x, right.center().y()) for x in range(right.left(), right.right())} == {
        QColor(DARK.raised).rgb()
    }
    below = places.prompt.bottom() + 2
    line = {image.pixel(x, below) for x in range(places.prompt.left(), places.prompt.right())}
    assert line == {QColor(DARK.raised).rgb()}


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("is_row", [False, True])
def test_every_pixel_of_a_thumbnail_is_its_own(
    application: QApplication, ratio: float, is_row: bool
) -> None:
    del application
    place = QRect(8, 4, 160, 100)
    frame = frame_in_device_pixels(place.size(), ratio)
    # A board of single pixels: any scaling or shift by a part of one would turn it grey.
    board = QImage(frame, QImage.Format.Format_RGB32)
    for y in range(frame.height()):
        for x in range(frame.width()):
            board.setPixel(x, y, 0xFFFFFFFF if (x + y) % 2 else 0xFF000000)
    canvas = QImage(frame_in_device_pixels(QSize(180, 110), ratio), QImage.Format.Format_RGB32)
    canvas.setDevicePixelRatio(ratio)
    canvas.fill(QColor("red"))
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_thumbnail(painter, DARK, place, board, is_row=is_row, faded=False)
    painter.end()
    left, top = round(8 * ratio), round(4 * ratio)
    middle = canvas.copy(left + 20, top + 20, frame.width() - 40, frame.height() - 40)
    expected = board.copy(20, 20, frame.width() - 40, frame.height() - 40)
    assert middle == expected


@pytest.mark.parametrize("is_row", [False, True])
@pytest.mark.parametrize("top", range(0, 200, 7))
def test_no_half_of_a_thumbnail_is_lost(
    application: QApplication, top: int, *, is_row: bool
) -> None:
    del application
    place = QRect(12, top, 88, 73)
    picture = QImage(place.size(), QImage.Format.Format_RGB32)
    picture.fill(QColor("lime"))
    canvas = QImage(QSize(120, 300), QImage.Format.Format_RGB32)
    canvas.fill(QColor("red"))
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_thumbnail(painter, DARK, place, picture, is_row=is_row, faded=False)
    painter.end()
    middle = place.center()
    for spot in (
        QPoint(place.left() + 1, middle.y()),
        QPoint(place.right() - 1, middle.y()),
        QPoint(middle.x(), place.top() + 1),
        QPoint(middle.x(), place.bottom() - 1),
        place.bottomRight() if is_row else middle,
    ):
        assert canvas.pixelColor(spot).name() == "#00ff00"


def test_an_upright_picture_stands_in_the_middle(application: QApplication) -> None:
    del application
    upright = QImage(QSize(60, 100), QImage.Format.Format_RGB32)
    upright.fill(QColor("lime"))
    canvas = QImage(QSize(160, 100), QImage.Format.Format_RGB32)
    canvas.fill(QColor("red"))
    painter = QPainter(canvas)
    paint_thumbnail(painter, DARK, canvas.rect(), upright, is_row=False, faded=False)
    painter.end()
    row = [canvas.pixelColor(x, 50).name() for x in range(160)]
    assert row == [DARK.sunken] * 50 + ["#00ff00"] * 60 + [DARK.sunken] * 50


def test_a_picture_of_another_size_fills_the_place_meanwhile(application: QApplication) -> None:
    del application
    small = QImage(QSize(80, 50), QImage.Format.Format_RGB32)
    small.fill(QColor("lime"))
    canvas = QImage(QSize(160, 100), QImage.Format.Format_RGB32)
    canvas.fill(QColor("red"))
    painter = QPainter(canvas)
    paint_thumbnail(painter, DARK, canvas.rect(), small, is_row=False, faded=False)
    painter.end()
    assert [canvas.pixelColor(x, 50).name() for x in (2, 80, 157)] == ["#00ff00"] * 3


def test_a_running_time_on_a_card_is_noticed(delegate: CardDelegate) -> None:
    card(delegate, done(1))
    assert not delegate.take_ticking()
    card(delegate, a_job(1, JobState.QUEUED))
    assert delegate.take_ticking()
    assert not delegate.take_ticking()


def click(
    delegate: CardDelegate,
    job: Job,
    position: QPoint,
    kind: QEvent.Type = QEvent.Type.MouseButtonRelease,
    pressed_at: QPoint | None = None,
) -> bool:
    """Press and release on a card at (0, 0); whether the delegate took the release."""
    model = QStandardItemModel()
    item = QStandardItem()
    item.setData(job, LibraryRole.JOB)
    item.setData(job.id, LibraryRole.JOB_ID)
    model.appendRow(item)
    index = model.index(0, 0)
    option = QStyleOptionViewItem()
    option.rect = QRect(QPoint(0, 0), delegate.sizeHint(option, index))
    taken = False
    for step, place in (
        (QEvent.Type.MouseButtonPress, position if pressed_at is None else pressed_at),
        (kind, position),
    ):
        event = QMouseEvent(
            step,
            QPointF(place),
            QPointF(place),
            Qt.MouseButton.LeftButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        taken = delegate.editorEvent(event, model, option, index)
    return taken


def test_the_round_button_can_be_clicked(delegate: CardDelegate) -> None:
    heard: list[GlyphClicked] = []
    delegate.glyph_clicked.connect(heard.append)
    job = a_job(1, JobState.QUEUED)
    cell = QRect(QPoint(0, 0), delegate.sizeHint(QStyleOptionViewItem(), QModelIndex()))
    glyph = delegate.places(cell).glyph.center()
    assert click(delegate, job, glyph)
    assert heard == [GlyphClicked(job.id, Deed.CANCEL)]
    elsewhere = delegate.places(cell).prompt.center()
    assert not click(delegate, job, elsewhere)
    assert not click(delegate, job, glyph, pressed_at=elsewhere)
    assert not click(delegate, job, elsewhere, pressed_at=glyph)
    assert not click(delegate, done(1), glyph)
    assert len(heard) == 1


def test_the_round_button_says_what_it_does(delegate: CardDelegate, show: Show) -> None:
    view = show(QListView(), 300, 300)
    assert isinstance(view, QListView)
    model = QStandardItemModel()
    item = QStandardItem()
    item.setData("the whole card", Qt.ItemDataRole.ToolTipRole)
    model.appendRow(item)
    view.setModel(model)
    option = QStyleOptionViewItem()
    option.rect = QRect(QPoint(0, 0), delegate.sizeHint(option, model.index(0, 0)))
    places = delegate.places(option.rect)
    for job, place, hint in (
        (a_job(1, JobState.QUEUED), places.glyph, "Cancel"),
        (a_job(1, JobState.UNKNOWN), places.glyph, "Resolve the doubt"),
        (replace(a_job(1, JobState.EXPIRED), resting=True), places.glyph, "Try again"),
        (a_job(1, JobState.QUEUED), places.prompt, "the whole card"),
        (done(1), places.glyph, "the whole card"),
    ):
        item.setData(job, LibraryRole.JOB)
        event = QHelpEvent(QEvent.Type.ToolTip, place.center(), place.center())
        assert delegate.helpEvent(event, view, option, model.index(0, 0))
        assert QToolTip.text() == hint
    QToolTip.hideText()
