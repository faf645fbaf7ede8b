"""Two halves that never show frames which do not belong together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPointF, QRect, Signal
from PySide6.QtGui import QImage

from dreamina_desktop.ui.compare.compare_look import CompareLook, CompareMode
from dreamina_desktop.ui.compare.half import Half
from dreamina_desktop.ui.compare.pair import Pair
from dreamina_desktop.ui.watch.source import Shot

AREA = QRect(0, 0, 320, 240)
LOOK = CompareLook()


class Reel(QObject):
    """A source whose frames are there when the test says so; ``share`` of the size, if little."""

    image_arrived = Signal()

    def __init__(self, width: int = 640, height: int = 480) -> None:
        super().__init__()
        self.width, self.height = width, height
        self.there: set[int] = set()
        self.sizes: set[tuple[int, int]] | None = None
        self.share = 1
        self.asked: list[int] = []

    def shot(self, index: int, size: tuple[int, int]) -> Shot | None:
        self.asked.append(index)
        if index not in self.there or (self.sizes is not None and size not in self.sizes):
            return None
        width, height = (side // self.share for side in size)
        return Shot(index, QImage(width, height, QImage.Format.Format_RGB32))


def half(source: Reel, count: int = 30, *, is_picture: bool = False) -> Half:
    return Half(source, Path("clip.mp4"), "seed 1", count, is_picture=is_picture)


@pytest.fixture
def reels() -> tuple[Reel, Reel]:
    return Reel(), Reel()


@pytest.fixture
def pair(reels: tuple[Reel, Reel]) -> Pair:
    pair = Pair(half(reels[0]), half(reels[1]))
    pair.arrange(AREA, LOOK)
    pair.settle()
    return pair


def shown(pair: Pair) -> tuple[int | None, ...]:
    return tuple(half.shot.index if half.shot else None for half in pair.halves)


def test_both_or_neither(pair: Pair, reels: tuple[Reel, Reel]) -> None:
    a, b = reels
    a.there, b.there = {4, 5}, {4}
    assert pair.look_for(4)
    assert not pair.look_for(5)
    assert shown(pair) == (4, 4)
    a.there, b.there = {4}, {4, 6}
    assert not pair.look_for(6)
    assert shown(pair) == (4, 4)
    assert a.asked[-1] == b.asked[-1] == 6, "both are made at the same time"
    a.there = {6}
    assert pair.look_for(6)
    assert shown(pair) == (6, 6)


def test_one_that_is_broken_does_not_keep_the_other(pair: Pair, reels: tuple[Reel, Reel]) -> None:
    reels[0].there = {0, 1}
    assert not pair.look_for(1)
    pair.b.is_broken = True
    assert pair.look_for(1)
    assert shown(pair) == (1, None)
    assert pair.is_shown


def test_offset_and_ends(reels: tuple[Reel, Reel]) -> None:
    pair = Pair(half(reels[0], 10), half(reels[1], 20))
    pair.arrange(AREA, replace(LOOK, offset=3))
    assert pair.indices(0) == (0, 3)
    assert pair.indices(12) == (9, 15)
    assert pair.count == 17
    pair.arrange(AREA, replace(LOOK, offset=-3))
    assert pair.indices(0) == (0, 0)
    assert pair.indices(22) == (9, 19)
    assert pair.count == 23


def test_the_old_size_plays_on_while_the_new_one_is_made(
    pair: Pair, reels: tuple[Reel, Reel]
) -> None:
    for reel in reels:
        reel.there = {0, 1, 2}
        reel.sizes = {(320, 240)}
    assert pair.look_for(0)
    pair.arrange(QRect(0, 0, 160, 120), LOOK)
    assert not pair.a.is_settled
    pair.settle()
    assert pair.look_for(0)
    assert pair.look_for(1)
    assert pair.a.shot.image.width() == 320
    for reel in reels:
        reel.sizes = {(160, 120)}
    assert pair.look_for(1)
    assert pair.a.shot.image.width() == 160


def test_half_the_size_for_lack_of_memory_is_made_good(
    pair: Pair, reels: tuple[Reel, Reel]
) -> None:
    for reel in reels:
        reel.there = {0, 1}
        reel.share = 2
    assert pair.look_for(1)
    assert pair.a.shot.image.width() == 160
    for reel in reels:
        reel.share = 1
    assert pair.look_for(1)
    assert pair.a.shot.image.width() == 320


def test_enlarged_clips_are_not_decoded_larger_than_they_are(
    pair: Pair, reels: tuple[Reel, Reel]
) -> None:
    for reel in reels:
        reel.there = {0}
    for factor in (2, 4):
        pair.zoom_by(factor, QPointF(160, 120))
    pair.settle()
    assert pair.look_for(0)
    assert pair.a.target.width() == 8 * 320
    assert pair.a.shot.image.width() == 640
    assert pair.is_cut


def test_zooming_stops_at_what_one_wants_exactly(pair: Pair) -> None:
    middle = QPointF(160, 120)
    pair.zoom_by(1.9, middle)
    pair.zoom_by(1.9, middle)
    assert pair.zoom.scale == pair.actual_scale == 2
    for _ in range(40):
        pair.zoom_by(1.9, middle)
    assert pair.zoom.scale == 32
    for _ in range(40):
        pair.zoom_by(0.5, middle)
    assert pair.zoom.scale == 1
    assert not pair.is_cut


def test_what_is_enlarged_stays_as_large_in_less_room(pair: Pair) -> None:
    pair.zoom_by(9, QPointF(160, 120))
    assert pair.a.target.width() == 640
    pair.arrange(AREA, replace(LOOK, mode=CompareMode.SIDE_BY_SIDE))
    assert pair.a.target.width() == pair.b.target.width() == 640
    pair.arrange(QRect(0, 0, 1600, 1200), LOOK)
    assert pair.a.target.width() == 640
    pair.fit()
    assert pair.a.target.width() == 1600


def test_side_by_side_both_have_the_same_room() -> None:
    pair = Pair(half(Reel()), half(Reel()))
    for area in (AREA, QRect(0, 0, 321, 241)):
        for is_stacked in (False, True):
            pair.arrange(area, replace(LOOK, mode=CompareMode.SIDE_BY_SIDE, is_stacked=is_stacked))
            one, other = pair.rooms
            assert one.size() == other.size()
            assert not one.intersects(other)
            assert area.contains(one)
            assert area.contains(other)


def test_a_picture_is_seen_as_the_model_sees_it() -> None:
    pair = Pair(half(Reel()), half(Reel(1000, 1000), 1, is_picture=True))
    pair.arrange(AREA, LOOK)
    assert pair.b.target == QRect(0, -40, 320, 320)
    assert pair.frame(pair.b) == pair.a.target == AREA
    assert pair.is_cropped
    pair.swap()
    assert pair.a.target == QRect(0, -40, 320, 320)
    assert pair.b.target == AREA
    nearly = Pair(half(Reel()), half(Reel(1000, 751), 1, is_picture=True))
    nearly.arrange(AREA, LOOK)
    assert nearly.b.target == AREA
    assert not nearly.is_cropped
