"""The verdict after a drop of a large JPEG file, against reading its header.

python -m benchmarks.drop_verdict
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median

from PIL import Image
from PySide6.QtCore import QCoreApplication, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from benchmarks.figures import load, ms, verdict, where
from benchmarks.real_window import RealWindow, new_application, real_window, settle, until
from dreamina_desktop.ui.compose.verdict_list import VerdictList

SIDE = 4096
ROUNDS = 7
MOST = 0.005


def main() -> None:
    print(where())
    application = new_application()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [folder / f"large-{number}.jpg" for number in range(ROUNDS + 1)]
        noise = Image.effect_noise((SIDE, SIDE), 60).convert("RGB")
        noise.save(files[0], quality=90)
        for file in files[1:]:
            file.write_bytes(files[0].read_bytes())
        with real_window(application, folder / "profile") as window:
            shown, painted, headers = measure(window, files)
    told, seen, header = median(shown), median(painted), median(headers)
    size = f"{SIDE}x{SIDE} JPEG of {files_size(noise)}"
    print(f"verdict after the drop of a {size}, median of {ROUNDS}; {load()}")
    print(f"  header read by Pillow: {ms(header)}")
    print(f"  verdict in the window: {ms(told)}; longest {ms(max(shown))}")
    print(f"  painted: {ms(seen)}; longest {ms(max(painted))}")
    print(f"  ratio {told / header:.1f}; painted {seen / header:.1f}")
    print(f"  verdict above header {ms(told - header)}, goal {ms(MOST)}: ", end="")
    print(verdict(told - header, MOST))


def files_size(picture: Image.Image) -> str:
    return f"{picture.width * picture.height / 1e6:.0f} megapixels"


def measure(window: RealWindow, files: list[Path]) -> tuple[list[float], list[float], list[float]]:
    """Seconds to the verdict, to its painting, and to the header, file by file."""
    draft = window.furniture.draft
    verdicts = window.part(VerdictList, "imageVerdicts")
    shown, painted, headers = [], [], []
    for file in files:
        began = time.perf_counter()
        with Image.open(file) as opened:
            _ = opened.size
        headers.append(time.perf_counter() - began)
        began = time.perf_counter()
        drop(window, file)
        until(lambda: bool(draft.picture_verdicts()) and verdicts.count() > 0)
        shown.append(time.perf_counter() - began)
        verdicts.viewport().repaint()
        painted.append(time.perf_counter() - began)
        # Its preview and what is sent are made; nothing of them runs into the next round.
        until(lambda: draft.picture.prepared is not None)
        draft.clear_picture()
        settle()
    # The first drop loads code.
    return shown[1:], painted[1:], headers[1:]


def drop(window: RealWindow, file: Path) -> None:
    """Drop a file on the window as a file manager does: the overlay that comes up takes it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    main, overlay = window.session.window, window.part(QWidget, "dropOverlay")
    middle = QPointF(main.rect().center())
    kind, button, keys = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(middle, kind, data, button, keys)
    QCoreApplication.sendEvent(main, enter)
    QCoreApplication.sendEvent(overlay, QDropEvent(middle, kind, data, button, keys))


if __name__ == "__main__":
    main()
