"""Frames that a person draws: always one of the model's shapes, always as near as there is room."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreamina_desktop.core.cutout import MOST_ZOOM, Cutout, Framer
from dreamina_desktop.core.framing import frame_picture
from dreamina_desktop.core.recipe import Fill, Frame, Recipe
from tests.core.specs import real_spec

SIZES = real_spec().output_sizes
SHAPES = [size.shape for size in SIZES]

sides = st.integers(100, 9000)
shares = st.floats(-0.5, 1.5)
frames = st.builds(
    Frame,
    shape=st.sampled_from(SHAPES),
    fill=st.sampled_from(Fill),
    centre_x=shares,
    centre_y=shares,
    zoom=st.floats(0.5, 12),
)


def framer(width: int, height: int) -> Framer:
    return Framer(width, height, SIZES)


@given(sides, sides, frames)
def test_the_model_takes_nothing_from_a_cutout(width: int, height: int, frame: Frame) -> None:
    cutout = framer(width, height).cutout(frame)
    expected = frame_picture(cutout.width, cutout.height, SIZES)
    assert expected.output.shape == frame.shape
    assert expected.lost == 0


@given(sides, sides, frames)
def test_a_crop_stays_inside_and_bars_hold_what_they_can(
    width: int, height: int, frame: Frame
) -> None:
    cutout = framer(width, height).cutout(frame)
    for start, length, room in (
        (cutout.left, cutout.width, width),
        (cutout.top, cutout.height, height),
    ):
        if length <= room:
            assert 0 <= start <= room - length
        else:
            assert room - length <= start <= 0
            assert frame.fill is not Fill.CROP
    assert 0 <= cutout.lost(width, height) < 1


@pytest.mark.parametrize(
    ("frame", "cutout"),
    [
        (Frame("16:9"), Cutout(5, 37, 53, 30, 17)),
        (Frame("1:1"), Cutout(312, 0, 975, 1, 1)),
        (Frame("1:1", centre_x=0), Cutout(0, 0, 975, 1, 1)),
        (Frame("1:1", centre_x=1, centre_y=1, zoom=2), Cutout(1112, 487, 488, 1, 1)),
        (Frame("1:1", Fill.BLUR), Cutout(0, -312, 1600, 1, 1)),
    ],
)
def test_cutouts_of_one_picture(frame: Frame, cutout: Cutout) -> None:
    assert framer(1600, 975).cutout(frame) == cutout


def test_what_is_lost() -> None:
    assert Cutout(312, 0, 975, 1, 1).lost(1600, 975) == pytest.approx(1 - 975 / 1600)
    assert Cutout(0, -312, 1600, 1, 1).lost(1600, 975) == 0


@given(sides, sides, frames, st.integers(-3000, 3000), st.integers(-3000, 3000))
def test_a_cutout_follows_the_hand_until_the_edge(
    width: int, height: int, frame: Frame, across: int, down: int
) -> None:
    desk = framer(width, height)
    before = desk.cutout(frame)
    moved = desk.moved(frame, across, down)
    after = desk.cutout(moved)
    assert (after.width, after.height) == (before.width, before.height)
    assert after.left == before.left + across or after.left in _edges(after.width, width)
    assert after.top == before.top + down or after.top in _edges(after.height, height)
    # No dead way back after the edge.
    back = desk.cutout(desk.moved(moved, -1 if across > 0 else 1, 0))
    room = abs(width - after.width)
    assert back.left != after.left or room == 0 or after.left in _edges(after.width, width)


def _edges(length: int, room: int) -> tuple[int, int]:
    return (0, room - length)


@given(st.floats(0.1, 4), st.floats(0, 1), st.floats(0, 1))
def test_zooming_keeps_what_is_under_the_hand(
    factor: float, share_x: float, share_y: float
) -> None:
    desk = framer(3000, 3000)
    frame = Frame("1:1", zoom=2)
    before = desk.cutout(frame)
    at_x = before.left + share_x * before.width
    at_y = before.top + share_y * before.height
    after = desk.cutout(desk.zoomed(frame, factor, at_x, at_y))
    for start, length, at, share in (
        (after.left, after.width, at_x, share_x),
        (after.top, after.height, at_y, share_y),
    ):
        wanted = at - share * length
        assert abs(start - min(max(wanted, 0), 3000 - length)) <= 1


def test_zoom_has_two_ends() -> None:
    desk = framer(3000, 3000)
    frame = Frame("4:3")
    assert desk.zoomed(frame, 0.01, 5, 5).zoom == 1
    assert desk.zoomed(frame, 1000, 5, 5).zoom == MOST_ZOOM


def test_snapping_to_the_centre_and_to_thirds() -> None:
    desk = framer(3000, 3000)
    near_third = Frame("1:1", zoom=2, centre_x=0.34, centre_y=0.498)
    snap = desk.snapped(near_third, reach=25)
    assert (snap.line_x, snap.line_y) == (1 / 3, 1 / 2)
    assert snap.frame == replace(near_third, centre_x=1 / 3, centre_y=1 / 2)
    far = Frame("1:1", zoom=2, centre_x=0.42, centre_y=0.58)
    assert desk.snapped(far, reach=25).frame == far


def test_a_line_that_the_edge_keeps_out_of_reach_snaps_nothing() -> None:
    desk = framer(3000, 1500)
    # A cutout as high as the picture has but one place up and down: its centre.
    snap = desk.snapped(Frame("1:1", centre_x=0.26), reach=2000)
    assert (snap.line_x, snap.line_y) == (1 / 3, 1 / 2)
    low = desk.snapped(Frame("1:1", zoom=1.05, centre_x=0.2, centre_y=0.9), reach=10)
    assert low.line_x is None
    assert low.line_y is None


def test_pictures_too_small_for_a_shape() -> None:
    small = framer(60, 60)
    assert (small.width, small.height) == (60, 60)
    assert not small.can_frame("21:9")
    assert small.can_frame("16:9")
    assert small.cutout(Frame("16:9", Fill.COLOUR)).width == 120
    with pytest.raises(ValueError, match="0"):
        framer(0, 5)
    with pytest.raises(KeyError):
        small.cutout(Frame("2:1"))


def test_what_cures() -> None:
    assert not Recipe().cures
    assert Recipe(mended=True).cures
    assert Recipe(frame=Frame("1:1")).cures
