"""One frame as a PNG, read by readers that did not write it."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QImage

from dreamina_desktop.core.export_errors import (
    ClipUnreadableError,
    FrameMissingError,
    OutputTakenError,
)
from dreamina_desktop.video.still_file import save_still, still_png
from tests.video.films import Film, make_film, moving, psnr, read


@pytest.mark.parametrize("index", [0, 5, 11])
def test_the_frame_that_was_asked_for_at_full_resolution(tmp_path: Path, index: int) -> None:
    clip = make_film(tmp_path / "clip.mp4", moving(12))
    made = save_still(clip, index, tmp_path / "frame.png")
    found = cv2.imread(str(made.path)).astype(np.uint8)
    frames = read(clip).frames
    assert found.shape == frames[index].shape == (64, 96, 3)
    likeness = [psnr(found, frame) for frame in frames]
    assert max(likeness) == likeness[index] >= 40
    assert made.bytes == made.path.stat().st_size
    shown = QImage(str(made.path))
    assert (shown.width(), shown.height()) == (made.width, made.height) == (96, 64)
    assert still_png(clip, index) == made.path.read_bytes()


def test_an_odd_size_is_kept(tmp_path: Path) -> None:
    film = Film("libvpx-vp9", options={"crf": "10", "b:v": "0", "cpu-used": "8"})
    clip = make_film(tmp_path / "odd.webm", moving(2, 97, 65), film)
    with Image.open(io.BytesIO(still_png(clip, 1))) as image:
        image.load()
        assert (image.format, image.mode, image.size) == ("PNG", "RGB", (97, 65))


def test_never_over_another_file(tmp_path: Path) -> None:
    clip = make_film(tmp_path / "clip.mp4", moving(2))
    target = tmp_path / "frame.png"
    target.write_bytes(b"mine")
    with pytest.raises(OutputTakenError):
        save_still(clip, 0, target)
    made = save_still(clip, 0, target, finds_name=True)
    assert made.path == tmp_path / "frame (2).png"
    assert target.read_bytes() == b"mine"
    assert not list(tmp_path.glob("*.part"))


def test_what_is_not_there(tmp_path: Path) -> None:
    clip = make_film(tmp_path / "clip.mp4", moving(2))
    for index in (-1, 2):
        with pytest.raises(FrameMissingError):
            save_still(clip, index, tmp_path / "frame.png")
    clip.write_bytes(b"words")
    with pytest.raises(ClipUnreadableError):
        still_png(clip, 0)
    assert not (tmp_path / "frame.png").exists()
