"""What was done to a picture whose copy is sent in its place."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from dreamina_desktop.core.picture import PictureFacts
from dreamina_desktop.ui.compose.measured import NO_BREAK, megabytes
from dreamina_desktop.ui.compose.picture_formats import format_name

_ROUNDING = 2
"""Pixels by which scaling alone may change a side."""


def copy_note(before: PictureFacts, after: PictureFacts) -> str:
    """The sentence under the picture, from the facts of the file and of its copy."""
    translate = QCoreApplication.translate
    done = ", ".join(_shape(before, after) + _file(before, after))
    if not done:
        return translate("CopyNote", "A copy is sent; your file stays as it is.")
    return translate("CopyNote", "A copy is sent: {0}; your file stays as it is.").format(done)


def _shape(before: PictureFacts, after: PictureFacts) -> list[str]:
    if not before.width or not before.height:
        return []
    translate = QCoreApplication.translate
    size = f"{after.width}{NO_BREAK}×{NO_BREAK}{after.height}"
    # A crop takes from one side only: the other one tells how it was scaled.
    factor = max(after.width / before.width, after.height / before.height)
    lost = max(before.width * factor - after.width, before.height * factor - after.height)
    is_cropped = lost > _ROUNDING
    if factor > 1:
        words = translate("CopyNote", "enlarged to {0}")
        if is_cropped:
            words = translate("CopyNote", "cropped and enlarged to {0}")
    elif factor < 1:
        words = translate("CopyNote", "scaled down to {0}")
        if is_cropped:
            words = translate("CopyNote", "cropped and scaled down to {0}")
    elif is_cropped:
        words = translate("CopyNote", "cropped to {0}")
    else:
        return []
    return [words.format(size)]


def _file(before: PictureFacts, after: PictureFacts) -> list[str]:
    translate = QCoreApplication.translate
    if after.format != before.format:
        return [translate("CopyNote", "converted to {0}").format(format_name(after.format))]
    if not _shape(before, after) and after.bytes < before.bytes:
        (size,) = megabytes(after.bytes)
        return [translate("CopyNote", "compressed to {0}").format(size)]
    return []
