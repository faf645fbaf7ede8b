"""Finds controls by their names."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def control[T: QWidget](window: QWidget, kind: type[T], name: str) -> T:
    found = window.findChild(kind, name)
    assert found is not None
    return found
