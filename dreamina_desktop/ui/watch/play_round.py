"""Where playing is so many frames later, whichever way it goes round."""

from __future__ import annotations

from dreamina_desktop.ui.watch.play_position import PlayMode, PlayPosition


def further(position: PlayPosition, steps: int) -> tuple[int, int, bool]:
    """The frame ``steps`` later, the direction (1 or -1) from there, and whether it ended there."""
    direction = 1 if position.speed > 0 else -1
    first, last = position.first, position.last
    index = position.index + steps * direction
    if first <= index <= last and position.mode is not PlayMode.PING_PONG:
        return index, direction, False
    match position.mode:
        case PlayMode.LOOP:
            return first + (index - first) % (last - first + 1), direction, False
        case PlayMode.ONCE:
            return (last if direction > 0 else first), direction, True
        case PlayMode.PING_PONG:
            return _to_and_fro(position, steps, direction)


def _to_and_fro(position: PlayPosition, steps: int, direction: int) -> tuple[int, int, bool]:
    """Both ends are shown once at each turn."""
    way = position.last - position.first
    if way == 0:
        return position.first, direction, False
    # Unfolded, there and back are one round.
    place = position.index - position.first
    begin = place if direction > 0 else -place
    place = (begin + steps) % (2 * way)
    if place < way:
        return position.first + place, 1, False
    return position.first + 2 * way - place, -1, False
