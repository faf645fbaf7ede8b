"""Where playing is later: checked against walking there frame by frame."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dreamina_desktop.ui.watch.play_position import PlayMode, PlayPosition
from dreamina_desktop.ui.watch.play_round import further


def walk(position: PlayPosition, steps: int) -> tuple[int, bool]:
    """As a person would, one frame at a time."""
    index, direction = position.index, 1 if position.speed > 0 else -1
    for _ in range(steps):
        following = index + direction
        if position.first <= following <= position.last:
            index = following
        elif position.mode is PlayMode.ONCE:
            return index, True
        elif position.mode is PlayMode.LOOP:
            index = position.first if direction > 0 else position.last
        elif position.first < position.last:
            direction = -direction
            index += direction
    return index, False


@given(
    mode=st.sampled_from(PlayMode),
    points=st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12)),
    speed=st.sampled_from([1.0, -2.0]),
    pieces=st.lists(st.integers(0, 40), max_size=4),
)
def test_as_if_walked_in_pieces_of_any_size(
    mode: PlayMode, points: tuple[int, int, int], speed: float, pieces: list[int]
) -> None:
    first, index, last = sorted(points)
    position = PlayPosition(
        index, 13, 24.0, is_playing=True, in_point=first, out_point=last, speed=speed, mode=mode
    )
    wanted, is_over = walk(position, sum(pieces))
    ended = False
    for piece in pieces:
        found, direction, ended = further(position, piece)
        if ended:
            break
        position = replace(position, index=found, speed=abs(speed) * direction)
    else:
        found = position.index
    assert (found, ended) == (wanted, is_over)
