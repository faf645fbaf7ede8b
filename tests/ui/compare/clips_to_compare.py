"""Clips that differ in known ways, and eyes that read a comparison off a photograph."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import av
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QWidget

from dreamina_desktop.core.job import Clip, ClipKind, Job, JobSpec, JobState, SentPicture
from dreamina_desktop.ui.compare.compare_stage import CompareStage
from dreamina_desktop.ui.watch.viewed import Viewed
from tests.video.clips import BARS

WIDTH, HEIGHT = 160, 96
LONG, SHORT = 24, 18
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
DARK_LUMA, LIGHT_LUMA = 60, 150
SPEC = JobSpec("model", "the moon rises over calm waves", LONG, 4711, SentPicture("cup.png", "b"))


def grey(luma: int) -> int:
    """What a limited-range luma looks like, 0 … 255."""
    return round((luma - 16) * 255 / 219)


def plain_clip(path: Path, luma: int, *, width: int = WIDTH, height: int = HEIGHT) -> Path:
    """Three lossless frames of one grey."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("ffv1", rate=24)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for _ in range(3):
            frame = av.VideoFrame(width, height, "yuv420p")
            for plane, value in zip(frame.planes, (luma, 128, 128), strict=True):
                plane.update(bytes([value]) * plane.buffer_size)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def viewed(
    path: Path,
    frames: int,
    *,
    seed: int = 4711,
    prompt: str = SPEC.prompt,
    kind: ClipKind = ClipKind.VIDEO,
    width: int = WIDTH,
    height: int = HEIGHT,
) -> Viewed:
    clip = Clip(
        ordinal=0,
        kind=kind,
        address="https://clips.example/1",
        path=str(path),
        size=1,
        sha256="a" * 64,
        width=width,
        height=height,
        frames=frames,
        landed=True,
    )
    job = Job(
        id=path.name,
        state=JobState.DONE,
        realm="https://api.example",
        created=NOW,
        changed=NOW,
        spec=replace(SPEC, seed=seed, prompt=prompt, frames=frames),
        completed=NOW,
        cost=Decimal("0.40"),
        clips=(clip,),
    )
    return Viewed(job, clip)


def photograph(widget: QWidget) -> QImage:
    """The widget as it is on the screen, in pixels of the screen."""
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def grey_at(image: QImage, x: float, y: float) -> int:
    """How bright it is there, in shares of width and height."""
    colour = image.pixelColor(int(x * image.width()), int(y * image.height()))
    assert max(colour.red(), colour.green(), colour.blue()) - colour.green() <= 2
    return colour.green()


def number_on(image: QImage, place: QRect) -> int:
    """The frame number that a clip carries which stands there."""
    y = place.top() + place.height() // 4
    bits = [
        (image.pixel(place.left() + int((i + 0.5) * place.width() / BARS), y) >> 8) & 0xFF
        for i in range(BARS)
    ]
    assert all(not 60 < bit < 196 for bit in bits), bits
    return sum(1 << i for i, bit in enumerate(bits) if bit > 127)


def ready(stage: CompareStage) -> bool:
    """Whether both are there."""
    return stage.canvas.pair is not None and stage.canvas.is_complete


def note(stage: CompareStage) -> str:
    """What stands under the pictures."""
    label = stage.findChild(QLabel, "compareNote")
    return label.text() if label.isVisible() else ""
