"""What the watch tests share: jobs with real clips, and eyes that read a number off a widget."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QWidget

from dreamina_desktop.core.job import Clip, ClipKind, Job, JobSpec, JobState, SentPicture
from dreamina_desktop.ui.watch.canvas import Canvas
from dreamina_desktop.ui.watch.watch_pane import WatchPane
from tests.video.clips import BARS

WIDTH, HEIGHT, FRAMES, RATE = 160, 96, 48, 24.0
LARGE = 2**28
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def clip_of(path: Path, kind: ClipKind = ClipKind.VIDEO, frames: int = FRAMES) -> Clip:
    return Clip(
        ordinal=0,
        kind=kind,
        address="https://clips.example/1",
        path=str(path),
        size=1,
        sha256="a" * 64,
        width=WIDTH,
        height=HEIGHT,
        frames=frames if kind is ClipKind.VIDEO else 0,
        landed=True,
    )


def job_of(*clips: Clip, job_id: str = "job", state: JobState = JobState.DONE) -> Job:
    return Job(
        id=job_id,
        state=state,
        realm="https://api.example",
        created=NOW,
        changed=NOW,
        spec=JobSpec(
            "model", "Steam <rises> & drifts", 121, 4711, SentPicture("cup.png", "b" * 64)
        ),
        request_id="7f1a9a62",
        submitted=NOW,
        completed=NOW if clips else None,
        cost=Decimal("0.40") if clips else None,
        clips=clips,
    )


def photograph(widget: QWidget) -> QImage:
    """The widget as it is on the screen, in pixels of the screen."""
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def picture_place(image: QImage) -> QRect:
    """Where a clip of the usual shape stands on a canvas that fills ``image``."""
    scale = min(image.width() / WIDTH, image.height() / HEIGHT)
    width, height = round(WIDTH * scale), round(HEIGHT * scale)
    return QRect((image.width() - width) // 2, (image.height() - height) // 2, width, height)


def number_on(image: QImage, place: QRect | None = None) -> int:
    """The frame number that a photograph of a canvas carries."""
    place = place or picture_place(image)
    y = place.top() + place.height() // 4
    bits = [
        (image.pixel(place.left() + int((i + 0.5) * place.width() / BARS), y) >> 8) & 0xFF
        for i in range(BARS)
    ]
    assert all(not 60 < bit < 196 for bit in bits), bits
    return sum(1 << i for i, bit in enumerate(bits) if bit > 127)


def canvas_of(pane: WatchPane) -> Canvas:
    found = pane.findChild(Canvas, "player")
    assert found is not None
    return found


def shown(pane: WatchPane) -> int | None:
    """The number that stands on the stage; None for none."""
    image = photograph(canvas_of(pane))
    place = picture_place(image)
    corner = image.pixelColor(place.left() + place.width() // 2, place.top() + place.height() - 3)
    ground = image.pixelColor(image.width() // 2, 2)
    return None if corner == ground else number_on(image, place)


def words_on(pane: WatchPane, name: str = "stageText") -> str:
    found = pane.findChild(QLabel, name)
    assert found is not None
    return found.text() if found.isVisible() else ""


def frame_label(pane: WatchPane) -> str:
    found = pane.findChild(QLabel, "frameLabel")
    assert found is not None
    return found.text()
