"""The image that a clip gives to the screen is the frame that was asked for, always.

The last part of the way that ``tests/video/test_exactness.py`` goes: from a step to a QImage.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from random import Random

import pytest
from PySide6.QtWidgets import QApplication

from dreamina_desktop.ui.watch.clip_source import ClipSource
from dreamina_desktop.ui.watch.frame_source import FrameSource
from tests.ui.conftest import Until
from tests.ui.watch.stage import FRAMES, HEIGHT, LARGE, WIDTH, number_on
from tests.video.steps import steps

# 97 x 61: nothing is a multiple of anything.
SIZES = ((WIDTH, HEIGHT), (97, 61))
A_FRAME = WIDTH * HEIGHT * 3 // 2


@pytest.mark.parametrize("budget", [LARGE, 20 * A_FRAME], ids=["room", "no room"])
@pytest.mark.parametrize("size", SIZES)
def test_every_image_is_the_asked_one(
    application: QApplication, clip: Path, until: Until, size: tuple[int, int], budget: int
) -> None:
    del application
    frames = FrameSource(budget)
    source = ClipSource(frames, clip, WIDTH, HEIGHT)
    widths = set()
    for index, is_moving in islice(steps(FRAMES, Random(str(size))), 250):
        frames.set_moving(is_moving)
        until(lambda index=index: source.shot(index, size) is not None)
        shot = source.shot(index, size)
        assert shot is not None
        assert number_on(shot.image, shot.image.rect()) == shot.index == index
        if not is_moving:
            assert (shot.image.width(), shot.image.height()) == size
        widths.add(shot.image.width())
    half = {-(-size[0] // 2)}
    assert widths == ({size[0]} if budget == LARGE else {size[0], *half})
    frames.close()


def test_at_rest_it_is_told_that_exact_frames_are_to_be_had(
    application: QApplication, clip: Path, until: Until
) -> None:
    del application
    frames = FrameSource(20 * A_FRAME)
    source = ClipSource(frames, clip, WIDTH, HEIGHT)
    frames.set_moving(is_moving=True)
    told: list[None] = []
    source.image_arrived.connect(lambda: told.append(None))
    frames.set_moving(is_moving=True)
    assert not told
    frames.set_moving(is_moving=False)
    assert len(told) == 1
    frames.close()
