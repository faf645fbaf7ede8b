"""How the wall looks: what is on it, in words and in colours, sharp at every scale."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage

from dreamina_desktop.core.job import Job
from dreamina_desktop.core.mark import Mark
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import DARK, LIGHT
from dreamina_desktop.ui.wall.lockstep import Waiting
from dreamina_desktop.ui.wall.waiting_note import WaitingNote
from tests.ui.conftest import Until
from tests.ui.wall.conftest import NewWall
from tests.ui.wall.wall_desk import WallDesk, marked, running


def note_of(desk: WallDesk) -> WaitingNote:
    found = desk.wall.findChild(WaitingNote, "wallWaiting")
    assert found is not None
    return found


def colours(image: QImage, place: QRect) -> set[str]:
    part = image.copy(place)
    return {part.pixelColor(x, y).name() for x in range(part.width()) for y in range(part.height())}


def brightness(image: QImage, place: QRect) -> float:
    """Of the lower half, which is a grey ramp; where no label is."""
    part = image.copy(place)
    y = part.height() * 2 // 3
    values = [part.pixelColor(x, y).lightness() for x in range(part.width())]
    return sum(values) / len(values)


def around(desk: WallDesk, number: int) -> QPoint:
    """A pixel of the ring."""
    place = desk.place(number)
    return QPoint(place.left() - 1, place.center().y())


def test_the_current_tile_has_a_ring_of_the_accent(
    new_wall: NewWall, nine: tuple[Job, ...]
) -> None:
    desk = new_wall(nine[:4])
    image = desk.photograph()
    rings = [image.pixelColor(around(desk, n)) == QColor(DARK.accent) for n in range(1, 5)]
    assert rings == [True, False, False, False]
    desk.tile(1).clearFocus()
    image = desk.photograph()
    assert image.pixelColor(around(desk, 1)) == QColor(DARK.disabled)


def test_marks_stand_on_the_tile_and_what_is_rejected_steps_back(
    new_wall: NewWall, nine: tuple[Job, ...], until: Until
) -> None:
    desk = new_wall((nine[0], marked(nine[1], Mark.STARRED), marked(nine[2], Mark.REJECTED)))
    image = desk.photograph()
    plain, starred, rejected = (desk.place(number) for number in (1, 2, 3))
    corner = QRect(-80, 4, 76, 18)
    marks = [
        colours(image, corner.translated(place.topRight())) for place in (plain, starred, rejected)
    ]
    assert DARK.warning in marks[1]
    # Thin strokes: none of their pixels is of the pure colour.
    assert any(QColor(name).red() > 2 * QColor(name).green() for name in marks[2])
    assert all(QColor(name).hslSaturation() < 20 for name in marks[0])
    assert brightness(image, starred) == pytest.approx(brightness(image, plain), abs=2)
    assert brightness(image, rejected) < 0.7 * brightness(image, plain)
    # Looked at alone it is shown as it is.
    desk.press(desk_key(3))
    until(lambda: desk.is_ready)
    assert brightness(desk.photograph(), desk.place(3)) > brightness(image, plain) / 1.2


def desk_key(number: int) -> Qt.Key:

    return Qt.Key(Qt.Key.Key_0 + number)


def test_pictures_are_painted_pixel_for_pixel(new_wall: NewWall, nine: tuple[Job, ...]) -> None:
    desk = new_wall(nine)
    image = desk.photograph()
    for number, hung in enumerate(desk.canvas._hung, 1):
        assert hung.picture is not None
        assert hung.picture.shot is not None
        part = QRect(0, 0, hung.place.width(), hung.place.height() - 30)
        shown = image.copy(hung.place).copy(part)
        assert shown == hung.picture.shot.image.copy(part).convertToFormat(shown.format()), number


def test_a_take_being_made_has_its_tile_and_its_time(
    new_wall: NewWall, nine: tuple[Job, ...]
) -> None:
    desk = new_wall((nine[0], running(2)), 700, 300)
    found = colours(desk.photograph(), desk.place(2))
    assert {DARK.pane, DARK.accent, DARK.text} <= found
    assert desk.canvas._second.is_active
    desk.wall.set_takes(nine[:2])
    desk.canvas._second.passed.emit()
    assert not desk.canvas._second.is_active


def test_it_says_that_it_waits_and_how_far_it_is(
    new_wall: NewWall, nine: tuple[Job, ...], until: Until
) -> None:
    desk = new_wall(nine)
    note = note_of(desk)
    assert not note.isVisible()
    assert note.text == ""
    note.tell(Waiting(0.42))
    # Not at once: most waits are over before anybody would have read it.
    assert not note.isVisible()
    until(note.isVisible)
    assert note.accessibleName() == "Getting the takes ready, 42 %"
    assert {DARK.raised, DARK.accent, DARK.text} <= colours(desk.photograph(), note.geometry())
    note.tell(None)
    assert not note.isVisible()


def test_while_it_fills_the_share_grows_to_the_end(
    new_wall: NewWall, nine: tuple[Job, ...], until: Until
) -> None:
    desk = new_wall(nine, waits=False)
    shares: list[float] = []
    desk.lockstep.waiting_changed.connect(
        lambda: shares.append(1.0 if desk.lockstep.waiting is None else desk.lockstep.waiting.share)
    )
    until(lambda: desk.is_ready)
    assert shares[-1] == 1
    assert shares == sorted(shares)


def test_another_theme_is_another_ground(new_wall: NewWall, nine: tuple[Job, ...]) -> None:
    desk = new_wall(nine[:2])
    assert desk.photograph().pixelColor(280, 4) == QColor(DARK.sunken)
    desk.wall.set_theme(LIGHT, Icons(LIGHT))
    assert desk.photograph().pixelColor(280, 4) == QColor(LIGHT.sunken)
    found = colours(desk.photograph(), desk.place(1).adjusted(0, 80, 0, 0))
    assert LIGHT.text in found


def test_a_wall_with_a_picture_in_it_keeps_step(
    new_wall: NewWall, nine: tuple[Job, ...], tmp_path: Path, until: Until
) -> None:
    from dreamina_desktop.core.job import ClipKind
    from tests.ui.watch.stage import clip_of, job_of

    path = tmp_path / "still.png"
    still = QImage(160, 96, QImage.Format.Format_RGB32)
    still.fill(QColor("#336699"))
    assert still.save(str(path))
    desk = new_wall((nine[0], job_of(clip_of(path, ClipKind.IMAGE), job_id="still")))
    desk.playback.seek(6)
    until(lambda: desk.lockstep.shown == 6)
    assert desk.photograph().pixelColor(desk.place(2).center()) == QColor("#336699")
