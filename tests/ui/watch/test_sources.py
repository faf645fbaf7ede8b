"""Clips and pictures as sources of images, and the store behind them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtTest import QSignalSpy

from dreamina_desktop.ui.background_thread import BackgroundThread
from dreamina_desktop.ui.watch.clip_source import ClipSource
from dreamina_desktop.ui.watch.frame_source import ClipBroke, ClipLength, FrameSource
from dreamina_desktop.ui.watch.still_source import StillSource
from tests.ui.conftest import Until
from tests.ui.watch.stage import FRAMES, HEIGHT, RATE, WIDTH, number_on

SIZE = (WIDTH, HEIGHT)


class Ear:
    """Keeps what a signal carried."""

    def __init__(self) -> None:
        self.broke: list[ClipBroke] = []
        self.opened: list[ClipLength] = []
        self.arrived = 0

    def on_arrived(self) -> None:
        self.arrived += 1


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    # A PNG by content, whatever its name says.
    path = tmp_path / "picture.jpg"
    Image.new("RGB", (400, 200), (200, 30, 60)).save(path, "PNG")
    return path


def test_a_clip_tells_its_length_and_hands_out_frames(
    frames: FrameSource, clip: Path, ear: Ear, until: Until
) -> None:
    source = ClipSource(frames, clip, WIDTH, HEIGHT)
    source.opened.connect(ear.opened.append)
    source.image_arrived.connect(ear.on_arrived)
    assert (source.width, source.height) == SIZE
    assert source.length is None
    assert source.shot(5, SIZE) is None
    until(lambda: ear.arrived > 0)
    assert ear.opened == [ClipLength(FRAMES, RATE)]
    shot = source.shot(5, SIZE)
    assert shot is not None
    assert shot.index == 5
    assert number_on(shot.image, shot.image.rect()) == 5
    assert source.length == ClipLength(FRAMES, RATE)
    assert len(ear.opened) == 1


def test_two_sources_of_one_clip(frames: FrameSource, clip: Path, ear: Ear, until: Until) -> None:
    first = ClipSource(frames, clip, WIDTH, HEIGHT)
    until(lambda: first.shot(0, SIZE) is not None)
    second = ClipSource(frames, clip, WIDTH, HEIGHT)
    second.opened.connect(ear.opened.append)
    assert second.shot(0, SIZE) is not None, "it is there already"
    assert ear.opened == [ClipLength(FRAMES, RATE)]


def test_a_source_hears_of_its_own_clip_only(
    frames: FrameSource, clip: Path, ear: Ear, until: Until, tmp_path: Path
) -> None:
    source = ClipSource(frames, clip, WIDTH, HEIGHT)
    other = ClipSource(frames, tmp_path / "gone.mp4", WIDTH, HEIGHT)
    source.broke.connect(ear.broke.append)
    other.image_arrived.connect(ear.on_arrived)
    spy = QSignalSpy(other.broke)
    other.shot(0, SIZE)
    until(lambda: spy.count() == 1 and source.shot(0, SIZE) is not None)
    assert ear.broke == []
    assert ear.arrived == 0


@pytest.mark.parametrize("is_missing", [True, False])
def test_a_clip_that_cannot_be_shown(
    frames: FrameSource, ear: Ear, until: Until, tmp_path: Path, *, is_missing: bool
) -> None:
    path = tmp_path / "broken.mp4"
    if not is_missing:
        path.write_bytes(b"<html>")
    source = ClipSource(frames, path, WIDTH, HEIGHT)
    source.broke.connect(ear.broke.append)
    source.shot(0, SIZE)
    until(lambda: bool(ear.broke))
    assert ear.broke[0].clip == path
    assert ear.broke[0].error.code == "clip_broken"
    assert ear.broke[0].is_missing is is_missing


def test_forgotten_clips_are_read_anew(
    frames: FrameSource, clip: Path, ear: Ear, until: Until, tmp_path: Path
) -> None:
    path = tmp_path / "late.mp4"
    source = ClipSource(frames, path, WIDTH, HEIGHT)
    source.broke.connect(ear.broke.append)
    source.shot(0, SIZE)
    until(lambda: bool(ear.broke))
    path.write_bytes(clip.read_bytes())
    frames.forget(path)
    until(lambda: source.shot(0, SIZE) is not None)


def test_warming_up_is_done_once(frames: FrameSource) -> None:
    frames.warm_up()
    frames.warm_up()


def test_a_picture(background: BackgroundThread, picture: Path, ear: Ear, until: Until) -> None:
    source = StillSource(background, picture, 400, 200)
    source.image_arrived.connect(ear.on_arrived)
    assert (source.width, source.height) == (400, 200)
    assert source.shot(0, (100, 50)) is None
    assert source.shot(0, (200, 100)) is None, "the size has changed meanwhile"
    until(lambda: ear.arrived > 0)
    shot = source.shot(3, (200, 100))
    assert shot is not None
    assert shot.index == 3
    assert (shot.image.width(), shot.image.height()) == (200, 100)
    assert QImage(shot.image).pixelColor(100, 50).getRgb()[:3] == (200, 30, 60)
    assert ear.arrived == 1


@pytest.mark.parametrize("is_missing", [True, False])
def test_a_picture_that_cannot_be_shown(
    background: BackgroundThread, ear: Ear, until: Until, tmp_path: Path, *, is_missing: bool
) -> None:
    path = tmp_path / "broken.png"
    if not is_missing:
        path.write_bytes(b"no picture")
    source = StillSource(background, path, 400, 200)
    source.broke.connect(ear.broke.append)
    source.shot(0, (10, 10))
    until(lambda: bool(ear.broke))
    assert ear.broke[0].is_missing is is_missing
    assert ear.broke[0].error.code == "clip_broken"
