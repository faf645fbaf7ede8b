"""Small pictures of files, made one at a time, the latest wish first."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from dreamina_desktop.core.errors import PictureMissingError
from dreamina_desktop.core.picture import PictureView
from dreamina_desktop.core.picture_trouble import PictureTrouble
from dreamina_desktop.pictures.cancelled import PreparationCancelledError
from dreamina_desktop.ui.compose.glance import Glance
from dreamina_desktop.ui.compose.glances import SMALL, Glances
from dreamina_desktop.ui.side_threads import SideThreads
from tests.ui.conftest import Until
from tests.ui.drafts import SAMPLE, Counter, SlowBackground


class Eyes:
    """``Looking`` that shows a red pixel, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []
        self.cancelled: list[Callable[[], bool]] = []

    def look(
        self, path: Path, longest: int, cancelled: Callable[[], bool] | None = None
    ) -> PictureView | None:
        self.asked.append((path.name, longest))
        assert cancelled is not None
        if cancelled():
            raise PreparationCancelledError
        if path.name.startswith("bad"):
            return None
        return PictureView(1, 1, has_alpha=False, pixels=b"\xff\0\0")


@pytest.fixture
def pictures(application: QApplication, tmp_path: Path) -> list[Path]:
    del application
    found = [tmp_path / f"{number}.png" for number in range(100)]
    for path in found:
        path.write_bytes(SAMPLE.read_bytes())
    return found


@pytest.fixture
def slow(application: QApplication) -> SlowBackground:
    del application
    return SlowBackground()


def test_a_glance_is_made_once_and_kept(pictures: list[Path], slow: SlowBackground) -> None:
    eyes = Eyes()
    glances = Glances(eyes, slow)
    made = Counter(glances.glance_made)
    assert glances.glance(pictures[0]) is None
    assert glances.glance(pictures[0]) is None
    slow.step()
    assert not slow.waiting
    glance = glances.glance(pictures[0])
    assert made.last == glance
    assert glance is not None
    assert glance.image is not None
    assert glance.image.pixelColor(0, 0) == QColor("red")
    assert glance.facts is not None
    assert glance.facts.format == "PNG"
    assert eyes.asked == [("0.png", SMALL)]
    assert glances.glance(pictures[0], 400) is None
    slow.step()
    assert eyes.asked[1:] == [("0.png", 400)]


def test_the_latest_wish_comes_first_and_old_ones_lapse(
    pictures: list[Path], slow: SlowBackground
) -> None:
    eyes = Eyes()
    glances = Glances(eyes, slow)
    for path in pictures:
        glances.glance(path)
    while slow.waiting:
        slow.step()
    asked = [int(name.removesuffix(".png")) for name, _ in eyes.asked]
    assert asked == [0, *range(99, 35, -1)]
    # Asked for again it is made after all.
    assert glances.glance(pictures[10]) is None
    slow.step()
    assert glances.glance(pictures[10]) is not None


def test_nobody_waits_for_what_is_forgotten(pictures: list[Path], slow: SlowBackground) -> None:
    eyes = Eyes()
    glances = Glances(eyes, slow)
    made = Counter(glances.glance_made)
    for path in pictures[:3]:
        glances.glance(path)
    glances.forget(pictures[0])
    glances.forget(pictures[1])
    slow.step()
    slow.step()
    assert not slow.waiting
    assert [name for name, _ in eyes.asked] == ["0.png", "2.png"]
    assert made.count == 1
    # Wanted once more while it is being given up.
    glances.glance(pictures[0])
    glances.forget(pictures[0])
    glances.glance(pictures[0])
    slow.step()
    slow.step()
    assert glances.glance(pictures[0]) is not None
    glances.glance(pictures[5])
    glances.glance(pictures[6])
    glances.close()
    slow.step()
    assert not slow.waiting


def test_what_cannot_be_seen(tmp_path: Path, slow: SlowBackground) -> None:
    glances = Glances(Eyes(), slow)
    bad, gone = tmp_path / "bad.png", tmp_path / "gone.png"
    bad.write_bytes(SAMPLE.read_bytes())
    for path in (bad, gone, tmp_path):
        glances.glance(path)
        slow.step()
    seen = glances.glance(bad)
    assert seen is not None
    assert (seen.image, seen.trouble) == (None, None)
    assert glances.glance(gone) == Glance(gone, SMALL, trouble=PictureTrouble.GONE)
    assert glances.glance(tmp_path) == Glance(tmp_path, SMALL, trouble=PictureTrouble.FOLDER)


def test_a_second_look_leaves_the_first_until_it_is_made(
    pictures: list[Path], slow: SlowBackground
) -> None:
    glances = Glances(Eyes(), slow)
    glances.glance(pictures[0])
    slow.step()
    pictures[0].unlink()
    glances.look_again(pictures[0])
    glance = glances.glance(pictures[0])
    assert glance is not None
    assert glance.trouble is None
    slow.step()
    glance = glances.glance(pictures[0])
    assert glance is not None
    assert glance.trouble is PictureTrouble.GONE


def test_it_does_not_hold_up_the_window(
    pictures: list[Path], side: SideThreads, until: Until
) -> None:
    threads: list[int] = []

    class Far(Eyes):
        def look(
            self, path: Path, longest: int, cancelled: Callable[[], bool] | None = None
        ) -> PictureView | None:
            threads.append(threading.get_ident())
            if path == pictures[1]:
                raise PictureMissingError(str(path))
            return super().look(path, longest, cancelled)

    glances = Glances(Far(), side)
    for path in pictures[:2]:
        glances.glance(path)
    until(lambda: all(glances.glance(path) is not None for path in pictures[:2]))
    assert threading.get_ident() not in threads
