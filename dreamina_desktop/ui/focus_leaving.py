"""Where the focus goes when the control that has it vanishes."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def leave(control: QWidget) -> None:
    """To the window itself, before ``control`` is hidden or switched off.

    Qt would pass it to whatever comes next; with no focus at all, to the first control of the
    window when that is activated again. A key meant for the old one must not press another.
    """
    control.window().setFocus()
