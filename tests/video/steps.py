"""What somebody does with a clip, at random: which frame is due after each step."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random


def steps(count: int, random: Random) -> Iterator[tuple[int, bool]]:
    """Without end: the frame (from 0) of a clip of so many, and whether it moves.

    Steps and leaps both ways, seeks, dragging here and there, playing either way at four rates,
    round the clip or between an in and an out point.
    """
    index = 0
    while True:
        match random.randrange(5):
            case 0:
                leap = random.choice((1, 1, 1, 10)) * random.choice((-1, 1))
                for _ in range(random.randrange(1, 6)):
                    index = min(max(0, index + leap), count - 1)
                    yield index, False
            case 1:
                index = random.choice((0, count - 1, random.randrange(count)))
                yield index, False
            case 2:
                for _ in range(random.randrange(12)):
                    index = min(max(0, index + random.randrange(-6, 7)), count - 1)
                    yield index, True
            case _:
                first = random.choice((0, 0, random.randrange(count)))
                length = random.randrange(1, count - first + 1)
                index = min(max(first, index), first + length - 1)
                for _ in range(random.randrange(1, 4)):
                    speed = random.choice((1, 1, 2, 4)) * random.choice((-1, 1))
                    for _ in range(random.randrange(1, 30)):
                        index = first + (index - first + speed) % length
                        yield index, True
