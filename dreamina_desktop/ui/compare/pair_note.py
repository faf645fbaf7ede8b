"""What is worth knowing about two that do not quite match."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from dreamina_desktop.ui.compare.compare_look import CompareLook
from dreamina_desktop.ui.compare.pair import Pair


def pair_note(pair: Pair, look: CompareLook) -> str:
    """Which one is cropped, begins later, ends earlier; "" where there is nothing to say."""
    tr = QCoreApplication.translate
    if any(half.is_broken for half in pair.halves):
        return ""
    if any(half.is_picture for half in pair.halves):
        if not pair.is_cropped:
            return ""
        return tr("PairNote", "The picture is cropped to the clip's shape, as the model does it.")
    if pair.a.is_still or pair.b.is_still:
        return ""
    notes: list[str] = []
    if look.offset > 0:
        text = tr("PairNote", "B begins with its frame {0}.")
        notes.append(text.format(look.offset + 1))
    elif look.offset < 0:
        text = tr("PairNote", "B begins {0} frames later and stays on its first one till then.")
        notes.append(text.format(-look.offset))
    longer = pair.a.count - (pair.b.count - look.offset)
    if longer:
        letter = "B" if longer > 0 else "A"
        text = tr("PairNote", "{0} ends {1} frames earlier and stays on its last one.")
        notes.append(text.format(letter, abs(longer)))
    return " ".join(notes)
