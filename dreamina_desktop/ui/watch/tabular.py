"""Digits of one width, so that a running number stands still."""

from __future__ import annotations

from PySide6.QtGui import QFont


def tabular(font: QFont) -> QFont:
    """The same font with such digits, where it has them."""
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
