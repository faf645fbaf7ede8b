"""Loops in clips whose best one is known."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from dreamina_desktop.core.export_errors import (
    ClipUnreadableError,
    ExportCancelledError,
    FrameMissingError,
)
from dreamina_desktop.core.export_watch import ExportWatch
from dreamina_desktop.video import loop_finder
from dreamina_desktop.video.loop_finder import find_loop
from tests.video.films import Pixels, cancelled_after, make_film, moving


def turning(count: int, period: int, drift: float = 0.0) -> list[Pixels]:
    """A spot that runs in a circle, once in ``period`` frames; with drift in a spiral."""
    y, x = np.mgrid[0:64, 0:96]
    pictures = []
    for number in range(count):
        angle = 2 * np.pi * number / period
        radius = 20 + drift * number
        across, down = 48 + radius * np.cos(angle), 32 + radius * np.sin(angle)
        spot = 220 * np.exp(-((x - across) ** 2 + (y - down) ** 2) / 60)
        pictures.append(np.repeat(spot[:, :, None], 3, axis=2).astype(np.uint8))
    return pictures


def swinging(count: int, period: int) -> list[Pixels]:
    """A pendulum: it passes each place twice, in both directions."""
    y, x = np.mgrid[0:64, 0:96]
    places = [48 + 30 * np.sin(2 * np.pi * number / period) for number in range(count)]
    return [
        np.repeat(
            (220 * np.exp(-((x - place) ** 2 + (y - 32) ** 2) / 60))[:, :, None], 3, axis=2
        ).astype(np.uint8)
        for place in places
    ]


def test_a_turn_is_found_and_no_frame_is_shown_twice(tmp_path: Path) -> None:
    clip = make_film(tmp_path / "clip.mp4", turning(50, period=20))
    loop = find_loop(clip, shortest=15)
    assert (loop.last - loop.first + 1) % 20 == 0
    assert loop.last - loop.first + 1 == 40
    assert loop.is_seamless


def test_where_nothing_comes_back_the_seam_is_told(tmp_path: Path) -> None:
    seamless = find_loop(make_film(tmp_path / "1.mp4", turning(40, period=20)), 15)
    spiral = find_loop(make_film(tmp_path / "2.mp4", turning(40, period=20, drift=0.4)), 15)
    away = find_loop(make_film(tmp_path / "3.mp4", moving(40)), 15)
    assert seamless.seam < spiral.seam < away.seam
    assert spiral.last - spiral.first + 1 == pytest.approx(20, abs=1)
    assert not away.is_seamless


def test_the_same_place_in_another_direction_is_no_good_seam(tmp_path: Path) -> None:
    clip = make_film(tmp_path / "clip.mp4", swinging(60, period=24))
    loop = find_loop(clip, shortest=6)
    assert (loop.last - loop.first + 1) % 24 == 0


def test_a_still_clip_loops_as_a_whole(tmp_path: Path) -> None:
    clip = make_film(tmp_path / "clip.mp4", moving(1) * 12)
    loop = find_loop(clip, shortest=3)
    assert (loop.first, loop.last) == (0, 11)
    assert loop.is_seamless


@pytest.mark.parametrize("shortest", [3, 12, 29, 30])
def test_no_loop_is_shorter_than_wanted(tmp_path: Path, shortest: int) -> None:
    clip = make_film(tmp_path / "clip.mp4", turning(30, period=8))
    loop = find_loop(clip, shortest)
    assert shortest <= loop.last - loop.first + 1 <= 30
    assert 0 <= loop.first < loop.last <= 29


def test_a_long_clip_takes_bounded_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop_finder, "_MOST_FRAMES", 70)
    monkeypatch.setattr(loop_finder, "_MOST_POINTS", 20)
    clip = make_film(tmp_path / "clip.mp4", turning(90, period=29))
    told: list[tuple[int, int]] = []
    loop = find_loop(clip, 20, ExportWatch(lambda *at: told.append(at)))
    assert (loop.last - loop.first + 1) % 29 == 0
    assert loop.is_seamless
    assert loop.last < 70
    assert told[-1] == (70, 70)
    assert all(before <= after for before, after in pairwise(told))


def test_what_cannot_be_searched(tmp_path: Path) -> None:
    clip = make_film(tmp_path / "clip.mp4", moving(8))
    with pytest.raises(FrameMissingError) as caught:
        find_loop(clip, 9)
    assert caught.value.count == 8
    with pytest.raises(ExportCancelledError):
        find_loop(clip, 3, ExportWatch(is_cancelled=cancelled_after(4)))
    clip.write_bytes(b"words")
    with pytest.raises(ClipUnreadableError):
        find_loop(clip)
