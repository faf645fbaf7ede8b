"""A clip against its picture, and what cannot be shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QSpinBox, QTextEdit, QToolButton

from dreamina_desktop.core.job import ClipKind
from tests.ui.compare.clips_to_compare import (
    DARK_LUMA,
    LIGHT_LUMA,
    grey,
    note,
    photograph,
    ready,
    viewed,
)
from tests.ui.compare.conftest import NewStage
from tests.ui.conftest import Until

type Two = tuple[Path, Path]


def two_tones(path: Path) -> Path:
    """Square: what the clip's shape cuts off is red, what stays is as light as the light clip."""
    image = QImage(200, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    light = grey(LIGHT_LUMA)
    kept = QRect(0, 40, 200, 120)
    for y in range(kept.top(), kept.bottom() + 1):
        for x in range(200):
            image.setPixelColor(x, y, QColor(light, light, light))
    image.save(str(path))
    return path


def test_the_first_frame_against_its_picture(
    new_stage: NewStage, plain: Two, tmp_path: Path, until: Until
) -> None:
    stage = new_stage()
    stage.compare_with_picture(viewed(plain[1], 3), two_tones(tmp_path / "sent.png"))
    until(lambda: ready(stage))
    assert note(stage) == "The picture is cropped to the clip's shape, as the model does it."
    assert stage.count == 3
    assert stage.canvas.lines[1] == "B · the picture · cup.png"
    assert not stage.findChild(QSpinBox, "compareOffsetSpin").isEnabled()
    stage.choice.difference()
    image = photograph(stage.canvas)
    place = stage.canvas.pair.frame(stage.canvas.pair.b)
    assert place.size() == stage.canvas.pair.a.target.size()
    for x, y in ((0.02, 0.05), (0.5, 0.5), (0.98, 0.95)):
        colour = image.pixelColor(
            place.left() + int(x * place.width()), place.top() + int(y * place.height())
        )
        assert max(colour.red(), colour.green(), colour.blue()) <= 3 * stage.choice.look.gain
    table = stage.findChild(QTextEdit, "compareDifferences")
    assert not table.isVisible()
    assert "picture" in stage.findChild(QToolButton, "compareDifferencesButton").toolTip()
    QTest.keyClick(stage.canvas, Qt.Key.Key_W)
    assert stage.canvas.lines[0] == "A · the picture · cup.png"
    assert stage.viewed.path == plain[1]


@pytest.mark.parametrize("content", [None, b"no picture at all"])
def test_a_picture_that_cannot_be_shown_leaves_the_clip(
    new_stage: NewStage, plain: Two, tmp_path: Path, until: Until, content: bytes | None
) -> None:
    stage = new_stage()
    broke = QSignalSpy(stage.broke)
    path = tmp_path / "sent.png"
    if content is not None:
        path.write_bytes(content)
    stage.compare_with_picture(viewed(plain[1], 3), path)
    until(lambda: ready(stage) and stage.canvas.pair.a.shot is not None)
    assert broke.count() == 1
    assert broke.at(0)[0].is_missing == (content is None)
    assert stage.canvas.lines[1] == "B · cannot be shown · the picture · cup.png"
    assert note(stage) == ""


def test_a_broken_clip_leaves_the_other(
    new_stage: NewStage, plain: Two, tmp_path: Path, until: Until
) -> None:
    stage = new_stage()
    broke = QSignalSpy(stage.broke)
    stage.compare(viewed(plain[0], 3), viewed(tmp_path / "gone.mp4", 3))
    until(lambda: broke.count() == 1)
    until(lambda: ready(stage) and stage.canvas.pair.a.shot is not None)
    image = photograph(stage.canvas)
    level = image.pixelColor(image.width() // 4, image.height() // 2).green()
    assert abs(level - grey(DARK_LUMA)) <= 2
    assert "cannot be shown" in stage.canvas.lines[1]


def test_models_that_answer_with_pictures(
    new_stage: NewStage, tmp_path: Path, until: Until
) -> None:
    stage = new_stage()
    path = two_tones(tmp_path / "answer.png")
    still = viewed(path, 0, kind=ClipKind.IMAGE, width=200, height=200)
    stage.compare(still, still)
    until(lambda: ready(stage))
    assert (stage.count, stage.frames_per_second) == (1, 0)
    assert note(stage) == ""


def test_what_was_asked_for_before_is_not_shown_after(
    new_stage: NewStage, plain: Two, tmp_path: Path, until: Until
) -> None:
    stage = new_stage()
    stage.compare_with_picture(viewed(plain[1], 3), two_tones(tmp_path / "sent.png"))
    stage.compare(viewed(plain[0], 3), viewed(plain[1], 3))
    until(lambda: ready(stage))
    assert not any(half.is_picture for half in stage.canvas.pair.halves)
