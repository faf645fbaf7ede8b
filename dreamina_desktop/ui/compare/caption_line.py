"""What stands on one of two pictures."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from dreamina_desktop.ui.compare.half import Half


def caption_line(letter: str, half: Half, wanted: int) -> str:
    """``A 12/121 · seed 4711 · cup.mp4``; ``wanted`` is the frame that it were to show."""
    tr = QCoreApplication.translate
    number = state = ""
    if half.is_broken:
        state = tr("CaptionLine", "cannot be shown")
    elif not half.is_still:
        index = half.shot.index if half.shot is not None else half.nearest(wanted)
        number = f" {index + 1}/{half.count}"
        if wanted >= half.count:
            state = tr("CaptionLine", "has ended")
        elif wanted < 0:
            state = tr("CaptionLine", "has not begun")
    parts = (f"{letter}{number}", state, half.name, half.file_name)
    return " · ".join(part for part in parts if part)
