"""Dragging the crop in the larger view, as large as a 4K screen at 200 %, against a bare repaint.

python -m benchmarks.frame_drag
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

# Before Qt is loaded.
os.environ.setdefault("QT_SCALE_FACTOR", "2")

from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from benchmarks.figures import load, ms, share, verdict, where
from benchmarks.real_window import RealWindow, new_application, real_window, rest, settle, until
from dreamina_desktop.core.recipe import Fill, Frame
from dreamina_desktop.ui.compose.framing_canvas import FramingCanvas
from dreamina_desktop.ui.compose.framing_dialog import FramingDialog
from dreamina_desktop.ui.theme import DARK

MOVES = 60
SIDE = 4096, 3072
SCREEN = 1920, 1080
MOST = 0.016
FRAMES = (Frame("1:1"), Frame("9:16", Fill.BLUR), Frame("21:9", Fill.COLOUR, zoom=1.3))


class Bare(QWidget):
    """Paints one ready picture, and nothing else."""

    def __init__(self, canvas: FramingCanvas) -> None:
        super().__init__()
        ratio = canvas.devicePixelRatioF()
        self.resize(canvas.size())
        self._ready = QImage(canvas.size() * ratio, QImage.Format.Format_RGB32)
        self._ready.fill(QColor(DARK.accent))
        self._ready.setDevicePixelRatio(ratio)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        del event
        painter = QPainter(self)
        painter.drawImage(0, 0, self._ready)
        painter.end()


def main() -> None:
    print(where())
    application = new_application()
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "large.jpg"
        Image.effect_noise(SIDE, 60).convert("RGB").save(file, quality=90)
        with real_window(application, Path(name) / "profile") as window:
            measure(window, file)


def measure(window: RealWindow, file: Path) -> None:
    draft = window.furniture.draft
    draft.take_file(file)
    until(lambda: draft.view is not None and draft.picture.prepared is not None)
    window.furniture.compose.picture_panel.framing.open_larger()
    dialog = window.part(FramingDialog, "framingDialog")
    dialog.resize(*SCREEN)
    settle()
    canvas = dialog.stage.canvas
    bare = Bare(canvas)
    bare.show()
    rest(0.2)
    floor = median(timed(bare.repaint) for _ in range(MOVES))
    bare.close()
    size = canvas.size() * canvas.devicePixelRatioF()
    print(f"one move and its painting on {size.width()}x{size.height()}, {MOVES} of each; {load()}")
    print(f"  bare repaint: {ms(floor)}")
    for frame in FRAMES:
        draft.set_recipe(replace(draft.recipe, frame=frame))
        until(lambda: draft.picture.prepared is not None)
        taken = dragged(canvas)
        usual, long = median(taken), share(taken, 99)
        told = f"  {frame.shape} {frame.fill}: median {ms(usual)}, p99 {ms(long)}, "
        print(f"{told}ratio {usual / floor:.1f}; goal {ms(MOST)}: {verdict(usual, MOST)}")


def dragged(canvas: FramingCanvas) -> list[float]:
    """Seconds of each move with its painting."""
    middle = QPointF(canvas.rect().center())
    send(canvas, QEvent.Type.MouseButtonPress, middle)
    taken = []
    for step in range(MOVES + 5):
        at = middle + QPointF(step * 7 % 300, step * 5 % 200)

        def move(at: QPointF = at) -> None:
            send(canvas, QEvent.Type.MouseMove, at)
            canvas.repaint()

        taken.append(timed(move))
    send(canvas, QEvent.Type.MouseButtonRelease, middle)
    # The first ones scale the picture.
    return taken[5:]


def timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def send(canvas: FramingCanvas, kind: QEvent.Type, at: QPointF) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    is_up = kind is QEvent.Type.MouseButtonRelease
    button = none if kind is QEvent.Type.MouseMove else left
    held, keys = none if is_up else left, Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(kind, at, canvas.mapToGlobal(at), button, held, keys)
    QCoreApplication.sendEvent(canvas, event)


if __name__ == "__main__":
    main()
