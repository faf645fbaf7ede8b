"""Frame numbers and times as people read them."""

from __future__ import annotations

import pytest

from dreamina_desktop.ui.watch.play_position import PlayPosition, frame_text, time_text


@pytest.mark.parametrize(
    ("index", "rate", "text"),
    [
        (0, 24.0, "0:00.00"),
        (51, 24.0, "0:02.13"),
        (24, 24.0, "0:01.00"),
        (120, 24.0, "0:05.00"),
        (24, 24000 / 1001, "0:01.00"),
        (1439, 24.0, "0:59.96"),
        (1440, 24.0, "1:00.00"),
        (59_999, 1000.0, "1:00.00"),
        (5, 0.0, "0:00.00"),
    ],
)
def test_time(index: int, rate: float, text: str) -> None:
    assert time_text(index, rate) == text


def test_frames_are_counted_from_one() -> None:
    assert frame_text(PlayPosition(0, 121, 24.0)) == "1/121"
    assert frame_text(PlayPosition(120, 121, 24.0)) == "121/121"
    assert frame_text(PlayPosition()) == "–/–"


def test_what_is_played() -> None:
    whole = PlayPosition(5, 121, 24.0)
    assert (whole.first, whole.last) == (0, 120)
    part = PlayPosition(5, 121, 24.0, in_point=3, out_point=90)
    assert (part.first, part.last) == (3, 90)
    assert not PlayPosition(0, 1, 0.0).is_playable
    assert (PlayPosition().first, PlayPosition().last) == (0, 0)
